import { dataPlan, type FieldPlan, metadataPlan, type Plan } from './digest/field-plan.ts';
import { addFlag, addNumber, addText, finishSums, type Sums, seedOf } from './digest/sums.ts';
import type { RawEvent } from './envelope.ts';
import { readTimestamp } from './fields/parse-timestamp.ts';

const eventIdSeed = seedOf('eventId');
const eventNameSeed = seedOf('eventName');
const userIdSeed = seedOf('userId');
const sessionIdSeed = seedOf('sessionId');
const timestampSeed = seedOf('timestamp');
const metadataSeed = seedOf('metadata');

/**
 * What an event says, as a whole number below 2^52. The same content gives the same number whatever the order of its
 * keys, the alias of a field or the spelling of a time. `sentAt` is left out, because a retry is sent later. No default
 * is filled in, and texts count exactly as they were sent: two Unicode spellings of one word are two texts.
 */
export function digestEvent(raw: RawEvent): number {
  const sums: Sums = { high: 0, low: 0 };
  addText(sums, eventIdSeed, raw.eventId);
  addText(sums, eventNameSeed, raw.eventName);
  addNumber(sums, timestampSeed, readTimestamp(raw.timestamp));
  if (raw.userId !== undefined) addText(sums, userIdSeed, raw.userId);
  if (raw.sessionId !== undefined) addText(sums, sessionIdSeed, raw.sessionId);
  addFields(sums, dataPlan(raw.eventName), raw.data);
  if (raw.metadata !== undefined) {
    addFlag(sums, metadataSeed, true);
    addFields(sums, metadataPlan, raw.metadata);
  }
  return finishSums(sums);
}

function addFields(sums: Sums, plan: Plan, fields: Readonly<Record<string, unknown>>): void {
  for (const name in fields) {
    const field = plan.get(name);
    if (field !== undefined) addField(sums, field, fields[name]);
  }
}

function addField(sums: Sums, { seed, isTime, becomesList }: FieldPlan, value: unknown): void {
  if (becomesList) addValue(sums, seed, [value]);
  else if (isTime && (typeof value === 'string' || typeof value === 'number'))
    addNumber(sums, seed, readTimestamp(value));
  else addValue(sums, seed, value);
}

function addValue(sums: Sums, seed: number, value: unknown): void {
  if (typeof value === 'string') addText(sums, seed, value);
  else if (typeof value === 'number') addNumber(sums, seed, value);
  else if (typeof value === 'boolean') addFlag(sums, seed, value);
  else if (Array.isArray(value)) addList(sums, seed, value);
  else if (typeof value === 'object' && value !== null) addMap(sums, seed, value);
}

/** The place in a list is part of an entry's name, and the length makes an empty list differ from none. */
function addList(sums: Sums, seed: number, list: readonly unknown[]): void {
  const inner = seedOf('[]', seed);
  addNumber(sums, inner, list.length);
  for (let at = 0; at < list.length; at += 1) addValue(sums, Math.imul(inner + at + 1, 0x27d4_eb2f), list[at]);
}

function addMap(sums: Sums, seed: number, map: object): void {
  const inner = seedOf('{}', seed);
  const entries: [string, unknown][] = Object.entries(map);
  addNumber(sums, inner, entries.length);
  for (const [name, value] of entries) addValue(sums, seedOf(name, inner), value);
}
