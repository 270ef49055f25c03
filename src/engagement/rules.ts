/** The numbers that engagement is judged by, each in this one place. */
export const engagementRules = Object.freeze({
  /** Watching as short as this is no view yet: the product's definition of a counted view. */
  viewFromMs: 3000,
  /** What a reaction is worth beside a view, from the product's ranking: passing on counts most, looking least. */
  weights: { share: 10, save: 8, comment: 5, like: 3, view: 1 },
  /** A view that saw nearly all of a post counts more, from the product's ranking. */
  completion: { above: 0.8, bonus: 1.5 },
  /** How fast a reaction fades in what is ranked by recency, from the product's ranking. */
  halfLifeHours: 24,
  /**
   * A creator is of the first tier both of whose floors are reached, from the product's creator programme. Consistency
   * is the share of the last 30 days with a post. The boost is what the tier's reactions are multiplied by.
   */
  tiers: [
    { tier: 'top', followers: 1_000_000, consistency: 0.5, boost: 1.25 },
    { tier: 'established', followers: 100_000, consistency: 0.4, boost: 1.15 },
    { tier: 'rising', followers: 1000, consistency: 0.2, boost: 1.05 },
    { tier: 'casual', followers: 0, consistency: 0, boost: 1 },
  ],
  /** The days that consistency and what is usual for a creator look back, from the creator programme. */
  lookBackDays: 30,
  /** So many times the usual is viral, and trending, from the product's definition of both. */
  viralTimes: 10,
  trendingTimes: 5,
} as const);
