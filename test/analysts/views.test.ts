import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../src/query/root.ts';
import { readPage } from '../docs/read-examples.ts';
import { readRepositoryFile } from '../rules/repository-files.ts';
import { type Analysts, openAnalysts } from './open-analysts.ts';

const views = readdirSync(join(packageRoot, 'clickhouse', 'schema'))
  .map((name) => /^\d{4}-(v-.*)\.sql$/.exec(name)?.[1]?.replaceAll('-', '_'))
  .filter((name) => name !== undefined);

const at = '2026-03-01 10:00:00.000';
const later = '2026-03-01 11:00:00.000';

// Root r was written anew: in generation 0 share b hung below a, in generation 1 it hangs below r. Of x only its share spoke.
const lineage = [
  `('r', 0, 0, 'r', '', 0, 0, 'ada', 0, '${at}', 1, 1)`,
  `('r', 0, 1, 'a', 'r', 0, 1, 'ben', 1, '${later}', 2, 2)`,
  `('r', 0, 2, 'b', 'a', 1, 2, 'cleo', 2, '${later}', 3, 3)`,
  `('r', 1, 0, 'r', '', 0, 0, 'ada', 0, '${at}', 1, 4)`,
  `('r', 1, 1, 'b', 'r', 0, 1, 'cleo', 1, '${later}', 3, 5)`,
  `('x', 0, 0, 'x', '', 0, 0, '', 0, '1970-01-01 00:00:00.000', 0, 6)`,
  `('x', 0, 1, 'y', 'x', 0, 1, 'dan', 1, '${later}', 4, 7)`,
];
const shares = [
  `('a', 2, 'r', 'ben', '${later}')`,
  `('b', 3, 'r', 'cleo', '${later}')`,
  `('y', 4, 'x', 'dan', '${later}')`,
];

