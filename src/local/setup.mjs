// What npm start, npm run demo, npm test, npm run bench and npm run faults run: it brings what is missing, then goes on as the command.
// Only Node's own modules may be used up to that point, because a bare clone has no others.
import { Missing } from './setup/missing.mjs';
import { prepare } from './setup/prepare.mjs';
import { runMain } from './setup/run-main.mjs';
import { printClosingLine, runTests } from './setup/run-tests.mjs';
import { say } from './setup/say.mjs';

const [command = 'start', ...rest] = process.argv.slice(2);

const commands = {
  install: () => say('Everything is in place.'),
  start: () => runMain('src/main.ts', ['up', ...rest]),
  bench: () => runMain('bench/main.ts', rest),
  fuzz: () => runMain('test/fuzz/main.ts', rest),
  faults: () => runMain('test/faults/main.ts', rest),
  test: async () => process.exit(await runTests(rest)),
};

try {
  await prepare(command);
} catch (error) {
  say(error instanceof Missing ? `\n${error.message}\n` : String(error?.stack ?? error));
  if (command === 'test') printClosingLine({ passed: 0, failed: 1 });
  process.exit(1);
}

await (commands[command] ?? (() => runMain('src/main.ts', [command, ...rest])))();
