import { types } from 'node:util';

const secretKey =
  /^(.*(authorization|password|passwd|secret|cookie|credential|api[-_]?key).*|(.*[-_])?tokens?|.*Token)$/i;
const userInAddress = /(\w+:\/\/[^\s:/@]*):[^\s@/]+@/g;
const hidden = '[redacted]';
const maxDepth = 6;

/** A copy of what is logged without the values of keys that hold secrets, and without passwords inside addresses. */
export function redact(fields: Record<string, unknown>): Record<string, unknown> {
  return redactFields(Object.entries(fields), 0);
}

function redactFields(entries: Array<[string, unknown]>, depth: number): Record<string, unknown> {
  return Object.fromEntries(
    entries.map(([key, value]) => [key, secretKey.test(key) ? hidden : redactValue(value, depth + 1)]),
  );
}

function redactValue(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return value.replace(userInAddress, '$1:[redacted]@');
  if (typeof value !== 'object' || value === null) return value;
  if (depth > maxDepth) return '[deeper]';
  if (types.isNativeError(value)) return redactFields(errorFields(value), depth);
  if (types.isDate(value)) return value;
  if (Array.isArray(value)) return value.map((item) => redactValue(item, depth + 1));
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  return redactFields(Object.entries(value), depth);
}

// An error's own name, message, stack and cause are not enumerable.
function errorFields(fault: Error): Array<[string, unknown]> {
  const cause: Array<[string, unknown]> = fault.cause === undefined ? [] : [['cause', fault.cause]];
  const own = Object.entries(fault).filter(([key]) => key !== 'cause');
  return [['type', fault.name], ['message', fault.message], ['stack', fault.stack], ...own, ...cause];
}
