import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { type LoadProgress, loadDemo } from '../demo/load-demo.ts';
import { postBatchTo } from '../demo/post-batch.ts';
import { storyPosts } from '../demo/stories/story-posts.ts';
import { locateHome } from '../local/locate-home.ts';
import { runUntilSignal, say, startService } from './run-service.ts';

const demoPlan = z.object({ seed: z.number().int(), events: z.number().int().positive(), endAtMs: z.number().int() });
type DemoPlan = z.output<typeof demoPlan>;

const progressEveryMs = 1000;
const lookAgainMs = 200;

/** Starts everything and loads the demo. Loading again is safe: the same events are repeats, and count once. */
export async function runDemo({ seed, events }: { seed: number; events: number }): Promise<void> {
  const running = await startService({ roles: undefined, quiet: true });
  const { url } = running.service;
  if (url === null) throw new Error('the demo needs the api role');
  const plan = keepPlan({ seed, events, endAtMs: Date.now() });
  await loadWithProgress(url, plan);
  for (const line of thingsToTry(url, prefixOf(plan))) say(line);
  await runUntilSignal(running);
}

/** The moment the demo's month ends is kept, because with another one the same ids would mean other events. */
function keepPlan(wanted: DemoPlan): DemoPlan {
  const path = join(locateHome(), `demo-${wanted.seed}-${wanted.events}.json`);
  if (existsSync(path)) return demoPlan.parse(JSON.parse(readFileSync(path, 'utf8')));
  mkdirSync(locateHome(), { recursive: true });
  writeFileSync(path, JSON.stringify(wanted));
  return wanted;
}

async function loadWithProgress(url: string, plan: DemoPlan): Promise<void> {
  let saidAtMs = 0;
  const onProgress = ({ sent, percent, eventsPerSecond }: LoadProgress) => {
    if (Date.now() - saidAtMs < progressEveryMs) return;
    saidAtMs = Date.now();
    say(`  demo data: ${sent} events, ${Math.floor(percent)} %, ${eventsPerSecond} a second`);
  };
  const prefix = prefixOf(plan);
  const loaded = await loadDemo({ post: postBatchTo({ url }) }, { ...plan, prefix, onProgress });
  const seconds = (loaded.elapsedMs / 1000).toFixed(1);
  say(`  demo data: ${loaded.accepted} accepted, ${loaded.duplicate} already there, in ${seconds} s`);
  await waitUntilProjected(url, loaded.receipts);
}

/** The newest receipts stand for everything before them. */
async function waitUntilProjected(url: string, receipts: readonly string[]): Promise<void> {
  const startedAtMs = Date.now();
  for (const receipt of receipts) {
    while (!(await isProjected(url, receipt))) await delay(lookAgainMs);
  }
  say(`  in both stores ${((Date.now() - startedAtMs) / 1000).toFixed(1)} s later`);
}

async function isProjected(url: string, receipt: string): Promise<boolean> {
  const response = await fetch(`${url}/v1/receipts/${receipt}`);
  const body: unknown = await response.json();
  return z.looseObject({ state: z.string() }).parse(body).state !== 'queued';
}

/** Other demos live beside the usual one under ids of their own. */
function prefixOf({ seed, events }: DemoPlan): string {
  return seed === 1 && events === 50_000 ? '' : `d${seed}n${events}-`;
}

function thingsToTry(url: string, prefix: string): string[] {
  const { organic, burst, rumour } = storyPosts(prefix);
  return [
    '',
    `Sharetrail answers at ${url}`,
    '',
    'Five things to try:',
    `  1. open ${url} : the largest and the latest cascades`,
    `  2. curl -s ${url}/v1/cascades/${organic} : a post that spread by itself`,
    `  3. curl -s ${url}/v1/cascades/${burst}/depths : hundreds of shares in two minutes, nearly a star`,
    `  4. curl -s ${url}/v1/cascades/${rumour} : slow and deep`,
    `  5. open ${url}/docs : every call, with a form to try it`,
    '',
    'SQL: npx sharetrail stores env prints the address and a user that can only read. Ctrl-C stops everything.',
  ];
}
