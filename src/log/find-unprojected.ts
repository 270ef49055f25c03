import type { EntryId } from './entry-id.ts';
import type { LogKeys } from './log-keys.ts';
import type { RedisCall } from './redis/call-redis.ts';
import { asList, asText } from './redis/redis-reply.ts';
import { readScript, runScript } from './redis/run-script.ts';

/** The first entry each projector has still to store, by what it last said of itself; null where nothing waits. */
export type Unprojected = { graph: EntryId | null; facts: EntryId | null };

type Deps = { call: RedisCall; keys: LogKeys };

const script = readScript('find-unprojected.lua');

export async function findUnprojected({ call, keys }: Deps): Promise<Unprojected> {
  const [graph, facts] = asList(await runScript(call, script, [keys.stream, keys.progress], [])).map(asText);
  return { graph: graph || null, facts: facts || null };
}
