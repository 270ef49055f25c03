import { z } from 'zod';
import { entryOf, wholeEventSchema } from './envelope.ts';
import type { EventName } from './vocabulary.ts';

/**
 * The JSON Schema (draft 2020-12) of one whole event, made from the schema it is checked with. Two things no schema can
 * say: the ten minutes ahead of the server, and that a share is not a share of itself.
 */
export function eventJsonSchema(eventName: EventName) {
  const { summary, data } = entryOf(eventName);
  const made = z.toJSONSchema(wholeEventSchema(eventName), { io: 'input' });
  const isDataOptional = data.safeParse({}).success;
  const required = (made.required ?? []).filter((name) => !(name === 'data' && isDataOptional));
  return { ...made, title: eventName, description: summary, required, allOf: dataRules(eventName) };
}

/** What the fields of `data` may not say together: a field beside its alias, or none of those that name the subject. */
function dataRules(eventName: EventName) {
  const { aliases = {}, needsOneOf = [] } = entryOf(eventName);
  const oneSpelling = Object.entries(aliases).map((spellings) => ({ not: { required: spellings } }));
  const oneSubject = { anyOf: needsOneOf.map((name) => ({ required: [name] })) };
  const rules = needsOneOf.length > 0 ? [...oneSpelling, oneSubject] : oneSpelling;
  const needsData = needsOneOf.length > 0 ? [{ required: ['data'] }] : [];
  return [...needsData, ...rules.map((rule) => ({ properties: { data: rule } }))];
}
