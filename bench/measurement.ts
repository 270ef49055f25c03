/** What one entry measured: ours and the baseline in turn, round by round, and whether both did the same work. */
export type Measurement = {
  name: string;
  unit: string;
  oursPerSecond: number[];
  baselinePerSecond: number[];
  equal: boolean;
  /** What the ratio should reach. */
  bar: number;
};

export type BenchEntry = { name: string; measure: (rounds: number) => Promise<Measurement[]> };

export type Summary = {
  name: string;
  ours: number;
  baseline: number;
  ratio: number;
  ratioLowest: number;
  ratioHighest: number;
  rounds: number;
  unit: string;
  equal: boolean;
  bar: number;
};

/** The ratio is taken round by round, so that a machine that slows down slows both. */
export function summarize(measurement: Measurement): Summary {
  const ratios = measurement.oursPerSecond.map(
    (ours, round) => ours / (measurement.baselinePerSecond[round] ?? Number.NaN),
  );
  return {
    name: measurement.name,
    ours: Math.round(median(measurement.oursPerSecond)),
    baseline: Math.round(median(measurement.baselinePerSecond)),
    ratio: round(median(ratios)),
    ratioLowest: round(Math.min(...ratios)),
    ratioHighest: round(Math.max(...ratios)),
    rounds: ratios.length,
    unit: measurement.unit,
    equal: measurement.equal,
    bar: measurement.bar,
  };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
