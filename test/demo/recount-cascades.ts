/** An event as it stands in its JSON: nothing of the product's own reading of events is used here. */
export type PlainEvent = {
  readonly eventId: string;
  readonly eventName: string;
  readonly userId?: string;
  readonly timestamp: string | number;
  readonly data: Readonly<Record<string, unknown>>;
  readonly metadata?: { readonly network?: string };
};

type RecountedPost = {
  readonly postId: string;
  readonly authorId: string;
  readonly createdAtMs: number;
  /** What it was shared from; null for an original. */
  readonly parentPostId: string | null;
  readonly rootHint: string | null;
};

export type Recount = {
  readonly rootPostId: string;
  readonly authorId: string;
  readonly createdAtMs: number;
  readonly size: number;
  readonly shares: number;
  readonly accounts: number;
  readonly depth: number;
  readonly meanDepth: number;
  readonly depthHistogram: readonly number[];
  readonly maxBreadth: number;
  readonly wienerIndex: bigint;
  readonly structuralVirality: number | null;
  readonly leafFraction: number;
  readonly broadcastRatio: number | null;
  readonly largestBroadcast: { readonly postId: string; readonly shares: number };
  readonly firstShareAtMs: number | null;
  readonly lastShareAtMs: number | null;
  readonly timeToDepth: readonly { readonly depth: number; readonly atMs: number }[];
  readonly timeToSize: readonly { readonly size: number; readonly atMs: number }[];
  /** Shares that name this root and whose chain does not reach any root. */
  readonly pending: number;
};

export type RecountedPlatform = {
  readonly cascades: ReadonlyMap<string, Recount>;
  readonly posts: ReadonlyMap<string, RecountedPost>;
  /** Every share that reaches no root, whatever it names. */
  readonly pendingPostIds: readonly string[];
};

type Placed = { readonly post: RecountedPost; readonly chain: readonly string[] };

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function readPost(event: PlainEvent): RecountedPost | null {
  const isShare = event.eventName === 'post_share';
  if (!isShare && event.eventName !== 'post_created') return null;
  const { postId, shareId, rootPostId } = event.data;
  const network = event.metadata?.network ?? 'default';
  const userId = event.userId ?? '';
  return {
    postId: (isShare ? text(shareId) : text(postId)) ?? event.eventId,
    authorId: network === 'default' ? userId : `${network}:${userId}`,
    createdAtMs: new Date(event.timestamp).getTime(),
    parentPostId: isShare ? text(postId) : null,
    rootHint: isShare ? text(rootPostId) : null,
  };
}

function collectPosts(events: Iterable<PlainEvent>): Map<string, RecountedPost> {
  const posts = new Map<string, RecountedPost>();
  for (const event of events) {
    const post = readPost(event);
    if (post !== null && !posts.has(post.postId)) posts.set(post.postId, post);
  }
  return posts;
}

/** The chain from a post up to its root, the post first; null where it ends nowhere or in a ring. */
function climb(posts: ReadonlyMap<string, RecountedPost>, from: RecountedPost): string[] | null {
  const chain = [from.postId];
  const seen = new Set(chain);
  for (let post = from; post.parentPostId !== null; ) {
    const parent = posts.get(post.parentPostId);
    if (parent === undefined || seen.has(parent.postId)) return null;
    chain.push(parent.postId);
    seen.add(parent.postId);
    post = parent;
  }
  return chain;
}

function countSubtrees(members: readonly Placed[]): Map<string, number> {
  const sizes = new Map<string, number>();
  for (const { chain } of members) for (const postId of chain) sizes.set(postId, (sizes.get(postId) ?? 0) + 1);
  return sizes;
}

function countDirectShares(members: readonly Placed[]): Map<string, number> {
  const direct = new Map<string, number>();
  for (const { post } of members) {
    if (post.parentPostId !== null) direct.set(post.parentPostId, (direct.get(post.parentPostId) ?? 0) + 1);
  }
  return direct;
}

function findLargestBroadcast(members: readonly Placed[], direct: ReadonlyMap<string, number>) {
  const counted = members.map(({ post }) => ({ postId: post.postId, shares: direct.get(post.postId) ?? 0 }));
  counted.sort((a, b) => b.shares - a.shares || Buffer.compare(Buffer.from(a.postId), Buffer.from(b.postId)));
  return counted[0] ?? { postId: '', shares: 0 };
}

