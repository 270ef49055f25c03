import { z } from 'zod';
import { eventJsonSchema } from '../event/json-schema.ts';
import { isEventName } from '../event/vocabulary.ts';
import { problem } from '../http/problem.ts';
import { route } from '../http/route.ts';

export const readEventSchemaRoute = route<object>()({
  method: 'GET',
  path: '/v1/events/schemas/{eventName}',
  operationId: 'readEventSchema',
  scope: 'public',
  tags: ['events'],
  summary: 'The JSON Schema of one kind of event, with its envelope',
  params: z.object({ eventName: z.string().max(128) }),
  replies: {
    200: { description: 'JSON Schema, draft 2020-12', contentType: 'application/schema+json' },
    404: { description: 'There is no event of this name' },
  },
  answer: (_deps, { params }) => {
    if (!isEventName(params.eventName)) throw problem(404, 'unknown_event_name', 'There is no event of this name.');
    const bytes = JSON.stringify(eventJsonSchema(params.eventName));
    return { status: 200 as const, contentType: 'application/schema+json', bytes };
  },
});
