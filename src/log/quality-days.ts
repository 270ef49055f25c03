import type { LogKeys } from './log-keys.ts';
import type { RedisCall } from './redis/call-redis.ts';
import { asRecord } from './redis/redis-reply.ts';
import { readScript, runScript } from './redis/run-script.ts';

/** What every process of the door counted on one day, by a field that the door chooses. */
export type QualityDays = {
  addQuality(day: { startMs: number; dropAtMs: number }, counts: ReadonlyMap<string, number>): Promise<void>;
  readQuality(startMs: number): Promise<Map<string, number>>;
};

type Deps = { call: RedisCall; keys: LogKeys };

const script = readScript('add-quality.lua');

export function qualityDaysOf({ call, keys }: Deps): QualityDays {
  return {
    addQuality: async ({ startMs, dropAtMs }, counts) => {
      await runScript(call, script, [keys.quality(startMs)], [dropAtMs, ...[...counts].flat()]);
    },
    readQuality: async (startMs) => {
      const fields = asRecord(await call('HGETALL', [keys.quality(startMs)]));
      return new Map(Object.entries(fields).map(([field, count]) => [field, Number(count)]));
    },
  };
}
