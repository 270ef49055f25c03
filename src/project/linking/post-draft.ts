export type PostState = 'linked' | 'pending' | 'quarantined' | 'stub';

/** A post as the graph has it. Root, depth and link place are null unless it is linked. */
export type KnownPost = {
  id: string;
  state: PostState;
  rootId: string | null;
  depth: number | null;
  authorId: string | null;
  createdAt: number | null;
  acceptSeq: number | null;
  linkSeq: number | null;
  eventId: string | null;
  /** The post it was shared from, linked or not; null for an original, a stub and a quarantined share. */
  parentId: string | null;
  rootHint: string | null;
  /** A provisional root: some share called this unknown post its root. */
  assumed: boolean;
  removedAt: number | null;
  /** What a quarantined share named as its parent. */
  claimedParentId: string | null;
};

export type NewEdge = {
  childId: string;
  parentId: string;
  at: number;
  method: string | null;
  confidence: number | null;
  rootHint: string | null;
};

/** A post while a batch is being worked out. */
export type PostDraft = KnownPost & {
  stored: boolean;
  changed: boolean;
  /** Its author became known in this batch. */
  authored: boolean;
  edge: NewEdge | null;
  /** Its stored edge to a parent has to go. */
  cut: boolean;
  /** Shares may already wait for it. */
  awaited: boolean;
};

export function draftOf(post: KnownPost): PostDraft {
  return {
    ...post,
    stored: true,
    changed: false,
    authored: false,
    edge: null,
    cut: false,
    awaited: post.state !== 'linked',
  };
}

export function newStub(id: string): PostDraft {
  return {
    id,
    state: 'stub',
    rootId: null,
    depth: null,
    authorId: null,
    createdAt: null,
    acceptSeq: null,
    linkSeq: null,
    eventId: null,
    parentId: null,
    rootHint: null,
    assumed: false,
    removedAt: null,
    claimedParentId: null,
    stored: false,
    changed: false,
    authored: false,
    edge: null,
    cut: false,
    awaited: false,
  };
}
