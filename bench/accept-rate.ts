import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { openLog } from '../src/log/open-log.ts';
import { buildBodies } from './build-bodies.ts';
import type { Measurement } from './measurement.ts';
import { closeLines, sendBodies } from './send-bodies.ts';

type Options = {
  rounds: number;
  redisUrl: string;
  /** Options of node for our process, such as `--cpu-prof`. */
  nodeOptions?: string[];
};

const eventsPerBody = 1000;
const bodiesPerRound = 60;
const singlesPerRound = 2000;

/**
 * Ours against a bare handler that only parses, in turn with the same bodies, and against itself where every event comes in a
 * request of its own; every event must be in the log.
 */
export async function measureAccept({ rounds, redisUrl, nodeOptions = [] }: Options): Promise<Measurement[]> {
  const prefix = `{bench-${randomUUID()}}`;
  const log = await openLog({ url: redisUrl, prefix, idMemoryBytes: 256 * 1024 * 1024, answerTimeoutMs: 5000 });
  const environment = { ...process.env, REDIS_URL: redisUrl, REDIS_PREFIX: prefix };
  const ours = await startServer('accept-door.ts', environment, nodeOptions);
  const bare = await startServer('bare-parser.ts', environment, []);
  const againstBare = blank('accept', 0.4);
  const againstSingle = blank(`accept: ${eventsPerBody} events a request vs one`, 15);
  let sent = 0;
  try {
    // The first two rounds warm both up and are not counted.
    for (let round = -2; round < rounds; round += 1) {
      const name = `${prefix.slice(7, 15)}${round + 2}`;
      const bodies = buildBodies(bodiesPerRound, eventsPerBody, name);
      const baseline = await sendBodies(bare.url, bodies);
      const mine = await sendBodies(ours.url, bodies);
      const single = await sendBodies(ours.url, buildBodies(singlesPerRound, 1, `${name}s`));
      const many = bodiesPerRound * eventsPerBody;
      sent += many + singlesPerRound;
      const isAllThere =
        (await log.lastSeq()) === sent && mine.accepted === many && single.accepted === singlesPerRound;
      againstBare.equal &&= isAllThere && baseline.accepted === many;
      againstSingle.equal &&= isAllThere;
      if (round < 0) continue;
      for (const measured of [againstBare, againstSingle]) measured.ours.push(mine.perSecond);
      againstBare.baseline.push(baseline.perSecond);
      againstSingle.baseline.push(single.perSecond);
    }
  } finally {
    closeLines();
    await Promise.all([stop(ours.process), stop(bare.process)]);
    await log.trimBelow(`${await log.lastSeq()}-${Date.now()}`);
    log.close();
  }
  return [againstBare, againstSingle];
}

function blank(name: string, ratioAtLeast: number): Measurement {
  return { name, unit: 'events/s', ours: [], baseline: [], equal: true, bar: { ratioAtLeast } };
}

type Server = { url: string; process: ChildProcess };

async function startServer(file: string, environment: NodeJS.ProcessEnv, nodeOptions: string[]): Promise<Server> {
  const path = join(import.meta.dirname, file);
  const child = spawn(process.execPath, [...nodeOptions, '--import', 'tsx', path], {
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith('http:')) return { url: line, process: child };
  }
  throw new Error(`${file} ended before it listened`);
}

async function stop(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
}
