import { z } from 'zod';
import type { Facts } from '../../facts/facts.ts';
import type { Graph } from '../../graph/graph.ts';
import type { DumpLine } from '../dump/dump-line.ts';
import { readLineage } from '../dump-facts.ts';
import { readPosts } from '../dump-graph.ts';

const linkedPost = z.object({
  postId: z.string(),
  rootId: z.string(),
  parentId: z.string(),
  depth: z.string(),
  accountId: z.string(),
  sharedAt: z.string(),
  acceptSeq: z.string(),
});

/** Every linked post as the graph has it, in the words in which lineage has it. */
export async function* linkedLines(graph: Pick<Graph, 'read'>, pageSize: number): AsyncGenerator<DumpLine> {
  for await (const post of readPosts({ graph }, pageSize)) {
    if (post.state !== 'linked' || post.rootId === null) continue;
    const parents = post.edges.map(([parentId]) => String(parentId));
    yield {
      key: post.id,
      text: JSON.stringify({
        postId: post.id,
        rootId: post.rootId,
        parentId: parents.join(' '),
        depth: String(post.depth),
        accountId: post.authorId ?? '',
        sharedAt: String(post.createdAt ?? 0),
        acceptSeq: String(post.acceptSeq ?? 0),
      }),
    };
  }
}

export async function* lineageLines(facts: Pick<Facts, 'select'>, pageSize: number): AsyncGenerator<DumpLine> {
  for await (const { key, lines } of readLineage({ facts }, pageSize)) {
    yield { key, text: lines.map((line) => JSON.stringify(linkedPost.parse(JSON.parse(line)))).join(' ') };
  }
}
