import { connectRedis } from '../../src/log/redis/connect-redis.ts';
import { testEnvironment } from '../setup/open-test-stores.ts';
import { changed, doubled, rewriteTable, without } from './damage.ts';
import type { Damage } from './damage-case.ts';
import type { FilledStores } from './filled-stores.ts';

const table = (name: string, select: string) => (stores: FilledStores) => rewriteTable(stores.facts, name, select);
const aView = "event_id IN (SELECT min(event_id) FROM $TABLE WHERE event_name = 'post_view')";

/** Damages of the facts, of lineage, and of what the door counted. */
export const factsDamages: Damage[] = [
  {
    what: 'a lost event',
    hurt: table('events', without(aView)),
    finds: ['numbers', 'rows', 'idIndex', 'engagement'],
    names: '',
  },
  {
    what: 'a doubled event',
    hurt: table('events', doubled(aView)),
    finds: ['ids', 'numbers', 'rows', 'idIndex', 'engagement'],
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
    what: 'a lost day of engagement',
    hurt: table('engagement_days', without("post_id = 'late-0'")),
    finds: ['engagement'],
    names: 'late-0',
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
  { what: 'a miscounted request', hurt: (stores) => countMore(stores, 'received'), finds: ['sums'], names: ':00.000Z' },
  {
    what: 'a miscounted acceptance',
    hurt: (stores) => countMore(stores, 'accepted'),
    finds: ['runs', 'sums', 'tallySums'],
    names: ':00.000Z',
  },
];

async function countMore(stores: FilledStores, field: string): Promise<() => Promise<void>> {
  const redis = await connectRedis({ url: testEnvironment('REDIS_URL'), name: 'damage' });
  const [minute] = await stores.log.readLedger({ fromMs: 0, toMs: Date.now() });
  const key = `${stores.variables['REDIS_PREFIX']}:ledger:${minute?.minuteMs}`;
  await redis.hincrby(key, field, 1);
  return async () => {
    await redis.hincrby(key, field, -1);
    redis.disconnect();
  };
}
