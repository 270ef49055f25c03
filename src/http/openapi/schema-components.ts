import { z } from 'zod';

export type Json = Record<string, unknown>;
type Direction = 'input' | 'output';

export type SchemaComponents = {
  /** The JSON Schema of a value, its named parts moved to the components. */
  convert(schema: z.ZodType, direction: Direction): Json;
  all(): Record<string, Json>;
};

/**
 * Collects the schemas that have a name (`.meta({ id })`). A schema that reads differently as input and as output (a
 * default makes a field optional on the way in) gets a second component, because one would be wrong for one side.
 */
export function schemaComponents(): SchemaComponents {
  const components: Record<string, Json> = {};
  const sources = new Map<string, string>();

  const nameFor = (id: string, source: string, direction: Direction): string => {
    const suffix = direction === 'input' ? 'Input' : 'Output';
    const free = [id, `${id}${suffix}`].find((name) => (sources.get(name) ?? source) === source);
    if (free === undefined) throw new Error(`two different schemas are called ${id}`);
    sources.set(free, source);
    return free;
  };

  const convert = (schema: z.ZodType, direction: Direction): Json => {
    // Inside an object a named schema is always a reference, which it is not at the top.
    const whole = z.toJSONSchema(z.object({ value: schema }), { io: direction, unrepresentable: 'any' });
    const definitions = Object.entries(whole.$defs ?? {});
    const names = new Map(definitions.map(([id, json]) => [id, nameFor(id, JSON.stringify(json), direction)]));
    for (const [id, json] of definitions) components[names.get(id) ?? id] = rewrite(json, names);
    return rewrite(whole.properties?.['value'] ?? {}, names);
  };
  return { convert, all: () => components };
}

const definitionPrefix = '#/$defs/';

function rewrite(json: unknown, names: ReadonlyMap<string, string>): Json {
  return z.record(z.string(), z.unknown()).parse(
    JSON.parse(JSON.stringify(json), (key, value: unknown) => {
      if (key !== '$ref' || typeof value !== 'string' || !value.startsWith(definitionPrefix)) return value;
      const id = value.slice(definitionPrefix.length);
      return `#/components/schemas/${names.get(id) ?? id}`;
    }),
  );
}
