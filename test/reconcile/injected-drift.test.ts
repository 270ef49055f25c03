import { randomUUID } from 'node:crypto';
import { runPass } from '../../src/reconcile/pass/run-pass.ts';
import type { Report } from '../../src/reconcile/runs/report.ts';
import { keepFigures } from '../figures/keep-figures.ts';
import { type CanonicalDump, canonicalDump } from './canonical-dump.ts';
import { damages } from './damages.ts';
import { driftEvents, sendAll } from './drift-events.ts';
import { openWholeStores, type WholeStores } from './whole-stores.ts';

const limitMs = 600_000;
const name = `d${randomUUID().slice(0, 6)}`;
const id = (rest: string) => `${name}-${rest}`;
let stores: WholeStores;
let right: CanonicalDump;
const found: Array<{ passes: number; falseRepairs: number }> = [];

beforeAll(async () => {
  stores = await openWholeStores();
  await sendAll(stores.log, driftEvents(name));
  await stores.settle();
  right = await canonicalDump(stores);
}, limitMs);
afterAll(async () => {
  await stores.close();
}, limitMs);

const pass = (dryRun = false): Promise<Report> => runPass(stores.pass, { level: 'all', dryRun }, stores.limits);

async function inGraph(text: string): Promise<void> {
  await stores.graph.command(text.replaceAll('$', `${name}-`));
}
async function inFacts(text: string): Promise<void> {
  await stores.facts.command(text.replaceAll('$', `${name}-`));
}

test(
  'undamaged stores are left alone',
  async () => {
    const report = await pass();
    expect(report).toMatchObject({ differing: 0, repaired: 0, stopped: '', repairs: [], labelled: [] });
    expect(await canonicalDump(stores)).toEqual(right);
  },
  limitMs,
);

describe('damage done by hand', () => {
  test.each(damages.map((damage) => [damage.what, damage] as const))(
    '%s',
    async (_what, damage) => {
      if (damage.graph !== undefined) await inGraph(damage.graph);
      for (const text of damage.facts ?? []) await inFacts(text.replace('tuple(PARTITION)', `ID '${month()}'`));
      expect(await canonicalDump(stores)).not.toEqual(right);
      const runs = [await pass(), await pass()];
      if (runs.at(-1)?.differing !== 0) runs.push(await pass());
      expect(await canonicalDump(stores)).toEqual(right);
      expect(runs.at(-1)).toMatchObject({ differing: 0, repaired: 0, repairs: [], labelled: [] });
      expect(runs.map(({ stopped }) => stopped).join('')).toBe('');
      const repairs = runs.flatMap((run) => run.repairs);
      const allowed = new Set(damage.subjects.flatMap((subject) => [subject, id(subject)]));
      const others = repairs.filter(({ subject }) => !allowed.has(/^\d+$/.test(subject) ? '#' : subject));
      // The last run only says that nothing is left.
      found.push({ passes: runs.length - 1, falseRepairs: others.length });
      expect(others).toEqual([]);
      const kinds = new Set(repairs.flatMap(({ kind }) => kind.split(' ')));
      expect(damage.kinds.filter((kind) => !kinds.has(kind))).toEqual([]);
      expect(stores.faults).toEqual([]);
    },
    limitMs,
  );
});

test('the figures of it are kept', () => {
  const passes = Math.max(...found.map((damage) => damage.passes));
  expect(passes).toBeLessThanOrEqual(2);
  const falseRepairs = found.reduce((sum, damage) => sum + damage.falseRepairs, 0);
  keepFigures('drift', { kinds: damages.length, passes, falseRepairs });
});

function month(): string {
  return new Date().toISOString().slice(0, 7).replace('-', '');
}
