import type { World } from '../world/read-world.ts';
import type { Received } from '../world/receive.ts';

export type Row = Record<string, unknown>;

/** A recipe of the page: what it is asked with, and what the events say without any SQL. */
export type Recipe = { params?: Readonly<Record<string, string>>; recount: (world: World) => Row[] };

export const dayMs = 86_400_000;

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** A part of a whole, or null where there is no whole. */
export function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

export function mean(values: readonly number[]): number | null {
  return ratio(sum(values), values.length);
}

/** Groups in the byte order of their keys. */
export function groupBy<T>(items: readonly T[], key: (item: T) => string): Array<[string, T[]]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return [...groups].toSorted(([a], [b]) => (a < b ? -1 : 1));
}

export function distinct(values: readonly unknown[]): number {
  return new Set(values).size;
}

/** A time as ClickHouse writes it, with or without milliseconds. */
export function timeOf(ms: number): string {
  return new Date(ms).toISOString().replace('T', ' ').replace('Z', '');
}

export function secondOf(ms: number): string {
  return timeOf(ms).slice(0, 19);
}

export function dayOf(ms: number): string {
  return timeOf(ms).slice(0, 10);
}

export function mondayMs(ms: number): number {
  const day = Math.floor(ms / dayMs);
  // The first of January 1970 was a Thursday.
  return (day - ((day + 3) % 7)) * dayMs;
}

/** Rows of the engagement tables added up. */
export function total(rows: readonly Received[]): Omit<Received, 'quarterMs' | 'postId'> & { score: number } {
  const of = (pick: (row: Received) => number) => sum(rows.map(pick));
  const counts = {
    impressions: of((row) => row.impressions),
    views: of((row) => row.views),
    bonusViews: of((row) => row.bonusViews),
    likes: of((row) => row.likes),
    saves: of((row) => row.saves),
    comments: of((row) => row.comments),
    shares: of((row) => row.shares),
    watchMs: of((row) => row.watchMs),
    completionMillionths: of((row) => row.completionMillionths),
    completions: of((row) => row.completions),
  };
  const { shares, saves, comments, likes, views } = counts;
  return { ...counts, score: 10 * shares + 8 * saves + 5 * comments + 3 * likes + views };
}
