// What reconciling needs of whoever owns the projections: ways to look, and ways to project once more.

export type Stretch = { fromSeq: number; toSeq: number; size: number };

export type DoubledNumber = {
  acceptSeq: number;
  events: number;
  outcomes: number;
  /** How many different contents its rows have. */
  variants: number;
  /** How many different events they are. */
  identities: number;
  partitions: string[];
};

export type PostDifference = {
  postId: string;
  rootId: string | null;
  wrong: string[];
  source: 'log' | 'facts';
  graph: string;
  facts: string;
};

export type Examined = {
  differences: PostDifference[];
  lostNumbers: number[];
  wrongNumbers: number[];
  explained: string[];
};

/** `fromLog`: numbers whose rows contradict each other; `sameEvent`: those of which all say to be the same event. */
export type BasePart = { table: 'events' | 'outcomes'; partition: string; fromLog: number[]; sameEvent: number[] };

export type DerivedTable = 'event_ids' | 'shares';

export type Repairs = {
  checkNumbers(stretch: Stretch): Promise<{ missing: number[]; doubled: DoubledNumber[] }>;
  restoreNumbers(seqs: readonly number[]): Promise<{ restored: number[]; lost: number[] }>;
  /** Rows that are there, but not as the log has them. */
  rewriteNumbers(seqs: readonly number[]): Promise<{ restored: number[]; lost: number[] }>;
  /** Returns those of the contradicting numbers that nothing can decide; then nothing was rebuilt. */
  rebuildBase(part: BasePart): Promise<number[]>;
  checkDerived(
    stretch: Stretch,
  ): Promise<Array<{ table: DerivedTable; partition: string; source: string; stored: string }>>;
  rebuildDerived(table: DerivedTable, partition: string): Promise<void>;
  countPosts(stretch: Stretch): Promise<string[]>;
  sweepPosts(
    after: string,
    acceptSeq: number,
  ): Promise<{ suspects: string[]; rootIds: string[]; looked: number; upTo: string | null }>;
  suspectPostsOf(rootId: string, acceptSeq: number): Promise<string[]>;
  /** Null when the stores are not far enough to be judged. */
  reprojectPosts(postIds: readonly string[], options: { dryRun: boolean }): Promise<Examined | null>;
  describePosts(postIds: readonly string[]): Promise<Map<string, string>>;
  settleGraph(): Promise<void>;
  askForRewrite(rootIds: readonly string[]): Promise<void>;
};
