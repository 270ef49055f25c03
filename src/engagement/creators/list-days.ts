const hourMs = 3_600_000;

/** A calendar day of a time zone: its name, its first moment and the first moment after it. */
export type Day = { day: string; startMs: number; endMs: number };

type Asked = { fromMs: number; toMs: number; tz: string; atMost: number };

/** Every day of the time zone that has a moment of the range; null where there are more than are wanted. */
export function listDays({ fromMs, toMs, tz, atMost }: Asked): Day[] | null {
  const nameOf = openDayNames(tz);
  const days: Day[] = [];
  for (let startMs = startOfDay(fromMs, nameOf); startMs < toMs; ) {
    if (days.length === atMost) return null;
    const endMs = endOfDay(startMs, nameOf);
    days.push({ day: nameOf(startMs), startMs, endMs });
    startMs = endMs;
  }
  return days;
}

/** So many days before the day that begins there, the earliest first. */
export function listDaysBefore(startMs: number, { tz, count }: { tz: string; count: number }): Day[] {
  const nameOf = openDayNames(tz);
  const days: Day[] = [];
  for (let endMs = startMs; days.length < count; endMs = days[0]?.startMs ?? endMs) {
    const before = startOfDay(endMs - 1, nameOf);
    days.unshift({ day: nameOf(before), startMs: before, endMs });
  }
  return days;
}

type NameOf = (epochMs: number) => string;

function openDayNames(timeZone: string): NameOf {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  return (epochMs) => format.format(epochMs);
}

// A day may be of 23 or 25 hours and may begin at one o'clock, so its ends are where its name changes.
function startOfDay(epochMs: number, nameOf: NameOf): number {
  const name = nameOf(epochMs);
  let otherMs = epochMs - 24 * hourMs;
  while (nameOf(otherMs) === name) otherMs -= hourMs;
  return firstMoment(otherMs, epochMs, (ms) => nameOf(ms) === name);
}

function endOfDay(startMs: number, nameOf: NameOf): number {
  const name = nameOf(startMs);
  const usualMs = startMs + 24 * hourMs;
  if (nameOf(usualMs) !== name && nameOf(usualMs - 1) === name) return usualMs;
  let otherMs = usualMs;
  while (nameOf(otherMs) === name) otherMs += hourMs;
  return firstMoment(startMs, otherMs, (ms) => nameOf(ms) !== name);
}

/** The first moment after `beforeMs` from which on something is so; it is so at `latestMs`. */
function firstMoment(beforeMs: number, latestMs: number, isSo: (ms: number) => boolean): number {
  let [low, high] = [beforeMs, latestMs];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (isSo(middle)) high = middle;
    else low = middle;
  }
  return high;
}
