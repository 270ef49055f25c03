import { eventually, readJson } from '../whole/start-service.ts';
import { checkPage } from './check-page.ts';

describe('the page about events', () => {
  checkPage({ name: 'events.md', isAbout: (path) => path === '/v1/quality', settle: untilCounted });
});

/** The counts are written down a moment after the answer. */
async function untilCounted(url: string): Promise<void> {
  await eventually(async () => {
    const { totals } = await readJson(`${url}/v1/quality`);
    return Object(totals).received > 0;
  }, 20_000);
}
