import { until } from '../jobs/poll.ts';

/** The tally of a service has counted all facts. */
export async function untilCounted(url: string): Promise<void> {
  await until(async () => {
    const response = await fetch(`${url}/metrics`);
    return /^sharetrail_projector_lag_events\{[^}]*projector="tally"[^}]*\} 0$/m.test(await response.text());
  }, 60_000);
}
