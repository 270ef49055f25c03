import type { Json } from './schema-components.ts';

/** What any operation may answer beside its own replies. Always a problem, which `code` tells apart. */
const everywhere: Readonly<Record<number, string>> = {
  400: 'The address, a parameter or the request as a whole cannot be read; `errors` names the places.',
  408: 'The request did not arrive in time.',
  414: 'The address is too long.',
  417: 'Something was expected that the service does not do.',
  422: 'An answer would take more time or memory than one request may; `suggestion` says what to ask instead.',
  429: 'Too many requests; `Retry-After` says when to come again.',
  431: 'The headers are too large.',
  500: 'A fault of the service. Whether anything was kept is not known.',
  503: 'A store does not answer right now; `Retry-After` says when to come again.',
};

const withBody: Readonly<Record<number, string>> = {
  413: 'The body is too large.',
  415: 'The body has a type, a charset or an encoding that is not taken here.',
};

/** What a question with `If-None-Match` may be answered with, where its 200 carries an `ETag`. */
const notModified = {
  description: 'The answer is the one that `If-None-Match` names; nothing of it is sent.',
  headers: {
    ETag: { description: 'The mark of the bytes of the answer.', schema: { type: 'string' } },
    'Cache-Control': { description: '`private, no-cache`: keep it, and ask each time.', schema: { type: 'string' } },
  },
};

export const notModifiedReference = { $ref: '#/components/responses/NotModified' };

/** References to the general replies of an operation, those that it describes itself left out. */
export function generalReplies(own: Readonly<Record<number, unknown>>, hasBody: boolean): Record<string, Json> {
  const statuses = Object.keys({ ...everywhere, ...(hasBody ? withBody : {}) }).filter((status) => !(status in own));
  return Object.fromEntries(statuses.map((status) => [status, { $ref: `#/components/responses/${nameOf(status)}` }]));
}

/** The replies that are referred to. */
export function generalComponents(problemSchema: Json): Record<string, Json> {
  const content = { 'application/problem+json': { schema: problemSchema } };
  const entries = Object.entries({ ...everywhere, ...withBody });
  const problems = entries.map(([status, description]) => [nameOf(status), { description, content }]);
  return { NotModified: notModified, ...Object.fromEntries(problems) };
}

function nameOf(status: string): string {
  return `Problem${status}`;
}
