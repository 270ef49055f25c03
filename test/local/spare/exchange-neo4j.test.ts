import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endExchange, exchangeNeo4j } from '../../../src/local/spare/exchange-neo4j.ts';

let home: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'exchange-'));
  for (const [folder, what] of [
    ['neo4j', 'live'],
    ['replay/neo4j', 'fresh'],
  ] as const) {
    mkdirSync(join(home, folder), { recursive: true });
    writeFileSync(join(home, folder, 'what'), what);
  }
});

afterEach(() => rmSync(home, { recursive: true, force: true }));

const what = (folder: string) => readFileSync(join(folder, 'what'), 'utf8');

describe('the exchange of the graph folders', () => {
  test('puts the second one in the place of the first, which is kept', () => {
    const before = exchangeNeo4j(home, Date.UTC(2026, 0, 2, 3, 4, 5));
    expect(before).toBe(join(home, 'neo4j.before-2026-01-02T03-04-05-000Z'));
    expect([what(join(home, 'neo4j')), what(before)]).toEqual(['fresh', 'live']);
    expect(readdirSync(join(home, 'replay'))).toEqual([]);
  });

  test.each(['before anything was moved', 'between the two moves'])('cut short %s, it is ended later', (when) => {
    writeFileSync(join(home, 'replay', 'exchange.json'), JSON.stringify({ before: 'neo4j.before-x' }));
    if (when.startsWith('between')) renameSync(join(home, 'neo4j'), join(home, 'neo4j.before-x'));
    endExchange(home);
    endExchange(home);
    expect([what(join(home, 'neo4j')), what(join(home, 'neo4j.before-x'))]).toEqual(['fresh', 'live']);
  });

  test('changes nothing where none was begun, and begins none without a second graph', () => {
    endExchange(home);
    expect(what(join(home, 'neo4j'))).toBe('live');
    rmSync(join(home, 'replay', 'neo4j'), { recursive: true });
    expect(() => exchangeNeo4j(home, 0)).toThrow('there is no second graph');
    expect([what(join(home, 'neo4j')), existsSync(join(home, 'replay', 'exchange.json'))]).toEqual(['live', false]);
  });
});
