import { isFactsUnavailable } from '../facts/facts-unavailable.ts';
import { isGraphUnavailable } from '../graph/graph-unavailable.ts';
import { type ProblemError, storeUnavailable } from '../http/problem.ts';
import { LogUnavailable } from '../log/redis/log-unavailable.ts';

/** A store that does not answer is a 503 that names it; everything else is our own fault. */
export function faultToProblem(fault: unknown): ProblemError | undefined {
  if (isGraphUnavailable(fault)) return storeUnavailable('neo4j', fault);
  if (isFactsUnavailable(fault)) return storeUnavailable('clickhouse', fault);
  if (fault instanceof LogUnavailable) return storeUnavailable('redis', fault);
  return undefined;
}
