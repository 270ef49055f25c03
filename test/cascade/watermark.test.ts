import { openWatermark } from '../../src/cascade/watermark.ts';
import type { Graph } from '../../src/graph/graph.ts';
import { nothingProjected } from '../../src/log/projector/progress.ts';
import { acceptedAtMs, type CascadeStores, openCascadeStores } from './cascade-stores.ts';
import { post } from './changes.ts';

let stores: CascadeStores;

beforeAll(async () => {
  stores = await openCascadeStores();
});
afterAll(() => stores.close());

function openWith(graph: Graph, readMirrored: () => number) {
  const log = { readProgress: async () => ({ ...nothingProjected, lineageLinkSeq: readMirrored() }) };
  return openWatermark({ graph, log }, { maxAgeMs: 0 });
}

describe('the watermark', () => {
  test('moves on when lineage has passed what the graph had linked', async () => {
    let mirrored = 0;
    const watermark = openWith(stores.graph, () => mirrored);
    await stores.project([post('first', 'a')]);
    expect(await watermark()).toBe(0);
    expect(await watermark()).toBe(0);
    mirrored = 1;
    expect(await watermark()).toBe(acceptedAtMs);
    await stores.project([post('second', 'a')]);
    mirrored = 2;
    expect(await watermark()).toBe(acceptedAtMs);
  });

  test('stays where it was while nobody can tell how far lineage is', async () => {
    const watermark = openWith(stores.graph, () => {
      throw new Error('the log does not answer');
    });
    expect(await watermark()).toBe(0);
  });

  test('is read once for those who ask close together, and again after a reading that failed', async () => {
    let reads = 0;
    const graph: Pick<Graph, 'read'> = {
      read: (...asked) => {
        reads += 1;
        return reads === 1 ? Promise.reject(new Error('down')) : stores.graph.read(...asked);
      },
    };
    const log = { readProgress: async () => ({ ...nothingProjected, lineageLinkSeq: 0 }) };
    const watermark = openWatermark({ graph, log }, { maxAgeMs: 60_000 });
    await expect(watermark()).rejects.toThrow('down');
    await Promise.all([watermark(), watermark()]);
    await watermark();
    expect(reads).toBe(2);
  });
});
