import { Command } from 'commander';
import { acceptEntry } from './accept.ts';
import { ackLatencyEntry } from './ack-latency.ts';
import { cascadeAnswersEntry } from './cascade/cascade-answers.ts';
import { cascadeGrowthEntry } from './cascade/cascade-growth.ts';
import { cascadePointsEntry } from './cascade/cascade-points.ts';
import { exportsEntry } from './cascade/exports.ts';
import { postgresEntry } from './cascade/postgres.ts';
import { engagementAnswersEntry } from './engagement/engagement-answers.ts';
import { factsWritesEntry } from './facts/facts-writes.ts';
import { freshnessEntry } from './freshness.ts';
import { graphWritesEntry } from './graph/graph-writes.ts';
import { type Summary, summarize } from './measurement.ts';
import { openBenchStores } from './open-bench-stores.ts';
import { pipelineEntry } from './pipeline.ts';

const entries = [
  acceptEntry,
  ackLatencyEntry,
  graphWritesEntry,
  factsWritesEntry,
  pipelineEntry,
  freshnessEntry,
  cascadeAnswersEntry,
  cascadeGrowthEntry,
  cascadePointsEntry,
  engagementAnswersEntry,
  exportsEntry,
  postgresEntry,
];

type Options = { only?: string; json?: boolean; rounds: string };

const program = new Command('bench')
  .description('Measures ours against a baseline, in turn, in one run, and checks that both did the same.')
  .option('--only <name>', `one entry: ${entries.map((entry) => entry.name).join(', ')}`)
  .option('--rounds <number>', 'counted rounds of each', '7')
  .option('--json', 'one JSON document instead of a table')
  .parse();

const options = program.opts<Options>();
const chosen = entries.filter((entry) => options.only === undefined || entry.name === options.only);
if (chosen.length === 0) program.error(`there is no entry named ${options.only}`);

const stores = await openBenchStores();
const summaries: Summary[] = [];
try {
  for (const entry of chosen) {
    for (const measurement of await entry.measure(Number(options.rounds))) summaries.push(summarize(measurement));
  }
} finally {
  await stores.close();
}

if (options.json) console.log(JSON.stringify(summaries, null, 2));
else for (const line of table(summaries)) console.log(line);
process.exitCode = summaries.every((summary) => summary.equal) ? 0 : 1;

function table(rows: readonly Summary[]): string[] {
  const head = ['name', 'ours', 'baseline', 'ratio', 'lowest..highest', 'bar', 'unit', 'same work'];
  const cells = rows.map((row) => [
    row.name,
    String(row.ours),
    String(row.baseline),
    String(row.ratio),
    `${row.ratioLowest}..${row.ratioHighest} of ${row.rounds}`,
    row.bar,
    row.unit,
    row.equal ? 'yes' : 'NO',
  ]);
  const widths = head.map((name, column) => Math.max(name.length, ...cells.map((row) => row[column]?.length ?? 0)));
  return [head, ...cells].map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
}
