import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';

const run = promisify(execFile);
const Report = z.object({ count: z.number(), heaps: z.array(z.number()), elapsedMs: z.number() });

async function generateMany(events: number): Promise<z.infer<typeof Report>> {
  const script = path.join(import.meta.dirname, 'generate-many-events.mjs');
  const { stdout } = await run(process.execPath, ['--expose-gc', '--import', 'tsx', script, String(events)]);
  return Report.parse(JSON.parse(stdout));
}

describe('two million demo events', () => {
  test('memory stays flat and the generator keeps ahead of any service', async () => {
    const { count, heaps, elapsedMs } = await generateMany(2_000_000);
    expect(count).toBe(2_000_000);
    // What is alive is what is going on at one moment; the peak is the large story, whose shares wait for their time.
    expect(Math.max(...heaps)).toBeLessThan(120_000_000);
    expect(heaps.at(-1) ?? Number.POSITIVE_INFINITY).toBeLessThan(60_000_000);
    const eventsPerSecond = Math.round((1_000 * count) / elapsedMs);
    console.info(
      `demo generator: ${eventsPerSecond} events/s, heap at most ${Math.round(Math.max(...heaps) / 1e6)} MB`,
    );
    // 100,000/s and more on a quiet machine; a busy one must not make the test fail.
    expect(eventsPerSecond).toBeGreaterThan(30_000);
  }, 180_000);
});
