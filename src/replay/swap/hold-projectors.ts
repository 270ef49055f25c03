import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { EntryId } from '../../log/entry-id.ts';
import type { Log } from '../../log/open-log.ts';
import type { Lease } from '../../log/projector/prepared-range.ts';

type Deps = { log: Pick<Log, 'projectors' | 'holds'> };

/** `mustBeStopped`: a projector that runs is not asked to stand still, because its store is about to be exchanged. */
export type HoldLimits = { leaseMs: number; answerMs: number; mustBeStopped?: boolean };

/** Projectors that stand still until they are released, each with the place it stands at. */
export type Held = {
  positions: ReadonlyMap<string, EntryId>;
  /** Throws where one of them may have gone on meanwhile. */
  check(): void;
  release(): Promise<void>;
};

type HeldOne = {
  name: string;
  position: EntryId;
  renew: () => Promise<boolean>;
  release: () => Promise<unknown>;
};

const lookAgainMs = 50;

/**
 * Makes projectors stand still: one that runs is asked to, and of one that does not run the lease is taken, so that none
 * begins. Held together or not at all.
 */
export async function holdProjectors(deps: Deps, names: readonly string[], limits: HoldLimits): Promise<Held> {
  const held: HeldOne[] = [];
  try {
    for (const name of names) held.push(await holdOne(deps, name, limits));
  } catch (error) {
    await Promise.all(held.map((one) => one.release()));
    throw error;
  }
  const lost = { names: new Set<string>() };
  const renewal = setInterval(() => {
    for (const one of held) void renewOne(one, lost.names);
  }, limits.leaseMs / 4);
  return {
    positions: new Map(held.map(({ name, position }) => [name, position])),
    check: () => {
      if (lost.names.size > 0)
        throw new Error(`the hold on ${[...lost.names].join(', ')} was lost: nothing was changed`);
    },
    release: async () => {
      clearInterval(renewal);
      await Promise.all(held.map((one) => one.release()));
    },
  };
}

async function renewOne(one: HeldOne, lost: Set<string>): Promise<void> {
  if (!(await one.renew().catch(() => false))) lost.add(one.name);
}

async function holdOne(deps: Deps, name: string, limits: HoldLimits): Promise<HeldOne> {
  const { leaseMs, answerMs, mustBeStopped = false } = limits;
  const token = randomUUID();
  for (const deadlineMs = Date.now() + answerMs; Date.now() < deadlineMs; await delay(lookAgainMs)) {
    const lease = await deps.log.projectors.claim(name, token, leaseMs);
    if (lease !== null) return takenLease(deps, lease, { leaseMs, token });
    if (mustBeStopped || !(await deps.log.holds.ask(name, token, leaseMs))) continue;
    const position = await deps.log.holds.confirmed(name, token);
    if (position !== null) return standing(deps, { name, token, position }, leaseMs);
  }
  await deps.log.holds.release(name, token);
  throw new Error(
    mustBeStopped
      ? `the ${name} projector runs: stop the service first`
      : `the ${name} projector did not stand still in time`,
  );
}

async function takenLease(
  { log }: Deps,
  lease: Lease,
  { leaseMs, token }: { leaseMs: number; token: string },
): Promise<HeldOne> {
  // It may have been asked to stand still a moment ago.
  await log.holds.release(lease.name, token);
  const { position, prepared } = await log.projectors.readState(lease.name);
  if (prepared !== null) {
    await log.projectors.release(lease);
    throw new Error(`the ${lease.name} projector left a range open: start the service once, so that it is finished`);
  }
  return {
    name: lease.name,
    position,
    renew: async () => (await log.projectors.renew(lease, leaseMs)) === 'done',
    release: () => log.projectors.release(lease),
  };
}

function standing(
  { log }: Deps,
  { name, token, position }: { name: string; token: string; position: EntryId },
  leaseMs: number,
): HeldOne {
  return {
    name,
    position,
    renew: () => log.holds.renew(name, token, leaseMs),
    release: () => log.holds.release(name, token),
  };
}
