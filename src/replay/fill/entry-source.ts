import type { LogEntry } from '../../log/decode-entry.ts';
import type { EntryId } from '../../log/entry-id.ts';

/** Accepted entries in accept order up to an end, wherever they are kept: what a projector reads instead of the log. */
export type EntrySource = {
  read(request: { after: EntryId; maxEntries: number }): Promise<LogEntry[]>;
  /** The entry itself, where this source still has it. */
  readEntry(id: EntryId): Promise<LogEntry | null>;
  /** True once a read found nothing more. */
  ended(): boolean;
};
