import type { Facts } from '../../facts/facts.ts';
import type { Graph } from '../../graph/graph.ts';
import { readCursor } from '../graph/cursor.ts';
import { findDeadRefusalsStatement } from '../graph/dead/replay-change.ts';
import { letterId } from './dead-letter.ts';
import { listLetters } from './list-letters.ts';
import { changeLetter } from './write-letters.ts';

type Deps = {
  graph: Pick<Graph, 'read'>;
  facts: Pick<Facts, 'select' | 'insert'>;
  stream: string;
  now: () => number;
};

/** Ends the replays that a crash interrupted after the graph had taken the item: it has no refusal any more. */
export async function settleGraphLetters(deps: Deps, pageSize: number): Promise<number> {
  // Read first: a graph that is being made anew has not come to its later items yet.
  const reached = (await readCursor(deps.graph, deps.stream))?.seq ?? 0;
  let settled = 0;
  for (let after: string | null = null; ; ) {
    const letters = await listLetters(deps, { states: ['waiting'], stage: 'graph' }, after, pageSize);
    const acceptSeqs = letters.map(({ seq }) => seq).filter((seq) => seq <= reached);
    const dead = new Set<number>();
    for (const row of await deps.graph.read(findDeadRefusalsStatement, { acceptSeqs })) dead.add(row.acceptSeq);
    for (const letter of letters) {
      if (letter.seq > reached || dead.has(letter.seq)) continue;
      await changeLetter(deps, letter, { attempts: letter.attempts + 1, state: 'replayed' }, deps.now());
      settled += 1;
    }
    const last = letters.at(-1);
    if (last === undefined || letters.length < pageSize) return settled;
    after = letterId(last);
  }
}
