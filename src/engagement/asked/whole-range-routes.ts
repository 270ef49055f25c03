import type { MountedRoute } from '../../http/route.ts';
import { epochMs } from '../../query/times.ts';
import { factsExpired } from '../engagement-problems.ts';
import type { WholeFrom } from './open-whole-from.ts';

/** Routes that count single events are not asked about a time of which some have expired: the answer would be too small. */
export function ofWholeRanges(wholeFrom: WholeFrom, routes: readonly MountedRoute[]): MountedRoute[] {
  return routes.map((route) => ({
    ...route,
    handle: async (request) => {
      const from = new URLSearchParams(request.search).get('from') ?? undefined;
      // What is no time at all is told by the route itself.
      const fromMs = from === undefined || Number.isNaN(Date.parse(from)) ? undefined : epochMs(from);
      const wholeFromMs = fromMs === undefined ? 0 : await wholeFrom();
      if (fromMs !== undefined && fromMs < wholeFromMs) throw factsExpired(wholeFromMs);
      return route.handle(request);
    },
  }));
}
