import { z } from 'zod';
import { entryOf, metadataSchema, wholeEventSchema } from './envelope.ts';
import { type EventName, eventNames } from './vocabulary.ts';

/**
 * The JSON Schema (draft 2020-12) of one whole event, made from the schema it is checked with. Two things no schema can
 * say: the ten minutes ahead of the server, and that a share is not a share of itself.
 */
export function eventJsonSchema(eventName: EventName) {
  const { summary, data } = entryOf(eventName);
  const made = z.toJSONSchema(wholeEventSchema(eventName), { io: 'input' });
  const isDataOptional = data.safeParse({}).success;
  const required = (made.required ?? []).filter((name) => !(name === 'data' && isDataOptional));
  return { ...made, title: eventName, description: summary, required, ...dataRules(eventName) };
}

/** What the fields of `data` may not say together: a field beside its alias, or none of those that name the subject. */
function dataRules(eventName: EventName) {
  const { aliases = {}, needsOneOf = [] } = entryOf(eventName);
  const oneSpelling = Object.entries(aliases).map((spellings) => ({ not: { required: spellings } }));
  const oneSubject = { anyOf: needsOneOf.map((name) => ({ required: [name] })) };
  const rules = needsOneOf.length > 0 ? [...oneSpelling, oneSubject] : oneSpelling;
  const needsData = needsOneOf.length > 0 ? [{ required: ['data'] }] : [];
  const allOf = [...needsData, ...rules.map((rule) => ({ properties: { data: rule } }))];
  // JSON Schema does not take an empty list here.
  return allOf.length === 0 ? {} : { allOf };
}

/** All events for the API's document: one named schema each, told apart by `eventName`. Nothing is checked with it. */
export function documentedEvents() {
  const named = metadataSchema.meta({ id: 'EventMetadata', description: 'Where the event came from.' });
  const events = eventNames.map((name) => documentedEvent(name, named.optional()));
  const mapping = Object.fromEntries(eventNames.map((name) => [name, `#/components/schemas/${nameInDocument(name)}`]));
  return z.union(events).meta({
    id: 'Event',
    description: 'One event. `/v1/events/schemas/{eventName}` has the whole JSON Schema of each kind.',
    discriminator: { propertyName: 'eventName', mapping },
  });
}

function documentedEvent(eventName: EventName, metadata: z.ZodType) {
  const { summary, data } = entryOf(eventName);
  const optional = data.safeParse({}).success ? { data: data.optional() } : {};
  const schema = wholeEventSchema(eventName).extend({ metadata, ...optional });
  return schema.meta({ id: nameInDocument(eventName), description: summary, ...dataRules(eventName) });
}

/** `post_view` is PostViewEvent. */
function nameInDocument(eventName: EventName): string {
  const words = eventName.split('_').map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return `${words.join('')}Event`;
}
