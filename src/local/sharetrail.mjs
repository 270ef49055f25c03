#!/usr/bin/env node
// `npx sharetrail COMMAND`: the same set-up, then the command line of src/main.ts with the arguments as they are.
import { Missing } from './setup/missing.mjs';
import { prepare } from './setup/prepare.mjs';
import { runMain } from './setup/run-main.mjs';
import { say } from './setup/say.mjs';

try {
  await prepare(process.argv[2] ?? '--help');
} catch (error) {
  say(error instanceof Missing ? `\n${error.message}\n` : String(error?.stack ?? error));
  process.exit(1);
}

await runMain('src/main.ts', process.argv.slice(2));
