import { openLooks } from '../../../src/cascade/percentile/look-for-due.ts';
import type { MeasureDeps } from '../../../src/cascade/percentile/measure-due.ts';
import { type CascadeStores, openCascadeStores } from '../cascade-stores.ts';
import { post, share } from '../changes.ts';
import { lookLimits } from './measure-limits.ts';

let stores: CascadeStores;
let deps: MeasureDeps;
let nowMs = Date.UTC(2026, 5, 1);

beforeAll(async () => {
  stores = await openCascadeStores();
  deps = { facts: stores.facts, desk: stores.cascades, now: () => nowMs };
});
afterAll(() => stores.close());

const lone = (count: number, prefix: string) => Array.from({ length: count }, (_, n) => post(`${prefix} ${n}`, 'a'));

describe('the looks of a process', () => {
  test('begin with everything, then see what lineage touched, and everything again after a while', async () => {
    const early = openLooks(deps, lookLimits);
    expect(await early()).toBe(0);
    await stores.project([...lone(40, 'lone'), post('first', 'a'), share('s1', { of: 'first', by: 's', afterMs: 1 })]);
    const look = openLooks(deps, lookLimits);
    expect(await look()).toBe(41);
    expect(await look()).toBe(0);
    await stores.facts.command('TRUNCATE TABLE cascade_shapes');
    expect(await early()).toBe(41);
    await stores.project([share('s2', { of: 'first', by: 's', afterMs: 2 })]);
    expect(await look()).toBe(1);
    await stores.facts.command('TRUNCATE TABLE cascade_shapes');
    expect(await look()).toBe(0);
    nowMs += lookLimits.wholeEveryMs;
    expect(await look()).toBe(41);
    expect(await openLooks(deps, lookLimits)()).toBe(0);
  });

  test('take a long way in several turns', async () => {
    await stores.project(lone(25, 'other'));
    const look = openLooks(deps, { ...lookLimits, pagesAtOnce: 3 });
    const turns: number[] = [];
    for (let turn = 0; turn < 6; turn += 1) turns.push(await look());
    expect(turns.reduce((sum, measured) => sum + measured)).toBe(25);
    expect(turns.slice(0, 3)).not.toContain(25);
    expect(await look()).toBe(0);
  });
});
