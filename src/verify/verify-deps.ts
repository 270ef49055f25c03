import type { Facts } from '../facts/facts.ts';
import type { Graph } from '../graph/graph.ts';
import type { Log } from '../log/open-log.ts';

export type VerifyLimits = {
  /** Accept numbers or rows that one question to the facts covers. */
  factsAtOnce: number;
  graphPostsAtOnce: number;
  idsAtOnce: number;
  logEntriesAtOnce: number;
  /** Posts that one run holds in memory, about 200 bytes each. */
  maxPosts: number;
  maxSuspects: number;
  maxLetters: number;
  maxExamples: number;
  /** How often a difference is looked for again while the stores move. */
  looks: number;
  lookAgainMs: number;
};

/** Everything here only reads. */
export type VerifyDeps = {
  graph: Pick<Graph, 'read'>;
  facts: Pick<Facts, 'select'>;
  log: Pick<Log, 'read' | 'readEntry' | 'lastId' | 'lastSeq' | 'readLedger' | 'readProgress'> & {
    projectors: Pick<Log['projectors'], 'readState'>;
  };
  now: () => number;
  onProgress: (line: string) => void;
  limits: VerifyLimits;
};

/** What a run looks at: accept numbers from the first to the last, and one cascade or all. */
export type Scope = { firstSeq: number; lastSeq: number; rootId: string | null };
