const dayMs = 86_400_000;

const twoDigits = Array.from({ length: 60 }, (_, value) => String(value).padStart(2, '0'));
const threeDigits = Array.from({ length: 1_000 }, (_, value) => String(value).padStart(3, '0'));

export type TimePrinter = (wholeMs: number) => string;

/**
 * The same text as `toISOString()` at a fifth of its cost, which was a tenth of generating an event: neighbouring events
 * share their day, so only the day's part is asked of a Date, and only when the day changes.
 */
export function createTimePrinter(): TimePrinter {
  let printedDay = Number.NaN;
  let dayText = '';
  return (wholeMs) => {
    const day = Math.floor(wholeMs / dayMs);
    if (day !== printedDay) {
      printedDay = day;
      dayText = new Date(day * dayMs).toISOString().slice(0, 11);
    }
    const ofDay = wholeMs - day * dayMs;
    const seconds = Math.floor(ofDay / 1_000);
    const minutes = Math.floor(seconds / 60);
    const clock = `${twoDigits[Math.floor(minutes / 60)]}:${twoDigits[minutes % 60]}:${twoDigits[seconds % 60]}`;
    return `${dayText}${clock}.${threeDigits[ofDay % 1_000]}Z`;
  };
}
