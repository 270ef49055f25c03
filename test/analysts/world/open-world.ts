import { freshServiceStores, startService } from '../../whole/start-service.ts';
import { untilCounted } from '../../whole/until-counted.ts';
import { type Analysts, openAnalysts } from '../open-analysts.ts';
import { plantEvents } from './plant-events.ts';
import { readWorld, type World } from './read-world.ts';

/** What was planted, posted to a service that put it into the stores, and seen by the analyst. */
export async function openWorld(): Promise<{ analysts: Analysts; world: World }> {
  const planted = plantEvents();
  const world = readWorld(planted);
  const analysts = await openAnalysts();
  const { variables } = await freshServiceStores();
  const service = await startService({ variables: { ...variables, ...analysts.variables } }, 'api,project');
  const response = await fetch(`${service.url}/v1/events?wait=projected&timeoutMs=60000`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ events: planted }),
  });
  const answer = await response.text();
  await untilCounted(service.url);
  await service.kill('SIGTERM');
  if (!answer.includes(`"accepted":${planted.length},`) || !answer.includes('"state":"projected"')) {
    throw new Error(`not all was taken: ${answer}`);
  }
  return { analysts, world };
}
