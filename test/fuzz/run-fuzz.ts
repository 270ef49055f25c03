import { Agent } from 'node:http';
import fc from 'fast-check';
import { arbitraryRequest, type FuzzRequest } from './arbitrary-request.ts';
import { answerChecker } from './check-answer.ts';
import { plantKnownValues } from './known-values.ts';
import { readDocument } from './read-document.ts';
import { sendRequest } from './send-request.ts';

export type FuzzOptions = {
  url: string;
  requests: number;
  seed: number;
  concurrency?: number;
  /** So many first requests are checked like all others, but not timed: stores that were just started compile what they are asked. */
  untimed?: number;
  onProgress?: (done: number, failures: number) => void;
};

export type FuzzReport = {
  seed: number;
  requests: number;
  seconds: number;
  /** How many answers had that status. */
  statuses: Record<number, number>;
  /** How many requests each operation got; `none` for those that go to no operation. */
  operations: Record<string, number>;
  failures: string[];
  /** The mean time of an answer, by operation. */
  meanMs: Record<string, number>;
  percentilesMs: { half: number; most: number; all: number };
};

const batchSize = 500;
const answerTimeoutMs = 20_000;
const shownFailures = 20;

/** Sends requests made from the service's own document and holds every answer against it. */
export async function runFuzz({
  url,
  requests,
  seed,
  concurrency = 16,
  untimed = 0,
  onProgress,
}: FuzzOptions): Promise<FuzzReport> {
  const document = await readDocument(url);
  const arbitrary = arbitraryRequest(document, await plantKnownValues(url));
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
  const target = { port: Number(new URL(url).port), agent, timeoutMs: answerTimeoutMs };
  const check = answerChecker(document);
  const tally = openTally();
  const startedMs = performance.now();
  for (let done = 0; done < requests; done += batchSize) {
    const asked = fc.sample(arbitrary, { seed: seed + done, numRuns: Math.min(batchSize, requests - done) });
    const waiting = asked.values();
    const worker = async (): Promise<void> => {
      for (const request of waiting) {
        const outcome = await sendRequest(target, request).catch((fault: unknown) => String(fault));
        const wrong = typeof outcome === 'string' ? outcome : check(request.operation, outcome);
        if (typeof outcome !== 'string') tally.add(request, outcome, done >= untimed);
        if (wrong !== undefined && tally.failures.length < shownFailures) tally.failures.push(explain(request, wrong));
      }
    };
    await Promise.all(Array.from({ length: concurrency }, worker));
    onProgress?.(Math.min(requests, done + batchSize), tally.failures.length);
  }
  agent.destroy();
  return { seed, requests, seconds: Math.round((performance.now() - startedMs) / 100) / 10, ...tally.report() };
}

function explain({ method, path, headers, body, operation }: FuzzRequest, wrong: string): string {
  const sent = body === undefined ? '' : ` ${body.toString().slice(0, 1000)}`;
  return `${operation?.operationId ?? 'none'}: ${wrong}\n  ${method} ${path.slice(0, 500)} ${JSON.stringify(headers).slice(0, 500)}${sent}`;
}

type Answered = { status: number; durationMs: number };

function openTally() {
  const statuses: Record<number, number> = {};
  const operations: Record<string, number> = {};
  const failures: string[] = [];
  const durationsMs: number[] = [];
  const sumsMs: Record<string, number> = {};
  return {
    failures,
    add: ({ operation }: FuzzRequest, { status, durationMs }: Answered, isTimed: boolean): void => {
      const name = operation?.operationId ?? 'none';
      statuses[status] = (statuses[status] ?? 0) + 1;
      operations[name] = (operations[name] ?? 0) + 1;
      sumsMs[name] = (sumsMs[name] ?? 0) + durationMs;
      if (isTimed) durationsMs.push(durationMs);
    },
    report: () => {
      durationsMs.sort((left, right) => left - right);
      const at = (share: number) => Math.round(durationsMs[Math.floor((durationsMs.length - 1) * share)] ?? 0);
      const means = Object.entries(sumsMs).map(([name, sum]) => [name, Math.round(sum / (operations[name] ?? 1))]);
      const meanMs: Record<string, number> = Object.fromEntries(means);
      return { statuses, operations, failures, meanMs, percentilesMs: { half: at(0.5), most: at(0.999), all: at(1) } };
    },
  };
}
