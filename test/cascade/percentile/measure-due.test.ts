import fc from 'fast-check';
import { z } from 'zod';
import { CascadePercentile } from '../../../src/cascade/answers.ts';
import { type MeasureDeps, measureDue } from '../../../src/cascade/percentile/measure-due.ts';
import { bandName, sizeBand } from '../../../src/cascade/percentile/size-band.ts';
import type { Facts } from '../../../src/facts/facts.ts';
import { until } from '../../jobs/poll.ts';
import { bruteForce } from '../brute-force.ts';
import { type CascadeStores, openCascadeStores } from '../cascade-stores.ts';
import { changesOf } from '../changes.ts';
import { arbitraryTree, type Node } from '../tree.ts';
import { everything, lookLimits } from './measure-limits.ts';

const countKept = {
  path: 'how often each cascade counts',
  text: "SELECT root_id AS rootId, sum(sign) AS times FROM cascade_shapes WHERE root_id != '' GROUP BY root_id",
  params: z.object({}),
  row: z.object({ rootId: z.string(), times: z.number() }),
};

const Summary = z.object({ percentile: CascadePercentile });

let stores: CascadeStores;
let deps: MeasureDeps;

beforeAll(async () => {
  stores = await openCascadeStores();
  deps = { facts: stores.facts, desk: stores.cascades, now: Date.now };
});
afterAll(() => stores.close());

const measure = (of: MeasureDeps = deps) => measureDue(of, everything, lookLimits);

/** A job that is killed at its insert: before it reached the store, or when it was there and nobody heard of it. */
function killed(moment: 'before' | 'after'): MeasureDeps {
  const insert: Facts['insert'] = async (target, rows) => {
    if (moment === 'after') await stores.facts.insert(target, rows);
    throw new Error('killed');
  };
  return { ...deps, facts: { ...stores.facts, insert } };
}

/** The percentiles by their definition, over everything there is. */
function recount(cascades: readonly Node[][], nodes: readonly Node[]) {
  const band = sizeBand(nodes.length);
  const all = cascades.filter(({ length }) => length > 0 && sizeBand(length) === band).map(bruteForce);
  const own = bruteForce(nodes);
  const part = (value: (of: typeof own) => number) => all.filter((of) => value(of) <= value(own)).length / all.length;
  return {
    band: bandName(band),
    among: all.length,
    depth: part((of) => of.depth),
    maxBreadth: part((of) => of.maxBreadth),
    structuralVirality: own.virality === null ? null : part((of) => of.virality ?? 0),
  };
}

async function percentileOf(rootPostId: string) {
  const { body } = await stores.get(`/v1/cascades/${encodeURIComponent(rootPostId)}`);
  const { asOf, ...percentile } = Summary.parse(body).percentile;
  return { ...percentile, isDated: asOf !== null };
}

describe('measured cascades', () => {
  const trees = fc.sample(arbitraryTree(14), { numRuns: 16, seed: 5 });
  const prefixOf = (tree: number) => `t"<é${tree}/%`;
  const changes = trees.map((nodes, tree) => changesOf(nodes, prefixOf(tree)));
  const steps = [1, 2, 3, 5, 8, 14];

  test.each(steps)(
    'equal a recount of everything when each cascade has up to %i posts, whatever befell the job',
    async (size) => {
      const before = steps[steps.indexOf(size) - 1] ?? 0;
      await stores.project(changes.flatMap((of) => of.slice(before, size)));
      await expect(measure(killed('before'))).rejects.toThrow('killed');
      await expect(measure(killed('after'))).rejects.toThrow('killed');
      await Promise.all([measure(), measure(), measure()]);
      await measure();
      expect(await measure()).toEqual({ measured: 0, cut: false });
      const present = trees.map((nodes) => nodes.slice(0, size));
      const ids = present.map((_, tree) => `${prefixOf(tree)}0`);
      const expected = present.map((nodes) => ({ ...recount(present, nodes), isDated: true }));
      expect(await Promise.all(ids.map(percentileOf))).toEqual(expected);
    },
  );

  test('count once when two jobs saw the same state and both write what they measured', async () => {
    await stores.facts.command('TRUNCATE TABLE cascade_shapes');
    let waiting = 0;
    const insert: Facts['insert'] = async (target, rows) => {
      waiting += 1;
      await until(() => waiting === 2);
      await stores.facts.insert(target, rows);
    };
    const one = { ...deps, facts: { ...stores.facts, insert } };
    const limits = { ...lookLimits, cascadesAtOnce: 1000 };
    await Promise.all([measureDue(one, everything, limits), measureDue(one, everything, limits)]);
    const kept = await stores.facts.select(countKept, {});
    expect(kept).toHaveLength(trees.length);
    expect(kept.filter(({ times }) => times !== 1)).toEqual([]);
    expect(await measure()).toEqual({ measured: 0, cut: false });
  });
});
