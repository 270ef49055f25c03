import type { Config } from '../../config.ts';
import { type Facts, openFacts } from '../../facts/facts.ts';
import { migrateFacts } from '../../facts/migrate-facts.ts';
import type { Log } from '../../log/open-log.ts';
import type { Lease } from '../../log/projector/prepared-range.ts';
import type { ProjectorPlan } from '../../project/run-projector.ts';
import { factsPlan, lineagePlan, type ProjectorDeps } from '../../project/start-projectors.ts';
import type { EntrySource } from '../../replay/fill/entry-source.ts';
import { type FreshDatabase, findDatabaseStatement } from '../../replay/fill/fresh-database.ts';
import type { Turn } from '../../replay/fill/run-turn.ts';
import type { FactsReplayDeps } from '../../replay/replay-facts.ts';
import { makeDatabase } from '../migrate-stores.ts';
import type { Stores } from '../open-stores.ts';

type Say = (line: string) => void;

/** What a replay of the facts works with: the live stores, a database beside the live one, and the projectors' own code. */
export function factsReplayParts(config: Config, stores: Stores, say: Say): FactsReplayDeps {
  const { facts: live, graph, log } = stores;
  return {
    live,
    graph,
    log,
    fresh: freshDatabase(config, live),
    say,
    beginFacts: ({ facts, source }, lease) =>
      begin(factsPlan(replayingDeps({ ...stores, facts, log: readFrom(log, source) }, say), config.project), lease),
    beginMirror: ({ facts, upToLinkSeq }, lease) =>
      begin(
        lineagePlan(replayingDeps({ ...stores, facts, log: reachingTo(log, upToLinkSeq) }, say), config.project),
        lease,
      ),
  };
}

function begin(plan: ProjectorPlan, lease: Lease): Promise<Turn> {
  return plan.begin(lease);
}

/** A projector that works on a store beside the live one tells nobody of it but whoever replays. */
export function replayingDeps(stores: Pick<Stores, 'graph' | 'facts' | 'log'>, say: Say): ProjectorDeps {
  return {
    ...stores,
    owner: 'replay',
    onBatch: () => undefined,
    onRoots: () => undefined,
    onLetters: (stage, letters) => say(`${letters} events could not be stored (${stage})`),
    onFault: () => undefined,
  };
}

/** The log as a projector sees it that replays: its entries come from elsewhere, and its progress is nobody's. */
export function readFrom(log: Log, source: EntrySource): Log {
  return {
    ...log,
    read: ({ after, maxEntries }) => source.read({ after, maxEntries }),
    readEntry: (id) => source.readEntry(id),
    publishProgress: async () => undefined,
  };
}

function reachingTo(log: Log, graphLinkSeq: number): Log {
  return {
    ...log,
    publishProgress: async () => undefined,
    readProgress: async () => ({ ...(await log.readProgress()), graphLinkSeq }),
  };
}

function freshDatabase({ clickhouse }: Config, live: Facts): FreshDatabase {
  const name = `${clickhouse.database}_replay`;
  const config = { ...clickhouse, database: name };
  return {
    name,
    liveName: clickhouse.database,
    open: async () => {
      await makeDatabase({ clickhouse: config });
      const facts = openFacts(config);
      await migrateFacts(facts);
      return facts;
    },
    exists: async () => (await live.select(findDatabaseStatement, { database: name })).length > 0,
    drop: () => live.command(`DROP DATABASE IF EXISTS ${name} SYNC`),
  };
}
