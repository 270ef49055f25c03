import { eventsOfKind, expiringKinds } from '../../event/expiring-kinds.ts';

/** Days by kind of event; 0, and a kind that is not named, is for ever. */
export type RetentionDays = Readonly<Record<string, number>>;

/** Which events expire, and before which acceptance each: two lists side by side, as the store takes them. */
export type ExpiryLimits = { eventNames: string[]; beforeMs: number[] };

const dayMs = 86_400_000;

/** Whole days of UTC: what was accepted today or on one of the days before it that are kept has not expired. */
export function findLimits(days: RetentionDays, nowMs: number): ExpiryLimits {
  const todayMs = Math.floor(nowMs / dayMs) * dayMs;
  const limits = expiringKinds.flatMap((kind) => {
    const kept = days[kind] ?? 0;
    return kept === 0 ? [] : eventsOfKind(kind).map((name) => ({ name, beforeMs: todayMs - kept * dayMs }));
  });
  return { eventNames: limits.map(({ name }) => name), beforeMs: limits.map(({ beforeMs }) => beforeMs) };
}
