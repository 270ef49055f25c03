import { eventNames } from '../../event/vocabulary.ts';
import type { AppendResult, ItemStatus } from '../../log/append.ts';
import { timestampOf } from '../../log/entry-records.ts';
import { type Counter, type Counts, counterField, counters, otherName, refusalField } from './counters.ts';

/** One request as the log answered it: its candidates in columns, and what was refused before. */
export type SeenItems = {
  /** Of each candidate the place of its name among `eventNames`, and how far its time was moved, see correctionOf. */
  names: Uint16Array;
  corrections: Uint8Array;
  records: Buffer;
  refused: ReadonlyArray<{ eventName: string; code: string; field: string }>;
  result: Pick<AppendResult, 'statuses' | 'acceptedAtMs' | 'windowStartMs'>;
};

export type GatheredQuality = {
  saw(items: SeenItems): void;
  /** Everything gathered since the last time, by the start of the day of receipt. */
  take(): Map<number, Counts>;
};

type Day = { numbers: Uint32Array; refusals: Map<string, number> };

const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;
const names: readonly string[] = [...eventNames, otherName];
const placeOfName = new Map(names.map((name, place) => [name, place]));
const width = counters.length;
const columns = new Map(counters.map((counter, column) => [counter, column]));
const accepted = columnOf('accepted');
const corrected = columnOf('correctedWithin5Minutes') - 1;
const [lateOver1Hour, lateOver1Day] = [columnOf('lateOver1Hour'), columnOf('lateOver1Day')];
const lateBeforeWindow = columnOf('lateBeforeWindow');

/** How far a time was moved at the door: 0 not at all, then the four counters of corrected items in their order. */
export function correctionOf(movedMs: number): number {
  const distanceMs = Math.abs(movedMs);
  if (distanceMs === 0) return 0;
  if (distanceMs <= 5 * 60_000) return 1;
  if (distanceMs <= hourMs) return 2;
  return distanceMs <= dayMs ? 3 : 4;
}

export function placeOf(eventName: string): number {
  return placeOfName.get(eventName) ?? names.length - 1;
}

/** Counts in memory, by adding to columns of numbers, so that the way of an event to the log stays as short as it is. */
export function gatherQuality(): GatheredQuality {
  let days = new Map<number, Day>();
  return {
    saw: (items) => {
      const startMs = items.result.acceptedAtMs - (items.result.acceptedAtMs % dayMs);
      const day = days.get(startMs) ?? { numbers: new Uint32Array(names.length * width), refusals: new Map() };
      days.set(startMs, day);
      countCandidates(day, items);
      for (const refusal of items.refused) countRefusal(day, refusal);
    },
    take: () => {
      const taken = days;
      days = new Map();
      return new Map([...taken].map(([startMs, day]) => [startMs, toCounts(day)]));
    },
  };
}

function countCandidates({ numbers }: Day, items: SeenItems): void {
  const { statuses, acceptedAtMs, windowStartMs } = items.result;
  for (let place = 0; place < items.names.length; place += 1) {
    const row = (items.names[place] ?? 0) * width;
    const status = statuses?.[place] ?? 'accepted';
    add(numbers, row + columnOfStatus(status));
    // A repeat says nothing new of clocks: the first of its kind was counted.
    if (status !== 'accepted') continue;
    const correction = items.corrections[place] ?? 0;
    if (correction > 0) add(numbers, row + corrected + correction);
    const timestampMs = timestampOf(items.records, place);
    if (acceptedAtMs - timestampMs > hourMs) add(numbers, row + lateOver1Hour);
    if (acceptedAtMs - timestampMs > dayMs) add(numbers, row + lateOver1Day);
    if (timestampMs < windowStartMs) add(numbers, row + lateBeforeWindow);
  }
}

function countRefusal({ numbers, refusals }: Day, { eventName, code, field }: SeenItems['refused'][number]): void {
  const row = placeOf(eventName) * width;
  add(numbers, row + columnOf('rejected'));
  if (code === 'unknown_event_name') add(numbers, row + columnOf('unknownNames'));
  const key = refusalField(eventName, code, field);
  refusals.set(key, (refusals.get(key) ?? 0) + 1);
}

function add(numbers: Uint32Array, at: number): void {
  numbers[at] = (numbers[at] ?? 0) + 1;
}

function columnOf(counter: Counter): number {
  return columns.get(counter) ?? 0;
}

function columnOfStatus(status: ItemStatus): number {
  if (status === 'accepted') return accepted;
  return columnOf(status === 'duplicate' ? 'duplicate' : 'conflict');
}

function toCounts({ numbers, refusals }: Day): Counts {
  const counts = new Map(refusals);
  for (const [row, name] of names.entries()) {
    for (const [column, counter] of counters.entries()) {
      const number = numbers[row * width + column] ?? 0;
      if (number > 0) counts.set(counterField(name, counter), number);
    }
  }
  return counts;
}
