import { compareEntryIds } from '../log/entry-id.ts';
import { type Check, openTally } from './check.ts';
import { findLastGraphNumbersStatement } from './facts/check-last-numbers.ts';
import { type Positions, readVerifyCursorStatement } from './read-positions.ts';
import type { VerifyDeps } from './verify-deps.ts';

type Deps = Pick<VerifyDeps, 'graph' | 'limits'>;

/** Nobody stands beyond what it follows. */
export async function checkCursors({ graph, limits }: Deps, now: Positions): Promise<Check> {
  const tally = openTally('no cursor is beyond what it follows', 'I10', limits.maxExamples);
  const expect = (subject: string, holds: boolean, expected: string, found: string | number) => {
    tally.look();
    if (!holds) tally.differ({ subject, expected, found: String(found) });
  };
  const { lastId, lastSeq } = now.log;
  const atMostId = `at most ${lastId}`;
  expect('graph position', compareEntryIds(now.graph.position, lastId) <= 0, atMostId, now.graph.position);
  expect('facts position', compareEntryIds(now.facts.position, lastId) <= 0, atMostId, now.facts.position);
  expect('graph accept number', now.graph.seq <= lastSeq, `at most ${lastSeq}`, now.graph.seq);
  const { linkSeq } = now.graph;
  expect('lineage link number', now.lineage.linkSeq <= linkSeq, `at most ${linkSeq}`, now.lineage.linkSeq);
  const last = await graph.read(findLastGraphNumbersStatement, {});
  // The cursor is read again after them, because a graph at work goes on.
  const [cursor] = await graph.read(readVerifyCursorStatement, {});
  const given = cursor?.linkSeq ?? 0;
  for (const { place, linkSeq: found } of last) {
    if (found > 0) expect(`link numbers of ${place}`, found <= given, `at most ${given}`, found);
  }
  return tally.finish();
}

/** Between two runs nobody went back. */
export function checkAdvance({ limits }: Pick<VerifyDeps, 'limits'>, before: Positions, now: Positions): Check {
  const tally = openTally('no cursor moved back since the last run', 'I10', limits.maxExamples);
  const places: Array<[string, number, number]> = [
    ['graph accept number', before.graph.seq, now.graph.seq],
    ['graph link number', before.graph.linkSeq, now.graph.linkSeq],
    ['graph epoch', before.graph.epoch, now.graph.epoch],
    ['facts accept number', before.facts.seq, now.facts.seq],
    ['facts epoch', before.facts.epoch, now.facts.epoch],
    ['lineage link number', before.lineage.linkSeq, now.lineage.linkSeq],
    ['lineage epoch', before.lineage.epoch, now.lineage.epoch],
    ['log accept number', before.log.lastSeq, now.log.lastSeq],
  ];
  for (const [subject, earlier, later] of places) {
    tally.look();
    if (later < earlier) tally.differ({ subject, expected: `at least ${earlier}`, found: String(later) });
  }
  return tally.finish();
}
