import { LogUnavailable } from '../../src/log/redis/log-unavailable.ts';
import { buildRequest, openTestLog, readAll, startMs } from './build-request.ts';
import { startRedis } from './start-redis.ts';

function oneItem(id: string) {
  return buildRequest([{ id, content: 1 }]);
}

async function until(check: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!(await check())) {
    if (Date.now() > deadline) throw new Error('it did not come about within 10 s');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function faultOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => 'no fault',
    (error: unknown) => error,
  );
}

describe('the log when Redis fails', () => {
  test('a SIGKILL right after the answers loses nothing that was acknowledged', async () => {
    const redis = await startRedis();
    const log = await openTestLog(redis.url);
    try {
      const acknowledged: string[] = [];
      for (let round = 0; round < 3; round += 1) {
        const sending = Array.from({ length: 200 }, async (_, number) => {
          const id = `r${round}-${number}`;
          await log.append(oneItem(id));
          acknowledged.push(id);
        });
        await until(() => acknowledged.length > round * 200 + 40);
        await redis.kill('SIGKILL');
        await Promise.allSettled(sending);
        await redis.restart();
        await until(() => log.isConnected());
      }
      const found = new Set((await readAll(log)).map(({ text }) => text));
      for (const id of acknowledged) expect(found.has(buildRequest([{ id, content: 1 }]).body.toString())).toBe(true);
      const again = await Promise.all(acknowledged.map((id) => log.append(oneItem(id))));
      expect(again.every(({ accepted }) => accepted === 0)).toBe(true);
    } finally {
      log.close();
      await redis.stop();
    }
  });

  test('says within a second what was not sent and what may have been kept, and does not send again', async () => {
    const redis = await startRedis();
    const log = await openTestLog(redis.url);
    try {
      await log.append(oneItem('first'));
      await redis.kill('SIGSTOP');
      const startedAt = Date.now();
      const inFlight = await faultOf(log.append(oneItem('in-flight')));
      expect(inFlight).toBeInstanceOf(LogUnavailable);
      expect(inFlight).toMatchObject({ sent: true });
      expect(Date.now() - startedAt).toBeLessThan(1500);
      expect(await faultOf(log.append(oneItem('unsent')))).toMatchObject({ sent: false });
      await redis.kill('SIGCONT');
      await until(async () => (await faultOf(log.append(oneItem('probe')))) === 'no fault');
      const found = (await readAll(log)).map(({ text }) => text).join();
      expect(found).toContain('"in-flight"');
      expect(found).not.toContain('"unsent"');
      await redis.kill('SIGKILL');
      await until(() => !log.isConnected());
      expect(await faultOf(log.append(oneItem('down')))).toMatchObject({ sent: false });
    } finally {
      log.close();
      await redis.stop();
    }
  });

  test('a full Redis memory refuses the whole request and leaves no trace', async () => {
    const redis = await startRedis(['--maxmemory', '3mb']);
    const log = await openTestLog(redis.url);
    try {
      const big = (id: string) => ({ ...oneItem(id), body: Buffer.alloc(300_000, 97) });
      let kept = 0;
      let fault: unknown;
      while (fault === undefined && kept < 30) {
        const outcome = await faultOf(log.append(big(`e${kept}`)));
        if (outcome === 'no fault') kept += 1;
        else fault = outcome;
      }
      expect(fault).toMatchObject({ name: 'LogUnavailable', sent: false });
      expect(await log.lastSeq()).toBe(kept);
      const [minute] = await log.readLedger({ fromMs: startMs, toMs: startMs + 60_000 });
      expect(minute).toMatchObject({ received: kept, accepted: kept });
    } finally {
      log.close();
      await redis.stop();
    }
  });
});
