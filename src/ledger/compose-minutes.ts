import type { LedgerMinute } from '../log/ledger/ledger-minute.ts';
import type { Counts } from './find-counts.ts';
import type { Reached } from './find-facts-counts.ts';
import { countAbove, minuteFinder, runsOf, type SeqRun } from './seq-runs.ts';

/** What came in, and what became of what was accepted. */
export type LedgerLine = {
  received: number;
  accepted: number;
  duplicate: number;
  conflict: number;
  rejected: number;
  stored: number;
  pending: number;
  quarantined: number;
  deadLettered: number;
  lateDuplicate: number;
  lateConflict: number;
  erased: number;
  expired: number;
  inFlight: number;
  balanced: boolean;
};

export type StoreLine = LedgerLine & { notForThisStore: number };

export type LedgerReport = LedgerLine & { stores: { graph: StoreLine; facts: StoreLine } };

export type MinuteReport = LedgerReport & { minuteMs: number };

type Door = Pick<LedgerLine, 'received' | 'accepted' | 'duplicate' | 'conflict' | 'rejected'>;
type Ended = Omit<StoreLine, keyof Door | 'balanced' | 'erased'>;

/** One minute with everything that is known of it. */
type Page = { counts: Counts; marks: Marks; minuteMs: number; runs: SeqRun[]; door: Door };

/** The books, minute by minute. A minute of which only a store knows is one that the door never counted: it is shown too. */
export function composeMinutes(counts: Counts): MinuteReport[] {
  const minutes = new Map(counts.minutes.map((minute) => [minute.minuteMs, minute]));
  const known = new Set([...minutes.keys(), ...counts.events.keys(), ...counts.tallies.keys()]);
  const marks = markMinutes(counts);
  return [...known]
    .sort((left, right) => left - right)
    .map((minuteMs) => {
      const minute = minutes.get(minuteMs) ?? uncounted(minuteMs);
      return composeMinute({ counts, marks, minuteMs, runs: runsOf(minute), door: doorOf(minute) });
    });
}

function composeMinute(page: Page): MinuteReport {
  const { door, minuteMs, runs } = page;
  // The accept numbers of a minute and the count beside them are kept separately, so one proves the other.
  const numbers = countAbove(runs, 0);
  const isReceived = door.received === door.accepted + door.duplicate + door.conflict + door.rejected;
  const isCounted = isReceived && numbers === door.accepted;
  const { notForThisStore: _, ...whole } = lineOf(door, overall(page), isCounted);
  const graph = lineOf(door, ofGraph(page), isCounted);
  const facts = lineOf(door, ofFacts(page), isCounted);
  return { minuteMs, ...whole, balanced: whole.balanced && graph.balanced && facts.balanced, stores: { graph, facts } };
}

/** In flight is what one of the stores has not reached; of the rest a dead letter of any stage comes before everything. */
function overall({ counts, marks, minuteMs, runs }: Page): Ended {
  const { bothSeq } = counts.positions;
  const refusals = counts.refusals.get(minuteMs) ?? 0;
  const dead = marks.dead.get(minuteMs) ?? 0;
  return {
    // The facts hold a row of everything but late repeats and their own dead letters: also of what the graph refused.
    stored: atBoth(counts.events, minuteMs) - refusals - (marks.deadInGraphOnly.get(minuteMs) ?? 0),
    pending: marks.pending.both.get(minuteMs) ?? 0,
    quarantined: marks.quarantined.both.get(minuteMs) ?? 0,
    deadLettered: dead,
    lateDuplicate: atBoth(counts.lateDuplicates, minuteMs),
    lateConflict: atBoth(counts.lateConflicts, minuteMs) + refusals,
    expired: atBoth(counts.expired, minuteMs),
    inFlight: countAbove(runs, bothSeq),
    notForThisStore: 0,
  };
}

