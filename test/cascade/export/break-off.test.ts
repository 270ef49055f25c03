import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { exportFormatNames } from '../../../src/cascade/export/formats.ts';
import { type CascadeStores, openCascadeStores } from '../cascade-stores.ts';
import { post } from '../changes.ts';

const root = `large-${randomUUID()}`;
const posts = 400_000;
let stores: CascadeStores;

// Far more than all the buffers between the store and a client hold.
beforeAll(async () => {
  stores = await openCascadeStores();
  await stores.project([post(root, 'a')]);
  await stores.facts.command(`INSERT INTO lineage
    SELECT '${root}', 0, number, concat('post-', toString(number)), if(number = 1, '${root}', concat('post-', toString(number - 1))),
      number - 1, number, 'account', 1, toDateTime64('2026-01-01 12:00:00.000', 3, 'UTC') + number, number, number
    FROM numbers(1, ${posts - 1})`);
}, 60_000);
afterAll(() => stores.close());

const processes = {
  path: '',
  text: `SELECT query_id AS id FROM system.processes
    WHERE current_database = currentDatabase() AND query LIKE '%FROM lineage%' AND query NOT LIKE '%system.processes%'`,
  params: z.object({}),
  row: z.object({ id: z.string() }),
};

async function waitForRunning(count: number): Promise<void> {
  while ((await stores.facts.select(processes, {})).length !== count) await delay(20);
}

type Opened = { response: Response; reader: ReadableStreamDefaultReader<Uint8Array>; leave(): void };

/** Asks for the large tree and reads no more than its first bytes. */
async function openTree(format: string): Promise<Opened> {
  const controller = new AbortController();
  const url = `${stores.url}/v1/cascades/${root}/tree?format=${format}`;
  const response = await fetch(url, { signal: controller.signal });
  const reader = response.body?.getReader();
  if (reader === undefined) throw new Error('the answer has no body');
  await reader.read();
  return { response, reader, leave: () => controller.abort() };
}

async function readOn({ reader }: Opened): Promise<number> {
  let bytes = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) bytes += part.value.length;
  return bytes;
}

test.each(exportFormatNames)('%s: the query ends when the client goes away', async (format) => {
  const opened = await openTree(format);
  expect(opened.response.headers.get('x-total-nodes')).toBe(String(posts));
  await waitForRunning(1);
  opened.leave();
  await waitForRunning(0);
});

test.each(exportFormatNames)('%s: a query that fails half way breaks the connection', async (format) => {
  const opened = await openTree(format);
  await waitForRunning(1);
  const [running] = await stores.facts.select(processes, {});
  await stores.facts.command(`KILL QUERY WHERE query_id = '${running?.id}' ASYNC`);
  await expect(readOn(opened)).rejects.toThrow();
  await waitForRunning(0);
});

test('only so many exports run at a time, and a place is free again when they end', async () => {
  const [first, second] = [await openTree('ndjson'), await openTree('graphml')];
  const refused = await fetch(`${stores.url}/v1/cascades/${root}/tree`);
  const body: unknown = await refused.json();
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1']);
  expect(body).toMatchObject({ code: 'too_many_exports' });
  first.leave();
  second.leave();
  await waitForRunning(0);
  const third = await openTree('csv');
  expect(await readOn(third)).toBeGreaterThan(1_000_000);
});
