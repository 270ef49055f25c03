import { z } from 'zod';
import { firstSeqOf } from '../log/entry-id.ts';
import { statement } from '../query/statement.ts';
import type { VerifyDeps } from './verify-deps.ts';

export const readVerifyCursorStatement = statement('cypher/verify/read-cursor.cypher', {
  params: z.object({}),
  row: z.object({ epoch: z.number(), position: z.string(), seq: z.number(), linkSeq: z.number() }),
});

export const positions = z.object({
  graph: z.object({ epoch: z.number(), position: z.string(), seq: z.number(), linkSeq: z.number() }),
  facts: z.object({ epoch: z.number(), position: z.string(), seq: z.number() }),
  lineage: z.object({ epoch: z.number(), linkSeq: z.number() }),
  log: z.object({ lastId: z.string(), lastSeq: z.number() }),
});

/** Where every follower of the log stands, and the log itself, which is asked last: nobody may be beyond it. */
export type Positions = z.output<typeof positions>;

type Deps = Pick<VerifyDeps, 'graph' | 'log'>;

export async function readPositions({ graph, log }: Deps): Promise<Positions> {
  // Lineage follows the graph, so it is asked first.
  const lineage = await log.projectors.readState('lineage');
  const facts = await log.projectors.readState('facts');
  const [cursor] = await graph.read(readVerifyCursorStatement, {});
  return {
    graph: cursor ?? { epoch: 0, position: '0-0', seq: 0, linkSeq: 0 },
    facts: { epoch: facts.epoch, position: facts.position, seq: await readSeqAt(log, facts.position) },
    lineage: { epoch: lineage.epoch, linkSeq: lineage.position === '0-0' ? 0 : Number(lineage.position) },
    log: { lastId: await log.lastId(), lastSeq: await log.lastSeq() },
  };
}

/** The last accept number of the entry at a position. A trimmed entry was told of long ago. */
async function readSeqAt(log: Deps['log'], position: string): Promise<number> {
  const entry = await log.readEntry(position);
  if (entry !== null) return entry.lastSeq;
  const told = await log.readProgress();
  return told.factsPosition === position ? told.factsSeq : Math.max(0, firstSeqOf(position) - 1);
}

/** What both stores have passed. */
export function watermarkOf({ graph, facts, lineage }: Positions): { acceptSeq: number; linkSeq: number } {
  return { acceptSeq: Math.min(graph.seq, facts.seq), linkSeq: Math.min(graph.linkSeq, lineage.linkSeq) };
}

/** The entry up to which both stores have followed the log. */
export function watermarkEntry({ graph, facts }: Positions): string {
  return graph.seq <= facts.seq ? graph.position : facts.position;
}

/** Whether anything may have changed between two moments: somebody was on the way at the first, or stands elsewhere at the second. */
export function hasMoved(before: Positions, after: Positions): boolean {
  const { graph, facts, lineage, log } = before;
  const wasThere = graph.seq === log.lastSeq && facts.seq === log.lastSeq && lineage.linkSeq === graph.linkSeq;
  return !wasThere || JSON.stringify(before) !== JSON.stringify(after);
}
