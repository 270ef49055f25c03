import type { IncomingMessage } from 'node:http';
import { problem } from '../problem.ts';

const maxAddressLength = 8192;

const controlCharacter = /\p{Cc}/u;

/** Refuses an address no route could mean, before any route is looked for. */
export function checkAddress(request: IncomingMessage): void {
  const address = request.url ?? '';
  if (address.length > maxAddressLength) {
    throw problem(414, 'address_too_long', `The address is longer than ${maxAddressLength} characters.`);
  }
  if (request.headers.host === undefined && request.httpVersion === '1.1') {
    throw problem(400, 'missing_host', 'An HTTP/1.1 request names its host.');
  }
  if (address.includes('%') && controlCharacter.test(decode(address))) {
    throw problem(400, 'malformed_url', 'The address has a control character in it.');
  }
}

function decode(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    throw problem(400, 'malformed_url', 'The address is not percent-encoded UTF-8.');
  }
}
