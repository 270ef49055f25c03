import { type LoadDeps, loadRows } from './load-rows.ts';
import type { Extent, FromThread, HeldNow, Reply } from './messages.ts';
import type { Asked, Question } from './questions.ts';
import { startThread, type Thread } from './start-thread.ts';

/** Cascades in memory, in a thread of their own: asked here, read from lineage as far as they are not there yet. */
export type Desk = {
  /** The answer speaks for at least the posts of `extent`, and says for how many. */
  ask<Q extends Question>(extent: Extent, question: Q, asked: Asked[Q]): Promise<Reply<Q>>;
  held(): Promise<HeldNow>;
  close(): Promise<void>;
};

type Office = { thread: Thread | null; loading: Map<string, Promise<number>>; limits: { maxBytes: number } };

/** A cascade that many ask for at once may be forgotten between its reading and its answer, but hardly so often. */
const tries = 5;

export function openDesk(deps: LoadDeps, limits: { maxBytes: number }): Desk {
  const office: Office = { thread: null, loading: new Map(), limits };
  return {
    ask: async (extent, question, asked) => {
      let wanted = extent;
      for (let turn = 0; turn < tries; turn += 1) {
        const message = await threadOf(office).call({ kind: 'ask', extent: wanted, question, asked });
        if (message.kind === 'answer') return message.reply;
        wanted = { ...extent, posts: await loadMissing(deps, office, { extent, message }) };
      }
      throw new Error(
        `the cascade of ${extent.rootId} is forgotten before it is asked: cascade.cacheBytes is too small`,
      );
    },
    held: async () => {
      const message = await threadOf(office).call({ kind: 'census' });
      if (message.kind !== 'held') throw new Error('the thread that holds cascades answered another question');
      return message.held;
    },
    close: async () => office.thread?.end(),
  };
}

/** Started when it is first needed, and again after it died. */
function threadOf(office: Office): Thread {
  if (office.thread === null || office.thread.isGone()) office.thread = startThread(office.limits);
  return office.thread;
}

type Missing = { extent: Extent; message: FromThread };

/** Two readers of one cascade wait for one load. How many posts there are to be asked about afterwards. */
async function loadMissing(deps: LoadDeps, office: Office, { extent, message }: Missing): Promise<number> {
  if (message.kind !== 'missing') throw new Error('the thread that holds cascades answered another question');
  const running = office.loading.get(extent.rootId);
  if (running !== undefined) {
    // Whoever started it hears of a failure; those who waited try for themselves.
    await running.catch(() => undefined);
    return extent.posts;
  }
  const load = loadFrom(deps, office, extent, message.from);
  office.loading.set(extent.rootId, load);
  try {
    return await load;
  } finally {
    office.loading.delete(extent.rootId);
  }
}

async function loadFrom(deps: LoadDeps, office: Office, extent: Extent, from: number): Promise<number> {
  const { rootId, generation, posts } = extent;
  const of = { rootId, generation };
  const thread = threadOf(office);
  return loadRows(deps, of, { from, posts }, async (at, pieces) => {
    const given = pieces.map(({ buffer }) => buffer);
    const message = await thread.call({ kind: 'extend', of, from: at, posts, pieces }, given);
    return message.kind === 'extended' ? message.posts : at;
  });
}
