import type { Request, RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';
import type { Logger } from '../../observe/create-logger.ts';
import { problem } from '../problem.ts';
import { countRequests, type SendCommand } from './count-requests.ts';
import { addressOf, isLoopback, keyOf } from './name-caller.ts';

export type RequestLimits = {
  /** Requests a minute of one key, and of one address that comes without a key. */
  perMinute: number;
  /** How many keys' worth of requests one address may send, so that inventing keys does not lift its limit. */
  keysPerAddress: number;
  limitsLoopback: boolean;
  processes: number;
  prefix: string;
  sendCommand: SendCommand;
};

type Deps = { logger: Logger };
type Policy = {
  name: string;
  limit: number;
  keyOf: (request: Request) => string;
  applies: (hasKey: boolean) => boolean;
};

const windowMs = 60_000;
// Whoever watches the service must see it just when it is busy.
const neverLimited = new Set(['/livez', '/readyz', '/readyz/ingest', '/metrics']);

/** Limits requests by key, else by address; says in `RateLimit` headers what is left, and answers 429 above. */
export function limitRequests({ logger }: Deps, limits: RequestLimits): RequestHandler[] {
  if (limits.perMinute === 0) return [];
  const { perMinute, keysPerAddress } = limits;
  const policies: Policy[] = [
    { name: 'address', limit: perMinute, keyOf: addressOf, applies: (hasKey) => !hasKey },
    { name: 'keys-of-address', limit: perMinute * keysPerAddress, keyOf: addressOf, applies: (hasKey) => hasKey },
    { name: 'key', limit: perMinute, keyOf: (request) => keyOf(request) ?? '', applies: (hasKey) => hasKey },
  ];
  return policies.map((policy) => limitBy({ logger }, limits, policy));
}

function limitBy({ logger }: Deps, limits: RequestLimits, policy: Policy): RequestHandler {
  const { processes, sendCommand, limitsLoopback } = limits;
  const onTurn = (isShared: boolean): void =>
    logger.warn(
      { policy: policy.name },
      isShared ? 'rate limits are shared again' : 'rate limits are counted here alone',
    );
  return rateLimit({
    windowMs,
    limit: policy.limit,
    identifier: policy.name,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    keyGenerator: policy.keyOf,
    store: countRequests({ sendCommand, processes, onTurn, prefix: `${limits.prefix}:${policy.name}:` }),
    skip: (request) =>
      neverLimited.has(request.path) ||
      (!limitsLoopback && isLoopback(request)) ||
      !policy.applies(keyOf(request) !== undefined),
    handler: (_request, _response, next) => {
      next(
        problem(429, 'rate_limited', `More than ${policy.limit} requests a minute; Retry-After says when to go on.`),
      );
    },
    // Its checks of the set-up print to the console; the tests of this folder make them instead.
    validate: false,
  });
}
