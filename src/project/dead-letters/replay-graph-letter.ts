import { canonicalEvent } from '../../event/canonical-event.ts';
import type { Facts } from '../../facts/facts.ts';
import { findGraphRowFault, type RowFault } from '../../graph/find-row-fault.ts';
import type { Graph } from '../../graph/graph.ts';
import { replayChange } from '../graph/dead/replay-change.ts';
import { toGraphChange } from '../graph/to-graph-changes.ts';
import { parseAlone, toEvent } from '../read-accepted.ts';
import { type DeadLetter, shortReason, unreadableCode, unreadableReason } from './dead-letter.ts';
import type { Replayed } from './replayed.ts';
import { changeLetter } from './write-letters.ts';

type Deps = { graph: Graph; facts: Pick<Facts, 'insert'>; stream: string; now: () => number };

/** Takes a dead item into the graph once more. The graph comes first: what it has taken, it will not take twice. */
export async function replayGraphLetter(deps: Deps, letter: DeadLetter): Promise<Replayed> {
  if (letter.state === 'replayed') return { outcome: 'alreadyReplayed', reason: null };
  const attempts = letter.attempts + 1;
  const fault = await takeLetter(deps, letter);
  if (fault === null) {
    await changeLetter(deps, letter, { attempts, state: 'replayed' }, deps.now());
    return { outcome: 'replayed', reason: null };
  }
  const reason = shortReason(fault.reason);
  await changeLetter(deps, letter, { attempts, code: fault.code, reason }, deps.now());
  return { outcome: 'stillDead', reason };
}

async function takeLetter(deps: Deps, { seq, acceptedAtMs, timestampMs, raw }: DeadLetter): Promise<RowFault | null> {
  const event = toEvent(parseAlone(raw));
  if (event === null) return { code: unreadableCode, reason: unreadableReason };
  try {
    const change = toGraphChange(canonicalEvent(event, timestampMs), seq);
    await replayChange(deps, { acceptSeq: seq, acceptedAtMs, change });
    return null;
  } catch (fault) {
    const rowFault = findGraphRowFault(fault);
    if (rowFault === null) throw fault;
    return rowFault;
  }
}
