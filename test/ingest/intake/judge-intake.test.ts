import fc from 'fast-check';
import {
  type IntakeLimits,
  type IntakeSample,
  judgeIntake,
  measurePressure,
  type ShedReason,
  worstOf,
} from '../../../src/ingest/intake/judge-intake.ts';

const limits: IntakeLimits = {
  maxLogBytes: 1000,
  maxRedisShare: 0.75,
  maxLagSeconds: 100,
  minFreeBytes: 500,
  resumeBelow: 0.8,
};

const calm: IntakeSample = { logBytes: 1, redisUsedBytes: 10, redisMaxBytes: 1000, lagMs: 0, freeBytes: [10_000] };

function judge(sample: Partial<IntakeSample>, held: ShedReason[] = []): ShedReason | null {
  const pressure = measurePressure({ ...calm, ...sample }, limits);
  return worstOf(judgeIntake(pressure, new Set(held), limits));
}

describe('whether there is room for more', () => {
  test.each<[string, Partial<IntakeSample>, ShedReason | null]>([
    ['a calm moment', {}, null],
    ['a log just below its limit', { logBytes: 999 }, null],
    ['a log at its limit', { logBytes: 1000 }, 'log_full'],
    ['Redis nearly full of whatever', { redisUsedBytes: 750 }, 'log_full'],
    ['stores a little behind', { lagMs: 99_999 }, null],
    ['stores too far behind', { lagMs: 100_000 }, 'stores_behind'],
    ['one disk of two nearly full', { freeBytes: [10_000, 500] }, 'disk_full'],
    ['a disk with no byte left', { freeBytes: [0] }, 'disk_full'],
    ['no folder to look at', { freeBytes: [] }, null],
    ['everything at once', { logBytes: 2000, lagMs: 200_000, freeBytes: [1] }, 'disk_full'],
  ])('%s', (_name, sample, reason) => {
    expect(judge(sample)).toBe(reason);
  });

  test.each<[string, Partial<IntakeSample>, ShedReason, ShedReason | null]>([
    ['a log that shrank a little', { logBytes: 900 }, 'log_full', 'log_full'],
    ['a log that shrank enough', { logBytes: 799 }, 'log_full', null],
    ['stores that caught up a little', { lagMs: 80_000 }, 'stores_behind', 'stores_behind'],
    ['stores that caught up enough', { lagMs: 79_999 }, 'stores_behind', null],
    ['a disk with a little more room', { freeBytes: [600] }, 'disk_full', 'disk_full'],
    ['a disk with enough room', { freeBytes: [626] }, 'disk_full', null],
    ['the reason that is over, while another begins', { lagMs: 100_000 }, 'log_full', 'stores_behind'],
  ])('%s', (_name, sample, held, reason) => {
    expect(judge(sample, [held])).toBe(reason);
  });

  test('a number that trembles around its limit closes intake once', () => {
    const trembling = fc.array(fc.double({ min: 0.801, max: 1.2, noNaN: true }), { minLength: 20, maxLength: 60 });
    fc.assert(
      fc.property(trembling, (parts) => {
        let held = new Set<ShedReason>();
        let turns = 0;
        for (const part of parts) {
          const before = worstOf(held);
          held = judgeIntake(measurePressure({ ...calm, logBytes: part * 1000 }, limits), held, limits);
          if (worstOf(held) !== before) turns += 1;
        }
        return turns <= 1;
      }),
    );
  });
});
