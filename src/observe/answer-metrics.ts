import { Counter, Gauge, type Registry } from 'prom-client';

export type AnswerMetrics = {
  sawRecall(recalled: string): void;
  sawKeep(kept: { bytes: number; evicted: number }): void;
};

/** How far answers are given from memory, and how full that is. */
export function answerMetrics(registry: Registry): AnswerMetrics {
  const recalled = new Counter({
    name: 'sharetrail_remembered_answers_total',
    help: 'Answers of routes that remember: hit from memory, shared with another request, or a miss.',
    labelNames: ['outcome'],
    registers: [registry],
  });
  const bytes = new Gauge({
    name: 'sharetrail_remembered_bytes',
    help: 'Memory that remembered answers take.',
    registers: [registry],
  });
  const evicted = new Counter({
    name: 'sharetrail_remembered_evictions_total',
    help: 'Remembered answers that were given up for room.',
    registers: [registry],
  });
  return {
    sawRecall: (outcome) => recalled.inc({ outcome }),
    sawKeep: (kept) => {
      bytes.set(kept.bytes);
      evicted.inc(kept.evicted);
    },
  };
}
