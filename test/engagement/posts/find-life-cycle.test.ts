import { findLifeCycle } from '../../../src/engagement/posts/find-life-cycle.ts';

describe('the life cycle of a post', () => {
  test('grows to the peak of the smoothed rate, stays above half of it, decays', () => {
    const engagements = [0, 3, 9, 30, 90, 60, 45, 9, 6, 3, 0, 3];
    // Smoothed: 1.5 4 14 43 60 65 38 20 6 3 2 1.5. Of 126 from the peak on, 63 are reached with the second step.
    expect(findLifeCycle(engagements)).toEqual({
      peak: 5,
      phases: [
        { phase: 'growth', from: 0, to: 5 },
        { phase: 'peak', from: 5, to: 7 },
        { phase: 'decay', from: 7, to: 12 },
      ],
      halfLife: 7,
    });
  });

  test('may begin with its peak, and may not have fallen yet', () => {
    expect(findLifeCycle([8, 8, 7, 6])).toMatchObject({
      peak: 0,
      phases: [{ phase: 'peak', from: 0, to: 4 }],
      halfLife: 2,
    });
  });

  test('of one step is that step, and of nothing none', () => {
    expect(findLifeCycle([5])).toEqual({ peak: 0, phases: [{ phase: 'peak', from: 0, to: 1 }], halfLife: 1 });
    expect(findLifeCycle([0, 0])).toBeNull();
    expect(findLifeCycle([])).toBeNull();
  });
});
