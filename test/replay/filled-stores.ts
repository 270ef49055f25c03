import { setTimeout as delay } from 'node:timers/promises';
import { type Config, readConfig } from '../../src/config.ts';
import { generateEvents } from '../../src/demo/generate-events.ts';
import type { Facts } from '../../src/facts/facts.ts';
import type { Graph } from '../../src/graph/graph.ts';
import type { Log } from '../../src/log/open-log.ts';
import { startProjectors } from '../../src/project/start-projectors.ts';
import { acceptInto, openTestLog } from '../setup/open-test-log.ts';
import { openEmptyGraph, openFreshFacts } from '../setup/open-test-stores.ts';

export type FilledStores = { graph: Graph; facts: Facts; log: Log; config: Config; close(): Promise<void> };

/** Three stores of this test's own, filled by the real door and the real projectors with everything a graph may have to bear. */
export async function openFilledStores(): Promise<FilledStores> {
  const graph = await openEmptyGraph();
  const { facts, database } = await openFreshFacts();
  // Ids are soon forgotten, so that repeats come that only the facts can tell.
  const log = await openTestLog(60_000);
  const config = readConfig({ ...process.env, CLICKHOUSE_DATABASE: database });
  const close = async () => {
    log.close();
    await Promise.all([graph.close(), facts.close()]);
  };
  return { graph, facts, log, config, close };
}

/** Sends events and lets all projectors follow until nothing is left to do. */
export async function fill(stores: FilledStores, batches: ReadonlyArray<readonly object[]>): Promise<void> {
  for (const batch of batches) await acceptInto(stores.log, batch);
  await project(stores);
}

export async function project(stores: FilledStores): Promise<void> {
  const projecting = runProjectors(stores);
  await settled(stores);
  await projecting.stop();
}

export function runProjectors({ graph, facts, log, config }: FilledStores): { stop(): Promise<void> } {
  return startProjectors(
    {
      graph,
      facts,
      log,
      owner: 'this-test',
      onBatch: () => undefined,
      onRoots: () => undefined,
      onLetters: () => undefined,
      onFault: (_name, fault) => process.stderr.write(`${String(fault)}\n`),
    },
    config.project,
  );
}

async function settled({ log }: FilledStores): Promise<void> {
  const lastSeq = await log.lastSeq();
  for (let quiet = 0, before = ''; quiet < 5; await delay(100)) {
    const progress = await log.readProgress();
    const now = JSON.stringify(progress);
    const reached =
      progress.graphSeq === lastSeq &&
      progress.factsSeq === lastSeq &&
      progress.lineageLinkSeq === progress.graphLinkSeq;
    quiet = reached && now === before ? quiet + 1 : 0;
    before = now;
  }
}

const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 12) + minute * 60_000).toISOString();

export function post(postId: string, minute = 0): object {
  return {
    eventId: `e-${postId}`,
    eventName: 'post_created',
    userId: `u-${postId}`,
    timestamp: at(minute),
    data: { postId },
  };
}

export function share(
  postId: string,
  shareId: string,
  more: { rootPostId?: string; eventId?: string; minute?: number } = {},
): object {
  const { rootPostId, eventId = `e-${shareId}`, minute = 1 } = more;
  const data = {
    postId,
    shareId,
    method: 'explicit',
    confidence: 0.5,
    ...(rootPostId === undefined ? {} : { rootPostId }),
  };
  return { eventId, eventName: 'post_share', userId: `u-${shareId}`, timestamp: at(minute), data };
}

/** What a month of a platform does not bring by itself: every way in which order and truth can go apart. */
export function oddEvents(): object[][] {
  return [
    // A share before its parent, its parent before the root.
    [share('late-1', 'late-2'), share('late-root', 'late-1'), post('late-root')],
    // A ring, and a share that hangs below it.
    [
      share('ring-c', 'ring-a'),
      share('ring-a', 'ring-b'),
      share('ring-b', 'ring-c', { minute: 3 }),
      share('ring-a', 'ring-d'),
    ],
    // One whose parent never comes.
    [share('never', 'waits-1'), share('waits-1', 'waits-2')],
    // Provisional roots: one whose own event comes, one that turns out to be a share, one that stays.
    [share('assumed-1', 'a-1', { rootPostId: 'assumed-1' }), share('a-1', 'a-2')],
    [share('assumed-2', 'b-1', { rootPostId: 'assumed-2' }), share('b-1', 'b-2')],
    [share('assumed-3', 'c-1', { rootPostId: 'assumed-3' })],
    [post('assumed-1'), share('late-2', 'assumed-2')],
    // A post that was taken down, one taken down before it came, and two events that would make one post.
    [
      { eventId: 'd-1', eventName: 'post_deleted', userId: 'u', timestamp: at(9), data: { postId: 'late-1' } },
      { eventId: 'd-2', eventName: 'post_deleted', userId: 'u', timestamp: at(9), data: { postId: 'gone' } },
      share('late-root', 'late-2', { eventId: 'other', minute: 7 }),
    ],
    [share('late-root', 'gone')],
    [follow('f-1', 'x', 'follow', 1), follow('f-3', 'x', 'follow', 3), follow('f-2', 'x', 'unfollow', 2)],
    [follow('f-4', 'y', 'follow', 1), follow('f-5', 'y', 'unfollow', 5)],
    [
      {
        eventId: 'm-1',
        eventName: 'message_sent',
        userId: 'u',
        timestamp: at(4),
        data: { recipientId: 'v', messageType: 'text' },
      },
      {
        eventId: 'v-1',
        eventName: 'post_view',
        userId: 'w',
        sessionId: 's',
        timestamp: at(5),
        data: { postId: 'late-1', viewDurationMs: 1200 },
        metadata: {
          network: 'elsewhere',
          platform: 'ios',
          countryCode: 'DE',
          extra: { emoji: '\u{1F44D}', number: 1e-7 },
        },
      },
    ],
  ];
}

function follow(eventId: string, targetUserId: string, action: string, minute: number): object {
  return {
    eventId,
    eventName: 'user_follow',
    userId: 'follower',
    timestamp: at(minute),
    data: { targetUserId, action },
  };
}

/** A short month of the demo's platform, in requests of one size. */
export function monthOfEvents(events: number, batchSize: number): object[][] {
  const batches: object[][] = [];
  for (const event of generateEvents({ seed: 5, endAtMs: Date.UTC(2026, 0, 20), events, prefix: 'm-' })) {
    const last = batches.at(-1);
    if (last === undefined || last.length >= batchSize) batches.push([event]);
    else last.push(event);
  }
  return batches;
}
