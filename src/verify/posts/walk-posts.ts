import { kinds, type PostTable } from './post-table.ts';

export const states = { unknown: 0, stub: 1, pending: 2, linked: 3, quarantined: 4 } as const;

const stateNames = ['unknown', 'stub', 'pending', 'linked', 'quarantined'];

export function stateName(state: number): string {
  return stateNames[state] ?? 'unknown';
}

export function stateOf(name: string): number {
  return Math.max(0, stateNames.indexOf(name));
}

/** Where every post stands by the events alone. Root and depth are -1 unless it is linked. */
export type Places = {
  state: Uint8Array;
  root: Int32Array;
  depth: Int32Array;
  /** Unknown posts that a share called its root and its parent: they serve as roots until their own event comes. */
  assumed: Uint8Array;
  /** Posts that the graph has to have: they have an event, a standing share names them as its parent, or they were removed. */
  known: Uint8Array;
};

const onTheWay = 9;

/**
 * Walks every post up to its root, each post once. Originals and provisional roots are linked, whatever hangs below them is
 * linked, what hangs below an unknown post waits. In a ring the share with the greatest (time, id) is taken out.
 */
export function walkPosts(table: PostTable): Places {
  const { size } = table;
  const places: Places = {
    state: new Uint8Array(size),
    root: new Int32Array(size).fill(-1),
    depth: new Int32Array(size).fill(-1),
    assumed: markAssumed(table),
    known: markKnown(table),
  };
  for (let post = 0; post < size; post += 1) if (places.state[post] === states.unknown) walkUp(table, places, post);
  return places;
}

function markAssumed(table: PostTable): Uint8Array {
  const assumed = new Uint8Array(table.size);
  for (let post = 0; post < table.size; post += 1) {
    const parent = table.parent.get(post);
    if (parent < 0 || table.kind.get(parent) !== kinds.named) continue;
    if (table.word(table.hint.get(post)) === table.id(parent)) assumed[parent] = 1;
  }
  return assumed;
}

function markKnown(table: PostTable): Uint8Array {
  const known = new Uint8Array(table.size);
  for (let post = 0; post < table.size; post += 1) {
    if (table.kind.get(post) !== kinds.named || table.removedAt.has(post)) known[post] = 1;
    const parent = table.parent.get(post);
    if (parent >= 0) known[parent] = 1;
  }
  return known;
}

function walkUp(table: PostTable, places: Places, from: number): void {
  const way: number[] = [];
  let post = from;
  while (places.state[post] === states.unknown) {
    if (table.kind.get(post) !== kinds.share) {
      placeTop(table, places, post);
      break;
    }
    places.state[post] = onTheWay;
    way.push(post);
    post = table.parent.get(post);
  }
  if (places.state[post] === onTheWay) {
    const ring = way.slice(way.indexOf(post));
    for (const member of ring) places.state[member] = states.pending;
    places.state[greatestOf(table, ring)] = states.quarantined;
  }
  for (const below of way.reverse()) if (places.state[below] === onTheWay) placeBelow(table, places, below);
}

function placeTop(table: PostTable, places: Places, post: number): void {
  const isRoot = table.kind.get(post) === kinds.original || places.assumed[post] === 1;
  places.state[post] = isRoot ? states.linked : states.stub;
  if (!isRoot) return;
  places.root[post] = post;
  places.depth[post] = 0;
}

function placeBelow(table: PostTable, places: Places, post: number): void {
  const parent = table.parent.get(post);
  const isLinked = places.state[parent] === states.linked;
  places.state[post] = isLinked ? states.linked : states.pending;
  if (!isLinked) return;
  places.root[post] = places.root[parent] ?? -1;
  places.depth[post] = (places.depth[parent] ?? 0) + 1;
}

function greatestOf(table: PostTable, ring: readonly number[]): number {
  const bytesOf = (post: number) => Buffer.from(table.id(post));
  return ring.reduce((greatest, post) => {
    const difference = table.at.get(post) - table.at.get(greatest);
    return difference > 0 || (difference === 0 && Buffer.compare(bytesOf(post), bytesOf(greatest)) > 0)
      ? post
      : greatest;
  });
}
