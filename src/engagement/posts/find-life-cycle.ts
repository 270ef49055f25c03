type Phase = { phase: 'growth' | 'peak' | 'decay'; from: number; to: number };
export type LifeCycle = { peak: number; phases: Phase[]; halfLife: number };

const reach = 1;

/** The mean of each step and its neighbours, so that one odd step makes no peak; at the ends of fewer. */
function smooth(values: readonly number[]): number[] {
  return values.map((_, at) => {
    const around = values.slice(Math.max(0, at - reach), at + reach + 1);
    return around.reduce((sum, value) => sum + value, 0) / around.length;
  });
}

/**
 * Growth until the peak of the smoothed rate, peak while it stays at half of that or more, decay from there on; phases
 * of no step are left out. The half-life ends with the step in which half of all from the peak on is reached. Places
 * are those of the steps. Null where nothing ever happened.
 */
export function findLifeCycle(engagements: readonly number[]): LifeCycle | null {
  const rates = smooth(engagements);
  const greatest = Math.max(0, ...rates);
  if (greatest === 0) return null;
  const peak = rates.indexOf(greatest);
  const fallen = rates.findIndex((rate, at) => at > peak && rate < greatest / 2);
  const decay = fallen === -1 ? rates.length : fallen;
  const phases: Phase[] = [
    { phase: 'growth', from: 0, to: peak },
    { phase: 'peak', from: peak, to: decay },
    { phase: 'decay', from: decay, to: rates.length },
  ];
  return { peak, phases: phases.filter(({ from, to }) => to > from), halfLife: halfOf(engagements, peak) };
}

/** The place after the step in which half of all from a place on is reached. */
function halfOf(engagements: readonly number[], from: number): number {
  const half = engagements.slice(from).reduce((sum, value) => sum + value, 0) / 2;
  let sum = 0;
  let at = from;
  while (at < engagements.length && sum < half) {
    sum += engagements[at] ?? 0;
    at += 1;
  }
  return at;
}
