import { Neo4jError } from 'neo4j-driver';

const timeoutCodes = new Set([
  'Neo.ClientError.Transaction.TransactionTimedOut',
  'Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration',
]);
const memoryCodes = new Set([
  'Neo.TransientError.General.MemoryPoolOutOfMemoryError',
  'Neo.TransientError.General.TransactionOutOfMemoryError',
]);
// The pool that all transactions share has the same code: whoever finds it empty may well find room a moment later.
const sharedPool = 'dbms.memory.transaction.total.max';

/** Whether the database ended a query because it took too long or too much memory: asking it again would end the same way. */
export function isGraphQueryTooLarge(fault: unknown): boolean {
  if (!(fault instanceof Neo4jError)) return false;
  if (timeoutCodes.has(fault.code)) return true;
  return memoryCodes.has(fault.code) && !fault.message.includes(sharedPool);
}