describe('the views for analysts', () => {
  let analysts: Analysts;
  beforeAll(async () => {
    analysts = await openAnalysts();
    await analysts.write(`INSERT INTO lineage SELECT * FROM values(${values(lineage)})`);
    await analysts.write("INSERT INTO lineage_generations VALUES ('r', 1)");
    await analysts.write(
      `INSERT INTO shares (share_id, accept_seq, parent_id, account_id, shared_at) VALUES ${shares.join(', ')}`,
    );
    // A difference that takes back all that was there.
    await analysts.write(
      "INSERT INTO engagement_days (day, post_id, impressions, views) VALUES ('2026-03-01', 'r', 3, 2), ('2026-03-01', 'gone', 1, 1)",
    );
    await analysts.write(
      "INSERT INTO engagement_days (day, post_id, impressions, views) VALUES ('2026-03-01', 'r', -1, -1), ('2026-03-01', 'gone', -1, -1)",
    );
  }, 90_000);
  afterAll(() => analysts.close());

  const values = (rows: readonly string[]) =>
    `'root_id String, generation UInt32, seq UInt32, post_id String, parent_id String, parent_seq UInt32, depth UInt32, account_id String, account_ord UInt32, shared_at DateTime64(3, \\'UTC\\'), accept_seq UInt64, link_seq UInt64', ${rows.join(', ')}`;

  test.each(views)('%s can be read by the analyst, and every column of it is on the page', async (view) => {
    await analysts.read(`SELECT * FROM ${view}`);
    const columns = await analysts.read(`DESCRIBE TABLE ${view}`);
    const page = readPage('analysts.md');
    const headings = view.startsWith('v_engagement')
      ? '`v_engagement_daily` and `v_engagement_quarters`'
      : `\`${view}\``;
    const section = page.split(/^### /m).find((part) => part.startsWith(headings)) ?? '';
    expect(columns.filter(({ name }) => !section.includes(`\`${String(name)}\``))).toEqual([]);
  });

  test('are what the role on a real server may read, all of them and nothing else', () => {
    const grants = readRepositoryFile('clickhouse/access/0005-analysts-grants.sql');
    expect([...grants.matchAll(/SELECT ON (\w+)/g)].map(([, name]) => name)).toEqual(views);
  });

  test('count the generation of a cascade that counts', async () => {
    const linked = await analysts.read('SELECT share_id, parent_post_id, depth FROM v_shares ORDER BY share_id');
    expect(linked).toEqual([
      { share_id: 'b', parent_post_id: 'r', depth: 1 },
      { share_id: 'y', parent_post_id: 'x', depth: 1 },
    ]);
    const cascades = await analysts.read(
      'SELECT root_post_id, author_id, created_at, shares, accounts, depth FROM v_cascades ORDER BY root_post_id',
    );
    expect(cascades).toEqual([
      { root_post_id: 'r', author_id: 'ada', created_at: at, shares: 1, accounts: 2, depth: 1 },
      { root_post_id: 'x', author_id: '', created_at: null, shares: 1, accounts: 1, depth: 1 },
    ]);
  });

  test('say of every post whether it is linked, waits, or is only spoken of', async () => {
    const posts = await analysts.read(
      'SELECT post_id, kind, state, root_post_id, parent_post_id, depth FROM v_posts ORDER BY post_id',
    );
    expect(posts).toEqual([
      { post_id: 'a', kind: 'share', state: 'pending', root_post_id: '', parent_post_id: 'r', depth: null },
      { post_id: 'b', kind: 'share', state: 'linked', root_post_id: 'r', parent_post_id: 'r', depth: 1 },
      { post_id: 'r', kind: 'original', state: 'linked', root_post_id: 'r', parent_post_id: '', depth: 0 },
      { post_id: 'x', kind: 'original', state: 'assumed', root_post_id: 'x', parent_post_id: '', depth: 0 },
      { post_id: 'y', kind: 'share', state: 'linked', root_post_id: 'x', parent_post_id: 'x', depth: 1 },
    ]);
  });

  test('add up the differences of engagement, and leave out what came to nothing', async () => {
    const days = await analysts.read('SELECT post_id, impressions, views, completion_rate FROM v_engagement_daily');
    expect(days).toEqual([{ post_id: 'r', impressions: 2, views: 1, completion_rate: null }]);
  });

  test('tell the history of accounts and posts, and the catalogue of what posts are about', async () => {
    const event = (name: string, minute: number, what: Record<string, string>) => {
      const values = {
        event_id: `'${name} ${minute}'`,
        event_name: `'${name}'`,
        timestamp: `'2026-03-01 10:0${minute}:00'`,
        ...what,
      };
      return `INSERT INTO events (${Object.keys(values).join(', ')}) VALUES (${Object.values(values).join(', ')})`;
    };
    await analysts.write(
      event('user_registered', 0, { account_id: "'ada'", user_type: "'creator'", follower_count: '5' }),
    );
    await analysts.write(event('user_updated', 1, { account_id: "'ada'", follower_count: '9' }));
    await analysts.write(
      event('post_created', 2, {
        post_id: "'new'",
        account_id: "'ada'",
        content_category: "'dance'",
        hashtags: "['a', 'a', 'b']",
      }),
    );
    await analysts.write(
      event('post_updated', 3, {
        post_id: "'new'",
        account_id: "'ada'",
        content_category: "'food'",
        changed_fields: "['category']",
      }),
    );
    expect(
      await analysts.read(
        'SELECT user_type, follower_count, is_registration FROM v_account_changes ORDER BY changed_at',
      ),
    ).toEqual([
      { user_type: 'creator', follower_count: 5, is_registration: true },
      { user_type: '', follower_count: 9, is_registration: false },
    ]);
    expect(
      await analysts.read('SELECT change, changed_fields, category FROM v_post_changes ORDER BY changed_at'),
    ).toEqual([
      { change: 'created', changed_fields: [], category: 'dance' },
      { change: 'updated', changed_fields: ['category'], category: 'food' },
    ]);
    expect(
      await analysts.read('SELECT dimension, value, posts FROM v_content_values ORDER BY dimension, value'),
    ).toEqual([
      { dimension: 'category', value: 'food', posts: 1 },
      { dimension: 'hashtag', value: 'a', posts: 1 },
      { dimension: 'hashtag', value: 'b', posts: 1 },
    ]);
  });

  test('read of one cascade only its rows', async () => {
    const plan = await analysts.read("EXPLAIN indexes = 1 SELECT count() FROM v_shares WHERE root_post_id = 'r'");
    const text = plan.map(({ explain }) => String(explain)).join('\n');
    expect(text).toMatch(/PrimaryKey[\s\S]*root_id/);
  });
});
