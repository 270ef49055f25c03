import { readJson } from '../whole/start-service.ts';
import { checkPage } from './check-page.ts';

describe('the page about cascades', () => {
  checkPage({
    name: 'cascades.md',
    isAbout: (path) => /^\/v1\/(posts|cascades|accounts)/.test(path) && !/\/(engagement|lifecycle)$/.test(path),
    settle: untilCompared,
  });
});

/** The summary says what the last comparison found and where it stands among others, so both have to have been done. */
async function untilCompared(url: string): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    const [{ stores }, { notMeasured }] = await Promise.all([
      readJson(`${url}/v1/cascades/p1`),
      readJson(`${url}/v1/cascades?sort=velocity`),
    ]);
    const { lastReconciledAt, drift } = Object(stores);
    if (lastReconciledAt !== null && drift === 0 && notMeasured === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('the cascade was not compared in time');
}
