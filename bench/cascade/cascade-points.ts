import { PostBody } from '../../src/cascade/answers.ts';
import { type PathDeps, readPath } from '../../src/cascade/read-path.ts';
import { readPost } from '../../src/cascade/read-post.ts';
import { graphEndpoint, openRawGraph, type RawGraph } from '../graph/raw-graph.ts';
import type { BenchEntry, Measurement } from '../measurement.ts';
import { startBenchService } from '../start-bench-service.ts';
import { timeAlternately } from '../time-in-turn.ts';
import { type DrawnCascade, drawCascade, postIdOf, writeLineage } from './draw-cascade.ts';
import { openHttpLine } from './http-line.ts';
import { type CascadeBench, openCascadeBench } from './open-cascade-bench.ts';
import { type ChainStep, chainOf, writeCascadePosts } from './write-cascade-posts.ts';

const deepest = 1000;
const otherPosts = 20_000;
// A database and a service that were just started become quick by being asked.
const points = { turns: 200, warmUpTurns: 800 };
const few = { turns: 20 };

const rawPost = 'MATCH (post:Post {id: $id}) RETURN post.rootId, post.authorId, post.createdAt';
const rawPosts = `UNWIND $ids AS id MATCH (post:Post {id: id})
  RETURN post.id AS id, post.authorId AS authorId, post.createdAt AS createdAt`;

type Stand = { bench: CascadeBench; raw: RawGraph; chain: DrawnCascade; others: DrawnCascade };

/** One post and its path at depth 1,000, among 20,000 other posts, against point reads of the same driver. */
export const cascadePointsEntry: BenchEntry = {
  name: 'cascade-points',
  measure: async (rounds) => {
    const bench = await openCascadeBench();
    const raw = openRawGraph(graphEndpoint());
    const stand = { bench, raw, chain: drawChain(), others: drawCascade('bench-others', otherPosts) };
    try {
      for (const cascade of [stand.chain, stand.others]) {
        await writeCascadePosts(raw, cascade);
        await writeLineage(bench.facts, cascade, 0, cascade.depth.length);
      }
      return [
        ...(await measurePlace(stand, rounds)),
        await measureHttp(stand, rounds),
        await measurePath(stand, rounds),
      ];
    } finally {
      await raw.removeBenchPosts();
      await raw.close();
      await bench.close();
    }
  },
};

function drawChain(): DrawnCascade {
  const seqs = Uint32Array.from({ length: deepest + 1 }, (_, seq) => seq);
  return { rootId: 'bench-chain', parentSeq: seqs.map((seq) => Math.max(seq - 1, 0)), depth: seqs, startMs: 0 };
}

async function measurePlace({ bench, raw, chain, others }: Stand, rounds: number): Promise<Measurement[]> {
  const deps = { graph: bench.graph, facts: bench.facts, cascades: bench.open() };
  const checks: boolean[] = [];
  const place = (cascade: DrawnCascade, seq: number) => {
    const steps = chainOf(cascade, seq);
    return async () => {
      checks.push(isRight(await readPost(deps, postIdOf(cascade.rootId, seq)), steps));
    };
  };
  const point = () => raw.run(rawPost, { id: postIdOf(chain.rootId, deepest) });
  const leaf = leafAtDepthOne(others);
  // Nobody shared the posts of the first two pairs; those of the third were shared, so what is below has to be counted.
  const pairs = [
    { name: 'place at depth 1,000 vs a raw point read', left: place(chain, deepest), right: point, bar: 1.3 },
    { name: 'place at 1,000 vs at 1', left: place(chain, deepest), right: place(others, leaf), bar: 1.1 },
    { name: 'place at 999 vs at 1, shared', left: place(chain, deepest - 1), right: place(chain, 1), bar: 1.1 },
  ];
  const measurements: Measurement[] = [];
  for (const { name, left, right, bar } of pairs) {
    const times = await timeAlternately(left, right, { rounds, ...(name.endsWith('shared') ? few : points) });
    measurements.push({ ...named(name, bar), equal: checks.every(Boolean), ...times });
  }
  return measurements;
}

function named(name: string, ratioAtMost: number) {
  return { name: `cascade-points ${name}`, unit: 'ms', bar: { ratioAtMost } };
}

function isRight(post: PostBody | null, steps: readonly ChainStep[]): boolean {
  return post !== null && post.depth === steps.length - 1 && isSame(steps.at(-1), post) && isSame(steps[0], post.root);
}

type ChainStepFound = Partial<Record<keyof ChainStep, string | null>>;

function isSame(step: ChainStep | undefined, found: ChainStepFound | null): boolean {
  return (
    step !== undefined &&
    found !== null &&
    step.postId === found.postId &&
    step.authorId === found.authorId &&
    step.createdAt === found.createdAt
  );
}

function leafAtDepthOne({ depth, parentSeq }: DrawnCascade): number {
  const shared = new Set(parentSeq);
  return depth.findIndex((level, seq) => level === 1 && !shared.has(seq));
}

/** The whole way of a request against the least it could be: that read, and a request that asks for nothing. */
async function measureHttp({ raw, chain }: Stand, rounds: number): Promise<Measurement> {
  const service = await startBenchService('api');
  const line = openHttpLine(service.url);
  const id = postIdOf(chain.rootId, deepest);
  const last: { answer: unknown } = { answer: null };
  const ours = async () => {
    last.answer = await line.get(`/v1/posts/${id}`);
  };
  const least = async () => {
    await raw.run(rawPost, { id });
    await line.get('/livez');
  };
  try {
    const times = await timeAlternately(ours, least, { rounds, ...points });
    const equal = isRight(PostBody.parse(last.answer), chainOf(chain, deepest));
    return { ...named('GET /v1/posts/{id} vs a raw point read and /livez', 1.5), equal, ...times };
  } finally {
    line.close();
    await service.stop();
  }
}

async function measurePath({ bench, raw, chain }: Stand, rounds: number): Promise<Measurement> {
  const deps: PathDeps = { graph: bench.graph, cascades: bench.open() };
  const steps = chainOf(chain, deepest);
  const ids = steps.map(({ postId }) => postId);
  const last: { path: readonly ChainStepFound[]; rows: number } = { path: [], rows: 0 };
  const path = async () => {
    const outcome = await readPath(deps, postIdOf(chain.rootId, deepest));
    last.path = outcome.kind === 'found' ? outcome.path.path : [];
  };
  const list = async () => {
    last.rows = (await raw.run(rawPosts, { ids })).length;
  };
  const times = await timeAlternately(path, list, { rounds, turns: few.turns, warmUpTurns: 100 });
  const isWhole = last.path.length === steps.length && last.rows === steps.length;
  const equal = isWhole && steps.every((step, depth) => isSame(step, last.path[depth] ?? null));
  return { ...named('path of 1,001 posts vs the same posts by an id list', 1), equal, ...times };
}
