import { request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { chance } from '../../../src/demo/chance/draw.ts';
import { type Random, seededRandom } from '../../../src/demo/chance/random.ts';
import type { History } from './history.ts';
import type { LoadItem } from './make-batches.ts';

/** One try and what came of it; `status` null where no answer came. */
export type Attempt = { atMs: number; durationMs: number; status: number | null };

export type LoadOptions = {
  urls: () => readonly string[];
  history: History;
  batches: Iterator<LoadItem[]>;
  seed: number;
  batchesPerSecond: number;
  senders: number;
  /** How often a sender leaves a failed batch as it is instead of trying it again. */
  givesUp?: number;
  onAttempt?: (attempt: Attempt) => void;
};

/** `stop` answers when every batch that was begun has come to its end. */
export type RunningLoad = { stop(): Promise<void>; faults(): readonly string[] };

const Answer = z.looseObject({
  results: z.array(z.looseObject({ index: z.number(), eventId: z.string().nullable(), status: z.string() })),
});

const answerTimeoutMs = 15_000;
const mostTries = 400;

export function startLoad(options: LoadOptions): RunningLoad {
  const state = { stopping: false };
  const faults: string[] = [];
  const senders = Array.from({ length: options.senders }, (_, sender) =>
    send(options, state, seededRandom(options.seed + 7919 * (sender + 1))).catch(
      (error: unknown) => void faults.push(String(error)),
    ),
  );
  return {
    stop: async () => {
      state.stopping = true;
      await Promise.all(senders);
      if (faults.length > 0) throw new Error(faults.join('\n'));
    },
    faults: () => faults,
  };
}

async function send(options: LoadOptions, state: { stopping: boolean }, random: Random): Promise<void> {
  const everyMs = (1000 * options.senders) / options.batchesPerSecond;
  while (!state.stopping) {
    const { value: items, done } = options.batches.next();
    if (done === true) return;
    const begunMs = Date.now();
    if (items.length > 0) await deliver(options, items, random);
    await pause(Math.max(0, everyMs * (0.5 + random()) - (Date.now() - begunMs)));
  }
}

/** The same ids again until it is known what became of them, unless this sender gives up. */
export async function deliver(
  { urls, history, givesUp = 0.02, onAttempt = () => undefined }: Omit<LoadOptions, 'batches' | 'seed'>,
  items: readonly LoadItem[],
  random: Random,
): Promise<void> {
  history.sending(items);
  const body = items.map(({ event }) => JSON.stringify(event)).join('\n');
  let nothingKept = true;
  for (let tries = 1; tries <= mostTries; tries += 1) {
    const addresses = urls();
    const url = addresses[Math.floor(random() * addresses.length)];
    const atMs = Date.now();
    const answer = url === undefined ? null : await post(url, body);
    onAttempt({ atMs, durationMs: Date.now() - atMs, status: answer?.status ?? null });
    if (answer !== null && [202, 207, 422].includes(answer.status)) {
      history.answered(items, Answer.parse(JSON.parse(answer.text)).results);
      return;
    }
    const mayHaveBeenKept = answer === null || ![503, 429].includes(answer.status);
    if (answer !== null && answer.status < 500 && answer.status !== 429)
      throw new Error(`the service answered ${answer.status}: ${answer.text.slice(0, 500)}`);
    if (mayHaveBeenKept) {
      nothingKept = false;
      history.lostAnswer(items);
    }
    if (chance(random, givesUp)) break;
    await pause(50 + random() * 250);
  }
  if (nothingKept) history.refused(items);
  else history.unknown(items);
}

/** Not `fetch`: a connection that was refused must be told from one that was lost, and none is used twice. */
function post(base: string, body: string): Promise<{ status: number; text: string } | null> {
  return new Promise((resolve) => {
    const url = new URL('/v1/events?results=all', base);
    const headers = { 'content-type': 'application/x-ndjson', 'content-length': Buffer.byteLength(body) };
    const asked = request(url, { method: 'POST', headers, agent: false, timeout: answerTimeoutMs }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('error', () => resolve(null));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(chunks).toString() }));
      answer.on('close', () => resolve(null));
    });
    asked.on('error', () => resolve(null));
    asked.on('timeout', () => asked.destroy());
    asked.end(body);
  });
}
