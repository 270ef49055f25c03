import { digestContent, type History, type Variant } from '../load/history.ts';
import { type AskStores, numberOf, type Row, textOf } from './ask-stores.ts';
import type { AcceptedEvent } from './model.ts';

export type FactsJudged = {
  faults: string[];
  accepted: AcceptedEvent[];
  stored: number;
  lost: number;
  doubled: number;
  invented: number;
  late: number;
  deadLettered: number;
};

const readEvents = `SELECT accept_seq, event_id, event_name, account_id, toUnixTimestamp64Milli(timestamp) AS at, data
  FROM events ORDER BY accept_seq`;

/** I1, I3, I4, I5: what was acknowledged is there once, with its own content; nothing else is. Accept numbers have no gap. */
export async function checkFacts(ask: AskStores, history: History, lastSeq: number): Promise<FactsJudged> {
  const faults: string[] = [];
  const rows = await ask.facts(readEvents);
  const outcomes = await ask.facts('SELECT accept_seq, event_id, status FROM outcomes');
  const letters = await ask.facts(
    `SELECT accept_seq, argMax(event_id, changed_at) AS event_id FROM dead_letters GROUP BY accept_seq, stage
     HAVING stage = 'facts' AND argMax(state, changed_at) = 'waiting'`,
  );
  const seen = new Map<string, Variant>();
  const accepted: AcceptedEvent[] = [];
  let [doubled, invented] = [0, 0];
  for (const row of rows) {
    const id = textOf(row['event_id']);
    const variant = findVariant(history, row);
    if (variant === undefined || !variant.isValid || !(variant.acked || variant.maybe)) {
      invented += 1;
      faults.push(`${id} is stored with a content that nobody was told is: ${JSON.stringify(row).slice(0, 300)}`);
    } else accepted.push({ seq: numberOf(row['accept_seq']), event: variant.event });
    if (seen.has(id)) {
      doubled += 1;
      faults.push(`${id} is stored more than once`);
    }
    if (variant !== undefined) seen.set(id, variant);
  }
  const lost = findLost(history, seen, letters, faults);
  faults.push(...findGaps([rows, outcomes, letters], lastSeq));
  const counts = { stored: rows.length, late: outcomes.length, deadLettered: letters.length };
  return { faults, accepted, lost, doubled, invented, ...counts };
}

function findVariant(history: History, row: Row): Variant | undefined {
  const { event_name: name, account_id: account, at, data } = row;
  const content = digestContent(textOf(name), textOf(account), numberOf(at), JSON.parse(textOf(data)));
  return history.variants.get(textOf(row['event_id']))?.find((variant) => variant.content === content);
}

function findLost(
  history: History,
  seen: ReadonlyMap<string, Variant>,
  letters: readonly Row[],
  faults: string[],
): number {
  const waiting = new Set(letters.map((row) => textOf(row['event_id'])));
  let lost = 0;
  for (const [id, variants] of history.variants) {
    const acked = variants.filter((variant) => variant.acked);
    const stored = seen.get(id);
    if (acked.length === 0 || waiting.has(id)) continue;
    if (stored === undefined) {
      lost += 1;
      faults.push(`${id} was acknowledged and is not stored`);
    } else if (!acked.includes(stored)) faults.push(`${id} is stored with another content than was acknowledged`);
  }
  return lost;
}

/** Every accept number given is exactly one of: a fact, a late repeat, a waiting letter. */
function findGaps(kinds: readonly (readonly Row[])[], lastSeq: number): string[] {
  const faults: string[] = [];
  const taken = new Uint8Array(lastSeq + 1);
  for (const row of kinds.flat()) {
    const seq = numberOf(row['accept_seq']);
    if (seq < 1 || seq > lastSeq) faults.push(`accept number ${seq} was never given (the last is ${lastSeq})`);
    else if (taken[seq] === 1) faults.push(`accept number ${seq} stands for two rows`);
    else taken[seq] = 1;
  }
  let missing = 0;
  for (let seq = 1; seq <= lastSeq; seq += 1) {
    if (taken[seq] === 1) continue;
    missing += 1;
    if (missing <= 5) faults.push(`accept number ${seq} is nowhere in the facts`);
  }
  if (missing > 5) faults.push(`${missing} accept numbers are nowhere in the facts`);
  return faults;
}
