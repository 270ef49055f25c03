import { hashId } from '../../event/hash-id.ts';
import { bytes, type Column, doubles, hashes, places } from './columns.ts';
import type { PostEvent } from './post-event.ts';

export const kinds = { named: 0, original: 1, share: 2 } as const;

/**
 * What the events say of posts, and nothing else: for each post its standing event, the first that was accepted.
 * Posts that are only named, as a parent or in a removal, have a place too. About 200 bytes a post.
 */
export class PostTable {
  readonly ids: string[] = [];
  readonly #places = new Map<string, number>();
  readonly #accounts = new Map<string, number>();
  readonly accountIds: string[] = [];
  readonly kind: Column = bytes();
  readonly acceptSeq: Column = doubles();
  readonly at: Column = doubles();
  readonly parent: Column = places();
  readonly account: Column = places();
  readonly eventHash: Column = hashes();
  readonly confidence: Column = doubles(Number.NaN);
  readonly method: Column = places();
  readonly hint: Column = places();
  readonly words: string[] = [];
  readonly #wordPlaces = new Map<string, number>();
  readonly removedAt = new Map<number, number>();
  readonly #maxPosts: number;

  constructor(maxPosts: number) {
    this.#maxPosts = maxPosts;
  }

  get size(): number {
    return this.ids.length;
  }

  find(id: string): number {
    return this.#places.get(id) ?? -1;
  }

  id(place: number): string {
    return this.ids[place] ?? '';
  }

  place(id: string): number {
    const known = this.#places.get(id);
    if (known !== undefined) return known;
    const place = this.ids.length;
    if (place >= this.#maxPosts) {
      throw new Error(
        `more than ${this.#maxPosts} posts do not fit into one run: verify cascades one by one with --root`,
      );
    }
    this.ids.push(id);
    this.#places.set(id, place);
    return place;
  }

  hasAccount(id: string): boolean {
    return this.#accounts.has(id);
  }

  accountPlace(id: string): number {
    return intern(this.#accounts, this.accountIds, id);
  }

  accountOf(place: number): string {
    return this.accountIds[this.account.get(place)] ?? '';
  }

  word(place: number): string | null {
    return this.words[place] ?? null;
  }

  /** Makes this event the standing one of its post. */
  put(event: PostEvent): void {
    const place = this.place(event.postId);
    this.kind.set(place, event.kind === 'share' ? kinds.share : kinds.original);
    this.acceptSeq.set(place, event.acceptSeq);
    this.at.set(place, event.atMs);
    this.account.set(place, this.accountPlace(event.accountId));
    this.eventHash.set(place, hashId(event.eventId).h1);
    this.confidence.set(place, event.confidence ?? Number.NaN);
    this.method.set(place, this.#wordPlace(event.method));
    this.hint.set(place, this.#wordPlace(event.rootHint));
    this.parent.set(place, event.parentId === null ? -1 : this.place(event.parentId));
  }

  /** The earliest removal counts. */
  remove(postId: string, atMs: number): void {
    const place = this.place(postId);
    this.removedAt.set(place, Math.min(this.removedAt.get(place) ?? atMs, atMs));
  }

  #wordPlace(word: string | null): number {
    return word === null ? -1 : intern(this.#wordPlaces, this.words, word);
  }
}

function intern(known: Map<string, number>, list: string[], text: string): number {
  const at = known.get(text) ?? list.push(text) - 1;
  known.set(text, at);
  return at;
}
