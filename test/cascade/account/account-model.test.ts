import fc from 'fast-check';
import { type CascadeStores, openCascadeStores } from '../cascade-stores.ts';
import { post, share, startMs } from '../changes.ts';
import { arbitraryTree, type Node } from '../tree.ts';
import { type ModelPost, modelAccount, modelSpread } from './account-model.ts';

let stores: CascadeStores;

beforeAll(async () => {
  stores = await openCascadeStores();
});
afterAll(() => stores.close());

// In UTF-16 the face stands before the full-width sign, in bytes behind it.
const names = ['web:a', 'B', '\u{1f600}', '\uffe5', 'é', "o'<&%/?#"];
let runs = 0;

/** Several trees in one list, under names that no other run has. */
function postsOf(trees: readonly Node[][]): ModelPost[] {
  runs += 1;
  return trees.flatMap((nodes, tree) => {
    const before = trees.slice(0, tree).reduce((sum, { length }) => sum + length, 0);
    return nodes.map(({ parent, timeMs, account }, place) => ({
      id: `run ${runs} ${tree} ${place}`,
      parent: parent < 0 ? -1 : before + parent,
      accountId: accountId(account % names.length),
      atMs: startMs + timeMs,
    }));
  });
}

function accountId(number: number): string {
  return `${runs} ${names[number]}`;
}

async function project(posts: readonly ModelPost[]): Promise<void> {
  await stores.project(
    posts.map(({ id, parent, accountId: by, atMs }) => {
      const above = posts[parent];
      const afterMs = atMs - startMs;
      return above === undefined ? post(id, by, afterMs) : share(id, { of: above.id, by, afterMs });
    }),
  );
}

async function expectModel(posts: readonly ModelPost[], asked: string): Promise<void> {
  const path = `/v1/accounts/${encodeURIComponent(asked)}`;
  expect(await stores.get(path)).toMatchObject({ status: 200, body: modelAccount(posts, asked) });
  for (const hops of [1, 2, 4]) {
    for (const direction of ['amplifiers', 'amplified']) {
      const items = modelSpread(posts, { accountId: asked, down: direction === 'amplifiers', hops });
      expect(await stores.get(`${path}/${direction}?hops=${hops}`)).toMatchObject({
        status: 200,
        body: { items, total: items.length, next: null, complete: true, leftOut: { posts: 0, edges: 0 } },
      });
    }
  }
}

test('accounts over several random cascades are what the definitions say', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(arbitraryTree(25), { minLength: 1, maxLength: 3 }), async (trees) => {
      const posts = postsOf(trees);
      await project(posts);
      const accounts = new Set(posts.map((one) => one.accountId));
      await Promise.all([...accounts].map((asked) => expectModel(posts, asked)));
    }),
    { numRuns: 12 },
  );
}, 120_000);
