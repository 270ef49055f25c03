import type { Facts } from '../../facts/facts.ts';
import { measureShape, type Shape } from '../shape/measure-shape.ts';
import { type Columns, columnsBytes, createColumns } from './columns.ts';
import { type LineageOf, loadColumns } from './load-columns.ts';

/** A cascade in memory, with what was last computed from it; both belong to the number of posts they were made for. */
export type Cascade = LineageOf & {
  columns: Columns;
  shape: Shape | null;
  largestBroadcast: { posts: number; postId: string } | null;
};

/** Where lineage stands for a cascade: which generation counts and how many posts it has. */
export type Extent = LineageOf & { posts: number };

export type CascadeCache = {
  /** The cascade with at least the posts of `extent`, from memory as far as it is there. */
  load(extent: Extent): Promise<Cascade>;
  bytes(): number;
  size(): number;
};

type Deps = { facts: Pick<Facts, 'selectBytes'> };
type Memory = { held: Map<string, Cascade>; loading: Map<string, Promise<Cascade>>; maxBytes: number };

/** Keeps the cascades last read, bounded in bytes. Two readers of one cascade wait for one load. */
export function openCascadeCache(deps: Deps, limits: { maxBytes: number }): CascadeCache {
  const memory: Memory = { held: new Map(), loading: new Map(), maxBytes: limits.maxBytes };
  return {
    load: (extent) => loadInTurn(deps, memory, extent),
    bytes: () => heldBytes(memory),
    size: () => memory.held.size,
  };
}

/** The shape is a pure function of the columns, so it is computed once for each number of posts. */
export function shapeOf(cascade: Cascade): Shape {
  if (cascade.shape?.size !== cascade.columns.count) cascade.shape = measureShape(cascade.columns);
  return cascade.shape;
}

async function loadInTurn(deps: Deps, memory: Memory, extent: Extent): Promise<Cascade> {
  for (let running = memory.loading.get(extent.rootId); running; running = memory.loading.get(extent.rootId)) {
    // Whoever started it hears of a failure; those who waited try for themselves.
    await running.catch(() => undefined);
  }
  const held = memory.held.get(extent.rootId);
  if (held !== undefined && reaches(held, extent)) return keep(memory, held);
  const load = extend(deps, memory, extent);
  memory.loading.set(extent.rootId, load);
  try {
    return await load;
  } finally {
    memory.loading.delete(extent.rootId);
  }
}

function reaches(held: Cascade, extent: Extent): boolean {
  // A reader that asked a moment ago may still name an older generation: what is held is newer.
  return held.generation > extent.generation || (sameGeneration(held, extent) && held.columns.count >= extent.posts);
}

function sameGeneration(held: Cascade, extent: Extent): boolean {
  return held.generation === extent.generation;
}

async function extend(deps: Deps, memory: Memory, extent: Extent): Promise<Cascade> {
  const held = memory.held.get(extent.rootId);
  const cascade = held !== undefined && sameGeneration(held, extent) ? held : emptyCascade(extent);
  await loadColumns(deps, extent, cascade.columns, extent.posts);
  return keep(memory, cascade);
}

function emptyCascade({ rootId, generation, posts }: Extent): Cascade {
  return { rootId, generation, columns: createColumns(posts), shape: null, largestBroadcast: null };
}

/** Puts the cascade last in the order of use and forgets the least recently used ones beyond the bound. */
function keep(memory: Memory, cascade: Cascade): Cascade {
  memory.held.delete(cascade.rootId);
  memory.held.set(cascade.rootId, cascade);
  let bytes = heldBytes(memory);
  for (const [rootId, oldest] of memory.held) {
    if (bytes <= memory.maxBytes) break;
    memory.held.delete(rootId);
    bytes -= cascadeBytes(oldest);
  }
  return cascade;
}

const bytesPerCascade = 1000;
const bytesPerLevel = 12;

function cascadeBytes({ columns, shape }: Cascade): number {
  return bytesPerCascade + columnsBytes(columns) + ((shape?.depth ?? 0) + 1) * bytesPerLevel;
}

function heldBytes({ held }: Memory): number {
  let bytes = 0;
  for (const cascade of held.values()) bytes += cascadeBytes(cascade);
  return bytes;
}
