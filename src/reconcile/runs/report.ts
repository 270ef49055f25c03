import { randomUUID } from 'node:crypto';

/** Something that is not as it should be, and what was or would be done about it. */
export type Repair = {
  kind: string;
  target: 'graph' | 'events' | 'outcomes' | 'event_ids' | 'shares' | 'lineage';
  source: 'log' | 'facts' | 'graph';
  subject: string;
  detail: string;
  graphBefore: string;
  factsBefore: string;
  graphAfter: string;
  factsAfter: string;
  repairedAtMs: number;
};

/** `stopped`: why a run ended before it had repaired everything, empty where it did not. */
export type Report = {
  runId: string;
  level: string;
  dryRun: boolean;
  startedAtMs: number;
  endedAtMs: number;
  lookedAt: number;
  differing: number;
  repaired: number;
  stopped: string;
  repairs: Repair[];
  /** What cannot be repaired, or waits for something else: each with a reason. */
  labelled: Array<{ subject: string; reason: string }>;
};

export function newReport(level: string, dryRun: boolean, startedAtMs: number): Report {
  return {
    runId: randomUUID(),
    level,
    dryRun,
    startedAtMs,
    endedAtMs: startedAtMs,
    lookedAt: 0,
    differing: 0,
    repaired: 0,
    stopped: '',
    repairs: [],
    labelled: [],
  };
}

export function label(report: Report, subject: string, reason: string): void {
  if (!report.labelled.some((known) => known.subject === subject && known.reason === reason)) {
    report.labelled.push({ subject, reason });
  }
}

/** Whether everything that was looked at agrees, what a dead letter explains included. */
export function allAgree({ differing, stopped, labelled }: Report): boolean {
  return differing === 0 && stopped === '' && labelled.every(({ reason }) => reason === waitingLetter);
}

export const waitingLetter = 'a dead letter waits';
