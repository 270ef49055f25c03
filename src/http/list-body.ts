import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { problem } from './problem.ts';

const maxLimit = 1000;

/** The two parameters of every list: spread them into a route's query schema. */
export const listQuery = {
  limit: z.number().int().min(1).max(maxLimit).default(50).meta({ description: 'Items of one page.' }),
  cursor: z.string().max(2000).optional().meta({ description: 'The `next` of the page before. Opaque.' }),
};

/** The body of every list: what is shown of how many, and how to get the rest. */
export function listBody<Item extends z.ZodType>(item: Item) {
  return z.object({
    items: z.array(item),
    next: z.string().nullable().meta({ description: 'The cursor of the next page, null on the last one.' }),
    shown: z.number().int().nonnegative(),
    total: z.number().int().nonnegative(),
  });
}

type Page<Item> = {
  /** The list's name: a cursor of one list is not taken by another. */
  list: string;
  items: Item[];
  total: number;
  /** Where the next page starts, as the feature says it; undefined on the last page. */
  next: unknown;
};

export function listReply<Item>(url: string, { list, items, total, next }: Page<Item>) {
  const cursor = next === undefined ? null : writeCursor(list, next);
  const headers: Record<string, string> = cursor === null ? {} : { Link: `<${withCursor(url, cursor)}>; rel="next"` };
  return { status: 200 as const, body: { items, next: cursor, shown: items.length, total }, headers };
}

function withCursor(url: string, cursor: string): string {
  const [path = '', search = ''] = url.split('?');
  const query = new URLSearchParams(search);
  query.set('cursor', cursor);
  return `${path}?${query.toString()}`;
}

const markLength = 11;

/** Opaque to clients: JSON with a mark in front that a garbled cursor, or another list's, does not have. */
export function writeCursor(list: string, value: unknown): string {
  const payload = Buffer.from(JSON.stringify(value)).toString('base64url');
  return markOf(list, payload) + payload;
}

/** The value of a cursor, checked by the list's schema; undefined where the request has none. */
export function readCursor<S extends z.ZodType>(
  list: string,
  schema: S,
  text: string | undefined,
): z.output<S> | undefined {
  if (text === undefined) return undefined;
  const payload = text.slice(markLength);
  if (text.slice(0, markLength) !== markOf(list, payload)) throw invalidCursor();
  const checked = schema.safeParse(parsePayload(payload));
  if (!checked.success) throw invalidCursor();
  return checked.data;
}

// The mark is no secret, so what stands behind a right one may still be anything.
function parsePayload(payload: string): unknown {
  try {
    return JSON.parse(Buffer.from(payload, 'base64url').toString());
  } catch {
    throw invalidCursor();
  }
}

// Not a secret: a cursor grants nothing that a request could not ask for, and its value is checked by a schema anyway.
function markOf(list: string, payload: string): string {
  return createHmac('sha256', `sharetrail cursor ${list}`).update(payload).digest('base64url').slice(0, markLength);
}

function invalidCursor() {
  const message = 'This is not a cursor that this list gave out. Start again without one.';
  return problem(400, 'invalid_cursor', message, {
    errors: [{ pointer: '/query/cursor', code: 'invalid_cursor', message }],
  });
}
