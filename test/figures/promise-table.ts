import type { BadAnswers, KeptFigures } from './figures.ts';

type Row = { promise: string; tests: readonly string[]; figures: (kept: KeptFigures) => string };

const notYet = 'not measured yet';

/** What is promised, which tests hold it to that, and what the last long run measured. */
const rows: readonly Row[] = [
  {
    promise: 'Nothing accepted is lost, doubled or invented, whatever is killed (G1, G2, G3, G4)',
    tests: ['test/faults/kills.test.ts', 'test/whole/kill-service.test.ts'],
    figures: ({ faults }) =>
      faults === undefined
        ? notYet
        : `${whole(faults.kills)} SIGKILLs over all parts: ${faults.lost} of ${whole(faults.acked)} accepted events lost, ${faults.doubled} doubled, ${faults.invented} invented`,
  },
  {
    promise: 'The books balance every minute, in every store',
    tests: ['test/ledger/read-ledger.test.ts', 'test/whole/ledger.test.ts'],
    figures: ({ faults }) =>
      faults === undefined ? notYet : `${faults.unbalancedMinutes} unbalanced minutes in the same run`,
  },
  {
    promise: 'The stores agree again after a fault (G7)',
    tests: ['test/faults/kills.test.ts', 'test/whole/demo-story.test.ts'],
    figures: ({ faults }) =>
      faults === undefined
        ? notYet
        : `drift 0 after ${seconds(faults.driftP50Ms)} at the median, ${seconds(faults.driftP99Ms)} at the 99th percentile`,
  },
  {
    promise: 'The same events count once, however they are cut, sent again or forgotten at the door (G4, G5)',
    tests: ['test/faults/overlap.test.ts', 'test/project/graph/late-repeats.test.ts'],
    figures: ({ overlap }) =>
      overlap === undefined
        ? notYet
        : `${whole(overlap.events)} events sent ${overlap.sendings} times: ${overlap.countedTwice} counted twice`,
  },
  {
    promise: 'Any order gives the same graph, facts and answers (G6)',
    tests: ['test/project/linking/link-batch.test.ts', 'test/project/graph/orders.test.ts'],
    figures: () => '10,000 orders in memory, 20 on the stores',
  },
  {
    promise: 'Damage is found within two passes and repaired from the log or the facts; what is right is left alone',
    tests: ['test/reconcile/injected-drift.test.ts', 'test/reconcile/repair-runs.test.ts'],
    figures: ({ drift }) =>
      drift === undefined
        ? notYet
        : `${drift.kinds} kinds of damage, at most ${drift.passes} passes, ${drift.falseRepairs} false repairs`,
  },
  {
    promise: 'A store that is down is said at once, and work goes on by itself',
    tests: ['test/ingest/intake/redis-gone.test.ts', 'test/faults/matrix-redis.test.ts'],
    figures: ({ redisDown }) =>
      redisDown === undefined
        ? notYet
        : `Redis down 1, 10 and 30 s: 503 after ${milliseconds(redisDown.refusedP99Ms)} (p99 of ${whole(redisDown.refused)}), consuming again ${seconds(redisDown.consumingAgainMs)} after its return`,
  },
  {
    promise: 'Whoever was killed or frozen is replaced, and adds nothing afterwards',
    tests: ['test/faults/matrix-projectors.test.ts', 'test/jobs/jobs-faults.test.ts'],
    figures: ({ takeover, jobAgain }) =>
      takeover === undefined || jobAgain === undefined
        ? notYet
        : `a projector taken over after ${seconds(takeover.ms)} with a lease of ${seconds(takeover.leaseMs)}; a killed worker's job again after ${seconds(jobAgain.ms)}`,
  },
  {
    promise: 'SIGTERM ends a service within 10 s and loses nothing',
    tests: ['test/whole/stop-under-load.test.ts'],
    figures: ({ stop }) =>
      stop === undefined
        ? notYet
        : `${stop.restarts} rolling restarts under load: ${stop.lost} of ${whole(stop.acked)} accepted events lost, slowest exit ${seconds(stop.slowestExitMs)}`,
  },
  {
    promise: 'Bad input gets a clear refusal, stores nothing and changes no value',
    tests: ['test/bad-input/fields.test.ts', 'test/fuzz/fuzz.test.ts'],
    figures: ({ badInput, fuzz }) =>
      badInput === undefined || fuzz === undefined
        ? notYet
        : `${describeBadInput(Object.values(badInput.files))}; ${whole(fuzz.requests)} generated requests: ${fuzz.serverErrors} answers of 5xx, ${fuzz.mismatches} unlike the document`,
  },
  {
    promise: 'An answer comes soon, although it waits for the disk',
    tests: ['bench/ack-latency.ts'],
    figures: ({ ackLatency }) =>
      ackLatency === undefined
        ? notYet
        : `${whole(ackLatency.eventsPerSecond)} events/s in batches of 50: ${milliseconds(ackLatency.p50Ms)} at the median, ${milliseconds(ackLatency.p99Ms)} at the 99th percentile`,
  },
];

export function promisedTests(): string[] {
  return rows.flatMap(({ tests }) => tests);
}

/** Its columns are as wide as the formatter makes them, so that formatting the page changes nothing. */
export function promiseTable(kept: KeptFigures): string {
  const lines = rows.map(({ promise, tests, figures }) => [
    promise,
    tests.map((path) => `\`${path}\``).join(', '),
    figures(kept),
  ]);
  const cells = [['what we promise', 'how it is tested', 'the last figures'], ...lines];
  const widths = [0, 1, 2].map((column) => Math.max(...cells.map((line) => line[column]?.length ?? 0)));
  const [head = '', ...body] = cells.map(
    (line) => `| ${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`,
  );
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [head, rule, ...body].join('\n');
}

function describeBadInput(files: readonly BadAnswers[]): string {
  const sum = (name: 'requests' | 'serverErrors') => files.reduce((total, file) => total + file[name], 0);
  const slowestMs = Math.max(...files.map((file) => file.slowestMs));
  return `${whole(sum('requests'))} requests of the catalogue: ${sum('serverErrors')} answers of 5xx, slowest ${milliseconds(slowestMs)}`;
}

function whole(count: number): string {
  return count.toLocaleString('en-US');
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

function milliseconds(ms: number): string {
  return `${ms.toFixed(ms < 10 ? 1 : 0)} ms`;
}
