import { mkdtempSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { newestAppliedFacts } from '../../src/facts/migrate-facts.ts';
import { readMonth } from '../../src/keep/archive/month.ts';
import { restoreArchive } from '../../src/keep/archive/restore-archive.ts';
import { type ArchiveDeps, writeArchive } from '../../src/keep/archive/write-archive.ts';
import { withFreshTable } from '../../src/project/rebuild/fresh-table.ts';
import { verifyStores } from '../../src/verify/verify-stores.ts';
import { type FilledStores, openFilledStores } from '../verify/filled-stores.ts';
import { original, share, tellStory } from '../verify/story.ts';

let stores: FilledStores;
const folder = mkdtempSync(join(tmpdir(), 'archive-'));
const month = readMonth(new Date().toISOString().slice(0, 7));
const file = join(folder, `events-${month.name}.parquet`);

beforeAll(async () => {
  stores = await openFilledStores(1_000_000);
  await stores.accept([original('root'), share('root', 'copy'), share('copy', '=copy "of" copy\n')]);
  for (const request of [...tellStory()].slice(0, 3)) await stores.accept(request);
  await stores.settle();
  await stores.stopProjecting();
}, 180_000);
afterAll(() => stores.close());

async function depsOf(): Promise<ArchiveDeps & { facts: FilledStores['facts'] }> {
  const { facts } = stores;
  return {
    facts,
    withFreshEvents: (suffix, work) => withFreshTable({ facts }, 'events', work, suffix),
    schema: await newestAppliedFacts(facts),
    now: Date.now,
  };
}

async function countEvents(): Promise<number> {
  const params = z.object({});
  const text = 'SELECT count() AS rows FROM events';
  const [counted] = await stores.facts.select(
    { path: 'events', text, params, row: z.object({ rows: z.number() }) },
    {},
  );
  return counted?.rows ?? 0;
}

async function findDiffering(): Promise<string[]> {
  const { checks } = await verifyStores(stores.deps);
  return checks.filter((check) => !check.ok).map(({ name }) => name);
}

describe('an archive of a month', () => {
  test('says what is in it, and brings back what was lost, once', async () => {
    const deps = await depsOf();
    const held = await countEvents();
    const manifest = await writeArchive(deps, month, folder);
    expect(manifest).toMatchObject({ month: month.name, rows: held, firstSeq: 1, lastSeq: await stores.log.lastSeq() });
    expect(JSON.parse(readFileSync(file.replace('.parquet', '.json'), 'utf8'))).toEqual(manifest);

    await stores.facts.command(`ALTER TABLE events DROP PARTITION ID '${month.partition}'`);
    expect(await findDiffering()).toContain('every accept number ended once');
    expect(await restoreArchive(deps, file)).toEqual({
      month: month.name,
      rows: held,
      restored: held,
      alreadyThere: 0,
    });
    expect(await findDiffering()).toEqual([]);

    await stores.facts.command('ALTER TABLE events DELETE WHERE accept_seq % 3 = 0 SETTINGS mutations_sync = 2');
    const left = await countEvents();
    const again = await restoreArchive(deps, file.replace('.parquet', '.json'));
    expect(again).toEqual({ month: month.name, rows: held, restored: held - left, alreadyThere: left });
    expect(await restoreArchive(deps, file)).toMatchObject({ restored: 0, alreadyThere: held });
    expect(await findDiffering()).toEqual([]);
  }, 120_000);

  test('that was damaged, or is from a newer version, restores nothing', async () => {
    const deps = await depsOf();
    const manifestPath = file.replace('.parquet', '.json');
    const text = readFileSync(manifestPath, 'utf8');
    await expect(restoreArchive({ ...deps, schema: '0001-old' }, file)).rejects.toThrow(/migrate first/);
    writeFileSync(manifestPath, text.replace(/"checksum": "\d/, '"checksum": "x'));
    await expect(restoreArchive(deps, file)).rejects.toThrow(/nothing was restored/);
    writeFileSync(manifestPath, 'nothing');
    await expect(restoreArchive(deps, file)).rejects.toThrow(/is not the manifest of an archive/);
    writeFileSync(manifestPath, text);
    truncateSync(file, 1000);
    await expect(restoreArchive(deps, file)).rejects.toThrow();
    expect(await findDiffering()).toEqual([]);
  }, 60_000);

  test('of a month without events is none', async () => {
    await expect(writeArchive(await depsOf(), readMonth('2001-01'), folder)).rejects.toThrow(/no events/);
    expect(() => readMonth('2026-13')).toThrow(/a month is written as/);
  });
});
