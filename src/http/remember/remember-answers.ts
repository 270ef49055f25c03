import { jsonContentType, type Reply } from '../reply/reply.ts';
import type { RequestValue } from '../request/request-value.ts';
import type { MountedRoute } from '../route.ts';
import { type MemoryLimits, openMemory, type Question, type Recalled } from './open-memory.ts';

type Deps = {
  /** Says another word each time that answers may have changed; null where nobody knows, and then nothing is kept. */
  watermark: () => Promise<string | null>;
  now: () => number;
  onRecall: (recalled: Recalled) => void;
  onKeep: (kept: { bytes: number; evicted: number }) => void;
};

type Kept = Reply & { contentType: string; bytes: Uint8Array };

/**
 * Routes that say `remember` answer from memory while nothing they answer from has moved; the others are left as they
 * are. Without one of the parameters that make an answer independent of the clock, it is shared for a second.
 */
export function rememberAnswers(deps: Deps, limits: MemoryLimits, routes: readonly MountedRoute[]): MountedRoute[] {
  const recall = openMemory<Kept>({ ...deps, bytesOf }, limits);
  return routes.map((route) => {
    const { remember } = route;
    if (remember === undefined) return route;
    return {
      ...route,
      handle: async (request) => {
        // Read before the answer is, so that an answer is never older than the word it is kept under.
        const watermark = await deps.watermark();
        if (watermark === null) return route.handle(request);
        const question = questionOf(route, request, { watermark, nowMs: deps.now() });
        return recall(question, async () => toBytes(await route.handle(asAnyone(request))));
      },
    };
  });
}

type Moment = { watermark: string; nowMs: number };

function questionOf(
  { operationId, remember }: MountedRoute,
  { pathParams, search }: RequestValue,
  { watermark, nowMs }: Moment,
): Question {
  const query = new URLSearchParams(search);
  query.sort();
  const key = JSON.stringify([operationId, pathParams, query.toString()]);
  const isFixed = remember?.fixedBy.some((name) => query.has(name)) ?? false;
  return { key, state: isFixed ? watermark : `${watermark} ${Math.floor(nowMs / 1000)}` };
}

/** What others may be given as well must not depend on who asked first, nor end when that one goes away. */
function asAnyone(request: RequestValue): RequestValue {
  return { ...request, requestId: '', signal: new AbortController().signal, header: () => undefined };
}

/** Kept as it goes onto the wire: its size is then known, and it is not written a second time. */
function toBytes(reply: Reply): Kept {
  if ('bytes' in reply)
    return { ...reply, bytes: typeof reply.bytes === 'string' ? Buffer.from(reply.bytes) : reply.bytes };
  if (!('body' in reply)) throw new Error('only an answer that is whole can be remembered');
  const { body, ...rest } = reply;
  return { ...rest, contentType: jsonContentType, bytes: Buffer.from(JSON.stringify(body)) };
}

function bytesOf({ bytes, headers }: Kept): number {
  return bytes.byteLength + JSON.stringify(headers ?? {}).length;
}
