// Lets a bounded number of queries run and a bounded number wait; the rest are told so at once.
import { refusals } from './engine-exception.ts';

export type Slots<T> = { take(): Promise<T>; give(slot: T): void; free(): number; waiting(): number };

export function openSlots<T>(items: readonly T[], maxWaiting: number): Slots<T> {
  const free = [...items];
  const waiting: Array<(slot: T) => void> = [];
  return {
    take: () => {
      const slot = free.pop();
      if (slot !== undefined) return Promise.resolve(slot);
      if (waiting.length >= maxWaiting) {
        return Promise.reject(
          refusals.tooManyQueries(`Too many simultaneous queries: ${maxWaiting} are waiting already`),
        );
      }
      return new Promise((resolve) => waiting.push(resolve));
    },
    give: (slot) => {
      const next = waiting.shift();
      if (next === undefined) free.push(slot);
      else next(slot);
    },
    free: () => free.length,
    waiting: () => waiting.length,
  };
}
