import { z } from 'zod';
import type { Facts } from '../../src/facts/facts.ts';
import type { Measurement } from '../measurement.ts';

const oursAtMost = 40;
const shownColumns = 10;

const columnsStatement = {
  path: 'none',
  text: `SELECT name, data_compressed_bytes + marks_bytes AS bytes
    FROM system.columns
    WHERE database = currentDatabase() AND table = 'events'
    ORDER BY bytes DESC, name`,
  params: z.object({}),
  row: z.object({ name: z.string(), bytes: z.number() }),
};

const partsStatement = {
  path: 'none',
  text: `SELECT sum(rows) AS rows, sum(bytes_on_disk) AS bytes,
      sum(secondary_indices_compressed_bytes + secondary_indices_marks_bytes) AS indexBytes
    FROM system.parts
    WHERE database = currentDatabase() AND table = 'events' AND active`,
  params: z.object({}),
  row: z.object({ rows: z.number(), bytes: z.number(), indexBytes: z.number() }),
};

/** What one fact takes once its parts are merged: small parts keep all columns in one file, and nothing says whose bytes are whose. */
export async function measureColumnBytes(facts: Pick<Facts, 'command' | 'select'>): Promise<Measurement> {
  await facts.command('OPTIMIZE TABLE events FINAL');
  const [parts] = await facts.select(partsStatement, {});
  if (parts === undefined || parts.rows === 0) throw new Error('there are no facts to weigh');
  const { rows, bytes, indexBytes } = parts;
  const columns = await facts.select(columnsStatement, {});
  const shown = [...columns.slice(0, shownColumns), { name: '(indexes)', bytes: indexBytes }, { name: '(all)', bytes }];
  console.error(`bytes a fact on disk, of ${rows} facts`);
  for (const { name, bytes: of } of shown) console.error(`  ${name.padEnd(24)} ${(of / rows).toFixed(2).padStart(7)}`);
  const aFact = [bytes / rows];
  return {
    name: 'bytes a fact on disk',
    unit: 'bytes',
    ours: aFact,
    baseline: aFact,
    equal: true,
    bar: { oursAtMost },
  };
}
