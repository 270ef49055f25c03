import { setTimeout as pause } from 'node:timers/promises';
import { between } from '../../../src/demo/chance/draw.ts';
import { type Random, seededRandom } from '../../../src/demo/chance/random.ts';
import type { Fault, Scene } from '../faults/fault.ts';
import { kills } from '../faults/kills.ts';
import { emptyGraph } from '../harness/empty-graph.ts';
import { openFaultServices } from '../harness/fault-services.ts';
import type { FaultStack } from '../harness/fault-stack.ts';
import { type History, openHistory } from '../load/history.ts';
import { makeBatches } from '../load/make-batches.ts';
import { startLoad } from '../load/send-load.ts';
import { type AskStores, openAskStores } from '../oracle/ask-stores.ts';
import { askVerify } from '../oracle/ask-verify.ts';
import { checkServices } from '../oracle/check-services.ts';
import { describeFaults, judge, type Verdict } from '../oracle/judge.ts';
import { type Agreed, waitUntilAgreed } from '../oracle/measure-agreement.ts';
import { watchCursors } from '../oracle/watch-cursors.ts';
import { countKill, type Figures, newFigures } from './figures.ts';
import { watchTakeover } from './watch-takeover.ts';

export type KillPlan = {
  seed: number;
  kills: number;
  killsPerRound: number;
  /** Everything is recounted after so many kills, and at the end. */
  judgeEvery: number;
  untilMs: number;
  /** Only this component, where named. */
  only?: string | undefined;
  say: (line: string) => void;
};

export type KillResult = { figures: Figures; verdict: Verdict; history: History };

type Run = {
  plan: KillPlan;
  scene: Scene;
  ask: AskStores;
  history: History;
  figures: Figures;
  batches: ReturnType<typeof makeBatches>;
};

// Short, so that a projector that was killed is followed soon, and many kills meet one at work.
const leaseMs = 2000;
const healTimeoutMs = 100_000;
const agreeTimeoutMs = 240_000;
const slowMs = 15_000;

/** Kills components under load, round by round: after each the stores must agree, after some everything is recounted. */
export async function runKillRounds(stack: FaultStack, plan: KillPlan): Promise<KillResult> {
  await emptyGraph(stack.endpoints);
  const services = await openFaultServices(stack, { variables: { PROJECTOR_LEASE_MS: String(leaseMs) } });
  const ask = openAskStores(stack.endpoints, services.names);
  const history = openHistory();
  const random = seededRandom(plan.seed);
  const batches = makeBatches({ seed: plan.seed, prefix: `k${plan.seed}-`, endAtMs: Date.now(), events: 2_000_000 });
  const run = { plan, scene: { stack, services, random }, ask, history, figures: newFigures(), batches };
  const cursors = watchCursors(ask, services.names);
  try {
    await services.add('api', 'api');
    await services.add('project-1', 'project');
    await services.add('project-2', 'project');
    await services.add('jobs', 'jobs');
    await services.waitUntilReady(healTimeoutMs);
    const verdict = await runRounds(run);
    verdict.faults.push(...(await askVerify(services, stack.home, history)));
    verdict.faults.push(...cursors.faults(), ...(await checkServices(services)));
    return { figures: run.figures, verdict, history };
  } finally {
    cursors.stop();
    await services.stop();
    await ask.close();
  }
}

async function runRounds(run: Run): Promise<Verdict> {
  const { plan, history, figures } = run;
  let [killed, judgedAt] = [0, 0];
  let verdict: Verdict | undefined;
  for (let round = 1; verdict === undefined; round += 1) {
    const begunMs = Date.now();
    const inRound = Math.min(plan.killsPerRound, plan.kills - killed);
    const names = await inflictUnderLoad(run, inRound);
    killed += inRound;
    const healedMs = Date.now() - begunMs;
    const { ms: agreedMs, lastOf } = await agree(run, round);
    figures.agreedMs.push(agreedMs);
    const isLast = killed >= plan.kills || Date.now() > plan.untilMs;
    const told = `seed ${plan.seed} round ${round}: ${names} · ${history.variants.size} events sent · healed after ${healedMs} ms, drift 0 after ${agreedMs} ms more${agreedMs > slowMs ? `, last waited for ${lastOf}` : ''}`;
    if (!isLast && killed - judgedAt < plan.judgeEvery) plan.say(told);
    else {
      const judged = await judge(run.ask, run.scene.services.names, history);
      judgedAt = killed;
      plan.say(`${told} · ${tellVerdict(judged)}`);
      if (isLast || judged.faults.length > 0) verdict = judged;
    }
  }
  return verdict;
}

async function inflictUnderLoad(run: Run, count: number): Promise<string> {
  const { scene, figures, history, batches, plan } = run;
  const load = startLoad({
    urls: scene.services.urls,
    history,
    batches,
    seed: plan.seed + figures.agreedMs.length,
    batchesPerSecond: 8,
    senders: 3,
    onAttempt: (attempt) => void figures.attempts.push(attempt),
  });
  const names: string[] = [];
  const watches: Promise<void>[] = [];
  while (names.length < count) {
    await pause(between(scene.random, 50, 1500));
    const fault = draw(scene.random, plan.only);
    if (!(await fault.inflict(scene))) continue;
    names.push(fault.name);
    countKill(figures, fault.name);
    if (fault.name === 'redis' || fault.name === 'everything') watches.push(watchRedis(run));
    if (fault.name === 'project')
      watches.push(watchTakeover(run.ask, scene.services.names, figures.takeoverMs, leaseMs));
  }
  await scene.stack.waitUntilAllAnswer(healTimeoutMs);
  await scene.services.waitUntilReady(healTimeoutMs);
  await Promise.all([load.stop(), ...watches]);
  figures.startFailures = scene.services.all.flatMap((service) => [...service.ownEnds()]);
  return names.join(' ');
}

function draw(random: Random, only: string | undefined): Fault {
  const drawn = kills.filter(({ name }) => only === undefined || name === only);
  let left = random() * drawn.reduce((sum, { weight }) => sum + weight, 0);
  for (const fault of drawn) {
    left -= fault.weight;
    if (left < 0) return fault;
  }
  throw new Error(`there is no component named ${only}`);
}

async function watchRedis({ scene, figures }: Run): Promise<void> {
  const fromMs = Date.now();
  await pause(10);
  await scene.stack.waitUntilAnswers('redis', healTimeoutMs);
  figures.redisDown.push({ fromMs, toMs: Date.now() });
}

async function agree({ ask, scene, plan }: Run, round: number): Promise<Agreed> {
  try {
    return await waitUntilAgreed(ask, scene.services.names, agreeTimeoutMs);
  } catch (error) {
    const ends = scene.services.all.map((service) => `${service.name}:\n${service.output().slice(-3000)}`);
    throw new Error(`seed ${plan.seed} round ${round}: ${String(error)}\n${ends.join('\n')}`);
  }
}

function tellVerdict({ faults, acked, stored, lost, doubled, invented, late, posts }: Verdict): string {
  const counts = `acked ${acked}, stored ${stored}, lost ${lost}, doubled ${doubled}, invented ${invented}, late ${late}, posts ${posts}`;
  return faults.length === 0 ? `${counts}: sound` : `${counts}: ${faults.length} FAULTS\n${describeFaults(faults)}`;
}
