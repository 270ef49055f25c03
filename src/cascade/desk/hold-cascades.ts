import { columnsBytes, createColumns } from '../columns/columns.ts';
import type { Extent, HeldNow, LineageOf } from './messages.ts';
import type { KnownCascade } from './questions.ts';

export type HeldCascade = LineageOf &
  KnownCascade & {
    /** Still being read: not forgotten before it was asked. */
    isLoading: boolean;
  };

/** The cascades last asked for, bounded in bytes. */
export type HeldCascades = {
  /** The cascade where it has all the posts of an extent; otherwise how far the one of that generation reaches. */
  find(extent: Extent): HeldCascade | { from: number };
  /** The cascade that rows are read for: the one that is held, or an empty one in its place. */
  open(extent: Extent, from: number): HeldCascade;
  /** Puts it last in the order of use and forgets the least recently used ones beyond the bound. */
  keep(cascade: HeldCascade): void;
  now(): HeldNow;
};

export function holdCascades({ maxBytes }: { maxBytes: number }): HeldCascades {
  const held = new Map<string, HeldCascade>();
  return {
    find: (extent) => {
      const cascade = held.get(extent.rootId);
      if (cascade === undefined || cascade.generation < extent.generation) return { from: 0 };
      // A reader that asked a moment ago may still name an older generation: what is held is newer.
      const isNewer = cascade.generation > extent.generation;
      return isNewer || cascade.columns.count >= extent.posts ? cascade : { from: cascade.columns.count };
    },
    open: ({ rootId, generation, posts }, from) => {
      const cascade = held.get(rootId);
      if (cascade?.generation === generation && cascade.columns.count === from) {
        cascade.isLoading = true;
        return cascade;
      }
      if (from > 0) throw new Error(`rows from ${from} on do not follow what is held of ${rootId}`);
      const columns = createColumns(posts);
      const empty = { rootId, generation, columns, measured: null, isLoading: true };
      held.set(rootId, empty);
      return empty;
    },
    keep: (cascade) => keep(held, cascade, maxBytes),
    now: () => ({ cascades: held.size, bytes: heldBytes(held) }),
  };
}

function keep(held: Map<string, HeldCascade>, cascade: HeldCascade, maxBytes: number): void {
  cascade.isLoading = false;
  held.delete(cascade.rootId);
  held.set(cascade.rootId, cascade);
  let bytes = heldBytes(held);
  for (const [rootId, oldest] of held) {
    if (bytes <= maxBytes) break;
    if (oldest.isLoading) continue;
    held.delete(rootId);
    bytes -= cascadeBytes(oldest);
  }
}

const bytesPerCascade = 1000;
const bytesPerLevel = 12;

function cascadeBytes({ columns, measured }: HeldCascade): number {
  return (
    bytesPerCascade +
    columnsBytes(columns) +
    ((measured?.shape.depth ?? 0) + 1) * bytesPerLevel +
    (measured?.broadcasters.byteLength ?? 0)
  );
}

function heldBytes(held: Map<string, HeldCascade>): number {
  let bytes = 0;
  for (const cascade of held.values()) bytes += cascadeBytes(cascade);
  return bytes;
}
