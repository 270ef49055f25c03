/** Every constant that engagement is reckoned with, in one place. */
export const engagementRules = {
  /** A view counts from three seconds of watching; below that it is an impression. */
  viewFromMs: 3000,
  /** What each kind of engagement weighs in the score. */
  weights: { share: 10, save: 8, comment: 5, like: 3, view: 1 },
  /** A view that was watched to more than this part weighs so many times as much. */
  completionBonus: { above: 0.8, factor: 1.5 },
  /** Engagement loses half of its weight in a day. */
  halfLifeHours: 24,
  /** What the standing of a post's creator multiplies its score by. */
  creatorBoost: { casual: 1, rising: 1.05, established: 1.15, top: 1.25 },
  /** The parts of the quality score: completion, comments and saves for each view (ten in a hundred are all), and views that were not bounced. */
  quality: { completion: 0.5, response: 0.3, responseScale: 10, stayed: 0.2 },
} as const;
