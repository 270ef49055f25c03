import { z } from 'zod';
import { CascadePercentile } from '../../../src/cascade/answers.ts';
import { type MeasureDeps, measureDue } from '../../../src/cascade/percentile/measure-due.ts';
import { type CascadeStores, openCascadeStores } from '../cascade-stores.ts';
import { post, share } from '../changes.ts';
import { everything, lookLimits } from './measure-limits.ts';

const Summary = z.object({ percentile: CascadePercentile });

let stores: CascadeStores;
let deps: MeasureDeps;
let nowMs = Date.UTC(2026, 5, 1);

beforeAll(async () => {
  stores = await openCascadeStores();
  deps = { facts: stores.facts, desk: stores.cascades, now: () => nowMs };
});
afterAll(() => stores.close());

const measure = () => measureDue(deps, everything, lookLimits);

async function percentileOf(rootPostId: string) {
  const { body } = await stores.get(`/v1/cascades/${encodeURIComponent(rootPostId)}`);
  return Summary.parse(body).percentile;
}

function star(root: string, shares: number, from = 1) {
  const made = Array.from({ length: shares }, (_, index) => index + from);
  return made.map((n) => share(`${root} ${n}`, { of: root, by: `s${n}`, afterMs: n }));
}

function chain(root: string, shares: number) {
  return Array.from({ length: shares }, (_, n) => {
    return share(`${root} ${n + 1}`, { of: n === 0 ? root : `${root} ${n}`, by: `s${n}`, afterMs: n + 1 });
  });
}

// Each of these has bands of its own, as all are in the same stores.
describe('the percentile of a summary', () => {
  test('is empty where no cascade of the size was measured, and counts itself once where others were', async () => {
    await stores.project([post('one', 'a'), ...star('one', 4)]);
    const nobody = { band: '4-8', among: 0, depth: null, maxBreadth: null, structuralVirality: null };
    expect(await percentileOf('one')).toEqual({ ...nobody, asOf: null });
    await measure();
    const asOf = new Date(nowMs).toISOString();
    const alone = { band: '4-8', among: 1, depth: 1, maxBreadth: 1, structuralVirality: 1, asOf };
    expect(await percentileOf('one')).toEqual(alone);
    await stores.project([post('two', 'a'), ...chain('two', 4)]);
    expect(await percentileOf('two')).toMatchObject({ among: 2, depth: 1, maxBreadth: 0.5, structuralVirality: 1 });
    expect(await percentileOf('one')).toMatchObject({ among: 1 });
    await measure();
    expect(await percentileOf('two')).toMatchObject({ among: 2, depth: 1, maxBreadth: 0.5, structuralVirality: 1 });
    expect(await percentileOf('one')).toMatchObject({ among: 2, depth: 0.5, maxBreadth: 1, structuralVirality: 0.5 });
  });

  test('compares the present values of the cascade asked for, whatever was measured of it', async () => {
    await stores.project([post('kept', 'a'), ...star('kept', 20), post('grows', 'a'), ...star('grows', 19)]);
    await measure();
    expect(await percentileOf('grows')).toMatchObject({ among: 2, maxBreadth: 0.5, depth: 1 });
    await stores.project(star('grows', 11, 20));
    expect(await percentileOf('grows')).toMatchObject({ band: '16-32', among: 2, maxBreadth: 1 });
    expect(await percentileOf('kept')).toMatchObject({ among: 2, maxBreadth: 1 });
    await stores.project(star('grows', 1, 31));
    expect(await percentileOf('grows')).toMatchObject({ band: '32-64', among: 0, maxBreadth: null });
    await measure();
    expect(await percentileOf('grows')).toMatchObject({ band: '32-64', among: 1, maxBreadth: 1 });
    expect(await percentileOf('kept')).toMatchObject({ band: '16-32', among: 1 });
  });

  test('of a lone root has no virality', async () => {
    await stores.project([post('alone', 'a'), post('alone too', 'a')]);
    await measure();
    const lone = { band: '1-2', among: 2, depth: 1, maxBreadth: 1, structuralVirality: null };
    expect(await percentileOf('alone')).toMatchObject(lone);
  });

  test('leaves out a provisional root once it is a share', async () => {
    await stores.project([
      share('p1', { of: 'provisional', by: 'b', afterMs: 1000, rootHint: 'provisional' }),
      ...star('p1', 70),
      post('other', 'a'),
      ...star('other', 70),
    ]);
    await measure();
    expect(await percentileOf('other')).toMatchObject({ band: '64-128', among: 2, depth: 0.5 });
    await stores.project([post('true root', 'a', 0), share('provisional', { of: 'true root', by: 'p', afterMs: 500 })]);
    await measure();
    expect(await percentileOf('other')).toMatchObject({ band: '64-128', among: 2, depth: 0.5 });
    expect(await percentileOf('true root')).toMatchObject({ band: '64-128', among: 2, depth: 1 });
    await stores.project(
      Array.from({ length: 60 }, (_, n) => share(`t ${n}`, { of: 'true root', by: 't', afterMs: n })),
    );
    await measure();
    expect(await percentileOf('other')).toMatchObject({ band: '64-128', among: 1, depth: 1 });
    expect(await measure()).toEqual({ measured: 0, cut: false });
  });

  test('measures a cascade anew when it was written anew, even with as many posts', async () => {
    await stores.project([post('anew', 'a'), ...star('anew', 2), post('same', 'a'), ...star('same', 2)]);
    await measure();
    expect(await percentileOf('same')).toMatchObject({ band: '2-4', among: 2, depth: 1 });
    const columns = ['root_id', 'generation', 'seq', 'post_id', 'parent_seq', 'depth', 'account_ord', 'shared_at'];
    const rows = [0, 1, 2].map((seq) => ['anew', 1, seq, `anew ${seq}`, Math.max(0, seq - 1), seq, seq, seq]);
    await stores.facts.insert({ table: 'lineage', columns, token: 'anew' }, rows);
    expect(await measure()).toMatchObject({ measured: 0 });
    const generations = { table: 'lineage_generations', columns: ['root_id', 'generation'], token: 'anew' };
    await stores.facts.insert(generations, [['anew', 1]]);
    expect(await measure()).toMatchObject({ measured: 1 });
    expect(await percentileOf('same')).toMatchObject({ among: 2, depth: 0.5, maxBreadth: 1 });
  });

  test('a large cascade is measured on its own and then rests', async () => {
    const limits = { ...lookLimits, largePosts: 4 };
    await stores.project([post('large', 'a'), ...star('large', 3)]);
    expect(await measureDue(deps, everything, limits)).toMatchObject({ measured: 1 });
    await stores.project(star('large', 1, 4));
    nowMs += limits.largeRestMs - 1;
    expect(await measureDue(deps, everything, limits)).toMatchObject({ measured: 0 });
    nowMs += 1;
    expect(await measureDue(deps, everything, limits)).toMatchObject({ measured: 1 });
  });
});
