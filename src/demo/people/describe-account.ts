import { between, chance, pickOne, pickWeighted } from '../chance/draw.ts';
import { printTail } from '../chance/print-tail.ts';
import { mix32, type Random, seededRandom } from '../chance/random.ts';
import type { DemoMetadata } from '../demo-event.ts';
import { type Place, places } from './places.ts';

export type Account = {
  readonly userId: string;
  readonly followers: number;
  readonly following: number;
  readonly utcOffsetHours: number;
  readonly metadata: DemoMetadata;
};

type Device = Pick<
  DemoMetadata,
  'platform' | 'osVersion' | 'appVersion' | 'deviceType' | 'networkType' | 'browser' | 'deviceId'
>;

const platforms = [
  { platform: 'android', weight: 48 },
  { platform: 'ios', weight: 36 },
  { platform: 'web', weight: 16 },
] as const;

function drawDevice(random: Random, deviceId: string): Device {
  const { platform } = pickWeighted(random, platforms);
  const networkType = chance(random, 0.6) ? 'wifi' : 'cellular';
  const appVersion = pickOne(random, ['5.0', '5.1', '5.1', '5.2'] as const);
  if (platform === 'web') {
    const browser = pickOne(random, ['Firefox', 'Chrome', 'Chrome', 'Safari'] as const);
    return { platform, deviceId, osVersion: 'web', appVersion, browser, deviceType: 'desktop', networkType };
  }
  const osVersion = String(platform === 'ios' ? between(random, 16, 19) : between(random, 11, 16));
  const deviceType = chance(random, 0.08) ? 'tablet' : 'phone';
  return { platform, deviceId, osVersion, appVersion, deviceType, networkType };
}

/** Followers follow a power law (Clauset, Shalizi and Newman 2009 find exponents near 2 for such counts). */
function drawFollowers(random: Random): number {
  return Math.min(5_000_000, Math.floor(18 * (1 - random()) ** -0.95));
}

function whereabouts(place: Place) {
  const { countryCode, region, city, timeZone, language } = place;
  return { countryCode, region, city, timeZone, language };
}

/** Says who the account with this number is. Nothing is remembered: the same number is the same person, for any number of people. */
export function describeAccount(seed: number, index: number, prefix: string): Account {
  const identity = mix32(index + Math.imul(seed, 0x9e3779b9));
  const random = seededRandom(identity);
  const tail = printTail(identity);
  const place = pickWeighted(random, places);
  const device = drawDevice(random, `${prefix}d_${tail}`);
  const network = chance(random, 0.09) ? { network: 'shorts' } : {};
  return {
    userId: `${prefix}u_${tail}`,
    followers: drawFollowers(random),
    following: between(random, 10, 900),
    utcOffsetHours: place.utcOffsetHours,
    metadata: { ...network, ...device, ...whereabouts(place) },
  };
}
