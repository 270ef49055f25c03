import { type EntryId, firstSeqOf } from '../../log/entry-id.ts';
import type { EntrySource } from './entry-source.ts';
import { placeBehind } from './log-source.ts';

/** Two sources as one: the first holds the numbers up to `upToSeq`, the second those behind it. */
export function joinSources(first: EntrySource, upToSeq: number, second: EntrySource): EntrySource {
  const isInFirst = (id: EntryId) => firstSeqOf(id) <= upToSeq;
  return {
    read: async ({ after, maxEntries }) => {
      if (!isInFirst(after)) return second.read({ after, maxEntries });
      const entries = await first.read({ after, maxEntries });
      // How entries were cut in the first source says nothing of the second, so it is asked by number.
      return entries.length > 0 ? entries : second.read({ after: placeBehind(upToSeq), maxEntries });
    },
    readEntry: (id) => (isInFirst(id) ? first.readEntry(id) : second.readEntry(id)),
    ended: () => second.ended(),
  };
}
