/** What one accepted event asks of the graph, in accept order. */
export type GraphChange = PostChange | ShareChange | FollowChange | RemovalChange;

export type PostChange = {
  kind: 'post';
  acceptSeq: number;
  eventId: string;
  postId: string;
  authorId: string;
  createdAt: number;
};

export type ShareChange = {
  kind: 'share';
  acceptSeq: number;
  eventId: string;
  postId: string;
  parentId: string;
  authorId: string;
  createdAt: number;
  rootHint: string | null;
  method: string | null;
  confidence: number | null;
};

export type FollowChange = {
  kind: 'follow';
  acceptSeq: number;
  eventId: string;
  accountId: string;
  targetAccountId: string;
  follows: boolean;
  at: number;
};

export type RemovalChange = {
  kind: 'removal';
  acceptSeq: number;
  /** Absent where a repair asks for it. */
  eventId?: string;
  postId: string;
  at: number;
};
