import { isFactsQueryTooLarge } from '../facts/facts-query-too-large.ts';
import { isFactsUnavailable } from '../facts/facts-unavailable.ts';
import { isGraphQueryTooLarge } from '../graph/graph-query-too-large.ts';
import { isGraphUnavailable } from '../graph/graph-unavailable.ts';
import { type ProblemError, problem, storeUnavailable } from '../http/problem.ts';
import { LogUnavailable } from '../log/redis/log-unavailable.ts';
import { QueryTooLarge } from '../query/query-too-large.ts';

/** A store that does not answer is a 503 that names it, a question beyond its limits a 422; everything else is our own fault. */
export function faultToProblem(fault: unknown): ProblemError | undefined {
  if (fault instanceof QueryTooLarge) return queryTooLarge({ detail: fault.message });
  if (isGraphQueryTooLarge(fault)) return queryTooLarge({ store: 'neo4j', cause: fault });
  if (isFactsQueryTooLarge(fault)) return queryTooLarge({ store: 'clickhouse', cause: fault });
  if (isGraphUnavailable(fault)) return storeUnavailable('neo4j', fault);
  if (isFactsUnavailable(fault)) return storeUnavailable('clickhouse', fault);
  if (fault instanceof LogUnavailable) return storeUnavailable('redis', fault);
  return undefined;
}

const suggestion =
  'Ask for less: fewer hops, a smaller limit, a shorter time or a part of the cascade; the whole of it is in its export.';

/** No `Retry-After`: the same question would be ended the same way. */
function queryTooLarge({ detail, store, cause }: { detail?: string; store?: string; cause?: unknown }): ProblemError {
  const ended = `The ${store} store ended this read, because it took more time or memory than one read may.`;
  const members = store === undefined ? { suggestion } : { store, suggestion };
  return problem(422, 'query_too_large', detail ?? ended, { members, cause });
}
