import { gatherRoots } from '../../src/reconcile/gather-roots.ts';

describe('gathering roots', () => {
  test('those asked for close together are compared at once, each once', async () => {
    const compared: string[][] = [];
    const gather = gatherRoots(async (rootIds) => void compared.push(rootIds), 20);
    await Promise.all(['a', 'b', 'a', 'c'].map((rootId) => gather(rootId)));
    await gather('d');
    expect(compared).toEqual([['a', 'b', 'c'], ['d']]);
  });

  test('a fault reaches everyone who asked, and the next ones are not touched by it', async () => {
    let isDown = true;
    const gather = gatherRoots(async () => {
      if (isDown) throw new Error('down');
    }, 5);
    const ends = await Promise.allSettled(['a', 'b'].map((rootId) => gather(rootId)));
    expect(ends.map((end) => end.status)).toEqual(['rejected', 'rejected']);
    isDown = false;
    await expect(gather('a')).resolves.toBeUndefined();
  });
});
