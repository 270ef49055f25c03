import { z } from 'zod';
import { withLeaf } from './leaf.ts';
import { line } from './text-fields.ts';
import { isRightText, type TextRule } from './text-rule.ts';

const maxEntries = 32;
const maxValue = 500;
const keyPattern = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}$/;
const valueRule: TextRule = { kind: 'line', min: 0, max: maxValue };

/** Names that mean something to JavaScript itself and are data to nobody. */
export const reservedKeys: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** A flat map of short texts for what no field is made for: at most 32 entries. */
export const flatMap = withLeaf(
  z
    .record(z.string(), line(maxValue))
    .superRefine((map, context) => {
      const keys = Object.keys(map);
      if (keys.length > maxEntries) {
        const message = `must have at most ${maxEntries} entries`;
        context.addIssue({ code: 'custom', message, params: { code: 'too_many' } });
      }
      const wrong = keys.find((key) => !isRightKey(key));
      if (wrong !== undefined) {
        const message = 'names in this map are 1 to 64 letters, digits, _ . -';
        context.addIssue({ code: 'custom', message, path: [wrong], params: { code: 'unknown_field' } });
      }
    })
    .meta({ maxProperties: maxEntries, propertyNames: { pattern: keyPattern.source } }),
  countEntries,
);

function countEntries(value: unknown): number {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return -1;
  const entries = Object.entries(value);
  if (entries.length > maxEntries) return -1;
  return entries.every(isRightEntry) ? entries.length : -1;
}

function isRightEntry([key, value]: [string, unknown]): boolean {
  return isRightKey(key) && typeof value === 'string' && isRightText(value, valueRule);
}

function isRightKey(key: string): boolean {
  return keyPattern.test(key) && !reservedKeys.has(key);
}
