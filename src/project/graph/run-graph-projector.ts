import { setTimeout as delay } from 'node:timers/promises';
import type { Facts } from '../../facts/facts.ts';
import type { Graph } from '../../graph/graph.ts';
import type { LogEntry } from '../../log/decode-entry.ts';
import { beforeAllEntries, compareEntryIds } from '../../log/entry-id.ts';
import type { Log } from '../../log/open-log.ts';
import type { OnLetters } from '../dead-letters/dead-letter.ts';
import type { OnBatch, Turn } from '../run-projector.ts';
import { type GraphEntry, leaveOutLate } from './batch/leave-out-late.ts';
import { projectEntries } from './batch/project-entries.ts';
import { type Cursor, ownCursor } from './cursor.ts';
import { dissolveRoot } from './dissolve-root.ts';
import { linkWaiting } from './link-waiting.ts';
import { noticeForeignWork } from './notice-foreign-work.ts';
import { readGraphItems } from './to-graph-changes.ts';

export type GraphLimits = {
  maxEntries: number;
  blockMs: number;
  maxChanges: number;
  /** After fewer changes the projector pauses, so that the next batch gathers. */
  gatherItems: number;
  linkPosts: number;
  linkWork: number;
  /** More refused items of one entry than this are taken for a fault of the store. */
  maxRefused: number;
  foreignCheckMs: number;
  factsWaitMs: number;
};

export type GraphTurnDeps = {
  graph: Graph;
  facts: Pick<Facts, 'select'>;
  log: Pick<Log, 'read' | 'publishProgress'>;
  /** How far the facts have followed the log, by their own word. */
  factsPosition: () => Promise<string>;
  onBatch: OnBatch;
  onLetters: OnLetters;
  now: () => number;
};

/** The log flows into the graph: batches of changes, and between them the linking of what has waited. */
export async function beginGraphTurn(deps: GraphTurnDeps, stream: string, limits: GraphLimits): Promise<Turn> {
  const turn = new GraphTurn(deps, limits, await ownCursor(deps.graph, stream));
  await turn.publish();
  return turn;
}

class GraphTurn implements Turn {
  readonly #deps: GraphTurnDeps;
  readonly #limits: GraphLimits;
  #cursor: Cursor;
  #waiting = true;
  #unread: LogEntry[] = [];
  /** Parsed once, even where it has to wait for the facts. */
  #next: GraphEntry | null = null;
  #factsPosition = beforeAllEntries;
  #lookedAt = 0;

  constructor(deps: GraphTurnDeps, limits: GraphLimits, cursor: Cursor) {
    this.#deps = deps;
    this.#limits = limits;
    this.#cursor = cursor;
  }

  async step(): Promise<'busy' | 'idle'> {
    await this.#lookAround();
    if (this.#unread.length === 0) this.#unread = await this.#readOn();
    const entries = await this.#takeBatch();
    const changes = entries.length > 0 ? await this.#project(entries) : 0;
    const isIdle = entries.length === 0 && !this.#waiting;
    if (this.#waiting) await this.#link();
    if (!isIdle) await this.publish();
    // Only the facts are waited for here; an empty log is waited for by reading it.
    else if (this.#unread.length > 0) await delay(this.#limits.factsWaitMs);
    const isSmall = entries.length > 0 && changes < this.#limits.gatherItems;
    return isSmall && this.#unread.length === 0 && !this.#waiting ? 'idle' : 'busy';
  }

  async publish(): Promise<void> {
    const { position, seq, linkSeq } = this.#cursor;
    await this.#deps.log.publishProgress({ graphPosition: position, graphSeq: seq, graphLinkSeq: linkSeq });
  }

  async #lookAround(): Promise<void> {
    if (performance.now() - this.#lookedAt < this.#limits.foreignCheckMs) return;
    const before = this.#cursor.linkSeq;
    const { cursor, waiting } = await noticeForeignWork(this.#deps, this.#cursor);
    this.#cursor = cursor;
    this.#waiting ||= waiting;
    this.#lookedAt = performance.now();
    if (cursor.linkSeq !== before) await this.publish();
  }

  async #readOn(): Promise<LogEntry[]> {
    const { maxEntries, blockMs } = this.#limits;
    return this.#deps.log.read({ after: this.#cursor.position, maxEntries, blockMs: this.#waiting ? 0 : blockMs });
  }

  /** Whole entries until their changes make a batch: the cursor only ever stands between two entries. */
  async #takeBatch(): Promise<GraphEntry[]> {
    const taken: GraphEntry[] = [];
    for (let changes = 0; changes < this.#limits.maxChanges; ) {
      const next = this.#parseNext();
      if (next === null || !(await this.#isDecided(next))) break;
      taken.push(next);
      changes += next.changes.length;
      this.#unread.shift();
      this.#next = null;
    }
    return taken;
  }

  #parseNext(): GraphEntry | null {
    const [entry] = this.#unread;
    if (entry === undefined) return null;
    this.#next ??= { entry, ...readGraphItems(entry) };
    return this.#next;
  }

  async #isDecided({ entry, suspects }: GraphEntry): Promise<boolean> {
    if (suspects.length === 0) return true;
    if (compareEntryIds(this.#factsPosition, entry.id) < 0) this.#factsPosition = await this.#deps.factsPosition();
    return compareEntryIds(this.#factsPosition, entry.id) >= 0;
  }

  async #project(entries: readonly GraphEntry[]): Promise<number> {
    const startedAt = performance.now();
    const decided = await leaveOutLate(this.#deps, entries);
    const deps = { graph: this.#deps.graph, now: this.#deps.now, maxRefused: this.#limits.maxRefused };
    const { cursor, waiting, changes, dead } = await projectEntries(deps, this.#cursor, decided);
    this.#cursor = cursor;
    this.#waiting ||= waiting;
    this.#deps.onBatch(changes, performance.now() - startedAt);
    if (dead > 0) this.#deps.onLetters(dead);
    return changes;
  }

  /** Unlinking comes first: nothing may be linked below a root that is about to go. */
  async #link(): Promise<void> {
    const { linkPosts, linkWork } = this.#limits;
    const dissolved = await dissolveRoot(this.#deps, this.#cursor, linkPosts);
    const linked = dissolved.more
      ? dissolved
      : await linkWaiting(this.#deps, dissolved.cursor, { maxPosts: linkPosts, maxWork: linkWork });
    this.#cursor = linked.cursor;
    this.#waiting = linked.more;
  }
}
