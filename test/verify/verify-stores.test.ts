import { connectRedis } from '../../src/log/redis/connect-redis.ts';
import type { ClientIds } from '../../src/verify/clients/client-ids.ts';
import type { Verified, VerifyOptions } from '../../src/verify/verify-stores.ts';
import { verifyStores } from '../../src/verify/verify-stores.ts';
import { testEnvironment } from '../setup/open-test-stores.ts';
import { changed, damageGraph, doubled, rewriteTable, without } from './damage.ts';
import { type FilledStores, openFilledStores } from './filled-stores.ts';
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

const names = {
  numbers: 'every accept number ended once',
  ids: 'every event id is in facts once',
  columns: 'columns of events say what was sent',
  beyond: 'no accept number is beyond the log',
  rows: 'facts hold what every minute accepted',
  sums: 'every minute of the ledger adds up',
  runs: 'accept numbers of the ledger are one run',
  tallySums: 'every tally of the graph adds up',
  tallies: 'every tally of the graph equals a recount',
  nodes: 'every event that makes a post is one node',
  extra: 'nothing is in the graph that no event made',
  oneEdge: 'a post has at most one edge to a parent',
  edges: 'every edge goes where its event says',
  weights: 'edges carry the weight of their event',
  states: 'states follow from the events',
  depths: 'root and depth follow from the parents',
  rings: 'edges close no ring',
  authors: 'every post has its author',
  refusals: 'what the graph refused, and no more, is a refusal',
  digests: 'digests of every cascade are equal in both stores',
  lineage: 'lineage has one row a linked post',
  places: 'lineage gives every post its place',
  accounts: 'lineage gives every account its place',
  idIndex: 'event_ids equals a recount of events',
  shares: 'shares equals a recount of events',
  placesRollup: 'places equals a recount of lineage',
  cascades: 'cascades equals a recount of lineage',
  follows: 'follows are the last word on each pair',
} as const;

type Name = keyof typeof names;

/** A damage by hand, the checks that find it, and what the first of them names. */
type Damage = { what: string; hurt: () => Promise<() => Promise<void>>; finds: [Name, ...Name[]]; names: string };

const table = (name: string, select: string) => () => rewriteTable(stores.facts, name, select);
const graph = (damage: string, mend: string) => () => damageGraph(stores.graph, damage, mend);
const aView = "event_id IN (SELECT min(event_id) FROM $TABLE WHERE event_name = 'post_view')";

