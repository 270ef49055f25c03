import { setTimeout as sleep } from 'node:timers/promises';
import { gatherRoots } from '../../src/reconcile/gather-roots.ts';

describe('gathering roots', () => {
  test('those asked for close together are compared at once, each once', async () => {
    const compared: string[][] = [];
    const gather = gatherRoots(async (rootIds) => void compared.push(rootIds), { gatherMs: 20, restTimes: 0 });
    await Promise.all(['a', 'b', 'a', 'c'].map((rootId) => gather(rootId)));
    await gather('d');
    expect(compared).toEqual([['a', 'b', 'c'], ['d']]);
  });

  test('what comes while some are compared, or while it rests after them, is compared together', async () => {
    const compared: string[][] = [];
    const compare = async (rootIds: string[]) => {
      compared.push(rootIds);
      await sleep(60);
    };
    const gather = gatherRoots(compare, { gatherMs: 5, restTimes: 2 });
    const asked = [gather('a')];
    for (const rootId of ['b', 'c', 'd']) {
      await sleep(40);
      asked.push(gather(rootId));
    }
    await Promise.all(asked);
    expect(compared).toEqual([['a'], ['b', 'c', 'd']]);
  });

  test('a fault reaches everyone who asked, and the next ones are not touched by it', async () => {
    let isDown = true;
    const gather = gatherRoots(
      async () => {
        if (isDown) throw new Error('down');
      },
      { gatherMs: 5, restTimes: 0 },
    );
    const ends = await Promise.allSettled(['a', 'b'].map((rootId) => gather(rootId)));
    expect(ends.map((end) => end.status)).toEqual(['rejected', 'rejected']);
    isDown = false;
    await expect(gather('a')).resolves.toBeUndefined();
  });
});
