import type { Work } from '../read-work.ts';
import type { Scope } from '../verify-deps.ts';
import type { Look } from './look.ts';
import type { StandingEvents } from './standing-events.ts';
import type { Places } from './walk-posts.ts';

/** What one look compares the stores with: where every post stands by the events up to the watermark. */
export type Expected = {
  standing: StandingEvents;
  places: Places;
  /** Posts that the events up to the watermark name; later ones have places after these. */
  size: number;
  upTo: { acceptSeq: number; linkSeq: number };
  scope: Scope;
  work: Work;
  look: Look;
};

/** Whether a post is asked about: by the time its event was accepted, and by its cascade. */
export function isAsked({ standing, places, scope, size }: Expected, place: number): boolean {
  if (place < 0 || place >= size) return false;
  const seq = standing.table.acceptSeq.get(place);
  if (seq > 0 && (seq < scope.firstSeq || seq > scope.lastSeq)) return false;
  if (seq === 0 && scope.firstSeq > 1) return false;
  return scope.rootId === null || places.root[place] === standing.table.find(scope.rootId);
}

/** The same, or a store counts it to the cascade that is asked about. */
export function isConcerned(expected: Expected, place: number, rootId: string | null): boolean {
  const asked = expected.scope.rootId;
  return isAsked(expected, place) || (asked !== null && rootId === asked);
}

export function rootIdOf({ standing, places }: Expected, place: number): string | null {
  const root = places.root[place] ?? -1;
  return root < 0 ? null : standing.table.id(root);
}
