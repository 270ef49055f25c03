import type { DemoMetadata, TimedEvent } from '../demo-event.ts';
import type { World } from '../world/world.ts';
import { writeEvent } from '../world/write-event.ts';
import type { Account } from './describe-account.ts';

type Newcomer = { readonly account: Account; readonly atMs: number; readonly metadata: DemoMetadata };

function userType(followers: number): 'creator' | 'consumer' | 'both' {
  if (followers > 2_000) return 'creator';
  return followers > 200 ? 'both' : 'consumer';
}

export function registerAccount(world: World, { account, atMs, metadata }: Newcomer): TimedEvent {
  const { countryCode, region, language, timeZone, platform } = metadata;
  return writeEvent(
    world,
    { account, atMs, metadata },
    {
      eventName: 'user_registered',
      data: {
        username: account.userId,
        userType: userType(account.followers),
        registrationSource: platform === 'web' ? 'website' : 'app',
        countryCode,
        region,
        language,
        timeZone,
        followerCount: account.followers,
        followingCount: account.following,
      },
    },
  );
}
