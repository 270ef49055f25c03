import { once } from 'node:events';
import type { Stores } from '../../compose/open-stores.ts';
import { factsReplayParts } from '../../compose/replay/facts-parts.ts';
import type { Config } from '../../config.ts';
import { describeReplay } from '../../replay/describe-replay.ts';
import { type DumpSection, digestSection } from '../../replay/dump/dump-line.ts';
import { dumpFacts, dumpLineage } from '../../replay/dump-facts.ts';
import { dumpGraph } from '../../replay/dump-graph.ts';
import { findFactsEnd } from '../../replay/find-facts-end.ts';
import { type FactsReplay, replayFacts } from '../../replay/replay-facts.ts';
import { say } from '../run-service.ts';
import { withConfig, withStores } from '../with-stores.ts';
import { type GraphAnswer, type ReplayAsked, runGraphReplay } from './replay-graph.ts';

export type ReplayFlags = {
  store?: string;
  from?: string;
  check?: boolean;
  swap?: boolean;
  into?: string;
  acceptDifference?: boolean;
  again?: boolean;
  dump?: string;
  json?: boolean;
};

/** Ends with 0 when both are alike or were exchanged, with 1 when they differ, and with 2 when it could not be told. */
export async function runReplay(flags: ReplayFlags): Promise<void> {
  try {
    if (flags.dump !== undefined)
      return await withConfig((config) => withStores(config, (stores) => printDump(stores, config, flags)));
    const asked = readAsked(flags);
    const replay = await answer(flags.store, asked);
    console.log(flags.json ? JSON.stringify(replay, null, 2) : describeReplay(replay).join('\n'));
    process.exitCode = replay.comparison.equal || replay.swapped ? 0 : 1;
  } catch (error) {
    // Whoever reads the lines may have seen enough.
    if (error instanceof Error && 'code' in error && error.code === 'EPIPE') return;
    say(error instanceof Error ? error.message : String(error));
    process.exitCode = 2;
  }
}

async function answer(store: string | undefined, asked: ReplayAsked): Promise<FactsReplay | GraphAnswer> {
  if (store === 'graph') return runGraphReplay(asked);
  if (store !== 'facts') throw new Error('--store is graph or facts');
  return withConfig((config) =>
    withStores(config, (stores) => replayFacts(factsReplayParts(config, stores, say), asked, config.replay)),
  );
}

function readAsked({ from = 'both', check = false, swap = false, into, ...rest }: ReplayFlags): ReplayAsked {
  if (from !== 'facts' && from !== 'log' && from !== 'both')
    throw new Error(`--from is facts, log or both, not ${from}`);
  if (check && swap) throw new Error('--check leaves the stores as they are, --swap does not: say one of them');
  const { acceptDifference = false, again = false } = rest;
  return { from, swap, acceptDifference, again, into };
}

/** The lines go to standard output and what they come to, section by section, to standard error; with --json that alone. */
async function printDump(stores: Stores, config: Config, { dump, json = false }: ReplayFlags): Promise<void> {
  const digests = [];
  for (const section of await sectionsOf(stores, config, dump)) {
    const digest = await digestSection(section, json ? undefined : writeLine);
    digests.push(digest);
    if (!json) say(`${digest.name}: ${digest.lines} lines, sha256 ${digest.sha256}`);
  }
  if (json) console.log(JSON.stringify(digests, null, 2));
}

/** A reader that is slower than the stores is waited for. */
async function writeLine(line: string): Promise<void> {
  if (!process.stdout.write(line)) await once(process.stdout, 'drain');
}

async function sectionsOf({ graph, facts, log }: Stores, config: Config, dump = ''): Promise<DumpSection[]> {
  const { pageSize } = config.replay;
  if (dump === 'graph') return dumpGraph({ graph }, { order: 'accepted', pageSize });
  if (dump !== 'facts') throw new Error('--dump is graph or facts');
  const { seq } = await findFactsEnd({ facts, log });
  return [...dumpFacts({ facts }, { upToSeq: seq, pageSize }), ...dumpLineage({ facts }, { pageSize })];
}
