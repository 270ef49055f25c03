import { isRetryableError, Neo4jError } from 'neo4j-driver';
import { isGraphQueryTooLarge } from './graph-query-too-large.ts';

/** Whether the database could not be reached or asked to be asked again. */
export function isGraphUnavailable(fault: unknown): boolean {
  // The driver takes a transaction that outgrew its memory for one that could be tried again.
  if (isGraphQueryTooLarge(fault)) return false;
  return fault instanceof Neo4jError && (fault.code === 'ServiceUnavailable' || isRetryableError(fault));
}
