import { z } from 'zod';
import { engagementRules } from '../rules.ts';

const { tiers } = engagementRules;

export const Tier = z.enum(tiers.map(({ tier }) => tier));
export type Tier = z.output<typeof Tier>;

export type Standing = { followers: number; consistency: number };

/** The first tier both of whose floors are reached; the last one has none. */
export function tierOf({ followers, consistency }: Standing): Tier {
  const reached = tiers.find((floor) => followers >= floor.followers && consistency >= floor.consistency);
  return reached?.tier ?? 'casual';
}
