import { z } from 'zod';
import { entryOf } from './envelope.ts';
import { time } from './fields/time-field.ts';
import { problemCodes } from './problem.ts';
import { type EventName, eventNames } from './vocabulary.ts';

/** The vocabulary as a Markdown table, one row an event. */
export function eventTable(): string {
  const head = ['| event | category | data (? = optional) | graph | facts | meaning |', '|---|---|---|---|---|---|'];
  return [...head, ...eventNames.map(tableRow)].join('\n');
}

/** The codes of refused items as a Markdown table. */
export function problemTable(): string {
  const rows = Object.entries(problemCodes).map(([code, meaning]) => `| \`${code}\` | ${meaning} |`);
  return ['| code | meaning |', '|---|---|', ...rows].join('\n');
}

function tableRow(eventName: EventName): string {
  const { category, summary, graph, facts, userId } = entryOf(eventName);
  const meaning = userId === 'optional' ? `${summary} \`userId\` may be absent.` : summary;
  return `| \`${eventName}\` | ${category} | ${describeFields(eventName)} | ${graph} | ${facts} | ${meaning} |`;
}

function describeFields(eventName: EventName): string {
  const { data, aliases = {}, needsOneOf = [] } = entryOf(eventName);
  const fields = Object.entries(data.shape).map(([name, schema]) => describeField(name, schema, aliases[name]));
  const need = needsOneOf.length > 0 ? [`(at least one of ${needsOneOf.join(', ')})`] : [];
  return [...fields, ...need].join(', ');
}

function describeField(name: string, schema: z.core.$ZodType, canonical: string | undefined): string {
  const isOptional = schema instanceof z.ZodOptional;
  const inner = isOptional ? schema.unwrap() : schema;
  const form = canonical === undefined ? describeType(inner) : ` (alias of ${canonical})`;
  return `${name}${isOptional ? '?' : ''}${form}`;
}

function describeType(schema: unknown): string {
  if (schema === time) return ' (time)';
  if (schema instanceof z.ZodEnum) return ` (${schema.options.join(', ')})`;
  if (schema instanceof z.ZodRecord) return ' {map}';
  if (!(schema instanceof z.ZodArray)) return '';
  const { element } = schema;
  return element instanceof z.ZodObject ? `: [{${Object.keys(element.shape).join(', ')}}]` : ' [list]';
}
