import { ClickHouseError } from '@clickhouse/client';
import { RowRefused } from './native/row-refused.ts';

/** Why rows were refused: the store's name for it, and what it said. */
export type RowFault = { code: string; reason: string };

// What the values of a row can cause, by number in ErrorCodes.cpp of ClickHouse. Anything about tables, memory, disks,
// connections or too many parts is not here: the same rows may go in later.
const rowCodes: Readonly<Record<string, string>> = {
  6: 'CANNOT_PARSE_TEXT',
  7: 'INCORRECT_NUMBER_OF_COLUMNS',
  25: 'CANNOT_PARSE_ESCAPE_SEQUENCE',
  26: 'CANNOT_PARSE_QUOTED_STRING',
  27: 'CANNOT_PARSE_INPUT_ASSERTION_FAILED',
  38: 'CANNOT_PARSE_DATE',
  41: 'CANNOT_PARSE_DATETIME',
  53: 'TYPE_MISMATCH',
  69: 'ARGUMENT_OUT_OF_BOUND',
  70: 'CANNOT_CONVERT_TYPE',
  72: 'CANNOT_PARSE_NUMBER',
  117: 'INCORRECT_DATA',
  128: 'TOO_LARGE_ARRAY_SIZE',
  130: 'CANNOT_READ_ARRAY_FROM_TEXT',
  131: 'TOO_LARGE_STRING_SIZE',
  321: 'VALUE_IS_OUT_OF_RANGE_OF_DATA_TYPE',
  349: 'CANNOT_INSERT_NULL_IN_ORDINARY_COLUMN',
  376: 'CANNOT_PARSE_UUID',
  395: 'FUNCTION_THROW_IF_VALUE_IS_NON_ZERO',
  407: 'DECIMAL_OVERFLOW',
  441: 'CANNOT_PARSE_DOMAIN_VALUE_FROM_STRING',
  467: 'CANNOT_PARSE_BOOL',
  469: 'VIOLATED_CONSTRAINT',
  563: 'CANNOT_READ_MAP_FROM_TEXT',
  632: 'UNEXPECTED_DATA_AFTER_PARSED_VALUE',
  675: 'CANNOT_PARSE_IPV4',
  676: 'CANNOT_PARSE_IPV6',
  691: 'UNKNOWN_ELEMENT_OF_ENUM',
  // A body over the limit of the server: half of it may be under.
  1402: 'REQUEST_TOO_LARGE',
};

/**
 * What the rows themselves did wrong, so that trying them again cannot help; null for everything that may pass.
 * A view that refuses rows which the table has taken is the view's fault, and can be mended.
 */
export function findFactsRowFault(fault: unknown): RowFault | null {
  if (fault instanceof RowRefused) return { code: 'VALUE_IS_OUT_OF_RANGE_OF_DATA_TYPE', reason: fault.message };
  if (!(fault instanceof ClickHouseError)) return null;
  const code = rowCodes[fault.code];
  if (code === undefined || fault.message.includes('while pushing to view')) return null;
  return { code, reason: fault.message };
}
