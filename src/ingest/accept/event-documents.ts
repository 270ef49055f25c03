import { z } from 'zod';
import { documentedEvents } from '../../event/json-schema.ts';

const Event = documentedEvents();
const Batch = z.strictObject({ events: z.array(Event).min(1).max(10_000) }).meta({ id: 'EventBatch' });

const body = z.union([Event, Batch]);
const lines = z.string().meta({ description: 'One event a line, each as in a JSON body. A bad line costs one line.' });

/** What a body of `POST /v1/events` looks like, by media type: for the API's document only. */
export const eventDocuments: Readonly<Record<string, z.ZodType>> = {
  'application/json': body,
  'application/x-ndjson': lines,
  'application/ndjson': lines,
  'application/jsonl': lines,
};
