import { appendRows, createColumns } from './columns/columns.ts';
import type { Reply } from './desk/messages.ts';
import { type Asked, type KnownCascade, type Question, questions } from './desk/questions.ts';
import type { FoundCascade, Root } from './find-root.ts';
import type { Cascades } from './open-cascades.ts';

type Deps = { cascades: Pick<Cascades, 'ask'> };

/** Asks a cascade that was found. A root that lineage has not reached yet is answered for at once: it is one post. */
export async function askCascade<Q extends Question>(
  { cascades }: Deps,
  { root, extent }: FoundCascade,
  question: Q,
  asked: Asked[Q],
): Promise<Reply<Q>> {
  if (extent !== null) return cascades.ask(extent, question, asked);
  const answer = questions[question](loneRoot(root), asked);
  return { rootId: root.rootPostId, generation: 0, posts: 1, answer };
}

function loneRoot({ createdAt }: Root): KnownCascade {
  const columns = createColumns(1);
  const zero = new Uint32Array(1);
  appendRows(columns, { parentSeq: zero, depth: zero, timeMs: Float64Array.of(createdAt ?? 0), accountOrd: zero });
  return { columns, measured: null };
}
