import type { Facts } from '../../facts/facts.ts';
import type { EntryId } from '../../log/entry-id.ts';
import type { Log } from '../../log/open-log.ts';
import type { EntrySource } from './entry-source.ts';
import { openFactsSource } from './facts-source.ts';
import { joinSources } from './join-sources.ts';
import { findLogBegin, openLogSource } from './log-source.ts';

/** `both`: the raw facts below the beginning of the log, the log from there on. */
export type ReplayFrom = 'facts' | 'log' | 'both';

/** Where a replay ends: an entry of the log and the last accept number in it. */
export type ReplayEnd = { seq: number; position: EntryId };

type Deps = { facts: Pick<Facts, 'select'>; log: Pick<Log, 'read' | 'readEntry' | 'oldestEntry' | 'lastSeq'> };

export type SourceLimits = { windowItems: number; entryItems: number };

export type SourceRequest = {
  from: ReplayFrom;
  end: ReplayEnd;
  /** How far the facts are whole. */
  factsSeq: number;
  eventNames: readonly string[];
  withLost: boolean;
  /** What an earlier try has taken already, and where earlier tries ended. */
  startSeq: number;
  cuts: readonly number[];
  /** Where an earlier try went over from the facts to the log. */
  boundary: number | null;
};

/** What was chosen: the numbers up to `factsUpTo` come from the raw facts, those behind it from the log. */
export type ChosenSource = { source: EntrySource; factsUpTo: number };

export async function chooseSource(deps: Deps, request: SourceRequest, limits: SourceLimits): Promise<ChosenSource> {
  const { end, eventNames, withLost, startSeq, cuts } = request;
  const factsUpTo = await findBoundary(deps, request);
  const options = { upToSeq: factsUpTo, eventNames, withLost, startSeq, cuts, ...limits };
  const facts = openFactsSource(deps, options);
  if (factsUpTo >= end.seq) return { source: facts, factsUpTo };
  const log = openLogSource(deps, { firstSeq: factsUpTo + 1, startSeq, end: end.position });
  return { source: factsUpTo === 0 ? log : joinSources(facts, factsUpTo, log), factsUpTo };
}

async function findBoundary(deps: Deps, { from, end, factsSeq, boundary }: SourceRequest): Promise<number> {
  if (boundary !== null) return boundary;
  if (from === 'facts') return Math.min(factsSeq, end.seq);
  const begin = await findLogBegin(deps);
  if (from === 'log') {
    if (end.seq > 0 && begin !== 1) throw new LogTooShort(begin, end.seq);
    return 0;
  }
  const below = begin === null ? end.seq : Math.min(begin - 1, end.seq);
  if (below > factsSeq)
    throw new Error(`accept numbers ${factsSeq + 1} to ${below} are neither in the log nor in the facts`);
  return below;
}

/** The log alone cannot tell everything any more. */
export class LogTooShort extends Error {
  override name = 'LogTooShort';

  constructor(begin: number | null, endSeq: number) {
    const held =
      begin === null ? 'the log holds nothing any more' : `the log holds accept numbers ${begin} to ${endSeq} only`;
    super(`${held}; what came before is in the raw facts: replay --from facts, or --from both`);
  }
}
