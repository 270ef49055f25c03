import { readJson } from '../whole/start-service.ts';
import { untilCounted } from '../whole/until-counted.ts';
import { checkPage } from './check-page.ts';

describe('the page about engagement', () => {
  checkPage({
    name: 'engagement.md',
    isAbout: (path) => /^\/v1\/(trending|creators|content|discovery|safety)|\/(engagement|lifecycle)$/.test(path),
    settle: async (url) => {
      await untilCounted(url);
      await untilMeasured(url);
    },
  });
});

/** The virality score waits for the cascade to be measured. */
async function untilMeasured(url: string): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    const { viralityScore } = await readJson(`${url}/v1/posts/v1/engagement`);
    if (viralityScore !== null) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('the cascade was not measured in time');
}
