import { z } from 'zod';

/** Names of things that exist, by the name of the parameter that asks for them: without them nearly every answer is 404. */
export type KnownValues = ReadonlyMap<string, readonly string[]>;

const posts = ['root', 'leaf', 'deep', 'waits', 'never', 'ring-a', 'ring-b', 'lone', 'nobody-has-this'];
const accounts = ['u-root', 'u-leaf', 'u-deep', 'web:u-lone', 'nobody'];
const answer = z.looseObject({ receipt: z.string() });
const list = z.looseObject({ next: z.string().nullable() });

/** Puts a few posts of every state there and says what they are called. */
export async function plantKnownValues(url: string): Promise<KnownValues> {
  const response = await fetch(`${url}/v1/events?wait=projected&timeoutMs=60000`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-ndjson' },
    body: plantedEvents()
      .map((event) => JSON.stringify(event))
      .join('\n'),
  });
  const { receipt } = answer.parse(await response.json());
  const { next } = list.parse(await (await fetch(`${url}/v1/cascades?limit=1`)).json());
  const cursors = next === null ? [] : [next];
  return new Map([
    ['postId', posts],
    ['rootPostId', posts],
    ['eventId', [...posts.map((post) => `e-${post}`), 'root']],
    ['receipt', [receipt, `${receipt}x`]],
    ['authorId', accounts],
    ['accountId', accounts],
    ['eventName', ['post_view', 'post_share', 'session_start', 'Post_View', 'toString']],
    ['file', ['docs.js', 'docs.css', 'index.html', 'show-schema.js', 'none.js']],
    ['cursor', cursors],
  ]);
}

function plantedEvents(): object[] {
  return [
    planted('root', {}),
    planted('lone', {}),
    planted('leaf', { from: 'root' }),
    planted('deep', { from: 'leaf', root: 'root' }),
    planted('waits', { from: 'never' }),
    planted('ring-a', { from: 'ring-b' }),
    planted('ring-b', { from: 'ring-a' }),
  ];
}

function planted(postId: string, { from, root }: { from?: string; root?: string }): object {
  const data = from === undefined ? { postId } : { postId: from, shareId: postId, rootPostId: root };
  const eventName = from === undefined ? 'post_created' : 'post_share';
  return { eventId: `e-${postId}`, eventName, userId: `u-${postId}`, timestamp: '2026-01-01T00:00:00Z', data };
}
