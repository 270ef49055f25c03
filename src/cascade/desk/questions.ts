import type { Columns } from '../columns/columns.ts';
import { columnsAt } from '../columns/columns-at.ts';
import { type AskedMembers, findMembers, type Members } from '../columns/find-members.ts';
import { type FreezeQuestion, type Prevented, preventShares } from '../counterfactual/prevent-shares.ts';
import { type Measurement, measureCascade } from '../percentile/measure-cascade.ts';
import { placeOf } from '../rank/place-of.ts';
import type { PostMeasure } from '../rank/post-measures.ts';
import { type AccountMeasure, type AccountRanking, rankAccounts } from '../rank/rank-accounts.ts';
import { type PostRanking, type Ranked, rankPosts } from '../rank/rank-posts.ts';
import { countBelow } from '../shape/count-below.ts';
import { depthAccounts } from '../shape/depth-accounts.ts';
import { type DepthProfile, depthProfile } from '../shape/depth-profile.ts';
import { measureShape, type Shape } from '../shape/measure-shape.ts';
import { tallyTree } from '../shape/tally-tree.ts';
import { type Growth, type GrowthQuestion, measureGrowth } from '../times/growth.ts';
import { type TimeLine, type TimeLineQuestion, timeLine } from '../times/time-line.ts';

/** A cascade in memory, with what was last measured of it. */
export type KnownCascade = { columns: Columns; measured: Measured | null };
type Measured = { shape: Shape; broadcasters: Uint32Array };

/** As of a time; null: as it is. */
type At = { atMs: number | null };

/**
 * A shape, the posts with most direct shares (only their ids, which are not known here, tell which comes first), and
 * how many posts had been made by the time that is asked for while one above them had not.
 */
export type ShapeAnswer = { shape: Shape; broadcasters: Uint32Array; waiting: number };
export type Depths = { profile: DepthProfile; accounts: Uint32Array };

/** Everything that a cascade in memory can be asked, with what has to be said along and what comes back. */
export type Asked = {
  shape: At;
  depths: { atMs: number };
  timeLine: TimeLineQuestion;
  rankPosts: At & { ranking: PostRanking };
  rankAccounts: At & { ranking: AccountRanking };
  subtreeSizes: { seqs: Uint32Array };
  preventShares: FreezeQuestion;
  growth: GrowthQuestion;
  members: AskedMembers;
  countBelow: { seqs: Uint32Array };
  measure: object;
};

export type Answered = {
  /** Null where even the root was not there at that time. */
  shape: ShapeAnswer | null;
  depths: Depths | null;
  timeLine: TimeLine;
  rankPosts: Ranked<PostMeasure> | null;
  rankAccounts: Ranked<AccountMeasure> | null;
  subtreeSizes: Uint32Array;
  preventShares: Prevented[];
  growth: Growth;
  members: Members;
  countBelow: number;
  measure: Measurement;
};

export type Question = keyof Asked;

export const questions: { [Q in Question]: (cascade: KnownCascade, asked: Asked[Q]) => Answered[Q] } = {
  shape: (cascade, { atMs }) => {
    const whole = cascade.columns;
    if (atMs === null) {
      return { ...measuredOf(cascade), waiting: 0 };
    }
    const { columns, origin } = columnsAt(whole, atMs);
    if (columns.count === 0) return null;
    const shape = measureShape(columns);
    const broadcasters = findBroadcasters(columns, shape).map((seq) => origin[seq] ?? 0);
    return { shape, broadcasters, waiting: countMade(whole, atMs) - columns.count };
  },
  depths: (cascade, { atMs }) => {
    const { columns } = columnsAt(cascade.columns, atMs);
    if (columns.count === 0) return null;
    const profile = depthProfile(columns);
    return { profile, accounts: depthAccounts(columns, profile.posts) };
  },
  timeLine: ({ columns }, asked) => timeLine(columns, asked),
  rankPosts: (cascade, { atMs, ranking }) =>
    rankAt(cascade, atMs, (columns, placeAt) => {
      const { choice } = ranking;
      if (choice.kind === 'all') return rankPosts(columns, ranking);
      const seq = placeAt(choice.seq);
      return seq < 0 ? null : rankPosts(columns, { ...ranking, choice: { ...choice, seq } });
    }),
  rankAccounts: (cascade, { atMs, ranking }) => rankAt(cascade, atMs, (columns) => rankAccounts(columns, ranking)),
  subtreeSizes: ({ columns }, { seqs }) => {
    const { subtreeSize } = tallyTree(columns);
    return seqs.map((seq) => subtreeSize[seq] ?? 1);
  },
  preventShares: ({ columns }, asked) => preventShares(columns, asked),
  growth: ({ columns }, asked) => measureGrowth(columns, asked),
  members: ({ columns }, asked) => findMembers(columns, asked),
  countBelow: ({ columns }, { seqs }) => countBelow(columns, seqs),
  measure: (cascade) => measureCascade(cascade.columns, measuredOf(cascade).shape),
};

/** Measured once for each number of posts, and from what was measured before where there were fewer. */
function measuredOf(cascade: KnownCascade): Measured {
  const { columns, measured } = cascade;
  if (measured?.shape.size === columns.count) return measured;
  const shape = measureShape(columns, measured?.shape);
  const anew = { shape, broadcasters: findBroadcasters(columns, shape) };
  cascade.measured = anew;
  return anew;
}

function findBroadcasters(columns: Columns, { mostDirectShares }: Shape): Uint32Array {
  const { direct } = tallyTree(columns);
  const seqs: number[] = [];
  for (let seq = 0; seq < columns.count; seq += 1) if (direct[seq] === mostDirectShares) seqs.push(seq);
  return Uint32Array.from(seqs);
}

function countMade({ count, timeMs }: Columns, atMs: number): number {
  let made = 0;
  for (let seq = 0; seq < count; seq += 1) if ((timeMs[seq] ?? 0) <= atMs) made += 1;
  return made;
}

type PlaceOf = (seq: number) => number;

/** Ranks a cascade as of a time, and names its posts by the places they have now. */
function rankAt<M extends string>(
  { columns: whole }: KnownCascade,
  atMs: number | null,
  rank: (columns: Columns, placeAt: PlaceOf) => Ranked<M> | null,
): Ranked<M> | null {
  if (atMs === null) return rank(whole, (seq) => seq);
  const { columns, origin } = columnsAt(whole, atMs);
  if (columns.count === 0) return null;
  const ranked = rank(columns, (seq) => placeOf(origin, seq));
  return ranked === null ? null : { ...ranked, seqs: ranked.seqs.map((seq) => origin[seq] ?? 0) };
}
