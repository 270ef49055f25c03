import { recordRepairs } from '../runs/record-run.ts';
import { label, type Repair } from '../runs/report.ts';
import type { BasePart, DoubledNumber, Stretch } from './repairs.ts';
import { mayRepair, type PassDeps, type Run } from './run-context.ts';

/** Said of a number that nothing can bring back. */
export const lostForGood = 'lost in the facts, and the log no longer holds it';

const plain = { detail: '', graphBefore: '', factsBefore: '', graphAfter: '', factsAfter: '' };

/** The facts against themselves: every accept number of a stretch is there once, or is put right from the log. */
export async function repairNumbers(deps: PassDeps, run: Run, stretch: Stretch): Promise<void> {
  if (stretch.toSeq < stretch.fromSeq) return;
  const { missing, doubled } = await deps.repairs.checkNumbers(stretch);
  run.report.lookedAt += stretch.toSeq - stretch.fromSeq + 1;
  run.report.differing += missing.length + doubled.length;
  if (missing.length > 0) await restoreNumbers(deps, run, missing);
  if (doubled.length > 0 && run.report.stopped === '') await undouble(deps, run, doubled);
}

/** Events that the facts have lost. */
export async function restoreNumbers(deps: PassDeps, run: Run, missing: readonly number[]): Promise<void> {
  await fromLog(deps, run, { seqs: missing, kind: 'facts_missing' }, (seqs) => deps.repairs.restoreNumbers(seqs));
}

/** Events of which the facts say something else than the log. */
export async function rewriteNumbers(deps: PassDeps, run: Run, wrong: readonly number[]): Promise<void> {
  await fromLog(deps, run, { seqs: wrong, kind: 'facts_wrong' }, (seqs) => deps.repairs.rewriteNumbers(seqs));
}

type Wanted = { seqs: readonly number[]; kind: string };
type Mended = { restored: number[]; lost: number[] };

async function fromLog(
  deps: PassDeps,
  run: Run,
  { seqs, kind }: Wanted,
  mend: (seqs: readonly number[]) => Promise<Mended>,
): Promise<void> {
  const { report } = run;
  const said = (seq: number): Repair => {
    return { ...plain, kind, target: 'events', source: 'log', subject: String(seq), repairedAtMs: deps.now() };
  };
  if (!(await mayRepair(deps, run, seqs.map(numberSubject)))) {
    if (report.dryRun) await recordRepairs(deps, report, seqs.map(said));
    return;
  }
  const { restored, lost } = await mend(seqs);
  report.repaired += restored.length;
  for (const seq of lost) label(report, `accept number ${seq}`, lostForGood);
  await recordRepairs(deps, report, restored.map(said));
}

/** Rows that say the same are one too many; where they contradict each other, the log decides which one stays. */
async function undouble(deps: PassDeps, run: Run, doubled: readonly DoubledNumber[]): Promise<void> {
  const { report } = run;
  const said = ({ acceptSeq, events, outcomes, variants }: DoubledNumber): Repair => ({
    ...plain,
    kind: variants > 1 ? 'facts_contradicting' : 'facts_doubled',
    target: events > 1 ? 'events' : 'outcomes',
    source: variants > 1 ? 'log' : 'facts',
    subject: String(acceptSeq),
    detail: `${events} events, ${outcomes} outcomes`,
    repairedAtMs: deps.now(),
  });
  for (const row of doubled) {
    if (isBoth(row)) label(report, `accept number ${row.acceptSeq}`, 'both an event and a late repeat');
  }
  const repairable = doubled.filter((row) => !isBoth(row));
  const subjects = repairable.map(({ acceptSeq }) => numberSubject(acceptSeq));
  if (!(await mayRepair(deps, run, subjects))) {
    if (report.dryRun) await recordRepairs(deps, report, repairable.map(said));
    return;
  }
  for (const part of partsOf(repairable)) {
    const undecided = await deps.repairs.rebuildBase(part);
    for (const seq of undecided)
      label(report, `accept number ${seq}`, 'its rows contradict each other, and nothing decides');
    if (undecided.length > 0) continue;
    const done = repairable.filter((row) =>
      row.events > 1 ? row.partitions.includes(part.partition) : part.table === 'outcomes',
    );
    report.repaired += done.length;
    await recordRepairs(deps, report, done.map(said));
  }
}

function isBoth({ events, outcomes }: DoubledNumber): boolean {
  return events > 0 && outcomes > 0;
}

function partsOf(doubled: readonly DoubledNumber[]): BasePart[] {
  const parts = new Map<string, BasePart>();
  for (const { acceptSeq, events, variants, identities, partitions } of doubled) {
    const table = events > 1 ? ('events' as const) : ('outcomes' as const);
    for (const partition of table === 'events' ? partitions : ['all']) {
      const part = parts.get(`${table} ${partition}`) ?? { table, partition, fromLog: [], sameEvent: [] };
      parts.set(`${table} ${partition}`, part);
      if (variants > 1) part.fromLog.push(acceptSeq);
      if (variants > 1 && identities === 1) part.sameEvent.push(acceptSeq);
    }
  }
  return [...parts.values()];
}

/** Numbers and cascades count together; a number is nobody's id. */
function numberSubject(seq: number): string {
  return `\u0000${seq}`;
}