function ofFacts({ counts, marks, minuteMs, runs }: Page): Ended {
  return {
    stored: atFacts(counts.events, minuteMs),
    pending: 0,
    quarantined: 0,
    deadLettered: marks.deadInFacts.get(minuteMs) ?? 0,
    lateDuplicate: atFacts(counts.lateDuplicates, minuteMs),
    lateConflict: atFacts(counts.lateConflicts, minuteMs),
    expired: atFacts(counts.expired, minuteMs),
    inFlight: countAbove(runs, counts.positions.factsSeq),
    notForThisStore: 0,
  };
}

/** The tally may be newer than the position; one that is older has lost something, which must show. */
function ofGraph({ counts, marks, minuteMs, runs }: Page): Ended {
  const { seq, minuteMs: _, ...counted } = counts.tallies.get(minuteMs) ?? nothingCounted;
  return {
    ...counted,
    pending: marks.pending.graph.get(minuteMs) ?? 0,
    quarantined: marks.quarantined.graph.get(minuteMs) ?? 0,
    // What expires was nothing to the graph, and stays counted so.
    expired: 0,
    inFlight: countAbove(runs, Math.max(seq, counts.positions.graphSeq)),
  };
}

const nothingCounted = {
  minuteMs: 0,
  seq: 0,
  stored: 0,
  notForThisStore: 0,
  lateDuplicate: 0,
  lateConflict: 0,
  deadLettered: 0,
};

function lineOf(door: Door, ended: Ended, isCounted: boolean): StoreLine {
  // Nothing is erased yet.
  const erased = 0;
  const { stored, notForThisStore, deadLettered, lateDuplicate, lateConflict, expired, inFlight } = ended;
  const accounted =
    stored + notForThisStore + deadLettered + lateDuplicate + lateConflict + erased + expired + inFlight;
  return { ...door, ...ended, erased, balanced: isCounted && accounted === door.accepted };
}

type PerMinute = Map<number, number>;

/** Single accept numbers, counted in their minutes. */
type Marks = {
  dead: PerMinute;
  deadInFacts: PerMinute;
  deadInGraphOnly: PerMinute;
  pending: { both: PerMinute; graph: PerMinute };
  quarantined: { both: PerMinute; graph: PerMinute };
};

function markMinutes({ runs, letters, dead, positions, waiting }: Counts): Marks {
  const minuteOf = minuteFinder(runs);
  const count = (seqs: Iterable<number>): PerMinute => {
    const counted: PerMinute = new Map();
    for (const seq of seqs) {
      const minuteMs = minuteOf(seq);
      if (minuteMs !== undefined) counted.set(minuteMs, (counted.get(minuteMs) ?? 0) + 1);
    }
    return counted;
  };
  const inFacts = new Set(letters.filter(({ stage }) => stage === 'facts').map(({ seq }) => seq));
  const isStored = (seq: number) => seq <= positions.bothSeq && !dead.has(seq);
  return {
    dead: count(dead),
    deadInFacts: count([...inFacts].filter((seq) => seq <= positions.factsSeq)),
    deadInGraphOnly: count([...dead].filter((seq) => !inFacts.has(seq))),
    pending: { both: count(waiting.pending.filter(isStored)), graph: count(waiting.pending) },
    quarantined: { both: count(waiting.quarantined.filter(isStored)), graph: count(waiting.quarantined) },
  };
}

function atBoth(counted: ReadonlyMap<number, Reached>, minuteMs: number): number {
  return counted.get(minuteMs)?.atBoth ?? 0;
}

function atFacts(counted: ReadonlyMap<number, Reached>, minuteMs: number): number {
  return counted.get(minuteMs)?.atFacts ?? 0;
}

function doorOf({ received, accepted, duplicate, conflict, rejected }: LedgerMinute): Door {
  return { received, accepted, duplicate, conflict, rejected };
}

function uncounted(minuteMs: number): LedgerMinute {
  const nothing = { received: 0, accepted: 0, duplicate: 0, conflict: 0, rejected: 0 };
  return { minuteMs, ...nothing, firstSeq: 0, lastSeq: 0, gaps: '' };
}
