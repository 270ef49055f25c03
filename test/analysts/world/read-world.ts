import type { PostedEvent } from '../../engagement/engagement-stores.ts';
import type { Happened } from './happened.ts';
import { type Received, receive } from './receive.ts';

export type Post = {
  id: string;
  author: string;
  atMs: number;
  parent: string;
  root: string;
  depth: number;
  category: string;
  contentType: string;
  features: Array<{ dimension: string; value: string }>;
};

/** All that was planted, read without any SQL. */
export type World = {
  events: Happened[];
  /** Those that are not of the bot. */
  counted: Happened[];
  posts: Map<string, Post>;
  received: Received[];
};

export function readWorld(planted: readonly PostedEvent[]): World {
  const events = planted.map(toHappened);
  const counted = events.filter(({ who }) => who !== 'bot');
  return { events, counted, posts: readPosts(events), received: receive(counted) };
}

function toHappened({ eventId, eventName, userId, timestamp, data, metadata }: PostedEvent): Happened {
  const text = (field: string) => (typeof data[field] === 'string' ? data[field] : '');
  return {
    id: eventId,
    name: eventName,
    who: userId,
    atMs: Date.parse(timestamp),
    postId: text('postId'),
    text,
    number: (field) => (typeof data[field] === 'number' ? data[field] : null),
    list: (field) => (Array.isArray(data[field]) ? data[field].map(String) : []),
    flag: (field) => data[field] === true,
    platform: typeof metadata?.['platform'] === 'string' ? metadata['platform'] : '',
  };
}

function readPosts(events: readonly Happened[]): Map<string, Post> {
  const posts = new Map<string, Post>();
  for (const event of events) {
    if (event.name === 'post_created') posts.set(event.postId, toOriginal(event));
    if (event.name === 'post_share') {
      const parent = posts.get(event.postId);
      if (parent === undefined) continue;
      const { root, depth } = parent;
      const place = { parent: parent.id, root, depth: depth + 1 };
      const id = event.text('shareId');
      posts.set(id, { id, author: event.who, atMs: event.atMs, ...place, category: '', contentType: '', features: [] });
    }
    const category = event.text('category');
    const changed = posts.get(event.postId);
    if (event.name === 'post_updated' && changed !== undefined && category !== '') changed.category = category;
  }
  return posts;
}

function toOriginal(event: Happened): Post {
  const music = event.text('musicId');
  return {
    id: event.postId,
    author: event.who,
    atMs: event.atMs,
    parent: '',
    root: event.postId,
    depth: 0,
    category: event.text('category'),
    contentType: event.text('contentType'),
    features: [
      ...event.list('hashtags').map((value) => ({ dimension: 'hashtag', value })),
      ...event.list('effects').map((value) => ({ dimension: 'effect', value })),
      ...(music === '' ? [] : [{ dimension: 'music', value: music }]),
    ],
  };
}
