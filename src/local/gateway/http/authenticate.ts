// Finds who asks, in the three places where ClickHouse clients put it: basic auth, X-ClickHouse headers, URL.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { refusals } from '../engine/engine-exception.ts';

export type Role = 'writer' | 'analyst';
export type User = { name: string; role: Role };
export type Credentials = ReadonlyArray<User & { password: string }>;

type Claim = { name: string; password: string };

function readBasic(header: string): Claim {
  const text = Buffer.from(header.slice('basic '.length), 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 0 ? { name: text, password: '' } : { name: text.slice(0, colon), password: text.slice(colon + 1) };
}

export function headerText(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}

function readClaim(headers: IncomingHttpHeaders, url: URLSearchParams): Claim {
  const name = headerText(headers, 'x-clickhouse-user');
  if (name !== undefined) return { name, password: headerText(headers, 'x-clickhouse-key') ?? '' };
  const basic = headers.authorization;
  if (basic !== undefined && /^basic /i.test(basic)) return readBasic(basic);
  return { name: url.get('user') ?? 'default', password: url.get('password') ?? '' };
}

// Digests have one length, so the comparison takes the same time however much of the password is right.
function equals(left: string, right: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}

export function authenticate(credentials: Credentials, headers: IncomingHttpHeaders, url: URLSearchParams): User {
  const claim = readClaim(headers, url);
  const known = credentials.find(({ name }) => name === claim.name);
  if (known === undefined || !equals(known.password, claim.password)) throw refusals.authenticationFailed(claim.name);
  return { name: known.name, role: known.role };
}
