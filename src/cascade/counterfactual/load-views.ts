import { z } from 'zod';
import type { Facts } from '../../facts/facts.ts';
import { statement } from '../../query/statement.ts';
import { aligned } from '../columns/aligned.ts';
import { type NativeColumn, readNativeBlocks } from '../columns/native-block.ts';
import type { Extent } from '../desk/messages.ts';
import type { Views } from './views.ts';

export const loadViewsStatement = statement('clickhouse/cascade/load-views.sql', {
  params: z.object({ rootId: z.string(), generation: z.number(), posts: z.number(), limit: z.number() }),
  row: z.object({ viewer: z.number(), account: z.number(), seq: z.number(), timeMs: z.number() }),
});

const columns: NativeColumn[] = [
  { name: 'viewer', type: 'UInt32' },
  { name: 'account', type: 'UInt32' },
  { name: 'seq', type: 'UInt32' },
  { name: 'timeMs', type: 'Float64' },
];

type Deps = { facts: Pick<Facts, 'selectBytes'> };

/** All views of posts of a cascade; null where there are more than the limit, so that none are left out unsaid. */
export async function loadViews({ facts }: Deps, extent: Extent, limit: number): Promise<Views | null> {
  const bytes = await facts.selectBytes(loadViewsStatement, { ...extent, limit: limit + 1 }, 'Native');
  const blocks = readNativeBlocks(bytes, columns);
  const count = blocks.reduce((sum, { rows }) => sum + rows, 0);
  if (count > limit) return null;
  const views: Views = {
    count,
    viewer: new Uint32Array(count),
    account: new Uint32Array(count),
    seq: new Uint32Array(count),
    timeMs: new Float64Array(count),
  };
  let row = 0;
  for (const { rows, columns: values } of blocks) {
    const [viewer, account, seq, timeMs] = values.map(aligned);
    if (!viewer || !account || !seq || !timeMs) throw new Error('a Native block lacks a column');
    views.viewer.set(new Uint32Array(viewer), row);
    views.account.set(new Uint32Array(account), row);
    views.seq.set(new Uint32Array(seq), row);
    views.timeMs.set(new Float64Array(timeMs), row);
    row += rows;
  }
  return views;
}
