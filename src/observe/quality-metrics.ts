import { Counter, type Registry } from 'prom-client';

export type QualityMetrics = {
  countRejected(item: { eventName: string; code: string }, count: number): void;
  countQuality(item: { eventName: string; counter: string }, count: number): void;
};

/** What is wrong with events that come in. Names and codes are closed lists, so the numbers are bounded. */
export function qualityMetrics(registry: Registry): QualityMetrics {
  const rejected = new Counter({
    name: 'sharetrail_rejected_items_total',
    help: 'Items that were refused, by the name of the event and the first problem.',
    labelNames: ['event_name', 'code'],
    registers: [registry],
  });
  const timed = new Counter({
    name: 'sharetrail_doubtful_times_total',
    help: 'Accepted items whose time was corrected, and by how much, or that came late. One that came very late counts in each bound it passed.',
    labelNames: ['event_name', 'kind'],
    registers: [registry],
  });
  return {
    countRejected: ({ eventName, code }, count) => rejected.inc({ event_name: eventName, code }, count),
    countQuality: ({ eventName, counter }, count) => timed.inc({ event_name: eventName, kind: counter }, count),
  };
}
