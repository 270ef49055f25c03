import type { MountedRoute } from '../route.ts';
import type { Reply } from './reply.ts';
import { isJson } from './revalidate.ts';

/** Throws where an answer is not what its route documents. For tests: it costs as much as the answer itself. */
export function checkReply(route: MountedRoute, reply: Reply): void {
  const rule = route.replies[reply.status];
  if (rule === undefined) throw new Error(`${route.operationId} answered ${reply.status}, which it does not document`);
  if (rule.schema === undefined) return;
  const wire = readWire(reply);
  if (wire === undefined) return;
  const parsed = rule.schema.safeParse(wire);
  if (!parsed.success) throw new Error(`${route.operationId} ${reply.status}: ${parsed.error.message}`);
  const lost = findLostKey(wire, parsed.data);
  if (lost !== undefined) throw new Error(`${route.operationId} ${reply.status}: ${lost} is not in the schema`);
}

/** What a client will read; undefined where that is no JSON. */
function readWire(reply: Reply): unknown {
  if ('body' in reply) return JSON.parse(JSON.stringify(reply.body));
  return 'bytes' in reply && isJson(reply.contentType) ? JSON.parse(Buffer.from(reply.bytes).toString()) : undefined;
}

function findLostKey(wire: unknown, known: unknown): string | undefined {
  if (typeof wire !== 'object' || wire === null || typeof known !== 'object' || known === null) return undefined;
  const knownFields = new Map(Object.entries(known));
  for (const [key, value] of Object.entries(wire)) {
    if (!knownFields.has(key)) return `/${key}`;
    const below = findLostKey(value, knownFields.get(key));
    if (below !== undefined) return `/${key}${below}`;
  }
  return undefined;
}
