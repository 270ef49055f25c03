import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { packageRoot } from '../../src/query/root.ts';
import { type Analysts, openAnalysts } from './open-analysts.ts';

const folder = join(packageRoot, 'docs', 'grafana');
const Source = z.looseObject({ type: z.string(), uid: z.string() });
const Panel = z.looseObject({
  id: z.int(),
  title: z.string(),
  datasource: Source,
  targets: z.array(z.looseObject({ rawSql: z.string(), datasource: Source })).min(1),
});
const Dashboard = z.looseObject({ title: z.string(), uid: z.string(), panels: z.array(Panel).min(1) });

const dashboards = readdirSync(join(folder, 'dashboards')).map((name) =>
  Dashboard.parse(JSON.parse(readFileSync(join(folder, 'dashboards', name), 'utf8'))),
);
const panels = dashboards.flatMap(({ title, panels: of }) =>
  of.flatMap((panel) => panel.targets.map(({ rawSql }) => [`${title}: ${panel.title}`, rawSql] as const)),
);
const DataSources = z.looseObject({
  datasources: z.array(
    z.looseObject({ uid: z.string(), type: z.string(), secureJsonData: z.record(z.string(), z.string()) }),
  ),
});

/** What Grafana would write in the places of its macros and of the variable at the top of a dashboard. */
function filledIn(sql: string): string {
  const [from, to] = [1_772_323_200, 1_772_928_000];
  return sql
    .replaceAll(/\$__timeFilter\(([\w.]+)\)/g, `$1 >= toDateTime(${from}) AND $1 <= toDateTime(${to})`)
    .replaceAll(/\$__dateFilter\(([\w.]+)\)/g, `$1 >= toDate('2026-03-01') AND $1 <= toDate('2026-03-08')`)
    .replaceAll(/\$__timeInterval\(([\w.]+)\)/g, 'toStartOfInterval(toDateTime($1), INTERVAL 900 second)')
    .replaceAll(/\$\{post:singlequote\}/g, "'p1'");
}

describe('the dashboards', () => {
  let analysts: Analysts;
  beforeAll(async () => {
    analysts = await openAnalysts();
    await analysts.write(
      "INSERT INTO engagement_quarters (quarter, post_id, views, shares) VALUES ('2026-03-02 00:00:00', 'p1', 4, 1)",
    );
    await analysts.write(
      "INSERT INTO lineage (root_id, seq, post_id, parent_id, depth, account_id, shared_at) VALUES ('p1', 0, 'p1', '', 0, 'ada', '2026-03-01 10:00:00'), ('p1', 1, 's1', 'p1', 1, 'ben', '2026-03-02 10:00:00')",
    );
  }, 90_000);
  afterAll(() => analysts.close());

  test('are two, on the data source that is provisioned, whose password comes from the environment', () => {
    expect(dashboards.map(({ title }) => title).toSorted()).toEqual(['Cascades', 'Engagement']);
    const text = readFileSync(join(folder, 'provisioning', 'datasources', 'clickhouse.yml'), 'utf8');
    const [source] = DataSources.parse(parse(text)).datasources;
    expect(source?.secureJsonData).toEqual({ password: '$ANALYST_PASSWORD' });
    const asked = dashboards.flatMap((one) =>
      one.panels.flatMap(({ datasource, targets }) => [datasource, ...targets.map((target) => target.datasource)]),
    );
    for (const { uid, type } of asked) expect([uid, type]).toEqual([source?.uid, source?.type]);
  });

  test.each(panels)('%s asks the views only, and the analyst gets an answer', async (_name, sql) => {
    const tables = [...sql.matchAll(/(?:FROM|JOIN) (\w+)/g)].map(([, table]) => table);
    expect(tables.filter((table) => !table?.startsWith('v_'))).toEqual([]);
    const filled = filledIn(sql);
    expect(filled).not.toMatch(/\$/);
    expect(Array.isArray(await analysts.read(filled))).toBe(true);
  });

  test('show what is there', async () => {
    const shown = new Map<string, string>(panels);
    const ask = (name: string) => analysts.read(filledIn(shown.get(name) ?? ''));
    expect(await ask('Engagement: Views and reactions')).toEqual([
      { time: '2026-03-02 00:00:00', views: 4, likes: 0, comments: 0, shares: 1, saves: 0 },
    ]);
    expect(await ask('Cascades: Growing now')).toEqual([
      { root_post: 'p1', author: 'ada', new_shares: 1, all_shares: 1, deepest: 1 },
    ]);
    expect(await ask('Cascades: One cascade over time')).toEqual([
      { time: '2026-03-02 10:00:00', shares: 1, deepest: 1 },
    ]);
  });
});