const damages: Damage[] = [
  { what: 'a lost event', hurt: table('events', without(aView)), finds: ['numbers', 'rows', 'idIndex'], names: '' },
  {
    what: 'a doubled event',
    hurt: table('events', doubled(aView)),
    finds: ['ids', 'numbers', 'rows', 'idIndex'],
    names: '',
  },
  {
    what: 'an event whose column was changed',
    hurt: table('events', changed('root_hint', "'elsewhere'", "event_id = 'e-late-2'")),
    finds: ['columns'],
    names: 'e-late-2',
  },
  {
    what: 'a share event that says another parent',
    hurt: table('events', changed('data', "replace(data, 'late-1', 'late-4')", "event_id = 'e-late-2'")),
    finds: ['edges', 'columns', 'shares', 'states', 'depths', 'lineage', 'digests'],
    names: 'late-2',
  },
  {
    what: 'a lost outcome',
    hurt: table('outcomes', without("event_id = 'old-1'")),
    finds: ['numbers', 'rows', 'tallies'],
    names: '',
  },
  {
    what: 'a doubled outcome',
    hurt: table('outcomes', doubled("event_id = 'old-1'")),
    finds: ['numbers', 'rows'],
    names: '',
  },
  {
    what: 'an event beyond the log',
    hurt: table(
      'event_ids',
      `${without('0')} UNION ALL SELECT * REPLACE (toUInt64(999999) AS accept_seq) FROM $TABLE LIMIT 1`,
    ),
    finds: ['beyond'],
    names: 'event_ids',
  },
  {
    what: 'a lost id',
    hurt: table('event_ids', without("id_hash = sipHash128('e-late-2')")),
    finds: ['idIndex'],
    names: '',
  },
  {
    what: 'another content of an id',
    hurt: table('event_ids', changed('digest', 'digest + 1', "id_hash = sipHash128('e-late-2')")),
    finds: ['idIndex'],
    names: '',
  },
  { what: 'a lost share', hurt: table('shares', without("share_id = 'late-2'")), finds: ['shares'], names: 'late-2' },
  {
    what: 'a doubled share',
    hurt: table('shares', doubled("share_id = 'late-2'")),
    finds: ['shares'],
    names: 'late-2',
  },
  {
    what: 'a wrong weight in the facts',
    hurt: table('shares', changed('confidence', '0.5', "share_id = 'late-2'")),
    finds: ['shares'],
    names: 'late-2',
  },
  {
    what: 'a lost row of lineage',
    hurt: table('lineage', without("post_id = 'n2'")),
    finds: ['lineage', 'placesRollup', 'cascades'],
    names: 'n2',
  },
  {
    what: 'a doubled row of lineage',
    hurt: table('lineage', doubled("post_id = 'n2'")),
    finds: ['lineage', 'places', 'placesRollup', 'cascades'],
    names: 'n2',
  },
  {
    what: 'a wrong depth in lineage',
    hurt: table('lineage', changed('depth', 'depth + 100', "post_id = 'n2'")),
    finds: ['lineage', 'cascades'],
    names: 'n2',
  },
  {
    what: 'a wrong place in lineage',
    hurt: table('lineage', changed('parent_seq', 'parent_seq - 1', "post_id = 'n2'")),
    finds: ['places'],
    names: 'n2',
  },
  {
    what: 'two accounts at one place',
    hurt: table('lineage', changed('account_ord', 'account_ord - 1', "post_id = 'n2'")),
    finds: ['accounts'],
    names: 'n2',
  },
  { what: 'a lost place', hurt: table('places', without("post_id = 'n2'")), finds: ['placesRollup'], names: 'n2' },
  {
    what: 'a stale cascade',
    hurt: table('cascades', changed('posts', 'posts + 1', "root_id = 'never-told'")),
    finds: ['cascades'],
    names: 'never-told',
  },
  {
    what: 'a missing edge',
    hurt: graph(
      "MATCH (post:Post {id: 'late-2'})-[edge:SHARED_FROM]->() SET post.kept = properties(edge).at DELETE edge",
      `MATCH (post:Post {id: 'late-2'}), (parent:Post {id: 'late-1'})
       CREATE (post)-[:SHARED_FROM {at: post.kept, method: 'deeplink', confidence: 0.75}]->(parent) REMOVE post.kept`,
    ),
    finds: ['edges', 'digests'],
    names: 'late-2',
  },
  {
    what: 'a doubled edge',
    hurt: graph(
      `MATCH (post:Post {id: 'late-2'})-[edge:SHARED_FROM]->(parent) CREATE (post)-[more:SHARED_FROM {doubled: true}]->(parent)
       SET more += properties(edge)`,
      "MATCH (:Post {id: 'late-2'})-[edge:SHARED_FROM {doubled: true}]->() DELETE edge",
    ),
    finds: ['oneEdge', 'digests'],
    names: 'late-2',
  },
  {
    what: 'a moved edge',
    hurt: graph(
      `MATCH (post:Post {id: 'n2'})-[edge:SHARED_FROM]->(), (other:Post {id: 'never-told'})
       CREATE (post)-[moved:SHARED_FROM]->(other) SET moved = properties(edge) DELETE edge`,
      `MATCH (post:Post {id: 'n2'})-[edge:SHARED_FROM]->(), (parent:Post {id: 'n1'})
       CREATE (post)-[moved:SHARED_FROM]->(parent) SET moved = properties(edge) DELETE edge`,
    ),
    finds: ['edges', 'digests'],
    names: 'n2',
  },
  {
    what: 'a wrong weight in the graph',
    hurt: graph(
      "MATCH (:Post {id: 'late-2'})-[edge:SHARED_FROM]->() SET edge.confidence = 0.5",
      "MATCH (:Post {id: 'late-2'})-[edge:SHARED_FROM]->() SET edge.confidence = 0.75",
    ),
    finds: ['weights'],
    names: 'late-2',
  },
  {
    what: 'a wrong depth in the graph',
    hurt: graph(
      "MATCH (post:Post {id: 'late-3'}) SET post.depth = post.depth + 1",
      "MATCH (post:Post {id: 'late-3'}) SET post.depth = post.depth - 1",
    ),
    finds: ['depths', 'digests'],
    names: 'late-3',
  },
  {
    what: 'a linked post that says it waits',
    hurt: graph(
      "MATCH (post:Post {id: 'late-4'}) SET post.state = 'pending'",
      "MATCH (post:Post {id: 'late-4'}) SET post.state = 'linked'",
    ),
    finds: ['states'],
    names: 'late-4',
  },
  {
    what: 'a post that no event made',
    hurt: graph("CREATE (:Post {id: 'invented', state: 'stub'})", "MATCH (post:Post {id: 'invented'}) DELETE post"),
    finds: ['extra'],
    names: 'invented',
  },
  {
    what: 'a post that lost its author',
    hurt: graph(
      "MATCH (:Account)-[edge:AUTHORED]->(:Post {id: 'late-4'}) DELETE edge",
      "MATCH (account:Account {id: 'u-late-4'}), (post:Post {id: 'late-4'}) CREATE (account)-[:AUTHORED]->(post)",
    ),
    finds: ['authors'],
    names: 'late-4',
  },
  {
    what: 'a post under another name',
    hurt: graph(
      "MATCH (post:Post {id: 'waits-too'}) SET post.id = 'renamed'",
      "MATCH (post:Post {id: 'renamed'}) SET post.id = 'waits-too'",
    ),
    finds: ['nodes', 'extra'],
    names: 'waits-too',
  },
  {
    what: 'the edge of a quarantined share',
    hurt: graph(
      `MATCH (post:Post {id: 'ring-c'}), (parent:Post {id: 'ring-b'}) CREATE (post)-[:SHARED_FROM]->(parent)`,
      "MATCH (:Post {id: 'ring-c'})-[edge:SHARED_FROM]->() DELETE edge",
    ),
    finds: ['rings', 'edges'],
    names: 'ring-a',
  },
  {
    what: 'a forgotten refusal',
    hurt: graph(
      "MATCH (refusal:Refusal {eventId: 'too-late'}) SET refusal.acceptSeq = refusal.acceptSeq + 1000000",
      "MATCH (refusal:Refusal {eventId: 'too-late'}) SET refusal.acceptSeq = refusal.acceptSeq - 1000000",
    ),
    finds: ['refusals', 'beyond', 'tallies'],
    names: 'accept number ',
  },
  {
    what: 'a wrong tally',
    hurt: graph(
      'MATCH (tally:Tally) SET tally.stored = tally.stored - 1',
      'MATCH (tally:Tally) SET tally.stored = tally.stored + 1',
    ),
    finds: ['tallySums', 'tallies'],
    names: ':00.000Z',
  },
  {
    what: 'a follow that was taken back',
    hurt: graph(
      "MATCH (:Account {id: 'cid'})-[edge:FOLLOWS]->(:Account {id: 'bob'}) SET edge.at = edge.at + 1",
      "MATCH (:Account {id: 'cid'})-[edge:FOLLOWS]->(:Account {id: 'bob'}) SET edge.at = edge.at - 1",
    ),
    finds: ['follows'],
    names: '["cid","bob"]',
  },
  { what: 'a miscounted request', hurt: () => countMore('received'), finds: ['sums'], names: ':00.000Z' },
  {
    what: 'a miscounted acceptance',
    hurt: () => countMore('accepted'),
    finds: ['runs', 'sums', 'tallySums'],
    names: ':00.000Z',
  },
];

async function countMore(field: string): Promise<() => Promise<void>> {
  const redis = await connectRedis({ url: testEnvironment('REDIS_URL'), name: 'damage' });
  const [minute] = await stores.log.readLedger({ fromMs: 0, toMs: Date.now() });
  const key = `${stores.variables['REDIS_PREFIX']}:ledger:${minute?.minuteMs}`;
  await redis.hincrby(key, field, 1);
  return async () => {
    await redis.hincrby(key, field, -1);
    redis.disconnect();
  };
}

describe('verify', () => {
  test('holds for stores that the real projectors filled', async () => {
    const verified = await verify({ waitMs: 10_000 });
    expect(verified.checks.filter((check) => !check.ok)).toEqual([]);
    expect(verified).toMatchObject({ ok: true, watermark: { acceptSeq: await stores.log.lastSeq() } });
    const unlooked = verified.checks.filter((check) => check.looked === 0).map((check) => check.name);
    expect(unlooked).toEqual([]);
  }, 60_000);

  test.each(damages)(
    'finds $what',
    async ({ hurt, finds, names: subject }) => {
      const mend = await hurt();
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
    const found = [names.digests, names.depths].sort();
    expect(hurt.map(differing)).toEqual([found, found, []]);
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
