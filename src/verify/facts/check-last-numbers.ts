import { z } from 'zod';
import { statement } from '../../query/statement.ts';
import { type Check, openTally } from '../check.ts';
import type { VerifyDeps } from '../verify-deps.ts';

export const findLastFactsNumbersStatement = statement('clickhouse/verify/find-last-numbers.sql', {
  params: z.object({}),
  row: z.object({ place: z.string(), lastSeq: z.number(), unnumbered: z.number() }),
});
export const findLastGraphNumbersStatement = statement('cypher/verify/find-last-numbers.cypher', {
  params: z.object({}),
  row: z.object({ place: z.string(), acceptSeq: z.number(), linkSeq: z.number() }),
});

type Deps = Pick<VerifyDeps, 'facts' | 'graph' | 'log' | 'limits'>;

/** Nothing carries an accept number that the log never gave; the log is asked last, because it only grows. */
export async function checkLastNumbers({ facts, graph, log, limits }: Deps): Promise<Check> {
  const tally = openTally('no accept number is beyond the log', 'I3', limits.maxExamples);
  const inFacts = await facts.select(findLastFactsNumbersStatement, {});
  const inGraph = await graph.read(findLastGraphNumbersStatement, {});
  const lastSeq = await log.lastSeq();
  const places = [
    ...inFacts.map(({ place, lastSeq: seq }) => ({ place, seq })),
    ...inGraph.map(({ place, acceptSeq }) => ({ place: `graph ${place}`, seq: acceptSeq })),
  ];
  for (const { place, seq } of places) {
    tally.look();
    if (seq > lastSeq) tally.differ({ subject: place, expected: `at most ${lastSeq}`, found: String(seq) });
  }
  for (const { place, unnumbered } of inFacts) {
    tally.look();
    if (unnumbered > 0)
      tally.differ({ subject: place, expected: 'an accept number in every row', found: `${unnumbered} without` });
  }
  return tally.finish();
}
