import type { Facts } from '../../facts/facts.ts';
import { findFactsRowFault, type RowFault } from '../../facts/find-row-fault.ts';
import { countFactsStatement } from '../receipt/find-facts-outcomes.ts';
import { factColumns, factTypes } from './fact-row.ts';
import type { RangeDecision, RefusedRow, Segment } from './range-decision.ts';

/** A row of `events` with its accept number and time. */
export type FactRow = { seq: number; acceptedAtMs: number; values: unknown[] };

export type RefusalLimits = {
  /** More rows of one range than this are not refused for what they are. */
  maxRefused: number;
  /** Nor is more than half of a range that has more rows than this. */
  smallRange: number;
};

/** One range on its way into the store. `keep` is called whenever the decision grows by a split. */
export type RangeInsert = {
  facts: Pick<Facts, 'insert' | 'select'>;
  rows: readonly FactRow[];
  token: string;
  decision: RangeDecision;
  keep: () => Promise<void>;
  limits: RefusalLimits;
  now: () => number;
};

/** Inserts all rows of a range except those that the store refuses each by itself, and tells which those are. */
export async function insertRows(range: RangeInsert): Promise<RefusedRow[]> {
  const refused: RefusedRow[] = [];
  await insertSegment(range, { from: 0, to: range.rows.length }, refused);
  return refused;
}

/**
 * A segment that is refused is split for good before its halves are tried, because each half has a token of its own:
 * whoever comes after a crash has to repeat whatever was inserted under the token it went in with.
 */
async function insertSegment(range: RangeInsert, segment: Segment, refused: RefusedRow[]): Promise<void> {
  const rows = range.rows.slice(segment.from, segment.to).filter(({ seq }) => !range.decision.refused.has(seq));
  const [first] = rows;
  if (first === undefined) return;
  if (isSplit(range.decision, segment)) return insertHalves(range, segment, refused);
  const fault = await tryRows(range, segment, rows);
  if (fault === null) return;
  if (segment.to - segment.from > 1) {
    range.decision.splits.push(segment);
    await range.keep();
    return insertHalves(range, segment, refused);
  }
  refused.push({ seq: first.seq, ...fault, attempts: 1, diedAtMs: range.now() });
  checkLimits(range, refused, fault.code);
}

async function insertHalves(range: RangeInsert, { from, to }: Segment, refused: RefusedRow[]): Promise<void> {
  const middle = Math.ceil((from + to) / 2);
  await insertSegment(range, { from, to: middle }, refused);
  await insertSegment(range, { from: middle, to }, refused);
}

function isSplit({ splits }: RangeDecision, { from, to }: Segment): boolean {
  return splits.some((split) => split.from === from && split.to === to);
}

/** Null when the rows are in; the fault when they are to blame; anything else is thrown, and tried again later. */
async function tryRows(range: RangeInsert, segment: Segment, rows: readonly FactRow[]): Promise<RowFault | null> {
  const { facts, token } = range;
  const isWhole = segment.from === 0 && segment.to === range.rows.length;
  const ownToken = isWhole ? token : `${token}#${segment.from}-${segment.to}`;
  try {
    await facts.insert({ table: 'events', columns: factColumns, types: factTypes, token: ownToken }, values(rows));
    return null;
  } catch (fault) {
    const rowFault = findFactsRowFault(fault);
    if (rowFault === null) throw fault;
    await checkNoneHeld(facts, rows, fault);
    return rowFault;
  }
}

function values(rows: readonly FactRow[]): unknown[][] {
  return rows.map((row) => row.values);
}

/** A table that holds rows of a refused insert has taken them, and something fed by it has failed: that can be mended. */
async function checkNoneHeld(facts: Pick<Facts, 'select'>, rows: readonly FactRow[], cause: unknown): Promise<void> {
  const [counted] = await facts.select(countFactsStatement, {
    firstSeq: rows[0]?.seq ?? 0,
    lastSeq: rows.at(-1)?.seq ?? 0,
  });
  if ((counted?.held ?? 0) > 0) throw new Error('events took the rows, what is fed by it did not', { cause });
}

function checkLimits({ rows, limits }: RangeInsert, refused: readonly RefusedRow[], code: string): void {
  const isMost = rows.length > limits.smallRange && refused.length > rows.length / 2;
  if (refused.length <= limits.maxRefused && !isMost) return;
  throw new Error(
    `the facts refuse ${refused.length} of ${rows.length} rows one by one; that is taken for a fault of the store, not of the rows. The last: ${code}`,
  );
}
