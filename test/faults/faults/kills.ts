import { isStoreAlive, type StoreName, storeNames } from '../harness/fault-stack.ts';
import type { Fault, Scene } from './fault.ts';

/** SIGKILL of one component, whatever it is doing; whoever keeps it starts it again. */
export const kills: readonly Fault[] = [
  killService('api', 25),
  killService('project', 33),
  killService('jobs', 10),
  killStore('redis', 14),
  killStore('clickhouse', 14),
  // It takes ten seconds and more to come back, so it is killed less often than it could be.
  killStore('neo4j', 4),
  { name: 'everything', weight: 1, inflict: killEverything },
];

function killService(role: string, weight: number): Fault {
  return {
    name: role,
    weight,
    inflict: async ({ services, random }) => {
      const candidates = services.of(role).filter((service) => service.pid() !== undefined);
      const victim = candidates[Math.floor(random() * candidates.length)];
      await victim?.kill();
      return victim !== undefined;
    },
  };
}

function killStore(store: StoreName, weight: number): Fault {
  return {
    name: store,
    weight,
    inflict: async ({ stack }: Scene) => isStoreAlive(stack.home, store) && stack.signal(store, 'SIGKILL'),
  };
}

async function killEverything({ stack, services }: Scene): Promise<boolean> {
  for (const store of storeNames) stack.signal(store, 'SIGKILL');
  await Promise.all(services.all.map((service) => service.kill()));
  return true;
}
