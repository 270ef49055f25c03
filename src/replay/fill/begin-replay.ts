import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { Facts } from '../../facts/facts.ts';
import { beforeAllEntries } from '../../log/entry-id.ts';
import type { Log } from '../../log/open-log.ts';
import type { Lease } from '../../log/projector/prepared-range.ts';
import type { ReplayFrom } from './choose-source.ts';
import type { FreshDatabase } from './fresh-database.ts';

const replayPlan = z.object({ cuts: z.array(z.number()), boundary: z.number().nullable() });
export type ReplayPlan = z.output<typeof replayPlan>;

type Deps = { log: Pick<Log, 'projectors'>; fresh: FreshDatabase };

/** One replay into the fresh database: its places are kept under leases, so that a second one cannot work beside it. */
export type BegunReplay = {
  facts: Facts;
  resumed: boolean;
  factsLease: Lease;
  lineageLease: Lease;
  check(): void;
  /** Where earlier tries ended, and where one went over from the facts to the log: this one has to cut alike. */
  plan: ReplayPlan;
  keepPlan(plan: ReplayPlan): Promise<void>;
  /** The next replay begins from nothing. */
  forget(): Promise<void>;
  close(): Promise<void>;
};

const lookAgainMs = 250;

const sources: readonly ReplayFrom[] = ['facts', 'log', 'both'];

/** Goes on with a replay that was interrupted, from the same source; otherwise begins in an empty database. */
export async function beginReplay(
  deps: Deps,
  { from, again, leaseMs }: { from: ReplayFrom; again: boolean; leaseMs: number },
): Promise<BegunReplay> {
  const { projectors } = deps.log;
  const leases = await claimAll(deps, [...sources.map(nameOf), 'replay-lineage', 'replay-plan'], leaseMs);
  const lost = { any: false };
  const renewal = setInterval(() => {
    for (const lease of leases) {
      projectors.renew(lease, leaseMs).then(
        (answer) => {
          lost.any ||= answer === 'fenced';
        },
        () => undefined,
      );
    }
  }, leaseMs / 4);
  const forget = async () => {
    for (const lease of leases) await projectors.commit(lease, beforeAllEntries);
  };
  const factsLease = leaseNamed(leases, nameOf(from));
  const { position, prepared } = await projectors.readState(factsLease.name);
  const isBegun = position !== beforeAllEntries || prepared !== null;
  const resumed = !again && isBegun && (await deps.fresh.exists());
  if (!resumed) {
    await forget();
    await deps.fresh.drop();
  }
  const planLease = leaseNamed(leases, 'replay-plan');
  const kept = (await projectors.readState(planLease.name)).prepared?.extra;
  const facts = await deps.fresh.open();
  return {
    facts,
    plan: replayPlan.parse(kept ?? { cuts: [], boundary: null }),
    keepPlan: async (plan) => void (await projectors.prepare(planLease, { first: 'plan', last: 'plan', extra: plan })),
    resumed,
    factsLease,
    lineageLease: leaseNamed(leases, 'replay-lineage'),
    check: () => {
      if (lost.any) throw new Error('another replay has taken over');
    },
    forget,
    close: async () => {
      clearInterval(renewal);
      await Promise.all(leases.map((lease) => projectors.release(lease)));
      await facts.close();
    },
  };
}

function nameOf(from: ReplayFrom): string {
  return `replay-${from}`;
}

function leaseNamed(leases: readonly Lease[], name: string): Lease {
  const lease = leases.find((one) => one.name === name);
  if (lease === undefined) throw new Error(`there is no lease ${name}`);
  return lease;
}

async function claimAll({ log }: Deps, names: readonly string[], leaseMs: number): Promise<Lease[]> {
  const owner = randomUUID();
  const leases: Lease[] = [];
  // The leases of a replay that was killed end by themselves.
  for (const deadlineMs = Date.now() + leaseMs; ; await delay(lookAgainMs)) {
    for (const name of names.slice(leases.length)) {
      const lease = await log.projectors.claim(name, owner, leaseMs * 2);
      if (lease === null) break;
      leases.push(lease);
    }
    if (leases.length === names.length) return leases;
    if (Date.now() > deadlineMs) break;
  }
  await Promise.all(leases.map((held) => log.projectors.release(held)));
  throw new Error('another replay into the fresh database is at work');
}
