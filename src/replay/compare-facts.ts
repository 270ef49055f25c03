import { z } from 'zod';
import type { Facts } from '../facts/facts.ts';
import type { Graph } from '../graph/graph.ts';
import { statement } from '../query/statement.ts';
import { digestFacts, digestLineage, type TableDigest } from './digest-facts.ts';
import { compareDumps, type DumpComparison, type Pair } from './dump/compare-dumps.ts';
import type { DumpSection } from './dump/dump-line.ts';
import { dumpFacts, dumpLineage } from './dump-facts.ts';

export const findChangingRootsStatement = statement('cypher/replay/find-changing-roots.cypher', {
  params: z.object({ rootIds: z.array(z.string()), linkSeq: z.number() }),
  row: z.object({ rootId: z.string() }),
});

type Select = Pick<Facts, 'select'>;
type Deps = {
  live: Select;
  fresh: Select;
  graph: Pick<Graph, 'read'>;
};

/** How far both reach: the last accept number, and the last link number that lineage has followed. */
export type Reach = { seq: number; linkSeq: number };

export type CompareLimits = { pageSize: number; maxExamples: number; maxMoving: number };

export type FactsComparison = DumpComparison & {
  tables: Array<{ table: string; live: TableDigest; fresh: TableDigest }>;
};

/**
 * Tables whose digests agree are equal; only the others are read, row by row. Cascades that are being changed right now
 * are left out: lineage writes them anew in any case.
 */
export async function compareFacts(deps: Deps, reach: Reach, limits: CompareLimits): Promise<FactsComparison> {
  const live = [
    ...(await digestFacts({ facts: deps.live }, reach.seq)),
    ...(await digestLineage({ facts: deps.live })),
  ];
  const fresh = [
    ...(await digestFacts({ facts: deps.fresh }, reach.seq)),
    ...(await digestLineage({ facts: deps.fresh })),
  ];
  const tables = live.map((digest, index) => ({ table: digest.table, live: digest, fresh: fresh[index] ?? digest }));
  const unlike = new Set(tables.filter((pair) => !sameDigest(pair.live, pair.fresh)).map(({ table }) => table));
  const sections = await compareSections(deps, { ...reach, unlike }, limits);
  return { ...sections, tables };
}

export function sameDigest(left: TableDigest, right: TableDigest): boolean {
  return left.rows === right.rows && left.digest === right.digest;
}

async function compareSections(
  deps: Deps,
  { seq: upToSeq, linkSeq, unlike }: Reach & { unlike: ReadonlySet<string> },
  limits: CompareLimits,
): Promise<DumpComparison> {
  const { pageSize, maxExamples } = limits;
  const of = (sections: readonly DumpSection[]) => sections.filter(({ name }) => unlike.has(name));
  const facts = (store: Select) => of(dumpFacts({ facts: store }, { upToSeq, pageSize }));
  const lineage = (store: Select) => of(dumpLineage({ facts: store }, { pageSize }));
  const first = await compareDumps(facts(deps.live), facts(deps.fresh), { maxExamples });
  const moving = await findMoving(deps, [lineage(deps.live), lineage(deps.fresh)], { ...limits, linkSeq });
  const isMoving = (pair: Pair) => rootsOf(pair).some((rootId) => moving.has(rootId));
  const second = await compareDumps(lineage(deps.live), lineage(deps.fresh), { maxExamples, leaveOut: isMoving });
  return {
    equal: first.equal && second.equal,
    sections: [...first.sections, ...second.sections],
    examples: [...first.examples, ...second.examples].slice(0, maxExamples),
  };
}

async function findMoving(
  deps: Pick<Deps, 'graph'>,
  [live, fresh]: [DumpSection[], DumpSection[]],
  { maxMoving, linkSeq }: CompareLimits & { linkSeq: number },
): Promise<Set<string>> {
  const { examples } = await compareDumps(live, fresh, { maxExamples: maxMoving });
  const rootIds = [...new Set(examples.flatMap(rootsOf))];
  const changing = rootIds.length === 0 ? [] : await deps.graph.read(findChangingRootsStatement, { rootIds, linkSeq });
  return new Set(changing.map(({ rootId }) => rootId));
}

/** Each line of lineage, places and cascades names its cascade. */
export function rootsOf({ live, fresh }: { live: string | null; fresh: string | null }): string[] {
  const named = [...`${live ?? ''} ${fresh ?? ''}`.matchAll(/"rootId":("(?:[^"\\]|\\.)*")/g)];
  return [...new Set(named.map((match) => String(JSON.parse(match[1] ?? '""'))))];
}
