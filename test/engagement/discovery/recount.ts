import type { PostedEvent } from '../engagement-stores.ts';

/** What several recounts share; made from the definitions, and from nothing of the code that they check. */

export type Range = { from: string; to: string };

export const timeOf = (event: PostedEvent) => Date.parse(event.timestamp);

/** What an event says in a field; empty where it says nothing. */
export function said({ data }: PostedEvent, field: string): string {
  const value = data[field];
  return typeof value === 'string' || typeof value === 'number' ? `${value}` : '';
}

export function byteOrder(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}

export function inTimeOrder(events: readonly PostedEvent[]): PostedEvent[] {
  return [...events].sort((one, other) => timeOf(one) - timeOf(other) || byteOrder(one.eventId, other.eventId));
}

export function inRange({ from, to }: Range): (event: PostedEvent) => boolean {
  return (event) => timeOf(event) >= Date.parse(from) && timeOf(event) < Date.parse(to);
}

export const isInternal = (event: PostedEvent) => event.metadata?.['isInternal'] === true;

/** Accounts of which the latest word on some sign says that they are no ordinary people. */
export function excludedAccounts(events: readonly PostedEvent[]): Set<string> {
  const latest = new Map<string, unknown>();
  for (const { eventName, userId, data } of inTimeOrder(events)) {
    if (!['user_registered', 'user_updated'].includes(eventName)) continue;
    for (const field of ['isInternal', 'isTestAccount', 'accountType']) {
      if (data[field] !== undefined) latest.set(`${userId} ${field}`, data[field]);
    }
  }
  const signs = [...latest].filter(([, value]) => value === true || value === 'bot');
  return new Set(signs.map(([key]) => key.split(' ')[0] ?? ''));
}

export function distinct(values: readonly unknown[]): number {
  return new Set(values.filter((value) => value !== undefined)).size;
}

export function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

export function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return mean(middle.filter((value) => value !== undefined));
}

export function close(value: number | null): unknown {
  return value === null ? null : expect.closeTo(value, 9);
}
