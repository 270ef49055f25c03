import { heldStores } from './running-stores.ts';

/** After all tests; the run's home is left for the closing line to read, and the next run takes it away. */
export default async function stopStores(): Promise<void> {
  await heldStores()?.stop();
}
