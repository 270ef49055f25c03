import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { exportRoutes } from '../../src/cascade/export/export-routes.ts';
import { type ExportFormat, exportFormatNames } from '../../src/cascade/export/formats.ts';
import {
  streamPostsStatement,
  writeGexfEdgesStatement,
  writeGexfNodesStatement,
  writeGraphmlStatement,
} from '../../src/cascade/export/stream-tree.ts';
import { openCascades } from '../../src/cascade/open-cascades.ts';
import { readConfig } from '../../src/config.ts';
import { type Facts, openFacts } from '../../src/facts/facts.ts';
import { migrateFacts } from '../../src/facts/migrate-facts.ts';
import { openGraph } from '../../src/graph/graph.ts';
import { migrateGraph } from '../../src/graph/migrate-graph.ts';
import { buildApp } from '../../src/http/build-app.ts';
import { listen } from '../../src/http/listen.ts';
import { mount } from '../../src/http/route.ts';
import { nothingProjected } from '../../src/log/projector/progress.ts';
import { createLogger } from '../../src/observe/create-logger.ts';
import { createMetrics } from '../../src/observe/create-metrics.ts';
import type { BenchEntry, Measurement } from '../measurement.ts';

const posts = 1_000_000;
const rootId = `bench-${randomUUID()}`;

type Read = { bytes: number; seconds: number };
type Stand = { ours(query: string): Promise<Read>; raw(format: ExportFormat): Promise<Read>; close(): Promise<void> };

/** A tree of a million posts in every form over HTTP, against the same statement read straight from the store. */
export const exportsEntry: BenchEntry = {
  name: 'exports',
  measure: async (rounds) => {
    const stand = await openStand();
    const measurements: Measurement[] = [];
    for (const format of exportFormatNames) measurements.push(await measureFormat(stand, format, rounds));
    measurements.push(await measurePart(stand, rounds));
    await stand.close();
    return measurements;
  },
};

type Baseline = { statements: ReadonlyArray<{ text: string }>; format: string; settings: Record<string, string> };
const iso = { date_time_output_format: 'iso' };
const rows = [streamPostsStatement];

/** What the store is asked for by each form, without anything of ours between it and the client. */
const baselines: Record<ExportFormat, Baseline> = {
  json: { statements: rows, format: 'JSONEachRow', settings: { ...iso, output_format_json_array_of_rows: '1' } },
  ndjson: { statements: rows, format: 'JSONEachRow', settings: iso },
  csv: { statements: rows, format: 'CSVWithNames', settings: iso },
  arrow: { statements: rows, format: 'ArrowStream', settings: { output_format_arrow_compression_method: 'none' } },
  graphml: { statements: [writeGraphmlStatement], format: 'TSVRaw', settings: {} },
  gexf: { statements: [writeGexfNodesStatement, writeGexfEdgesStatement], format: 'TSVRaw', settings: {} },
};

async function openStand(): Promise<Stand> {
  const database = `bench_${randomUUID().replaceAll('-', '')}`;
  const facts = await openBenchFacts(database);
  const graph = openGraph({ ...endpoint('NEO4J'), database: 'neo4j', poolSize: 4, timeoutMs: 60_000 });
  await migrateGraph(graph);
  await graph.command(`CREATE (:Post {id: '${rootId}', state: 'linked', rootId: '${rootId}', depth: 0, linkSeq: 0})`);
  const deps = {
    graph,
    facts,
    cascades: openCascades(
      { graph, facts, log: idleLog },
      { ...readConfig(process.env).cascade, maxBytes: 256 * 1024 ** 2 },
    ),
  };
  const routes = mount(exportRoutes({ maxExports: 4, lineageWaitMs: 0 }), deps);
  const app = buildApp({ routes, logger: createLogger({ level: 'warn' }), metrics: createMetrics() });
  const server = await listen({ app, host: '127.0.0.1', port: 0 });
  return {
    ours: (query) => readAll({ url: `${server.url}/v1/cascades/${rootId}/tree?${query}` }),
    raw: (format) => readRaw(database, baselines[format]),
    close: async () => {
      await server.close(1000);
      await deps.cascades.close();
      await facts.command(`DROP DATABASE ${database}`);
      await graph.command(`MATCH (post:Post {id: '${rootId}'}) DELETE post`);
      await facts.close();
      await graph.close();
    },
  };
}

const idleLog = { readProgress: async () => nothingProjected };

/** Every post has two shares; ids and accounts are as long as those of real events. */
const fillLineage = `INSERT INTO lineage
  SELECT '${rootId}', 0, number, if(number = 0, '${rootId}', concat('post-', toString(sipHash64(number)))),
    if(parent = 0, '${rootId}', concat('post-', toString(sipHash64(parent)))), parent, floor(log2(number + 1)),
    concat('account-', toString(number % 300000)), number % 300000,
    toDateTime64('2026-01-01 00:00:00.000', 3, 'UTC') + number / 10, number, number
  FROM (SELECT number, if(number = 0, 0, intDiv(number - 1, 2)) AS parent FROM numbers(${posts}))`;

