import { follow } from './show-schema.js';

const deepest = 5;
const byFormat = { 'date-time': '2026-01-31T09:41:00.000Z', date: '2026-01-31', uri: 'https://example.org/' };

/** A value that fits a schema, for a reader to see its shape. */
export function makeExample(schema, components, depth = 0) {
  const { value } = follow(schema, components);
  if (value.example !== undefined) return value.example;
  if (value.examples?.[0] !== undefined) return value.examples[0];
  if (value.default !== undefined) return value.default;
  if (value.const !== undefined) return value.const;
  if (value.enum !== undefined) return value.enum[0];
  const choice = (value.oneOf ?? value.anyOf)?.[0];
  if (choice !== undefined) return makeExample(choice, components, depth);
  return exampleOfType(value, components, depth);
}

function exampleOfType(value, components, depth) {
  switch (value.type) {
    case 'object':
      return depth > deepest ? {} : exampleObject(value, components, depth);
    case 'array':
      return depth > deepest || value.items === undefined ? [] : [makeExample(value.items, components, depth + 1)];
    case 'integer':
    case 'number':
      return Math.max(value.minimum ?? 0, 0);
    case 'boolean':
      return true;
    case 'null':
      return null;
    default:
      return byFormat[value.format] ?? 'text';
  }
}

function exampleObject(value, components, depth) {
  const fields = Object.entries(value.properties ?? {});
  return Object.fromEntries(fields.map(([key, schema]) => [key, makeExample(schema, components, depth + 1)]));
}
