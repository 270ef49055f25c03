import type { Facts } from '../../facts/facts.ts';
import { numberOfPosition } from '../../log/entry-id.ts';
import type { Log } from '../../log/open-log.ts';
import type { Claim } from '../claim.ts';
import type { OnBatch, Turn } from '../run-projector.ts';
import type { TallyRules } from './add-part.ts';
import { addRange } from './add-range.ts';

type Deps = {
  facts: Pick<Facts, 'fill' | 'select'>;
  log: Pick<Log, 'publishProgress' | 'readProgress'>;
  rules: TallyRules;
  onBatch: OnBatch;
};

/** `gatherMs`: so long after a range the next one gathers. */
type TurnLimits = { maxItems: number; gatherMs: number };

/** Follows the facts and counts them into the tables of engagement, one range of accept numbers after the other. */
export async function beginTallyTurn(deps: Deps, claim: Claim, { maxItems, gatherMs }: TurnLimits): Promise<Turn> {
  let restsUntilMs = 0;
  // A crash may have come between the last commit and telling of it.
  await deps.log.publishProgress({ tallySeq: numberOfPosition(claim.position) });
  return {
    step: async () => {
      const { factsSeq, factsPosition, tallyPosition } = await deps.log.readProgress();
      const afterSeq = numberOfPosition(claim.position);
      // What comes after a rest is counted at once; what goes on coming is gathered, as every range costs the same few reads.
      if (claim.prepared === null && performance.now() < restsUntilMs && factsSeq - afterSeq < maxItems) return 'idle';
      const toSeq = claim.prepared === null ? Math.min(factsSeq, afterSeq + maxItems) : Number(claim.prepared.last);
      if (toSeq > afterSeq) {
        const startedAt = performance.now();
        await countRange(deps, claim, { afterSeq, toSeq });
        deps.onBatch(toSeq - afterSeq, performance.now() - startedAt);
        restsUntilMs = performance.now() + gatherMs;
      }
      // Only with all facts counted is it known what time of acceptance that is; until then an earlier one stands.
      const isWhole = toSeq === factsSeq && tallyPosition !== factsPosition;
      await deps.log.publishProgress({
        ...(toSeq > afterSeq ? { tallySeq: toSeq } : {}),
        ...(isWhole ? { tallyPosition: factsPosition } : {}),
      });
      return toSeq < factsSeq ? 'busy' : 'idle';
    },
  };
}

/** The range is kept first, so that whoever finds it cuts alike. */
async function countRange(deps: Deps, claim: Claim, range: { afterSeq: number; toSeq: number }): Promise<void> {
  const { afterSeq, toSeq } = range;
  await claim.prepare({ first: String(afterSeq + 1), last: String(toSeq), extra: null });
  await addRange(deps, range);
  await claim.commit(String(toSeq));
}
