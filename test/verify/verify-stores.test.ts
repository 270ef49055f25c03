import type { ClientIds } from '../../src/verify/clients/client-ids.ts';
import type { Verified, VerifyOptions } from '../../src/verify/verify-stores.ts';
import { verifyStores } from '../../src/verify/verify-stores.ts';
import { names } from './check-names.ts';
import { damageGraph, rewriteTable, without } from './damage.ts';
import { factsDamages } from './facts-damages.ts';
import { type FilledStores, openFilledStores } from './filled-stores.ts';
import { graphDamages } from './graph-damages.ts';
import { forgotten, tellStory } from './story.ts';

let stores: FilledStores;

beforeAll(async () => {
  stores = await openFilledStores(60_000);
  await stores.accept(forgotten.first);
  for (const request of tellStory()) await stores.accept(request);
  await stores.accept(forgotten.again);
  await stores.settle();
  await stores.stopProjecting();
}, 180_000);

afterAll(async () => {
  await stores.close();
});

async function verify(options: VerifyOptions = {}): Promise<Verified> {
  return verifyStores(stores.deps, options);
}

function differing({ checks }: Verified): string[] {
  return checks
    .filter((check) => !check.ok)
    .map((check) => check.name)
    .sort();
}

describe('verify', () => {
  test('holds for stores that the real projectors filled', async () => {
    const verified = await verify({ waitMs: 10_000 });
    expect(verified.checks.filter((check) => !check.ok)).toEqual([]);
    expect(verified).toMatchObject({ ok: true, watermark: { acceptSeq: await stores.log.lastSeq() } });
    const unlooked = verified.checks.filter((check) => check.looked === 0).map((check) => check.name);
    expect(unlooked).toEqual([]);
  }, 60_000);

  test.each([...factsDamages, ...graphDamages])(
    'finds $what',
    async ({ hurt, finds, names: subject }) => {
      const mend = await hurt(stores);
      try {
        const verified = await verify();
        expect(differing(verified)).toEqual(finds.map((name) => names[name]).sort());
        const [first] = finds.map((name) => verified.checks.find((check) => check.name === names[name]));
        expect(first?.examples.map((example) => example.subject).join(' ')).toContain(subject);
      } finally {
        await mend();
      }
    },
    60_000,
  );

  test('looks at one cascade, and finds there what is wrong there alone', async () => {
    for (const rootId of ['late-0', 'became-root', 'never-told', 'twice']) {
      const whole = await verify({ rootId });
      expect([rootId, differing(whole)]).toEqual([rootId, []]);
    }
    const mend = await damageGraph(
      stores.graph,
      "MATCH (post:Post {id: 'late-3'}) SET post.depth = 9, post.rootId = 'never-told'",
      "MATCH (post:Post {id: 'late-3'}) SET post.depth = 3, post.rootId = 'late-0'",
    );
    const hurt = [
      await verify({ rootId: 'late-0' }),
      await verify({ rootId: 'never-told' }),
      await verify({ rootId: 'twice' }),
    ];
    await mend();
    const [moved, taken] = [
      [names.digests, names.depths],
      [names.digests, names.depths, names.lineage],
    ];
    expect(hurt.map(differing)).toEqual([moved.sort(), taken.sort(), []]);
  }, 60_000);

  test('follows a cascade by its events where lineage and graph have lost it', async () => {
    const mend = await rewriteTable(stores.facts, 'lineage', without("root_id = 'late-0'"));
    const unlinked = await damageGraph(
      stores.graph,
      "MATCH (post:Post {rootId: 'late-0'}) SET post.rootId = 'gone'",
      "MATCH (post:Post {rootId: 'gone'}) SET post.rootId = 'late-0'",
    );
    const verified = await verify({ rootId: 'late-0' });
    await unlinked();
    await mend();
    const depths = verified.checks.find((check) => check.name === names.depths);
    const mended = await verify({ rootId: 'late-0' });
    expect(depths?.differing).toBe(mended.checks.find((check) => check.name === names.depths)?.looked);
  }, 60_000);

  test('looks only at what was accepted in a stretch of time', async () => {
    const entry = await stores.log.readEntryOfSeq(1600);
    const middleMs = entry?.acceptedAtMs ?? 0;
    const [before, after] = [await verify({ untilMs: middleMs }), await verify({ sinceMs: middleMs })];
    expect([differing(before), differing(after)]).toEqual([[], []]);
    const looked = ({ checks }: Verified) => checks.find((check) => check.name === names.numbers)?.looked ?? 0;
    expect(looked(before)).toBe((entry?.firstSeq ?? 0) - 1);
    expect(looked(before) + looked(after)).toBe(await stores.log.lastSeq());
  }, 60_000);

  test('finds what a client knows better', async () => {
    const sent = [forgotten.first, ...tellStory()].flat();
    const acked: ClientIds = new Map(sent.map((event) => ['eventId' in event ? String(event.eventId) : '', null]));
    acked.delete('too-late-2');
    const refused: ClientIds = new Map([['too-late-2', null]]);
    const holds = await verify({ acked, refused, onlyAcked: true });
    expect(differing(holds)).toEqual([]);
    const strange = new Map(acked);
    strange.delete('e-late-2');
    const others = await verify({
      acked: new Map([...strange, ['never-arrived', null], ['e-late-3', '12']]),
      maybe: new Map([['lost-answer', null]]),
      refused: new Map([['e-late-4', null]]),
      onlyAcked: true,
    });
    expect(
      others.checks
        .filter((check) => !check.ok)
        .map(({ name, examples }) => [name, examples.map(({ subject }) => subject).sort()]),
    ).toEqual([
      ['every acknowledged id is there once', ['e-late-3', 'never-arrived']],
      ['refused ids left no trace', ['e-late-4']],
      ['nothing is there that no client sent', ['e-late-2']],
    ]);
  }, 60_000);

  test('finds a cursor that moved back since the last run', async () => {
    const { positions } = await verify();
    const before = { ...positions, facts: { ...positions.facts, seq: positions.facts.seq + 1 } };
    expect(differing(await verify({ before: positions }))).toEqual([]);
    expect(differing(await verify({ before }))).toEqual(['no cursor moved back since the last run']);
  }, 60_000);

  test('holds again after all of it was mended', async () => {
    expect(differing(await verify())).toEqual([]);
  }, 60_000);
});
