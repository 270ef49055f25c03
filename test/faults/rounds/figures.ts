import type { Attempt } from '../load/send-load.ts';

type Span = { fromMs: number; toMs: number };

/** What a run measured; printed at its end. */
export type Figures = {
  kills: Map<string, number>;
  agreedMs: number[];
  takeoverMs: number[];
  redisDown: Span[];
  attempts: Attempt[];
  startFailures: string[];
};

export function newFigures(): Figures {
  return { kills: new Map(), agreedMs: [], takeoverMs: [], redisDown: [], attempts: [], startFailures: [] };
}

export function countKill({ kills }: Figures, component: string): void {
  kills.set(component, (kills.get(component) ?? 0) + 1);
}

export function totalKills({ kills }: Figures): number {
  return [...kills.values()].reduce((sum, count) => sum + count, 0);
}

/** The value below which the share `q` of all lies, by the nearest rank; null of none. */
export function quantile(values: readonly number[], q: number): number | null {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? null;
}

/** How long clients waited for a 503 that they asked for while Redis was away. */
export function refusalsWhileRedisDown({ attempts, redisDown }: Figures): number[] {
  const isDown = (atMs: number) => redisDown.some(({ fromMs, toMs }) => atMs >= fromMs && atMs < toMs);
  return attempts.filter(({ status, atMs }) => status === 503 && isDown(atMs)).map(({ durationMs }) => durationMs);
}

export function describeFigures(figures: Figures): string[] {
  const { kills, agreedMs, takeoverMs, attempts, startFailures } = figures;
  const killed = [...kills].toSorted(([left], [right]) => (left < right ? -1 : 1));
  return [
    `kills               ${totalKills(figures)} (${killed.map(([name, count]) => `${name} ${count}`).join(', ')})`,
    `drift 0 after       ${spread(agreedMs)} over ${agreedMs.length} rounds`,
    `takeover            ${spread(takeoverMs)} of ${takeoverMs.length}`,
    `503, Redis down     ${spread(refusalsWhileRedisDown(figures))} of ${refusalsWhileRedisDown(figures).length}`,
    `answers by status   ${describeStatuses(attempts)}`,
    `ended by itself     ${startFailures.length}${startFailures.length > 0 ? `: ${startFailures.slice(0, 5).join('; ')}` : ''}`,
  ];
}

function spread(values: readonly number[]): string {
  return values.length === 0 ? 'not measured' : `p50 ${quantile(values, 0.5)} ms, p99 ${quantile(values, 0.99)} ms`;
}

function describeStatuses(attempts: readonly Attempt[]): string {
  const counts = new Map<string, number>();
  for (const { status } of attempts) {
    const name = status === null ? 'none' : String(status);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].map(([status, count]) => `${status} ${count}`).join(', ');
}
