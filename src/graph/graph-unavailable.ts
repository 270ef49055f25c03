import { isRetryableError, Neo4jError } from 'neo4j-driver';

/** Whether the database could not be reached or asked to be asked again. */
export function isGraphUnavailable(fault: unknown): boolean {
  return fault instanceof Neo4jError && (fault.code === 'ServiceUnavailable' || isRetryableError(fault));
}
