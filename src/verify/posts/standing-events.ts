import type { PostEvent } from './post-event.ts';
import { kinds, PostTable } from './post-table.ts';

export type GraphRefusal = {
  eventId: string;
  postId: string;
  code: string;
  status: string | null;
  told: boolean | null;
};

/** An event that made no post, because another one of the same post stands. */
export type Beaten = { acceptSeq: number; eventId: string; postId: string };

/**
 * The first accepted event of a post stands. What the graph could not take, and waits as a dead letter, stands aside:
 * tried again after another event of that post, it comes second however early it was accepted.
 */
export class StandingEvents {
  readonly table: PostTable;
  readonly #refusals: ReadonlyMap<number, GraphRefusal>;
  readonly beaten: Beaten[] = [];
  /** Events by accept number of which the graph said that it did not take them. */
  readonly refused = new Map<number, PostEvent>();

  constructor(maxPosts: number, refusals: ReadonlyMap<number, GraphRefusal>) {
    this.table = new PostTable(maxPosts);
    this.#refusals = refusals;
  }

  add(event: PostEvent): void {
    if (event.kind === 'removal') {
      if (this.#refusals.has(event.acceptSeq)) this.refused.set(event.acceptSeq, event);
      else this.table.remove(event.postId, event.atMs);
      return;
    }
    if (this.#refusals.has(event.acceptSeq)) {
      this.refused.set(event.acceptSeq, event);
      return;
    }
    const place = this.table.find(event.postId);
    const stands = place >= 0 && this.table.kind.get(place) !== kinds.named;
    if (!stands) this.table.put(event);
    else if (this.table.acceptSeq.get(place) !== event.acceptSeq) this.#settle(place, event);
  }

  #settle(place: number, event: PostEvent): void {
    const seq = this.table.acceptSeq.get(place);
    if (seq < event.acceptSeq) {
      this.beaten.push({ acceptSeq: event.acceptSeq, eventId: event.eventId, postId: event.postId });
      return;
    }
    this.beaten.push({ acceptSeq: seq, eventId: '', postId: event.postId });
    this.table.put(event);
  }
}
