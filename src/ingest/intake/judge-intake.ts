/** Why nothing is taken in right now. */
export type ShedReason = 'log_full' | 'stores_behind' | 'disk_full';

export type IntakeLimits = {
  maxLogBytes: number;
  /** The part of what Redis may hold that may be in use, of whatever kind. */
  maxRedisShare: number;
  maxLagSeconds: number;
  minFreeBytes: number;
  /** Intake opens again only below this part of the limit that closed it, so that it does not open and close in turn. */
  resumeBelow: number;
};

export type IntakeSample = {
  logBytes: number;
  redisUsedBytes: number;
  redisMaxBytes: number;
  /** Age of the oldest entry that a store has still to take. */
  lagMs: number;
  /** Free bytes of each folder that holds data. */
  freeBytes: readonly number[];
};

/** How much of each limit is used: 1 and more closes intake. */
export type Pressure = Record<ShedReason, number>;

// A full disk stops the stores, a full log stops Redis; stores that are behind only make everybody wait.
const worstFirst: readonly ShedReason[] = ['disk_full', 'log_full', 'stores_behind'];

export function measurePressure(sample: IntakeSample, limits: IntakeLimits): Pressure {
  const redisBytes = sample.redisMaxBytes * limits.maxRedisShare;
  return {
    log_full: Math.max(ratio(sample.logBytes, limits.maxLogBytes), ratio(sample.redisUsedBytes, redisBytes)),
    stores_behind: ratio(sample.lagMs, limits.maxLagSeconds * 1000),
    disk_full: Math.max(0, ...sample.freeBytes.map((free) => ratio(limits.minFreeBytes, free))),
  };
}

function ratio(used: number, limit: number): number {
  if (used <= 0) return 0;
  return limit > 0 ? used / limit : Number.POSITIVE_INFINITY;
}

/** The reasons that hold from now on: a new one from its limit on, one that holds already until it is well below. */
export function judgeIntake(
  pressure: Pressure,
  held: ReadonlySet<ShedReason>,
  { resumeBelow }: Pick<IntakeLimits, 'resumeBelow'>,
): Set<ShedReason> {
  return new Set(worstFirst.filter((reason) => pressure[reason] >= (held.has(reason) ? resumeBelow : 1)));
}

export function worstOf(held: ReadonlySet<ShedReason>): ShedReason | null {
  return worstFirst.find((reason) => held.has(reason)) ?? null;
}
