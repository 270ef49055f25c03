import type { Columns } from '../columns/columns.ts';
import { accountCount } from '../shape/depth-accounts.ts';
import { accountPosts, sumByAccount } from './account-measures.ts';
import { postMeasures } from './post-measures.ts';
import { pick, type Ranked } from './rank-posts.ts';
import { type Cut, topValues } from './top-values.ts';

export type AccountMeasure = 'posts' | 'descendants' | 'direct' | 'shapley' | 'firstHour';

export type AccountRanking = Cut & {
  by: Exclude<AccountMeasure, 'posts'>;
  /** The account of a root that is known only from its shares is nobody's. */
  withoutRoot: boolean;
};

/**
 * Accounts by what their posts did together. Below two nested posts of one account a share counts once: what is counted
 * below posts is taken from the topmost alone, while direct shares and Shapley values belong to one post each.
 */
export function rankAccounts(columns: Columns, ranking: AccountRanking): Ranked<AccountMeasure> {
  const accounts = accountCount(columns);
  const { posts, first, isTopmost } = accountPosts(columns, accounts);
  const sum = (measure: AccountRanking['by'], only?: Uint8Array) =>
    sumByAccount(columns, postMeasures[measure](columns), accounts, only);
  const measures = {
    posts: Float64Array.from(posts),
    descendants: sum('descendants', isTopmost),
    direct: sum('direct'),
    shapley: sum('shapley'),
    firstHour: sum('firstHour', isTopmost),
  };
  const values = measures[ranking.by];
  const everyone = Uint32Array.from({ length: accounts }, (_, account) => account);
  const least = ranking.withoutRoot ? 1 : 0;
  const candidates = everyone.filter((account) => account >= least && (values[account] ?? 0) > 0);
  const chosen = topValues(values, candidates, ranking);
  return {
    posts: columns.count,
    total: candidates.length,
    seqs: Uint32Array.from(chosen, (account) => first[account] ?? 0),
    values: pick(values, chosen),
    shown: {
      posts: pick(measures.posts, chosen),
      descendants: pick(measures.descendants, chosen),
      direct: pick(measures.direct, chosen),
      shapley: pick(measures.shapley, chosen),
      firstHour: pick(measures.firstHour, chosen),
    },
  };
}
