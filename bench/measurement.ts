/** What should be reached: so much of the baseline's rate, no more than so much of its time, or a number of its own. */
type Bar = { ratioAtLeast: number } | { ratioAtMost: number } | { oursAtMost: number };

/** What one entry measured: ours and the baseline in turn, round by round, and whether both did the same work. */
export type Measurement = {
  name: string;
  unit: string;
  ours: number[];
  baseline: number[];
  equal: boolean;
  bar: Bar;
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
  bar: string;
};

/** The ratio is taken round by round, so that a machine that slows down slows both. */
export function summarize(measurement: Measurement): Summary {
  const ratios = measurement.ours.map((ours, round) => ours / (measurement.baseline[round] ?? Number.NaN));
  return {
    name: measurement.name,
    ours: shorten(median(measurement.ours)),
    baseline: shorten(median(measurement.baseline)),
    ratio: round(median(ratios)),
    ratioLowest: round(Math.min(...ratios)),
    ratioHighest: round(Math.max(...ratios)),
    rounds: ratios.length,
    unit: measurement.unit,
    equal: measurement.equal,
    bar: barText(measurement.bar),
  };
}

function barText(bar: Bar): string {
  if ('oursAtMost' in bar) return `ours <= ${bar.oursAtMost}`;
  return 'ratioAtMost' in bar ? `<= ${bar.ratioAtMost}` : `>= ${bar.ratioAtLeast}`;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** Whole numbers where they are large, two digits behind the point where they are not. */
function shorten(value: number): number {
  return value >= 100 ? Math.round(value) : Math.round(value * 100) / 100;
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
