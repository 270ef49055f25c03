import type { Columns } from '../columns/columns.ts';
import { choosePosts, type PostChoice } from './choose-posts.ts';
import { type PostMeasure, postMeasures } from './post-measures.ts';
import { type Cut, topValues } from './top-values.ts';

export type PostRanking = Cut & {
  choice: PostChoice;
  by: PostMeasure;
  /** What is told of every post beside what it is ordered by. */
  show: readonly PostMeasure[];
  /** Whether posts with nothing of the measure stand in the order at all. */
  keepsZero: boolean;
};

/** The first of an order, with ties that only ids can decide; a row each, whose numbers stand at the same place in `shown`. */
export type Ranked<Measure extends string> = {
  /** Posts of the cascade, and how many of them (or of its accounts) stand in the order. */
  posts: number;
  total: number;
  seqs: Uint32Array;
  values: Float64Array;
  shown: Partial<Record<Measure, Float64Array>>;
};

export type RankedPosts = Ranked<PostMeasure>;

export function rankPosts(columns: Columns, ranking: PostRanking): RankedPosts {
  const values = postMeasures[ranking.by](columns);
  const chosen = choosePosts(columns, ranking.choice);
  const candidates = ranking.keepsZero ? chosen : chosen.filter((seq) => (values[seq] ?? 0) > 0);
  const seqs = topValues(values, candidates, ranking);
  const shown: RankedPosts['shown'] = {};
  for (const measure of ranking.show) {
    shown[measure] = pick(measure === ranking.by ? values : postMeasures[measure](columns), seqs);
  }
  return { posts: columns.count, total: candidates.length, seqs, values: pick(values, seqs), shown };
}

/** A number that is shown of a row. */
export function shownAt<M extends string>({ shown }: Ranked<M>, measure: M, row: number): number {
  return shown[measure]?.[row] ?? 0;
}

export function pick(values: Float64Array | Uint32Array, places: Uint32Array): Float64Array {
  return Float64Array.from(places, (place) => values[place] ?? 0);
}
