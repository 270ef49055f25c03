import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { z } from 'zod';

/** What a client knows of its own events: ids, each with the digest of its content where that was kept. */
export type ClientIds = Map<string, string | null>;

const line = z.object({ eventId: z.string(), digest: z.union([z.string(), z.number()]).transform(String).optional() });

/** One event id a line, or one JSON object a line with `eventId` and perhaps `digest`. */
export async function readClientIds(path: string, maxIds: number): Promise<ClientIds> {
  const ids: ClientIds = new Map();
  for await (const text of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
    if (text === '') continue;
    const { eventId, digest } = text.startsWith('{') ? line.parse(JSON.parse(text)) : { eventId: text };
    ids.set(eventId, digest ?? null);
    if (ids.size > maxIds) throw new Error(`${path} has more than ${maxIds} ids`);
  }
  return ids;
}
