import { Counter, Gauge, type Registry } from 'prom-client';

export type MeasuringSeen = { measured: number; unmeasured: number };

/** How far the job that measures cascades has come. */
export function measuringMetrics(registry: Registry): { sawMeasuring(seen: MeasuringSeen): void } {
  const measured = new Counter({
    name: 'sharetrail_cascades_measured_total',
    help: 'Cascades measured, each again when it had grown.',
    registers: [registry],
  });
  const unmeasured = new Gauge({
    name: 'sharetrail_cascades_unmeasured',
    help: 'Cascades that were never measured yet.',
    registers: [registry],
  });
  return {
    sawMeasuring: (seen) => {
      measured.inc(seen.measured);
      unmeasured.set(seen.unmeasured);
    },
  };
}
