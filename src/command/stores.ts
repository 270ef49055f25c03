import { locateHome } from '../local/locate-home.ts';
import { storesEnv } from '../local/stores-env.ts';
import { say } from './run-service.ts';

export function printStoresEnv({ json = false }: { json?: boolean }): void {
  const { isRunning, lines } = storesEnv(locateHome());
  const pairs = lines.map((line) => {
    const at = line.indexOf('=');
    return [line.slice(0, at), line.slice(at + 1)];
  });
  console.log(json ? JSON.stringify(Object.fromEntries(pairs), null, 2) : lines.join('\n'));
  if (!isRunning) say('the local stack is not running: npm start or npm run demo starts it');
  process.exitCode = isRunning ? 0 : 1;
}
