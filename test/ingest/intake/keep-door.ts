import { explainRefusal, logUnavailable } from '../../../src/ingest/intake/explain-refusal.ts';
import type { IntakeLimits } from '../../../src/ingest/intake/judge-intake.ts';
import { readFreeBytes } from '../../../src/ingest/intake/read-free-bytes.ts';
import { sampleIntake } from '../../../src/ingest/intake/sample-intake.ts';
import { watchIntake } from '../../../src/ingest/intake/watch-intake.ts';
import type { Log } from '../../../src/log/open-log.ts';
import { type Door, openDoor } from '../open-door.ts';

type Plan = Partial<IntakeLimits> & { folders?: string[]; redisOptions?: string[] };

export type KeptDoor = Door & { turns: Array<string | null>; looks: () => number };

/** A door with its keeper, both on a Redis of this test's own; limits that are not named never hold. */
export async function openKeptDoor({ folders = [], redisOptions = [], ...named }: Plan): Promise<KeptDoor> {
  const turns: Array<string | null> = [];
  let looks = 0;
  const limits = {
    maxLogBytes: Number.MAX_SAFE_INTEGER,
    maxRedisShare: 1,
    maxLagSeconds: 1_000_000,
    minFreeBytes: 1,
    resumeBelow: 0.8,
    sampleEveryMs: 50,
    ...named,
  };
  const keep = async (log: Log) => {
    const intake = await watchIntake(
      {
        sample: () => sampleIntake({ log, freeBytes: readFreeBytes, now: Date.now }, folders),
        onLook: () => {
          looks += 1;
        },
        onTurn: (reason) => turns.push(reason),
        onFault: () => undefined,
      },
      limits,
    );
    return {
      refusal: () => {
        if (!log.isConnected()) return logUnavailable;
        const reason = intake.refusal();
        return reason === null ? null : explainRefusal(reason, 5);
      },
      stop: () => intake.stop(),
    };
  };
  const door = await openDoor(redisOptions, { keep });
  return { ...door, turns, looks: () => looks };
}

export async function until(check: () => boolean | Promise<boolean>, timeoutMs = 10_000): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await check())) {
    if (Date.now() > deadline) throw new Error(`it did not come about within ${timeoutMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
