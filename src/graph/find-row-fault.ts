import { Neo4jError } from 'neo4j-driver';
import { ZodError } from 'zod';

/** Why values were refused: the store's name for it, and what it said. */
export type RowFault = { code: string; reason: string };

// What the values of a statement can cause. Whatever Neo4j calls transient, and all that concerns connections, rights,
// the cluster, memory or disks, is not here: the same values may go in later.
const rowCodes = new Set([
  'Neo.ClientError.Schema.ConstraintValidationFailed',
  'Neo.ClientError.Schema.ConstraintViolation',
  'Neo.ClientError.Statement.ArgumentError',
  'Neo.ClientError.Statement.ArithmeticError',
  'Neo.ClientError.Statement.TypeError',
]);

// Two faults of values go under codes that usually mean something else.
const rowTexts: ReadonlyArray<readonly [code: string, text: string]> = [
  ['Neo.DatabaseError.Statement.ExecutionFailed', 'Property value is too large to index'],
  ['Neo.ClientError.Statement.SemanticError', 'because of null property value'],
];

/** What the values themselves did wrong, so that trying them again cannot help; null for everything that may pass. */
export function findGraphRowFault(fault: unknown): RowFault | null {
  // A value that does not even have the shape of its statement never reached the store.
  if (fault instanceof ZodError) return { code: 'unfit_value', reason: fault.message };
  if (!(fault instanceof Neo4jError)) return null;
  const { code, message } = fault;
  const isRowText = rowTexts.some(([textCode, text]) => textCode === code && message.includes(text));
  return rowCodes.has(code) || isRowText ? { code, reason: message } : null;
}
