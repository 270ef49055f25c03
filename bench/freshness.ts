import { openHttpLine } from './cascade/http-line.ts';
import { type Asked, askInTurn, questionNames } from './load/ask-in-turn.ts';
import { type Followed, followMarkers } from './load/follow-markers.ts';
import type { LoadPlan, LoadResult } from './load/load-plan.ts';
import { postIdOf } from './load/mixed-events.ts';
import { openWholeService, type WholeService } from './load/open-whole-service.ts';
import { runLoad } from './load/run-load.ts';
import { allOfIt, crowd, runUntilHeld } from './load/run-until-held.ts';
import type { BenchEntry, Measurement } from './measurement.ts';
import { percentile } from './send-paced.ts';
import { sizeOf } from './size-of.ts';

const goalMs = 5000;
const mostSlower = 3;
const part = 0.5;
const askedPosts = 50;
/** A load that came this much short of its pace was not the load that was meant. */
const leastOfPace = 0.9;

/** How soon an accepted view is in its post's answer at half of what the service can take, and what that load does to answers. */
export const freshnessEntry: BenchEntry = {
  name: 'freshness',
  measure: async () => {
    const service = await openWholeService();
    try {
      return await measureFreshness(service);
    } finally {
      await service.close();
    }
  },
};

async function measureFreshness(service: WholeService): Promise<Measurement[]> {
  const url = `${service.url}/v1/events`;
  const seconds = sizeOf('BENCH_SECONDS', 60);
  const began = await service.begin(crowd);
  const fast = await runUntilHeld(service, { ...allOfIt, url, seconds: Math.ceil(seconds / 3) });
  const pace = fast.perSecond * part;
  const idle = await askFor(service.url, Math.ceil(seconds / 2));
  const everyMs = (allOfIt.eventsPerBody / pace) * 1000;
  const { sent, busy, followed } = await watchUnderLoad(service.url, { ...allOfIt, url, seconds, everyMs, seed: 3 });
  await service.waitUntilHeld();
  const kept = sent.accepted / (pace * seconds);
  console.error(
    `freshness: ${Math.round(fast.perSecond)} events/s until held everywhere, so ${Math.round(pace)} for ${seconds} s ` +
      `(kept to ${Math.round(kept * 100)} %); ${followed.sent} markers, ${followed.lost} never seen`,
  );
  const all = await service.hasAll(began + fast.sent.accepted + sent.accepted + followed.sent);
  const equal = all && followed.lost === 0 && kept >= leastOfPace;
  return [...freshOf(followed, equal), ...answersOf({ idle, busy }, equal)];
}

/** Asks and follows from the first event of the load to its last. */
async function watchUnderLoad(url: string, plan: LoadPlan) {
  const load = { isOver: false };
  const isRunning = () => !load.isOver;
  let sending: Promise<LoadResult> | undefined;
  const started = new Promise<void>((resolve) => {
    sending = runLoad(plan, resolve).finally(() => {
      load.isOver = true;
      resolve();
    });
  });
  const asking = started.then(() => askWhile(url, isRunning));
  const following = started.then(() => followMarkers(url, isRunning));
  const [sent, busy, followed] = await Promise.all([sending, asking, following]);
  if (sent === undefined) throw new Error('the load never began');
  return { sent, busy, followed };
}

function askFor(url: string, seconds: number): Promise<Asked> {
  const endsAtMs = Date.now() + seconds * 1000;
  return askWhile(url, () => Date.now() < endsAtMs);
}

/** The first questions of all warm up what answers them. */
async function askWhile(url: string, mayGoOn: () => boolean): Promise<Asked> {
  const line = openHttpLine(url);
  const postIds = Array.from({ length: askedPosts }, (_, post) => postIdOf(post));
  try {
    return await askInTurn(line, postIds, mayGoOn);
  } finally {
    line.close();
  }
}

function freshOf({ freshMs }: Followed, equal: boolean): Measurement[] {
  return [0.5, 0.99].map((of) => {
    const ours = [percentile(freshMs, of)];
    const name = `freshness p${of * 100}: accepted until in the post's answer`;
    return { name, unit: 'ms', ours, baseline: ours, equal, bar: { oursAtMost: goalMs } };
  });
}

function answersOf({ idle, busy }: { idle: Asked; busy: Asked }, equal: boolean): Measurement[] {
  return questionNames.map((name) => ({
    name: `freshness: ${name}, p95 under load vs idle`,
    unit: 'ms',
    ours: [percentile(busy[name], 0.95)],
    baseline: [percentile(idle[name], 0.95)],
    equal: equal && busy[name].length > 0 && idle[name].length > 0,
    bar: { ratioAtMost: mostSlower },
  }));
}
