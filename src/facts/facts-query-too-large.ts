import { ClickHouseError } from '@clickhouse/client';

// TIMEOUT_EXCEEDED, and TOO_SLOW: the engine foresees that the time will not be enough.
const timeoutCodes = new Set(['159', '160']);
const memoryCode = '241';
// The memory of the whole server has the same code: whoever finds none may well find some a moment later.
const wholeServer = '(total)';

/** Whether the database ended a query because it took too long or too much memory: asking it again would end the same way. */
export function isFactsQueryTooLarge(fault: unknown): boolean {
  if (!(fault instanceof ClickHouseError)) return false;
  if (timeoutCodes.has(fault.code)) return true;
  return fault.code === memoryCode && !fault.message.includes(wholeServer);
}