async function openBenchFacts(database: string): Promise<Facts> {
  const connect = (name: string) =>
    openFacts({ ...endpoint('CLICKHOUSE'), database: name, poolSize: 8, timeoutMs: 60_000 });
  const server = connect('default');
  await server.command(`CREATE DATABASE ${database}`);
  await server.close();
  const facts = connect(database);
  await migrateFacts(facts);
  await facts.command(fillLineage);
  return facts;
}

/** The first round warms up and is not counted; the two take turns in going first. */
async function measureFormat(stand: Stand, format: ExportFormat, rounds: number): Promise<Measurement> {
  const measured: Measurement = { ...blank, name: `exports: ${format}`, ours: [], baseline: [] };
  const before = process.memoryUsage.rss();
  const peak = watchMemory();
  for (let round = -1; round < rounds; round += 1) {
    const first = round % 2 === 0 ? await stand.raw(format) : null;
    const ours = await stand.ours(`format=${format}`);
    const raw = first ?? (await stand.raw(format));
    // What stands around the rows is a few hundred bytes.
    measured.equal &&= Math.abs(ours.bytes - raw.bytes) < 4000;
    if (round < 0) continue;
    measured.ours.push(posts / ours.seconds);
    measured.baseline.push(posts / raw.seconds);
  }
  const grownMb = Math.round((peak() - before) / 1024 ** 2);
  return { ...measured, name: `${measured.name} (memory +${grownMb} MB)` };
}

const blank = { unit: 'posts/s', equal: true, bar: { ratioAtLeast: 0.8 } };

/** A part of all posts, named by a bit for each, against the whole tree. */
async function measurePart(stand: Stand, rounds: number): Promise<Measurement> {
  const measured: Measurement = { ...blank, name: 'exports: ndjson, all by bits', ours: [], baseline: [] };
  for (let round = -1; round < rounds; round += 1) {
    const part = await stand.ours('format=ndjson&at=2027-01-01T00:00:00Z');
    const whole = await stand.ours('format=ndjson');
    measured.equal &&= part.bytes === whole.bytes;
    if (round < 0) continue;
    measured.ours.push(posts / part.seconds);
    measured.baseline.push(posts / whole.seconds);
  }
  return measured;
}

function watchMemory(): () => number {
  let peak = 0;
  const look = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 10);
  return () => {
    clearInterval(look);
    return peak;
  };
}

async function readRaw(database: string, { statements, format, settings }: Baseline): Promise<Read> {
  const { url, user, password } = endpoint('CLICKHOUSE');
  const params = { param_rootId: rootId, param_generation: '0', param_posts: String(posts), param_members: '' };
  const of = { param_guarded: format === 'CSVWithNames' ? '1' : '0', param_topSeq: '0' };
  const search = new URLSearchParams({ database, ...params, ...of, ...settings });
  const whole = { bytes: 0, seconds: 0 };
  for (const { text } of statements) {
    const headers = { 'X-ClickHouse-User': user, 'X-ClickHouse-Key': password };
    const read = await readAll({ url: `${url}/?${search}`, body: `${text}\nFORMAT ${format}`, headers });
    whole.bytes += read.bytes;
    whole.seconds += read.seconds;
  }
  return whole;
}

type Question = { url: string; body?: string; headers?: Record<string, string> };

/** Reads to nowhere in a process of its own, as a client does. */
function readAll(question: Question): Promise<Read> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', reader, JSON.stringify(question)]);
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  return new Promise((resolve, reject) => {
    child.once('close', (code) => {
      if (code === 0) resolve(readShape.parse(JSON.parse(Buffer.concat(chunks).toString())));
      else reject(new Error(`the reader of ${question.url} ended with ${code}`));
    });
  });
}

const readShape = z.object({ bytes: z.number(), seconds: z.number() });

const reader = `
import { request } from 'node:http';
const { url, body, headers } = JSON.parse(process.argv[1]);
const startedAt = performance.now();
request(url, { method: body === undefined ? 'GET' : 'POST', headers }, (response) => {
  if (response.statusCode !== 200) process.exit(1);
  let bytes = 0;
  response.on('data', (chunk) => { bytes += chunk.length; });
  response.on('end', () => console.log(JSON.stringify({ bytes, seconds: (performance.now() - startedAt) / 1000 })));
}).end(body);
`;

function endpoint(store: 'NEO4J' | 'CLICKHOUSE'): { url: string; user: string; password: string } {
  const read = (name: string): string => {
    const value = process.env[`${store}_${name}`];
    if (value === undefined) throw new Error(`${store}_${name} is not set`);
    return value;
  };
  return { url: read('URL'), user: read('USER'), password: read('PASSWORD') };
}
