import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { Facts } from '../../facts/facts.ts';
import type { GraphTransaction } from '../../graph/graph.ts';
import type { Log } from '../../log/open-log.ts';
import { statement } from '../../query/statement.ts';
import { toGraphChanges } from '../graph/to-graph-changes.ts';
import type { PostChange, ShareChange } from '../linking/graph-change.ts';
import { diffPost, type Wrong } from './diff-post.ts';
import { findPostTruths, type PostTruth } from './post-truth.ts';
import { findStoredPosts, type StoredPost } from './stored-posts.ts';

export const findHeldNumbersStatement = statement('clickhouse/project/reproject/find-held-numbers.sql', {
  params: z.object({ seqs: z.array(z.number()) }),
  row: z.object({ acceptSeq: z.number(), held: z.enum(['event', 'outcome', 'letter']) }),
});

/** A post that is not as its events say, with what was found on both sides. `source`: where the truth was read. */
export type Difference = {
  postId: string;
  wrong: Wrong[];
  truth: PostTruth | undefined;
  stored: StoredPost | undefined;
  source: 'log' | 'facts';
};

/**
 * `lostNumbers` are missing in the facts, `wrongNumbers` differ there from the log: then the graph is not judged.
 * `explained` posts differ because a dead letter waits.
 */
export type Examined = {
  differences: Difference[];
  lostNumbers: number[];
  wrongNumbers: number[];
  explained: string[];
};

type Deps = { facts: Pick<Facts, 'select'>; log: Pick<Log, 'readEntryOfSeq'>; run: GraphTransaction['run'] };

/** Compares posts of the graph with the raw facts as of an accept number that both have reached. */
export async function examinePosts(deps: Deps, postIds: readonly string[], acceptSeq: number): Promise<Examined> {
  const stored = await findStoredPosts(deps, postIds);
  const truths = await findPostTruths(deps, postIds, acceptSeq);
  const found: Difference[] = [];
  for (const postId of postIds) {
    const [truth, post] = [truths.get(postId), stored.get(postId)];
    const wrong = diffPost(truth, post);
    if (wrong.length > 0) found.push({ postId, wrong, truth, stored: post, source: 'facts' });
  }
  const { lost, explained } = await explainUnsent(deps, found, acceptSeq);
  const isLost = new Set(lost);
  const examined: Examined = { differences: [], lostNumbers: lost, wrongNumbers: [], explained: [] };
  for (const difference of found) {
    if (explained.has(difference.stored?.acceptSeq ?? 0)) examined.explained.push(difference.postId);
    else if (!(isUnsent(difference) && isLost.has(difference.stored?.acceptSeq ?? 0))) {
      await addChecked(deps, examined, difference);
    }
  }
  return examined;
}

function isUnsent({ wrong }: Difference): boolean {
  return wrong.includes('post_unsent');
}

/** A post without an event is wrong only where the facts do account for its number, and not as a letter that waits. */
async function explainUnsent({ facts }: Deps, found: readonly Difference[], acceptSeq: number) {
  const seqs = found
    .filter(isUnsent)
    .flatMap(({ stored }) => (typeof stored?.acceptSeq === 'number' ? [stored.acceptSeq] : []))
    .filter((seq) => seq > 0 && seq <= acceptSeq);
  const held = seqs.length === 0 ? [] : await facts.select(findHeldNumbersStatement, { seqs });
  const known = new Set(held.map((row) => row.acceptSeq));
  const explained = new Set(held.filter((row) => row.held === 'letter').map((row) => row.acceptSeq));
  return { lost: [...new Set(seqs)].filter((seq) => !known.has(seq)), explained };
}

/** Where the log still holds the event, its word counts, and facts that say something else are the wrong side. */
async function addChecked(deps: Deps, examined: Examined, difference: Difference): Promise<void> {
  const change = difference.truth?.change ?? null;
  const logged = change === null ? null : await findLogged(deps, change);
  if (logged === null) examined.differences.push(difference);
  else if (isDeepStrictEqual(logged, change)) examined.differences.push({ ...difference, source: 'log' });
  else examined.wrongNumbers.push(logged.acceptSeq);
}

async function findLogged({ log }: Deps, { acceptSeq }: PostChange | ShareChange) {
  const entry = await log.readEntryOfSeq(acceptSeq);
  const changes = entry === null ? [] : toGraphChanges(entry);
  for (const change of changes) {
    if ((change.kind === 'post' || change.kind === 'share') && change.acceptSeq === acceptSeq) return change;
  }
  return null;
}
