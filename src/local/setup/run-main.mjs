import { join } from 'node:path';

const checkout = join(import.meta.dirname, '..', '..', '..');

/** Goes on in this very process, so that a signal to it reaches the service and nothing stands between. */
export async function runMain(entry, args) {
  const { register } = await import('tsx/esm/api');
  register();
  const path = join(checkout, entry);
  process.argv = [process.argv[0], path, ...args];
  await import(path);
}
