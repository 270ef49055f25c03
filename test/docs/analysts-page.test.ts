import type { Analysts } from '../analysts/open-analysts.ts';
import { content } from '../analysts/recipes/content.ts';
import { creatorRecipes } from '../analysts/recipes/creators.ts';
import { finding } from '../analysts/recipes/finding.ts';
import { platform } from '../analysts/recipes/platform.ts';
import { spreading } from '../analysts/recipes/spreading.ts';
import type { Recipe, Row } from '../analysts/recipes/tools.ts';
import { openWorld } from '../analysts/world/open-world.ts';
import type { World } from '../analysts/world/read-world.ts';
import { readRecipes } from './read-recipes.ts';

const recipes: Readonly<Record<string, Recipe>> = {
  ...spreading,
  ...content,
  ...creatorRecipes,
  ...finding,
  ...platform,
};
const written = readRecipes('analysts.md');

/** Averages depend in their last digits on the order in which rows were added. */
function rounded(rows: readonly Row[]): Row[] {
  return rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [
        name,
        typeof value === 'number' ? Number(value.toPrecision(10)) : value,
      ]),
    ),
  );
}

describe('the page for analysts', () => {
  let analysts: Analysts;
  let world: World;
  beforeAll(async () => {
    ({ analysts, world } = await openWorld());
  }, 120_000);
  afterAll(() => analysts.close());

  test('has a recount for every recipe', () => {
    expect(written.map(([heading]) => heading)).toEqual(Object.keys(recipes));
  });

  test('has something to compare: posts that trend, a deep path, creators of several tiers', () => {
    const recount = (heading: string) => JSON.stringify(recipes[heading]?.recount(world));
    expect(recount('Trending content')).toMatch(/"(viral|trending)"/);
    expect(recount('Trending content')).toContain('"normal"');
    expect(recount('The share path of one share')).toMatch(/"share_path":"([^/"]+\/){3,}/);
    expect(recount('Creator tiers')).toContain('"established"');
    expect(recount('The life cycle of a post')).toMatch(/growth.*peak.*decay/);
  });

  test.each(written)('%s', async (heading, sql) => {
    const { params = {}, recount } = recipes[heading] ?? { recount: () => [] };
    const expected = recount(world);
    expect(expected).not.toEqual([]);
    expect(rounded(await analysts.read(sql, params))).toEqual(rounded(expected));
  });
});
