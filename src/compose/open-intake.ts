import type { Config } from '../config.ts';
import { explainRefusal, logUnavailable, type Refusal } from '../ingest/intake/explain-refusal.ts';
import { readFreeBytes } from '../ingest/intake/read-free-bytes.ts';
import { sampleIntake } from '../ingest/intake/sample-intake.ts';
import { watchIntake } from '../ingest/intake/watch-intake.ts';
import type { Logger } from '../observe/create-logger.ts';
import type { Metrics } from '../observe/create-metrics.ts';
import type { Stores } from './open-stores.ts';

type Parts = { config: Config; stores: Stores; logger: Logger; metrics: Metrics };

export type DoorKeeper = { refusal(): Refusal | null; stop(): Promise<void> };

/** Watches whether there is room for more, and says before a body is read why there is none. */
export async function openIntake({ config, stores, logger, metrics }: Parts): Promise<DoorKeeper> {
  const { log } = stores;
  const { dataFolders, retryAfterSeconds } = config.intake;
  // A folder that is not there is a wrong setting, so it stops the start and not the first request.
  await Promise.all(dataFolders.map(readFreeBytes));
  const intake = await watchIntake(
    {
      sample: () => sampleIntake({ log, freeBytes: readFreeBytes, now: Date.now }, dataFolders),
      onLook: (reason, pressure) => metrics.setIntake({ isOpen: reason === null, pressure }),
      onTurn: (reason, sample) => {
        if (reason === null) logger.warn({ sample }, 'intake is open again');
        else logger.warn({ reason, sample }, 'intake sheds');
      },
      onFault: (err) => logger.warn({ err }, 'the limits of intake cannot be looked at'),
    },
    config.intake,
  );
  return {
    refusal: () => {
      if (!log.isConnected()) return logUnavailable;
      const reason = intake.refusal();
      return reason === null ? null : explainRefusal(reason, retryAfterSeconds);
    },
    stop: () => intake.stop(),
  };
}
