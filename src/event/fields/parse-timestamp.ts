const zero = 48;
const dayMs = 86_400_000;

/** The earliest and the latest time any field takes, whatever the clock says. */
export const earliestMs = Date.UTC(2000, 0, 1);
export const latestMs = Date.UTC(2100, 0, 1) - 1;

/**
 * Epoch milliseconds of an RFC 3339 time, NaN where it is none. Written by hand because Date.parse takes
 * February 30 and times without an offset. Up to nine fractional digits are read, cut (not rounded) to milliseconds;
 * T and Z may be lower case, as the RFC allows; a leap second is refused because no store could hold it.
 */
export function parseTimestamp(text: string): number {
  const zoneAt = findZone(text);
  if (zoneAt < 0 || !hasPunctuation(text)) return Number.NaN;
  return readDate(text) + readTimeOfDay(text) + readFraction(text, zoneAt) - readOffset(text, zoneAt);
}

/** Where the fraction ends and the zone begins, -1 where the text cannot be a time at all. */
function findZone(text: string): number {
  if (text.length < 20 || text.length > 35) return -1;
  if (text.charCodeAt(19) !== 46) return 19;
  let at = 20;
  while (isDigit(text.charCodeAt(at))) at += 1;
  return at > 20 && at <= 29 ? at : -1;
}

function hasPunctuation(text: string): boolean {
  const separator = text.charCodeAt(10) | 0x20;
  return (
    text.charCodeAt(4) === 45 &&
    text.charCodeAt(7) === 45 &&
    separator === 116 &&
    text.charCodeAt(13) === 58 &&
    text.charCodeAt(16) === 58
  );
}

function readDate(text: string): number {
  const year = readTwo(text, 0) * 100 + readTwo(text, 2);
  const month = readTwo(text, 5);
  const day = readTwo(text, 8);
  const isRight = year >= 0 && month >= 1 && month <= 12 && day >= 1 && day <= lastDay(year, month);
  return isRight ? daysSinceEpoch(year, month, day) * dayMs : Number.NaN;
}

function lastDay(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** `days_from_civil` of Howard Hinnant's chrono-Compatible Low-Level Date Algorithms; Date.UTC costs several times as much. */
function daysSinceEpoch(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = (((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) | 0) + day - 1;
  const dayOfEra = yearOfEra * 365 + ((yearOfEra / 4) | 0) - ((yearOfEra / 100) | 0) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

function readTimeOfDay(text: string): number {
  const hour = readTwo(text, 11);
  const minute = readTwo(text, 14);
  const second = readTwo(text, 17);
  const isRight = hour >= 0 && hour <= 23 && minute >= 0 && minute <= 59 && second >= 0 && second <= 59;
  return isRight ? ((hour * 60 + minute) * 60 + second) * 1000 : Number.NaN;
}

function readFraction(text: string, zoneAt: number): number {
  let milliseconds = 0;
  let weight = 100;
  for (let at = 20; at < zoneAt && weight >= 1; at += 1) {
    milliseconds += (text.charCodeAt(at) - zero) * weight;
    weight /= 10;
  }
  return milliseconds;
}

function readOffset(text: string, at: number): number {
  const sign = text.charCodeAt(at);
  if ((sign | 0x20) === 122) return text.length === at + 1 ? 0 : Number.NaN;
  if ((sign !== 43 && sign !== 45) || text.length !== at + 6 || text.charCodeAt(at + 3) !== 58) return Number.NaN;
  const hours = readTwo(text, at + 1);
  const minutes = readTwo(text, at + 4);
  if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return Number.NaN;
  return (sign === 45 ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

/** Two digits as a number; far below zero where they are none, so that a whole year built of them is too. */
function readTwo(text: string, at: number): number {
  const tens = text.charCodeAt(at);
  const ones = text.charCodeAt(at + 1);
  return isDigit(tens) && isDigit(ones) ? (tens - zero) * 10 + (ones - zero) : -100_000;
}

function isDigit(unit: number): boolean {
  return unit >= zero && unit <= 57;
}

/** Epoch milliseconds of a time in either spelling, NaN where it is none. */
export function readTimestamp(value: string | number): number {
  if (typeof value === 'string') return parseTimestamp(value);
  return Number.isInteger(value) ? value : Number.NaN;
}
