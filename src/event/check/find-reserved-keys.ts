import { reservedKeys } from '../fields/flat-map.ts';
import type { Problem } from '../problem.ts';
import { toPointer } from './pointer.ts';

type Place = { value: unknown; path: readonly PropertyKey[] };

/** Zod passes over a key named `__proto__` in a map, so such keys are looked for first, at any depth. */
export function findReservedKeys(root: object): Problem[] {
  const found: Problem[] = [];
  const open: Place[] = [{ value: root, path: [] }];
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    const { value, path } = place;
    if (typeof value !== 'object' || value === null) continue;
    for (const [key, inner] of Object.entries(value)) {
      const at = [...path, key];
      if (reservedKeys.has(key))
        found.push({ code: 'unknown_field', pointer: toPointer(at), detail: 'is not a field' });
      else open.push({ value: inner, path: at });
    }
  }
  return found;
}
