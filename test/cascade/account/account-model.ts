/** A post of the model: `parent` is the place of its parent among all posts, -1 for a root. */
export type ModelPost = { id: string; parent: number; accountId: string; atMs: number };

/** What an account is by the definitions, as slow as they come and sharing nothing with the code under test. */
export function modelAccount(posts: readonly ModelPost[], accountId: string) {
  const own = posts.filter((post) => post.accountId === accountId);
  const directs = own.map((post) => posts.filter(({ parent }) => posts[parent] === post).length);
  const started = own.filter(({ parent }) => parent < 0);
  const times = own.map(({ atMs }) => atMs);
  return {
    posts: started.length,
    shares: own.length - started.length,
    cascades: {
      started: started.length,
      shares: posts.filter((post) => post.parent >= 0 && started.includes(rootOf(posts, post))).length,
    },
    descendants: {
      count: posts.filter((post) => above(posts, post).some((other) => other.accountId === accountId)).length,
      exact: true,
    },
    direct: directs.reduce((sum, direct) => sum + direct, 0),
    hIndex: Math.max(0, ...directs.map((_, index) => index + 1).filter((h) => countFrom(directs, h) >= h)),
    firstPostAt: timeOrNull(Math.min(...times)),
    lastPostAt: timeOrNull(Math.max(...times)),
  };
}

/** The accounts around an account within some steps: every other post counts once, at its least distance. */
export function modelSpread(posts: readonly ModelPost[], asked: { accountId: string; down: boolean; hops: number }) {
  const found = new Map<string, { hop: number; times: number[] }>();
  for (const post of posts) {
    if (post.accountId === asked.accountId) continue;
    const hop = leastDistance(posts, post, asked);
    if (hop > asked.hops) continue;
    const item = found.get(post.accountId) ?? { hop, times: [] };
    found.set(post.accountId, { hop: Math.min(hop, item.hop), times: [...item.times, post.atMs] });
  }
  return [...found]
    .map(([accountId, { hop, times }]) => ({
      accountId,
      hop,
      shares: times.length,
      firstAt: timeOrNull(Math.min(...times)),
      lastAt: timeOrNull(Math.max(...times)),
    }))
    .toSorted((a, b) => b.shares - a.shares || Buffer.compare(Buffer.from(a.accountId), Buffer.from(b.accountId)));
}

type Asked = { accountId: string; down: boolean };

function leastDistance(posts: readonly ModelPost[], post: ModelPost, { accountId, down }: Asked): number {
  const own = posts.filter((other) => other.accountId === accountId);
  const steps = down
    ? own.map((other) => above(posts, post).indexOf(other))
    : own.map((other) => above(posts, other).indexOf(post));
  return Math.min(...steps.filter((step) => step >= 0).map((step) => step + 1));
}

/** All posts above one, the nearest first. */
function above(posts: readonly ModelPost[], post: ModelPost): ModelPost[] {
  const parent = posts[post.parent];
  return parent === undefined ? [] : [parent, ...above(posts, parent)];
}

function rootOf(posts: readonly ModelPost[], post: ModelPost): ModelPost {
  return above(posts, post).at(-1) ?? post;
}

function countFrom(values: readonly number[], least: number): number {
  return values.filter((value) => value >= least).length;
}

function timeOrNull(atMs: number): string | null {
  return Number.isFinite(atMs) ? new Date(atMs).toISOString() : null;
}
