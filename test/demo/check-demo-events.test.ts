import { generateEvents } from '../../src/demo/generate-events.ts';
import { checkEvent } from '../../src/event/check-event.ts';

const endAtMs = Date.parse('2026-03-01T00:00:00.000Z');

describe('the demo speaks the vocabulary', () => {
  test.each([1, 42, 2 ** 40])('every event of seed %i passes the check of the door', (seed) => {
    const refused: unknown[] = [];
    const names = new Set<string>();
    for (const event of generateEvents({ seed, endAtMs, events: 30_000 })) {
      names.add(event.eventName);
      const value: unknown = JSON.parse(JSON.stringify(event));
      const verdict = checkEvent(value, { nowMs: endAtMs });
      if (!verdict.ok) refused.push({ event, problems: verdict.problems });
    }
    expect(refused.slice(0, 3)).toEqual([]);
    expect(names.size).toBe(11);
  });
});
