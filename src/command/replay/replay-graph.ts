import { readFileSync } from 'node:fs';
import { openStores, type Stores } from '../../compose/open-stores.ts';
import { graphReplayParts } from '../../compose/replay/graph-parts.ts';
import { waitForStores } from '../../compose/wait-for-stores.ts';
import { type Config, readConfig } from '../../config.ts';
import { type Graph, openGraph } from '../../graph/graph.ts';
import { migrateGraph } from '../../graph/migrate-graph.ts';
import { findSupervisor } from '../../local/attach/supervisor-record.ts';
import { locateHome } from '../../local/locate-home.ts';
import { exchangeNeo4j } from '../../local/spare/exchange-neo4j.ts';
import { startSpareNeo4j } from '../../local/spare/start-spare-neo4j.ts';
import { digestSection, type SectionDigest } from '../../replay/dump/dump-line.ts';
import { dumpGraph } from '../../replay/dump-graph.ts';
import { type GraphReplay, type GraphReplayRequest, replayGraph } from '../../replay/replay-graph.ts';
import { openEnvironment } from '../open-environment.ts';
import { say } from '../run-service.ts';

export type ReplayAsked = GraphReplayRequest & { again: boolean; into: string | undefined };

/** `next`: what is left to be done by hand, or where the graph of before is kept. */
export type GraphAnswer = GraphReplay & { swapped: boolean; next: string | null };

/** A second server; `takePlace` is there where it is the local stack's own and can take the other one's place. */
type Second = { graph: Graph; url: string; stop(): Promise<void>; isLocal: boolean };

const storesTimeoutMs = 30_000;

/** Fills a second graph and compares; with `swap` puts it in the live one's place, or says how to. */
export async function runGraphReplay(asked: ReplayAsked): Promise<GraphAnswer> {
  const environment = await openEnvironment(say);
  let isAttached = true;
  try {
    const config = readConfig(environment.variables);
    const { replay, digests, second } = await compareGraphs(config, asked);
    if (replay.ready === null) return { ...replay, swapped: false, next: null };
    if (!second.isLocal) {
      return {
        ...replay,
        swapped: false,
        next: `set NEO4J_URL=${second.url} with its user and password, then start the service`,
      };
    }
    isAttached = false;
    await environment.close({ stopNow: true });
    return { ...replay, swapped: true, next: await exchangeLocal(digests) };
  } finally {
    if (isAttached) await environment.close();
  }
}

type Compared = { replay: GraphReplay; digests: SectionDigest[]; second: Pick<Second, 'url' | 'isLocal'> };

async function compareGraphs(config: Config, asked: ReplayAsked): Promise<Compared> {
  const stores = await openStores(config, (error) => say(error.message));
  const second = await openSecond(config, asked.into).catch(async (error: unknown) => {
    await stores.close();
    throw error;
  });
  try {
    await waitForStores(stores, storesTimeoutMs);
    await migrateGraph(second.graph);
    if (asked.again) await emptySecond(second.graph, stores);
    const replay = await replayGraph(graphReplayParts(config, stores, second.graph, say), asked, config.replay);
    const digests = replay.ready === null ? [] : await digestGraph(second.graph, config.replay.pageSize);
    return { replay, digests, second };
  } finally {
    await second.stop();
    await stores.close();
  }
}

async function openSecond(config: Config, into: string | undefined): Promise<Second> {
  const variables = process.env;
  const url = into ?? variables['REPLAY_NEO4J_URL'];
  const { poolSize, timeoutMs } = config.neo4j;
  const options = { database: 'neo4j', poolSize, timeoutMs };
  if (url !== undefined) {
    if (url === config.neo4j.url) throw new Error('the second graph is the live one');
    const passwordFile = variables['REPLAY_NEO4J_PASSWORD_FILE'];
    const password =
      variables['REPLAY_NEO4J_PASSWORD'] ?? (passwordFile && readFileSync(passwordFile, 'utf8').trim()) ?? '';
    const graph = openGraph({ ...options, url, user: variables['REPLAY_NEO4J_USER'] ?? 'neo4j', password });
    return { graph, url, isLocal: false, stop: () => graph.close() };
  }
  const isLocal = variables['NEO4J_URL'] === undefined;
  if (!isLocal)
    throw new Error(
      'say where the second graph is: --into bolt://... with REPLAY_NEO4J_USER and REPLAY_NEO4J_PASSWORD',
    );
  const heap = variables['SHARETRAIL_NEO4J_HEAP'];
  const spare = await startSpareNeo4j({ home: locateHome(), say, ...(heap === undefined ? {} : { heap }) });
  const graph = openGraph({ ...options, ...spare });
  const stop = async () => {
    await graph.close();
    await spare.stop();
  };
  return { graph, url: spare.url, isLocal, stop };
}

/** Both have to be alike afterwards, section by section, or the exchange has not done what it should. */
async function exchangeLocal(digests: readonly SectionDigest[]): Promise<string> {
  const home = locateHome();
  if (findSupervisor(home) !== undefined) {
    throw new Error('somebody else uses the stack: stop the service, then replay with --swap once more');
  }
  const before = exchangeNeo4j(home, Date.now());
  say(`the graph of before is kept in ${before}`);
  const environment = await openEnvironment(say);
  try {
    const config = readConfig(environment.variables);
    const graph = openGraph(config.neo4j);
    try {
      const now = await digestGraph(graph, config.replay.pageSize);
      if (JSON.stringify(now) !== JSON.stringify(digests)) throw new Error('the graph is not the one that was made');
    } finally {
      await graph.close();
    }
    return before;
  } finally {
    await environment.close();
  }
}

async function digestGraph(graph: Graph, pageSize: number): Promise<SectionDigest[]> {
  const digests: SectionDigest[] = [];
  for (const section of dumpGraph({ graph }, { order: 'accepted', pageSize }))
    digests.push(await digestSection(section));
  return digests;
}

async function emptySecond(second: Graph, { graph: live }: Pick<Stores, 'graph'>): Promise<void> {
  if (second === live) throw new Error('the second graph is the live one');
  await second.command(
    'MATCH (node) WHERE NOT node:Migration CALL (node) { DETACH DELETE node } IN TRANSACTIONS OF 10000 ROWS',
  );
}
