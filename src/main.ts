import { Command } from 'commander';
import { runDemo } from './command/demo.ts';
import { printDiagnosis } from './command/doctor.ts';
import { type ArchiveFlags, runArchive } from './command/keep/archive.ts';
import { type ExportFlags, runExport } from './command/keep/export.ts';
import { runMigrate } from './command/migrate.ts';
import { type ReconcileFlags, runReconcile } from './command/reconcile.ts';
import { type RecountFlags, runRecount } from './command/recount.ts';
import { type ReplayFlags, runReplay } from './command/replay/replay.ts';
import { type ReplayLettersFlags, runReplayLetters } from './command/replay/replay-letters.ts';
import { say } from './command/run-service.ts';
import { runServe } from './command/serve.ts';
import { printStoresEnv } from './command/stores.ts';
import { runVerify, type VerifyFlags } from './command/verify.ts';

const program = new Command('sharetrail').description('Who shared from whom, exactly.');

program
  .command('up')
  .description('start the stores, if no others are named, and the service; empty or as it was left')
  .action(() => runServe({ roles: undefined }));

program
  .command('serve')
  .description('start the service or some of its roles')
  .option('--roles <roles>', 'api, project, jobs, separated by commas', 'api,project,jobs')
  .action(({ roles }: { roles: string }) => runServe({ roles: roles.split(',') }));

program
  .command('demo')
  .description('start everything and load demo data')
  .option('--events <number>', 'how many events', '50000')
  .option('--seed <number>', 'the same seed gives the same events', '1')
  .action(({ events, seed }: { events: string; seed: string }) =>
    runDemo({ events: Number(events), seed: Number(seed) }),
  );

program
  .command('migrate')
  .description('bring the schemas of both stores up to date')
  .option('--plan', 'only say what would be applied')
  .option('--access', "make the analysts' user, its limits and its rights, where ClickHouse lets this user make users")
  .option('--json', 'one JSON document')
  .action((options: { plan?: boolean; access?: boolean; json?: boolean }) => runMigrate(options));

program
  .command('verify')
  .description(
    'recount everything from what was accepted; ends with 0 when it holds, 1 when something differs, 2 when it could not look',
  )
  .option('--since <time>', 'only what was accepted from then on')
  .option('--until <time>', 'only what was accepted before then')
  .option('--root <postId>', 'only this cascade, whole')
  .option(
    '--acked <file>',
    'event ids that were acknowledged, one a line or NDJSON with eventId and digest: each is there once',
  )
  .option('--only-acked', 'nothing else is there than what --acked and --maybe name')
  .option('--maybe <file>', 'event ids whose answer was lost: each is there once or not at all')
  .option('--refused <file>', 'event ids that were refused: none is there')
  .option('--state <file>', 'keep where the cursors stand, and compare with the run before')
  .option('--wait <seconds>', 'wait first until the stores have reached the end of the log')
  .option('--json', 'one JSON document')
  .action((flags: VerifyFlags) => runVerify(flags));

program
  .command('reconcile')
  .description('compare the stores now and repair what differs; ends with 0 when they agree at the end')
  .option('--dry-run', 'only say what would be repaired')
  .option('--root <postId>', 'only this cascade')
  .option('--level <level>', '1 counts, 2 compares cascades, 3 or all look at everything', 'all')
  .option('--json', 'one JSON document')
  .action((flags: ReconcileFlags) => runReconcile(flags));

program
  .command('recount')
  .description('count what posts received anew from the facts, and put right what differs')
  .option('--dry-run', 'only say what differs; then it ends with 1')
  .option('--months <number>', 'only so many months, from the newest one')
  .option('--json', 'one JSON document')
  .action((flags: RecountFlags) => runRecount(flags));

program
  .command('export')
  .description('write a table of the facts for other programs')
  .requiredOption(
    '--table <table>',
    'events, posts, shares, lineage, cascades, engagement-daily or engagement-quarters',
  )
  .requiredOption('--format <format>', 'parquet, csv, arrow or ndjson')
  .option('--from <time>', 'only from then on')
  .option('--to <time>', 'only before then')
  .option('--out <file>', 'into this file, which is there once it is whole; otherwise to standard output')
  .option('--json', 'the summary as one JSON document')
  .action((flags: ExportFlags) => runExport(flags));

program
  .command('archive')
  .description('write a month of accepted events to files, read back and compared; or bring one back')
  .option('--month <month>', 'a month of acceptance that has ended, such as 2026-01')
  .option('--out <folder>', 'where the files are written')
  .option('--restore <file>', 'bring back what an archive holds and the store does not')
  .option('--json', 'one JSON document')
  .action((flags: ArchiveFlags) => runArchive(flags));

program
  .command('doctor')
  .description('say what is missing on this machine and the one command that installs it')
  .option('--json', 'one JSON document')
  .action((options: { json?: boolean }) => printDiagnosis(options));

program
  .command('stores')
  .description('the stores of the local stack')
  .command('env')
  .description('print the endpoints of the running stack as NAME=value lines')
  .option('--json', 'one JSON document')
  .action((options: { json?: boolean }) => printStoresEnv(options));

program
  .command('replay')
  .description('make a store anew from what was accepted and compare, or try the dead letters once more')
  .option('--store <store>', 'which to make anew: graph, facts')
  .option('--from <source>', 'from the raw facts, the log, or both: the log as far as it reaches', 'both')
  .option('--check', 'only compare; this is what is done where --swap is not said')
  .option('--swap', 'put the fresh one in the place of the live one where they are alike')
  .option('--accept-difference', 'with --swap: also where they are not')
  .option('--into <url>', 'the second Neo4j; its user and password are REPLAY_NEO4J_USER and REPLAY_NEO4J_PASSWORD')
  .option('--again', 'from nothing, whatever an earlier try has left')
  .option('--dump <store>', 'only print what a store holds, line by line: graph, facts')
  .option('--dead-letters', 'what the stores could not take')
  .option('--dry-run', 'only say what would be tried')
  .option('--stage <stage>', 'only letters of this store: graph, facts')
  .option('--code <code>', 'only letters with this code')
  .option('--since <time>', 'only what was accepted from then on')
  .option('--until <time>', 'only what was accepted before then')
  .option('--rate <number>', 'letters a second', '100')
  .option('--after <id>', 'go on behind this letter')
  .option('--json', 'one JSON document')
  .action((flags: ReplayFlags & ReplayLettersFlags & { deadLetters?: boolean }) => {
    if (flags.deadLetters === true) return runReplayLetters(flags);
    if (flags.store === undefined && flags.dump === undefined) {
      program.error('say what to replay: --store graph, --store facts or --dead-letters');
    }
    return runReplay(flags);
  });

try {
  await program.parseAsync();
} catch (fault) {
  say(describeFault(fault));
  process.exit(1);
}

/** Why it ended, and behind it why that came to be; where in the code is said to whoever asks for it. */
function describeFault(fault: unknown): string {
  if (!(fault instanceof Error)) return String(fault);
  if (process.env['LOG_LEVEL'] === 'debug' && fault.stack !== undefined) return fault.stack;
  return fault.cause === undefined ? fault.message : `${fault.message}: ${describeFault(fault.cause)}`;
}
