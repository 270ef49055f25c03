import { z } from 'zod';
import { engagementRules } from './rules.ts';

const { weights, completion, viewFromMs, halfLifeHours } = engagementRules;

/** The constants of the score as statements take them. */
export const scoreParams = z.object({
  viewFromMs: z.number(),
  shareWeight: z.number(),
  saveWeight: z.number(),
  commentWeight: z.number(),
  likeWeight: z.number(),
  viewWeight: z.number(),
  bonusAbove: z.number(),
  bonusFactor: z.number(),
  halfLifeMs: z.number(),
});

export const scoreValues: z.output<typeof scoreParams> = {
  viewFromMs,
  shareWeight: weights.share,
  saveWeight: weights.save,
  commentWeight: weights.comment,
  likeWeight: weights.like,
  viewWeight: weights.view,
  bonusAbove: completion.above,
  bonusFactor: completion.bonus,
  halfLifeMs: halfLifeHours * 3_600_000,
};

/** The engine adds in whatever order it reads, so the last digits of a sum mean nothing. */
export function roundScore(score: number): number {
  return Number(score.toPrecision(12));
}
