import { Command } from 'commander';
import { runDemo } from './command/demo.ts';
import { printDiagnosis } from './command/doctor.ts';
import { runMigrate } from './command/migrate.ts';
import { runServe } from './command/serve.ts';
import { printStoresEnv } from './command/stores.ts';

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
  .option('--json', 'one JSON document')
  .action((options: { plan?: boolean; json?: boolean }) => runMigrate(options));

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

await program.parseAsync();
