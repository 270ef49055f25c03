import { z } from 'zod';
import { statement } from '../query/statement.ts';
import type { VerifyDeps } from './verify-deps.ts';

export const readWorkStatement = statement('cypher/verify/read-work.cypher', {
  params: z.object({ linkSeq: z.number(), limit: z.number() }),
  row: z.object({ kind: z.enum(['linking', 'dissolving', 'changed']), id: z.string() }),
});

/** What the graph has still to do: posts whose waiting shares are linked, and cascades that are taken apart or were changed. */
export type Work = { linking: Set<string>; dissolving: Set<string>; changed: Set<string> };

const maxWork = 1_000_000;

export async function readWork({ graph }: Pick<VerifyDeps, 'graph'>, linkSeq: number): Promise<Work> {
  const work: Work = { linking: new Set(), dissolving: new Set(), changed: new Set() };
  for (const { kind, id } of await graph.read(readWorkStatement, { linkSeq, limit: maxWork })) work[kind].add(id);
  return work;
}

export function isIdle({ linking, dissolving, changed }: Work): boolean {
  return linking.size + dissolving.size + changed.size === 0;
}
