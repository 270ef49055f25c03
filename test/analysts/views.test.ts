import { type Analysts, openAnalysts } from './open-analysts.ts';

const views = [
  'v_events',
  'v_posts',
  'v_shares',
  'v_engagement_daily',
  'v_engagement_quarters',
  'v_accounts',
  'v_creator_daily',
  'v_discovery',
  'v_moderation',
  'v_cascades',
];
let analysts: Analysts;
beforeAll(async () => {
  analysts = await openAnalysts();
}, 60_000);
afterAll(() => analysts.close());

test.each(views)('%s', async (view) => {
  expect(await analysts.read(`SELECT * FROM ${view} LIMIT 5`)).toEqual([]);
  console.log((await analysts.read(`DESCRIBE TABLE ${view}`)).map((r) => `${r['name']} ${r['type']}`).join('\n'));
});
test('explain', async () => {
  for (const q of [
    "SELECT count() FROM v_shares WHERE root_post_id = 'x'",
    "SELECT count() FROM v_posts WHERE root_post_id = 'x' AND kind = 'share'",
    "SELECT * FROM v_engagement_daily WHERE post_id = 'x'",
  ])
    console.log((await analysts.read(`EXPLAIN indexes = 1 ${q}`)).map((r) => r['explain']).join('\n'));
});
