/** What the door counted in one minute, and the first and the last accept number given in it (0 where none was). */
export type LedgerMinute = {
  minuteMs: number;
  received: number;
  accepted: number;
  duplicate: number;
  conflict: number;
  rejected: number;
  firstSeq: number;
  lastSeq: number;
  /** `last-first,` for each place where the numbers between were given in another minute: a clock was set back. */
  gaps: string;
};

export function minuteOf(minuteMs: number, fields: Record<string, string>): LedgerMinute {
  const accepted = Number(fields['accepted'] ?? 0);
  const lastSeq = Number(fields['lastSeq'] ?? 0);
  return {
    minuteMs,
    received: Number(fields['received'] ?? 0),
    accepted,
    duplicate: Number(fields['duplicate'] ?? 0),
    conflict: Number(fields['conflict'] ?? 0),
    rejected: Number(fields['rejected'] ?? 0),
    firstSeq: Number(fields['firstSeq'] ?? (accepted > 0 ? lastSeq - accepted + 1 : 0)),
    lastSeq,
    gaps: fields['gaps'] ?? '',
  };
}

/** Two parts of one minute: what was counted before it had been copied and dropped, and what was counted after. */
export function addMinutes(before: LedgerMinute, after: LedgerMinute): LedgerMinute {
  return {
    minuteMs: after.minuteMs,
    received: before.received + after.received,
    accepted: before.accepted + after.accepted,
    duplicate: before.duplicate + after.duplicate,
    conflict: before.conflict + after.conflict,
    rejected: before.rejected + after.rejected,
    firstSeq: before.firstSeq === 0 ? after.firstSeq : before.firstSeq,
    lastSeq: Math.max(before.lastSeq, after.lastSeq),
    gaps: before.gaps + gapBetween(before, after) + after.gaps,
  };
}

function gapBetween({ lastSeq }: LedgerMinute, { firstSeq }: LedgerMinute): string {
  return lastSeq === 0 || firstSeq === 0 || lastSeq + 1 === firstSeq ? '' : `${lastSeq}-${firstSeq},`;
}