function countDepths(members: readonly Placed[]): number[] {
  const histogram: number[] = [];
  for (const { chain } of members) histogram[chain.length - 1] = (histogram[chain.length - 1] ?? 0) + 1;
  return histogram;
}

function findTimesToDepth(members: readonly Placed[], depth: number) {
  return Array.from({ length: depth }, (_, index) => {
    const times = members.filter(({ chain }) => chain.length === index + 2).map(({ post }) => post.createdAtMs);
    return { depth: index + 1, atMs: times.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY) };
  });
}

function findTimesToSize(times: readonly number[]) {
  const milestones = [2, 10, 100, 1_000, 10_000, 100_000, 1_000_000];
  return milestones.flatMap((size) => {
    const atMs = times[size - 1];
    return atMs === undefined ? [] : [{ size, atMs }];
  });
}

/** W = sum over the edges of what they part: every pair of posts is counted once on each edge between them. */
function addUpDistances(sizes: ReadonlyMap<string, number>, size: number): bigint {
  let sum = 0n;
  for (const below of sizes.values()) sum += BigInt(below) * BigInt(size - below);
  return sum;
}

function measureShape(members: readonly Placed[]) {
  const size = members.length;
  const direct = countDirectShares(members);
  const depthHistogram = countDepths(members);
  const wienerIndex = addUpDistances(countSubtrees(members), size);
  const depths = members.reduce((sum, { chain }) => sum + chain.length - 1, 0);
  return {
    size,
    shares: size - 1,
    accounts: new Set(members.map(({ post }) => post.authorId)).size,
    depth: depthHistogram.length - 1,
    meanDepth: depths / size,
    depthHistogram,
    maxBreadth: depthHistogram.reduce((most, count) => Math.max(most, count), 0),
    wienerIndex,
    structuralVirality: size < 2 ? null : (2 * Number(wienerIndex)) / (size * (size - 1)),
    leafFraction: (size - direct.size) / size,
    broadcastRatio: size < 2 ? null : (depthHistogram[1] ?? 0) / (size - 1),
    largestBroadcast: findLargestBroadcast(members, direct),
  };
}

function measureTimes(root: RecountedPost, members: readonly Placed[], depth: number) {
  const ascending = (a: number, b: number) => a - b;
  const shared = members.flatMap(({ post }) => (post === root ? [] : [post.createdAtMs])).sort(ascending);
  const all = [...shared, root.createdAtMs].sort(ascending);
  return {
    firstShareAtMs: shared[0] ?? null,
    lastShareAtMs: shared.at(-1) ?? null,
    timeToDepth: findTimesToDepth(members, depth),
    timeToSize: findTimesToSize(all),
  };
}

/**
 * Counts every cascade again from the events alone, in any order and by the plainest way known: each share climbs to its
 * root. It shares no code with what it is used to check. The first of two events that make the same post counts.
 */
export function recountCascades(events: Iterable<PlainEvent>): RecountedPlatform {
  const posts = collectPosts(events);
  const members = new Map<string, Placed[]>();
  const pendingPostIds: string[] = [];
  const pendingOf = new Map<string, number>();
  for (const post of posts.values()) {
    const chain = climb(posts, post);
    const rootPostId = chain?.at(-1);
    if (chain === null || rootPostId === undefined) {
      pendingPostIds.push(post.postId);
      if (post.rootHint !== null) pendingOf.set(post.rootHint, (pendingOf.get(post.rootHint) ?? 0) + 1);
      continue;
    }
    const placed = members.get(rootPostId) ?? [];
    placed.push({ post, chain });
    members.set(rootPostId, placed);
  }
  const cascades = new Map<string, Recount>();
  for (const [rootPostId, placed] of members) {
    const root = posts.get(rootPostId);
    if (root === undefined) continue;
    const shape = measureShape(placed);
    const { authorId, createdAtMs } = root;
    const times = measureTimes(root, placed, shape.depth);
    const pending = pendingOf.get(rootPostId) ?? 0;
    cascades.set(rootPostId, { rootPostId, authorId, createdAtMs, ...shape, ...times, pending });
  }
  return { cascades, posts, pendingPostIds };
}
