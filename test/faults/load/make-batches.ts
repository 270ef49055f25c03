import { between, chance } from '../../../src/demo/chance/draw.ts';
import { type Random, seededRandom } from '../../../src/demo/chance/random.ts';
import { generateEvents } from '../../../src/demo/generate-events.ts';

export type LoadEvent = {
  readonly eventId: string;
  readonly eventName: string;
  readonly userId?: string;
  readonly timestamp: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly metadata?: { readonly network?: string };
};

/** `isValid` is what the vocabulary's page says of it, not what the service answers. */
export type LoadItem = { readonly event: LoadEvent; readonly isValid: boolean };

export type LoadPlan = { seed: number; prefix: string; endAtMs: number; events: number };

type Maker = {
  random: Random;
  plan: LoadPlan;
  made: number;
  /** Items that come later than they happened, by the batch they come with. */
  later: Map<number, LoadItem[]>;
  putOff: WeakSet<LoadItem>;
  recent: LoadItem[];
  posts: string[];
};

const remembered = 3000;
const latestBatches = 25;

/**
 * What a careless crowd of senders would send, without end: a platform's events, and among them repeats, late and
 * shuffled ones, other content under a known id, refusable items, rings, two parents for one share, children first.
 * The same plan gives the same batches.
 */
export function* makeBatches(plan: LoadPlan): Generator<LoadItem[]> {
  const maker: Maker = {
    random: seededRandom(plan.seed),
    plan,
    made: 0,
    later: new Map(),
    recent: [],
    posts: [],
    putOff: new WeakSet(),
  };
  const events = generateEvents(plan);
  for (let batch = 0; ; batch += 1) {
    const items = takeNext(events, between(maker.random, 5, 40)).map(valid);
    items.push(...addOddities(maker), ...(maker.later.get(batch) ?? []));
    maker.later.delete(batch);
    const now = items.filter((item) => !delay(maker, item, batch));
    for (const item of now) remember(maker, item);
    yield chance(maker.random, 0.5) ? shuffle(maker.random, now) : now;
  }
}

function takeNext(events: Iterator<LoadEvent>, count: number): LoadEvent[] {
  const taken: LoadEvent[] = [];
  for (let next = 0; next < count; next += 1) {
    const { value, done } = events.next();
    if (done === true) break;
    taken.push(value);
  }
  return taken;
}

function valid(event: LoadEvent): LoadItem {
  return { event, isValid: true };
}

/** An item is put off once at most: what came from later is not put off again. */
function delay({ random, later, putOff }: Maker, item: LoadItem, batch: number): boolean {
  if (putOff.has(item) || !chance(random, 0.04)) return false;
  const due = batch + between(random, 1, latestBatches);
  later.set(due, [...(later.get(due) ?? []), item]);
  putOff.add(item);
  return true;
}

function remember({ random, recent, posts }: Maker, item: LoadItem): void {
  const { event } = item;
  const slot = recent.length < remembered ? recent.length : between(random, 0, remembered - 1);
  recent[slot] = item;
  const made = event.data['shareId'] ?? (event.eventName === 'post_created' ? event.data['postId'] : undefined);
  if (item.isValid && typeof made === 'string')
    posts[posts.length < 500 ? posts.length : between(random, 0, 499)] = made;
}

type Oddity = { chance: number; make: (maker: Maker) => LoadItem[] };

const oddities: readonly Oddity[] = [
  { chance: 0.5, make: makeRepeats },
  { chance: 0.25, make: makeConflict },
  { chance: 0.2, make: makeRefusable },
  { chance: 0.08, make: makeRing },
  { chance: 0.1, make: makeTwoParents },
  { chance: 0.06, make: makeBackwardChain },
  { chance: 0.05, make: makeOrphan },
  { chance: 0.04, make: makeRemoval },
];

function addOddities(maker: Maker): LoadItem[] {
  return oddities.flatMap((oddity) => (chance(maker.random, oddity.chance) ? oddity.make(maker) : []));
}

function makeRepeats({ random, recent }: Maker): LoadItem[] {
  return Array.from({ length: between(random, 1, 6) }).flatMap(() => {
    const again = pick(random, recent);
    return again === undefined ? [] : Array.from({ length: between(random, 1, 5) }, () => again);
  });
}

