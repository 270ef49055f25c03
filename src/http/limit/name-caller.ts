import { createHash } from 'node:crypto';
import type { Request } from 'express';
import { ipKeyGenerator } from 'express-rate-limit';

const networkBits = 64;
const hashCharacters = 22;

/** The key a request comes with, as a hash that says nothing of it; undefined where it has none. */
export function keyOf(request: Request): string | undefined {
  const token = /^Bearer +(\S+)$/i.exec(request.get('authorization') ?? '')?.[1] ?? request.get('x-api-key');
  if (token === undefined || token === '') return undefined;
  return createHash('sha256').update(token).digest('base64url').slice(0, hashCharacters);
}

/** Where a request comes from; of IPv6 the network, because one machine has as many addresses as it likes. */
export function addressOf(request: Request): string {
  return ipKeyGenerator(request.ip ?? '', networkBits);
}

export function isLoopback(request: Request): boolean {
  return /^(::ffff:)?127\.|^::1$/.test(request.ip ?? '');
}
