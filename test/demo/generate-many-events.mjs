// Run as a process of its own, so that the numbers are the generator's and not those of a test runner.
const { generateEvents } = await import('../../src/demo/generate-events.ts');
const events = Number(process.argv[2]);
const startedAtMs = performance.now();
let count = 0;
const heaps = [];
for (const event of generateEvents({ seed: 5, endAtMs: Date.parse('2026-03-01T00:00:00.000Z'), events })) {
  if (event.eventId === '') throw new Error('an event without an id');
  count += 1;
  if (count % 100_000 === 0) {
    globalThis.gc?.();
    heaps.push(process.memoryUsage().heapUsed);
  }
}
process.stdout.write(JSON.stringify({ count, heaps, elapsedMs: performance.now() - startedAtMs }));
