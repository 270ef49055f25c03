import { ClickHouseError } from '@clickhouse/client';

const connectionCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENOTFOUND']);
// Too many simultaneous queries, and a server that is shutting down.
const busyCodes = new Set(['202', '236']);

/** Whether the database could not be reached, did not answer in time or has no room for one more query. */
export function isFactsUnavailable(fault: unknown): boolean {
  if (fault instanceof ClickHouseError) return busyCodes.has(fault.code);
  if (!(fault instanceof Error)) return false;
  if ('code' in fault && typeof fault.code === 'string' && connectionCodes.has(fault.code)) return true;
  return fault.message === 'Timeout error.' || fault.message === 'socket hang up';
}
