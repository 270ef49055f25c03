/** What a replay came to. */
export type Replayed = { outcome: 'replayed' | 'stillDead' | 'alreadyReplayed'; reason: string | null };
