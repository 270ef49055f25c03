import { createHash } from 'node:crypto';
import type { LoadEvent, LoadItem } from './make-batches.ts';

/** One content that was sent under an id, and what its senders were told. */
export type Variant = {
  readonly content: string;
  readonly event: LoadEvent;
  readonly isValid: boolean;
  /** An answer said `accepted`, or `duplicate`: then one just like it had been accepted. */
  acked: boolean;
  /** Some send of it was never answered for, and not tried again. */
  maybe: boolean;
  /** Accept numbers are given in order, so these bound where it can stand among the others. */
  sentFirstMs: number;
  ackedMs: number;
};

export type Told = { eventId: string | null; status: string; index: number };

/** What the senders know, kept outside the system: the only source of what ought to be stored. */
export type History = {
  readonly variants: ReadonlyMap<string, readonly Variant[]>;
  readonly totals: Readonly<Record<string, number>>;
  sending(items: readonly LoadItem[]): void;
  answered(items: readonly LoadItem[], told: readonly Told[]): void;
  /** Given up after an attempt of which nobody knows what became. */
  unknown(items: readonly LoadItem[]): void;
  /** Given up after nothing but answers that promise nothing was kept. */
  refused(items: readonly LoadItem[]): void;
  /** An attempt was lost, whatever came of later ones: it may have been counted once more. */
  lostAnswer(items: readonly LoadItem[]): void;
};

export const historyTotals = ['accepted', 'duplicate', 'conflict', 'rejected', 'unknown', 'refused', 'lost'] as const;

export function openHistory(): History {
  const variants = new Map<string, Variant[]>();
  const totals: Record<string, number> = {};
  for (const name of historyTotals) totals[name] = 0;

  function variantOf({ event, isValid }: LoadItem): Variant {
    const content = contentOf(event);
    const known = variants.get(event.eventId) ?? [];
    const same = known.find((variant) => variant.content === content);
    if (same !== undefined) return same;
    const variant = { content, event, isValid, acked: false, maybe: false, sentFirstMs: Date.now(), ackedMs: 0 };
    variants.set(event.eventId, [...known, variant]);
    return variant;
  }
  function count(name: string, number: number): void {
    totals[name] = (totals[name] ?? 0) + number;
  }

  return {
    variants,
    totals,
    sending: (items) => void items.map(variantOf),
    answered: (items, told) => {
      for (const { status, index } of told) {
        const item = items[index];
        if (item === undefined) throw new Error(`an answer speaks of item ${index} of ${items.length}`);
        count(status, 1);
        if (status !== 'accepted' && status !== 'duplicate') continue;
        const variant = variantOf(item);
        variant.acked = true;
        variant.ackedMs ||= Date.now();
      }
    },
    unknown: (items) => {
      count('unknown', items.length);
      for (const item of items) variantOf(item).maybe = true;
    },
    refused: (items) => count('refused', items.length),
    lostAnswer: (items) => count('lost', items.length),
  };
}

/** What makes two events the same, written so that key order does not matter. */
export function contentOf(event: LoadEvent): string {
  return digestContent(event.eventName, accountOf(event), Date.parse(event.timestamp), event.data);
}

export function accountOf({ userId = '', metadata }: LoadEvent): string {
  const network = metadata?.network ?? 'default';
  return network === 'default' ? userId : `${network}:${userId}`;
}

export function digestContent(name: string, account: string, timestampMs: number, data: unknown): string {
  const text = JSON.stringify([name, account, timestampMs, sorted(data)]);
  return createHash('sha1').update(text).digest('base64').slice(0, 12);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toSorted(([left], [right]) => (left < right ? -1 : 1));
  return entries.map(([key, item]) => [key, sorted(item)]);
}
