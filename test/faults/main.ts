import { Command } from 'commander';
import { keepFigures } from '../figures/keep-figures.ts';
import { openFaultStack } from './harness/fault-stack.ts';
import { describeFigures, quantile, totalKills } from './rounds/figures.ts';
import { runKillRounds } from './rounds/run-kill-rounds.ts';

type Options = { seeds: string; seed?: string; kills: string; perRound: string; only?: string; minutes: string };

const program = new Command('faults')
  .description('Kills components at random under load, and recounts everything from what the senders were told.')
  .option('--seeds <number>', 'how many runs, each with a seed of its own', '1')
  .option('--seed <number>', 'the seed of the first run; drawn and printed where not named')
  .option('--kills <number>', 'kills a run', '100')
  .option('--per-round <number>', 'kills until the stores have to agree', '10')
  .option('--only <component>', 'only api, project, jobs, redis, clickhouse or neo4j')
  .option('--minutes <number>', 'a run ends after so long, whatever is left of it', '120')
  .parse();

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

const options = program.opts<Options>();
const firstSeed = options.seed === undefined ? Math.floor(Math.random() * 1_000_000) : Number(options.seed);
const say = (line: string) => process.stdout.write(`${line}\n`);
const stack = await openFaultStack((line) => process.stderr.write(`${line}\n`));
let sound = true;
try {
  for (let run = 0; run < Number(options.seeds); run += 1) sound = (await runSeed(firstSeed + run)) && sound;
} finally {
  await stack.close();
}
process.exit(sound ? 0 : 1);

async function runSeed(seed: number): Promise<boolean> {
  say(`seed ${seed}: npm run faults -- --seed ${seed} --kills ${options.kills} --per-round ${options.perRound}`);
  const { figures, verdict, history } = await runKillRounds(stack, {
    seed,
    kills: Number(options.kills),
    killsPerRound: Number(options.perRound),
    judgeEvery: 50,
    untilMs: Date.now() + Number(options.minutes) * 60_000,
    only: options.only,
    say,
  });
  const { faults, acked, stored, lost, doubled, invented } = verdict;
  const sent = [...history.variants.values()].reduce((sum, variants) => sum + variants.length, 0);
  say(`events              sent ${sent}, acked ${acked}, stored ${stored}`);
  say(`lost ${lost}, doubled ${doubled}, invented ${invented}, other faults ${faults.length}`);
  for (const line of describeFigures(figures)) say(line);
  keepFigures('faults', {
    kills: totalKills(figures),
    acked,
    lost,
    doubled,
    invented,
    unbalancedMinutes: verdict.unbalancedMinutes,
    driftP50Ms: quantile(figures.agreedMs, 0.5) ?? 0,
    driftP99Ms: quantile(figures.agreedMs, 0.99) ?? 0,
  });
  return faults.length === 0;
}