function makeConflict({ random, recent }: Maker): LoadItem[] {
  const known = pick(random, recent);
  if (known === undefined || !known.isValid) return [];
  const { event } = known;
  const movedAt = new Date(Date.parse(event.timestamp) - between(random, 1, 1000)).toISOString();
  const data = event.eventName === 'post_share' ? { ...event.data, method: 'inferred', confidence: 0.125 } : event.data;
  return [valid({ ...event, timestamp: movedAt, data })];
}

function makeRefusable(maker: Maker): LoadItem[] {
  const event = newEvent(maker, 'bad', 'post_view', { postId: newId(maker, 'p') });
  const wrong: LoadEvent[] = [
    { ...event, eventName: 'post_teleported' },
    { ...event, data: {} },
    { ...event, data: { ...event.data, viewDurationMs: -1 } },
    { ...event, timestamp: 'yesterday' },
    { ...event, data: { ...event.data, depth: 3 } },
  ];
  const chosen = pick(maker.random, wrong);
  return chosen === undefined ? [] : [{ event: chosen, isValid: false }];
}

function makeRing(maker: Maker): LoadItem[] {
  const names = Array.from({ length: between(maker.random, 2, 4) }, () => newId(maker, 'ring'));
  const shares = names.map((shareId, place) => share(maker, shareId, names[(place + 1) % names.length] ?? shareId));
  // One more hangs below the ring, and waits for ever with it.
  return [...shares, share(maker, newId(maker, 'below-ring'), names[0] ?? '')];
}

function makeTwoParents(maker: Maker): LoadItem[] {
  const [first, second] = [pick(maker.random, maker.posts), pick(maker.random, maker.posts)];
  if (first === undefined || second === undefined || first === second) return [];
  const shareId = newId(maker, 'torn');
  return [share(maker, shareId, first), share(maker, shareId, second)];
}

/** The last of a chain comes first. */
function makeBackwardChain(maker: Maker): LoadItem[] {
  let parent = pick(maker.random, maker.posts) ?? newId(maker, 'nobody');
  const shares: LoadItem[] = [];
  for (let length = between(maker.random, 4, 12); length > 0; length -= 1) {
    const shareId = newId(maker, 'chain');
    shares.push(share(maker, shareId, parent));
    parent = shareId;
  }
  return shares.toReversed();
}

/** Its parent never comes; where the share calls it the root, it stands in for one. */
function makeOrphan(maker: Maker): LoadItem[] {
  const parent = newId(maker, 'nobody');
  const hint = chance(maker.random, 0.5) ? { rootPostId: parent } : {};
  const orphan = share(maker, newId(maker, 'orphan'), parent);
  return [valid({ ...orphan.event, data: { ...orphan.event.data, ...hint } })];
}

function makeRemoval(maker: Maker): LoadItem[] {
  const postId = pick(maker.random, maker.posts);
  return postId === undefined ? [] : [valid(newEvent(maker, 'gone', 'post_deleted', { postId }))];
}

function share(maker: Maker, shareId: string, postId: string): LoadItem {
  return valid(newEvent(maker, 'odd', 'post_share', { postId, shareId, method: 'explicit' }));
}

function newEvent(maker: Maker, kind: string, eventName: string, data: Record<string, unknown>): LoadEvent {
  const timestamp = new Date(maker.plan.endAtMs - between(maker.random, 1, 86_400_000)).toISOString();
  const userId = `${maker.plan.prefix}person-${between(maker.random, 1, 50)}`;
  return { eventId: newId(maker, kind), eventName, userId, timestamp, data };
}

function newId(maker: Maker, kind: string): string {
  maker.made += 1;
  return `${maker.plan.prefix}${kind}-${maker.made}`;
}

function pick<Value>(random: Random, values: readonly Value[]): Value | undefined {
  return values[Math.floor(random() * values.length)];
}

export function shuffle<Value>(random: Random, values: readonly Value[]): Value[] {
  const shuffled = [...values];
  for (let at = shuffled.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    const [left, right] = [shuffled[at], shuffled[other]];
    if (left !== undefined && right !== undefined) [shuffled[at], shuffled[other]] = [right, left];
  }
  return shuffled;
}
