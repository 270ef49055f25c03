import { eventText } from '../open-service.ts';

const event = eventText();
export const postHead = 'POST /v1/events HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n';
const getHead = 'GET /v1/cascades HTTP/1.1\r\nHost: a\r\n';
const chunked = `${event.length.toString(16)}\r\n${event}\r\n0\r\n\r\n`;

type MalformedRequest = [name: string, request: string | Buffer, status: number, code: string];

export const malformedRequests: readonly MalformedRequest[] = [
  [
    'a length and chunks',
    `${postHead}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n${chunked}`,
    400,
    'malformed_request',
  ],
  [
    'chunks and a length',
    `${postHead}Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n${chunked}`,
    400,
    'malformed_request',
  ],
  ['chunked written otherwise', `${postHead}Transfer-Encoding: xchunked\r\n\r\n${chunked}`, 400, 'malformed_request'],
  ['chunked twice', `${postHead}Transfer-Encoding: chunked, identity\r\n\r\n${chunked}`, 400, 'malformed_request'],
  ['two lengths', `${postHead}Content-Length: 5\r\nContent-Length: 6\r\n\r\n${event}`, 400, 'malformed_request'],
  ['a negative length', `${postHead}Content-Length: -1\r\n\r\n`, 400, 'malformed_request'],
  ['a length in words', `${postHead}Content-Length: ten\r\n\r\n`, 400, 'malformed_request'],
  ['a length past 2^64', `${postHead}Content-Length: 99999999999999999999999\r\n\r\n`, 400, 'malformed_request'],
  ['a length past the limit, and no body', `${postHead}Content-Length: 16000001\r\n\r\n`, 413, 'payload_too_large'],
  ['a broken chunk size', `${postHead}Transfer-Encoding: chunked\r\n\r\nzz\r\n`, 400, 'malformed_request'],
  [
    'a chunk size past 2^64',
    `${postHead}Transfer-Encoding: chunked\r\n\r\n${'f'.repeat(40)}\r\n`,
    400,
    'malformed_request',
  ],
  ['20 KB in one header', `${getHead}X-Long: ${'x'.repeat(20_000)}\r\n\r\n`, 431, 'headers_too_large'],
  ['20 KB in 500 headers', `${getHead}${headerLines(500, 32)}\r\n`, 431, 'headers_too_large'],
  ['20 KB in the address', `GET /${'x'.repeat(20_000)} HTTP/1.1\r\nHost: a\r\n\r\n`, 431, 'headers_too_large'],
  [
    '9 KB in the address',
    `GET /${'x'.repeat(9000)} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`,
    414,
    'address_too_long',
  ],
  ['no host', 'GET /v1/cascades HTTP/1.1\r\nConnection: close\r\n\r\n', 400, 'missing_host'],
  ['TRACE', 'TRACE /v1/events HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n', 405, 'method_not_allowed'],
  [
    'TRACE of everything',
    'TRACE / HTTP/1.1\r\nHost: a\r\nMax-Forwards: 0\r\nConnection: close\r\n\r\n',
    405,
    'method_not_allowed',
  ],
  ['CONNECT', 'CONNECT other:443 HTTP/1.1\r\nHost: a\r\n\r\n', 405, 'method_not_allowed'],
  ['a method nobody knows', 'BREW / HTTP/1.1\r\nHost: a\r\n\r\n', 400, 'malformed_request'],
  ['no HTTP at all', 'hello there\r\n\r\n', 400, 'malformed_request'],
  ['a TLS greeting', Buffer.from('16030100a5010000a10303', 'hex'), 400, 'malformed_request'],
  ['HTTP/2 by prior knowledge', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400, 'malformed_request'],
  ['another expectation', `${postHead}Expect: tea\r\nContent-Length: 2\r\n\r\n{}`, 417, 'expectation_failed'],
  ['a folded header', `${getHead}X-A: 1\r\n  2\r\nConnection: close\r\n\r\n`, 400, 'malformed_request'],
  ['a header name with a space', `${getHead}X Y: 1\r\n\r\n`, 400, 'malformed_request'],
  ['NUL in a header', `${getHead}X-A: a\0b\r\n\r\n`, 400, 'malformed_request'],
  ['a bare line feed in a header', `${getHead}X-A: a\nX-B: b\r\n\r\n`, 400, 'malformed_request'],
  [
    'a control character in the address',
    'GET /v1/posts/a\u0001b HTTP/1.1\r\nHost: a\r\n\r\n',
    400,
    'malformed_request',
  ],
  [
    'bytes over 127 in the address',
    Buffer.from(`GET /v1/posts/\xff HTTP/1.1\r\nHost: a\r\n\r\n`, 'latin1'),
    400,
    'malformed_request',
  ],
];

function headerLines(count: number, length: number): string {
  return Array.from({ length: count }, (_, at) => `X-${at}: ${'y'.repeat(length)}\r\n`).join('');
}
