import { z } from 'zod';
import { wholeEventSchema } from './envelope.ts';
import { type EventName, eventNames } from './vocabulary.ts';

type Json = { properties?: Record<string, unknown> };
type Fields = { groups: ReadonlySet<string>; leaves: ReadonlySet<string> };

/** A place that is none of an event's own. */
export const noField = 'other';

const byName = new Map<EventName, Fields>(eventNames.map((name) => [name, fieldsOf(name)]));
const withoutName: Fields = { groups: new Set(['']), leaves: new Set(['/eventName']) };

/**
 * The field of an event in which a pointer lies, as a pointer: that of the list or map where it points into one. There
 * are as many as fields, whatever a sender writes; `other` stands for all that are no fields.
 */
export function fieldPointer(eventName: EventName | undefined, pointer: string): string {
  const { groups, leaves } = (eventName === undefined ? undefined : byName.get(eventName)) ?? withoutName;
  if (groups.has(pointer)) return pointer;
  const [, first = '', second = ''] = pointer.split('/');
  return [`/${first}`, `/${first}/${second}`].find((field) => leaves.has(field)) ?? noField;
}

/** Fields lie at most two deep: in the event itself, or in its `data` or `metadata`. */
function fieldsOf(eventName: EventName): Fields {
  const whole = z.toJSONSchema(wholeEventSchema(eventName), { io: 'input' });
  const groups = new Set(['']);
  const leaves = new Set<string>();
  for (const [name, field] of propertiesOf(whole)) {
    const inside = propertiesOf(field);
    if (!hasProperties(field)) leaves.add(`/${name}`);
    else groups.add(`/${name}`);
    for (const [below] of inside) leaves.add(`/${name}/${below}`);
  }
  return { groups, leaves };
}

function propertiesOf(field: unknown): Array<[string, unknown]> {
  return hasProperties(field) ? Object.entries(field.properties ?? {}) : [];
}

function hasProperties(field: unknown): field is Json {
  return typeof field === 'object' && field !== null && 'properties' in field;
}
