import { letterStage, parseLetterId } from '../../project/dead-letters/dead-letter.ts';
import { type ReplayProgress, type ReplayRequest, replayLetters } from '../../project/dead-letters/replay-letters.ts';
import { graphStream } from '../../project/start-projectors.ts';
import { momentOf } from '../moment-of.ts';
import { say } from '../run-service.ts';
import { withConfig, withStores } from '../with-stores.ts';

export type ReplayLettersFlags = {
  dryRun?: boolean;
  stage?: string;
  code?: string;
  since?: string;
  until?: string;
  rate?: string;
  after?: string;
  json?: boolean;
};

const progressEveryMs = 1000;
const usualRate = '100';

/** Ends with 0 when every letter it came to was replayed, with 1 when some stay dead, with 2 when it could not go on. */
export async function runReplayLetters(flags: ReplayLettersFlags): Promise<void> {
  try {
    print(await replayAsTold(flags), flags);
  } catch (fault) {
    say(`could not replay: ${fault instanceof Error ? fault.message : String(fault)}`);
    process.exitCode = 2;
  }
}

async function replayAsTold(flags: ReplayLettersFlags): Promise<ReplayProgress> {
  const asked = readFlags(flags);
  return withConfig((config) =>
    withStores(config, ({ graph, facts, log }) => {
      const areFactsHeld = async () => (await log.holds.asked('facts')) !== null;
      const deps = { graph, facts, projectors: log.projectors, areFactsHeld, stream: graphStream, now: Date.now };
      return replayLetters(deps, { ...asked, onProgress: tellProgress() });
    }),
  );
}

function readFlags(flags: ReplayLettersFlags): Omit<ReplayRequest, 'onProgress'> {
  const perSecond = Number(flags.rate ?? usualRate);
  if (!(perSecond > 0)) throw new Error(`--rate is a number above 0, not ${flags.rate}`);
  const after = flags.after ?? null;
  if (after !== null && parseLetterId(after) === null) throw new Error(`--after is the id of a letter, not ${after}`);
  return {
    stage: flags.stage === undefined ? undefined : letterStage.parse(flags.stage),
    code: flags.code,
    sinceMs: momentOf('--since', flags.since),
    untilMs: momentOf('--until', flags.until),
    dryRun: flags.dryRun ?? false,
    perSecond,
    after,
  };
}

/** Where it stands is said again and again, so that a run that is stopped can be gone on with. */
function tellProgress(): (progress: ReplayProgress) => void {
  let saidAtMs = 0;
  return ({ tried, replayed, stillDead, position }) => {
    if (Date.now() - saidAtMs < progressEveryMs) return;
    saidAtMs = Date.now();
    say(`  ${tried} letters, ${replayed} replayed, ${stillDead} still dead; go on with --after ${position}`);
  };
}

function print(progress: ReplayProgress, { dryRun = false, json = false }: ReplayLettersFlags): void {
  process.exitCode = progress.stillDead > 0 ? 1 : 0;
  if (json) {
    console.log(JSON.stringify({ dryRun, ...progress }));
    return;
  }
  const { tried, replayed, stillDead, alreadyReplayed, byCode, position } = progress;
  if (dryRun) console.log(`${tried} letters would be tried`);
  else console.log(`${replayed} replayed, ${stillDead} still dead, ${alreadyReplayed} had been replayed`);
  for (const [code, letters] of Object.entries(byCode)) console.log(`  ${letters} ${code}`);
  if (position !== null) console.log(`  up to ${position}`);
}
