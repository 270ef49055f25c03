import { findPlaceStatement } from '../cascade/read-post.ts';
import { letterId, letterStage } from '../project/dead-letters/dead-letter.ts';
import { findLetter } from '../project/dead-letters/find-letter.ts';
import { findEvent } from '../project/receipt/find-event.ts';
import { findFact, findFactsOutcomes } from '../project/receipt/find-facts-outcomes.ts';
import { findGraphOutcomes } from '../project/receipt/find-graph-outcomes.ts';
import type { Stores } from './open-stores.ts';

/** What a receipt asks of the log and of each store. */
export function receiptDeps({ graph, facts, log }: Stores) {
  return {
    progress: () => log.readProgress(),
    lastSeq: () => log.lastSeq(),
    findOutcomes: async (range: { firstSeq: number; count: number }) => ({
      graph: await findGraphOutcomes({ graph }, range),
      facts: await findFactsOutcomes({ facts }, range),
    }),
    findSeqOfId: (eventId: string) => log.findSeqOfId(eventId),
    readEntryOfSeq: (seq: number) => log.readEntryOfSeq(seq),
    findFact: (eventId: string) => findFact({ facts }, eventId),
    findEvent: (event: { eventId: string; seq: number }) => findEvent({ facts }, event),
    findLetters: async (seq: number) => {
      const found = await Promise.all(
        letterStage.options.map((stage) => findLetter({ facts }, letterId({ stage, seq }))),
      );
      return found.flatMap((letter) => (letter === null ? [] : [{ ...letter, id: letterId(letter) }]));
    },
    findPlace: async (post: { postId: string; rootId: string }) => {
      const [place] = await facts.select(findPlaceStatement, post);
      return place?.seq ?? null;
    },
  };
}
