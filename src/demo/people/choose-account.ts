import { between, chance } from '../chance/draw.ts';
import type { TimedEvent } from '../demo-event.ts';
import type { World } from '../world/world.ts';
import { type Account, describeAccount } from './describe-account.ts';
import { registerAccount } from './register-account.ts';

/** Who acts, and the registration that has to come first where nobody has seen the account before. */
export type Chosen = { readonly account: Account; readonly registered: readonly TimedEvent[] };

const accountsPerEvent = 0.14;

function isAsleep(account: Account, atMs: number): boolean {
  const hour = (atMs / 3_600_000 + account.utcOffsetHours) % 24;
  return hour >= 1 && hour < 6;
}

function someoneKnown(world: World): Account {
  // Whoever came early is met more often: activity is as uneven as everything else here.
  const index = Math.floor(world.accounts * world.random() ** 1.4);
  return describeAccount(world.seed, index, world.prefix);
}

function newcomer(world: World, atMs: number): Chosen {
  const account = describeAccount(world.seed, world.accounts, world.prefix);
  world.accounts += 1;
  const registeredAtMs = Math.max(world.startAtMs, atMs - between(world.random, 1_500, 6_000));
  const registered = registerAccount(world, { account, atMs: registeredAtMs, metadata: account.metadata });
  return { account, registered: [registered] };
}

export function chooseAccount(world: World, atMs: number): Chosen {
  const { random, accounts, events } = world;
  const isGrowing = accounts < events * accountsPerEvent;
  if (accounts === 0 || chance(random, isGrowing ? 0.4 : 0.01)) return newcomer(world, atMs);
  const account = someoneKnown(world);
  const isReplaced = isAsleep(account, atMs) && chance(random, 0.7);
  return { account: isReplaced ? someoneKnown(world) : account, registered: [] };
}
