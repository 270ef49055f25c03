import { findExtent } from '../../src/cascade/desk/find-extent.ts';
import type { Cascades } from '../../src/cascade/open-cascades.ts';
import { readPath } from '../../src/cascade/read-path.ts';
import { readDepths } from '../../src/cascade/summary/read-depths.ts';
import { graphEndpoint, openRawGraph } from '../graph/raw-graph.ts';
import type { BenchEntry, Measurement } from '../measurement.ts';
import { timeAlternately } from '../time-in-turn.ts';
import { drawCascade, postIdOf, writeLineage } from './draw-cascade.ts';
import { fillPostgres, type KeyedCascade } from './fill-postgres.ts';
import { type CascadeBench, openCascadeBench } from './open-cascade-bench.ts';
import { openPostgres, type Postgres } from './open-postgres.ts';
import { chainSeqs, writeCascadePosts } from './write-cascade-posts.ts';

const shares = Number(process.env['BENCH_CASCADE_POSTS'] ?? 1_000_000);
const smallShares = 1000;
const turns = 20;
const warmUpTurns = 100;
// A database that was just started compiles its walks while it is asked for them.
const pathWarmUpTurns = 800;

/**
 * Three questions to one table of posts that keeps root, parent, depth and path of each, in PostgreSQL: how many shares,
 * how many at each depth, and the posts above one with authors and times. Both hold the same cascades.
 */
export const postgresEntry: BenchEntry = {
  name: 'postgres',
  measure: async (rounds) => {
    const opened = await openPostgres();
    if (opened.kind === 'absent') {
      process.stderr.write(`not run here: postgres (${opened.reason})\n`);
      return [];
    }
    try {
      return await measureAgainst(opened.postgres, rounds);
    } finally {
      await opened.postgres.close();
    }
  },
};

async function measureAgainst(postgres: Postgres, rounds: number): Promise<Measurement[]> {
  const bench = await openCascadeBench();
  const raw = openRawGraph(graphEndpoint());
  const large = { cascade: drawCascade('bench-large', shares + 1), firstKey: 1 };
  const small = { cascade: drawCascade('bench-small', smallShares + 1), firstKey: 10_000_001 };
  try {
    await fillPostgres(postgres, [large, small]);
    for (const { cascade } of [large, small]) {
      await writeLineage(bench.facts, cascade, 0, cascade.depth.length);
      // For a path the graph needs no more than the path.
      await writeCascadePosts(raw, cascade, chainSeqs(cascade, deepestOf(cascade)));
    }
    const stand = { bench, postgres, cascades: bench.open() };
    return [...(await measureQuestions(stand, large, rounds)), ...(await measureQuestions(stand, small, rounds))];
  } finally {
    await raw.removeBenchPosts();
    await raw.close();
    await bench.close();
  }
}

type Stand = { bench: CascadeBench; postgres: Postgres; cascades: Cascades };
/** Each side answers in lines of text of one form, so that they can be compared. */
type Question = {
  name: string;
  ratioAtMost: number;
  warmUpTurns: number;
  ours: () => Promise<string[]>;
  theirs: () => Promise<string[]>;
};

async function measureQuestions(stand: Stand, keyed: KeyedCascade, rounds: number): Promise<Measurement[]> {
  const measurements: Measurement[] = [];
  for (const question of questionsOf(stand, keyed)) {
    const { name, ratioAtMost, ours, theirs } = question;
    const last: { ours: string[]; theirs: string[] } = { ours: [], theirs: [] };
    const keep = (side: 'ours' | 'theirs', ask: () => Promise<string[]>) => async () => {
      last[side] = await ask();
    };
    const times = await timeAlternately(keep('ours', ours), keep('theirs', theirs), {
      rounds,
      turns,
      warmUpTurns: question.warmUpTurns,
    });
    const equal = last.ours.length > 0 && last.ours.join('\n') === last.theirs.join('\n');
    const of = `${keyed.cascade.depth.length - 1} shares vs PostgreSQL ${stand.postgres.version.split(' ')[0]}`;
    measurements.push({
      name: `${name} of ${of}`,
      unit: 'ms',
      equal,
      bar: { ratioAtMost },
      ...times,
    });
  }
  return measurements;
}

function questionsOf({ bench, postgres, cascades }: Stand, { cascade, firstKey }: KeyedCascade): Question[] {
  const { rootId } = cascade;
  const deps = { graph: bench.graph, facts: bench.facts, cascades };
  const deepest = deepestOf(cascade);
  return [
    {
      name: 'postgres: total',
      ratioAtMost: 0.2,
      warmUpTurns,
      ours: async () => [String(((await findExtent(deps, rootId))?.posts ?? 0) - 1)],
      theirs: () => postgres.psql.ask(totalOf(firstKey)),
    },
    {
      name: 'postgres: depth histogram',
      ratioAtMost: 0.2,
      warmUpTurns,
      ours: async () => {
        const found = await readDepths(deps, rootId, null);
        return found.kind === 'found' ? found.depths.map((item) => `${item.depth}|${item.shares}`) : [];
      },
      theirs: () => postgres.psql.ask(histogramOf(firstKey)),
    },
    {
      name: `postgres: path at depth ${cascade.depth[deepest]}`,
      ratioAtMost: 1,
      warmUpTurns: pathWarmUpTurns,
      ours: async () => {
        const found = await readPath(deps, postIdOf(rootId, deepest));
        const steps = found.kind === 'found' ? found.path.path : [];
        return steps.map((step) => `${step.depth}|${step.authorId}|${step.createdAt}`);
      },
      theirs: () => postgres.psql.ask(pathOf(firstKey + deepest)),
    },
  ];
}

const totalOf = (key: number) =>
  `SELECT COUNT(*) FROM dim_posts WHERE original_post_key = ${key} AND is_original = false`;

const histogramOf = (key: number) =>
  `SELECT share_depth_level, COUNT(*) FROM dim_posts WHERE original_post_key = ${key} AND is_original = false
    GROUP BY share_depth_level ORDER BY share_depth_level`;

const pathOf = (key: number) =>
  `WITH RECURSIVE chain AS (
    SELECT parent_post_key, creator_user_key, created_timestamp, share_depth_level FROM dim_posts WHERE post_key = ${key}
    UNION ALL
    SELECT post.parent_post_key, post.creator_user_key, post.created_timestamp, post.share_depth_level
    FROM chain JOIN dim_posts post ON post.post_key = chain.parent_post_key)
  SELECT share_depth_level, username, to_char(created_timestamp, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
  FROM chain JOIN dim_users ON user_key = creator_user_key ORDER BY share_depth_level`;

function deepestOf({ depth }: KeyedCascade['cascade']): number {
  return depth.reduce((deepest, level, seq) => (level > (depth[deepest] ?? 0) ? seq : deepest), 0);
}
