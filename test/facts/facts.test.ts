import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { Facts } from '../../src/facts/facts.ts';
import { openFreshFacts } from '../setup/open-test-stores.ts';

describe('the facts tool', () => {
  let facts: Facts;
  beforeAll(async () => {
    ({ facts } = await openFreshFacts());
  });
  afterAll(() => facts.close());

  const asked = <P extends z.ZodObject>(text: string, params: P) => ({
    path: '',
    text,
    params,
    row: z.looseObject({}),
  });
  const numbers = (text: string) => asked(text, z.object({}));
  const plain = { format: 'TSVRaw', settings: {} };

  async function collect(pieces: AsyncIterable<Uint8Array>): Promise<string> {
    const seen: Uint8Array[] = [];
    for await (const piece of pieces) seen.push(piece);
    return Buffer.concat(seen).toString();
  }

  test('streams what the store writes, in the format and with the settings asked for', async () => {
    const statement = asked(
      "SELECT {text:String} AS text, toDateTime64(0, 3, 'UTC') AS at",
      z.object({ text: z.string() }),
    );
    const output = { format: 'JSONEachRow', settings: { date_time_output_format: 'iso' } };
    const answer = await collect(facts.selectStream(statement, { text: "é'\\" }, output));
    expect(JSON.parse(answer)).toEqual({ text: "é'\\", at: '1970-01-01T00:00:00.000Z' });
  });

  const awkward = "\uFEFF\t\n\r\\'é😀".repeat(40_000);

  test('takes a long text and a long list', async () => {
    const params = z.object({ text: z.string(), list: z.array(z.string()), ord: z.array(z.number()) });
    const statement = asked(
      'SELECT {text:String} = {list:Array(String)}[2], sum(arrayJoin({ord:Array(UInt32)}))',
      params,
    );
    const given = { text: awkward, list: ['a', awkward], ord: Array.from({ length: 50_000 }, (_, at) => at) };
    expect(await collect(facts.selectStream(statement, given, plain))).toBe('1\t1249975000\n');
    expect((await facts.selectBytes(statement, given, 'TSVRaw')).toString()).toBe('1\t1249975000\n');
    const selecting = asked('SELECT {text:String} = {list:Array(String)}[2] AS same', params.omit({ ord: true }));
    expect(await facts.select(selecting, { text: awkward, list: ['a', awkward] })).toEqual([{ same: 1 }]);
  });

  test('a statement that fails at once is thrown with its code', async () => {
    await expect(collect(facts.selectStream(numbers('SELECT throwIf(1)'), {}, plain))).rejects.toMatchObject({
      code: '395',
    });
  });

  test('a statement that fails half way is thrown and never ended', async () => {
    const failing = numbers('SELECT number, throwIf(number = 2000000) FROM numbers(4000000) SETTINGS max_threads = 1');
    await expect(collect(facts.selectStream(failing, {}, plain))).rejects.toThrow();
  });

  test.each([
    'Code: 395. DB::Exception: mine. (FUNCTION_THROW_IF) (version 25.8.12.129 (official build))\n',
    '\r\n__exception__\r\ntag\r\nmine 5 tag\r\n__exception__\r\n',
  ])('an answer that ends with %j is thrown, as servers end it that do not break the connection', async (end) => {
    const statement = asked('SELECT {end:String} AS end', z.object({ end: z.string() }));
    const pieces = facts.selectStream(statement, { end }, { format: 'RawBLOB', settings: {} });
    await expect(collect(pieces)).rejects.toThrow('failed within an answer');
  });

  async function running(mark: string): Promise<number> {
    const statement = numbers(`SELECT count() AS running FROM system.processes WHERE query LIKE '%${mark}%'`);
    const [row] = await facts.select(statement, {});
    // This question is one of them.
    return Number(row?.['running']) - 1;
  }

  test('a query ends with whoever reads it', async () => {
    const mark = 'endless_for_a_reader';
    const endless = numbers(`SELECT number AS ${mark} FROM system.numbers`);
    for await (const piece of facts.selectStream(endless, {}, plain)) {
      expect(piece.length).toBeGreaterThan(0);
      expect(await running(mark)).toBe(1);
      break;
    }
    while ((await running(mark)) > 0) await delay(20);
  });
});
