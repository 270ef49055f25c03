import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { arbitraryMutation, mutate } from '../event/mutate-event.ts';
import { arbitraryValue, type Schemas } from './arbitrary-value.ts';
import type { Operation } from './read-document.ts';

export type FuzzBody = { bytes: Buffer | undefined; headers: Record<string, string> };

const none: FuzzBody = { bytes: undefined, headers: {} };

/** A body that the document allows, one step from it, or something else altogether. */
export function arbitraryBody(operation: Operation, schemas: Schemas): fc.Arbitrary<FuzzBody> {
  const json = operation.bodies.get('application/json');
  if (operation.bodies.size === 0) return fc.oneof({ arbitrary: fc.constant(none), weight: 20 }, garbage());
  if (json === undefined) return fc.oneof(fc.constant(none), garbage());
  const allowed = fc
    .tuple(arbitraryValue(json, schemas), fc.nat(4))
    .map(([value, luck]) => (luck === 0 ? value : withoutClock(value)));
  const mutated = fc
    .tuple(allowed, fc.array(arbitraryMutation, { minLength: 1, maxLength: 3 }))
    .map(([value, mutations]) => mutations.reduce(mutate, value));
  const asJson = fc.oneof({ arbitrary: allowed, weight: 4 }, { arbitrary: mutated, weight: 4 }).map(textOf);
  return fc.oneof(
    { arbitrary: dressed(asJson, fc.constantFrom('application/json', 'application/json; charset=utf-8')), weight: 12 },
    {
      arbitrary: dressed(
        fc.array(fc.oneof(asJson, fc.string()), { maxLength: 5 }).map((lines) => lines.join('\n')),
        fc.constantFrom(...operation.bodies.keys()),
      ),
      weight: 4,
    },
    {
      arbitrary: dressed(
        asJson.map((text) => text.slice(0, text.length / 2)),
        fc.constant('application/json'),
      ),
      weight: 1,
    },
    {
      arbitrary: dressed(
        asJson,
        fc.constantFrom('text/plain', 'application/xml', '', 'application/json; charset=utf-16', 'APPLICATION/JSON'),
      ),
      weight: 1,
    },
    { arbitrary: garbage(), weight: 1 },
    { arbitrary: fc.constant(none), weight: 1 },
  );
}

/** A time of sending that was drawn by chance moves an event out of all times, so most events go without one. */
function withoutClock(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (key, inner: unknown) => (key === 'sentAt' ? undefined : inner));
}

function textOf(value: unknown): string {
  return JSON.stringify(value) ?? '';
}

const dresses = fc.oneof(
  { arbitrary: fc.constant('plain' as const), weight: 8 },
  { arbitrary: fc.constantFrom('gzip', 'gzipOfGzip', 'calledGzip', 'calledBrotli', 'cutGzip'), weight: 2 },
);

function dressed(texts: fc.Arbitrary<string>, types: fc.Arbitrary<string>): fc.Arbitrary<FuzzBody> {
  return fc.record({ text: texts, type: types, dress: dresses }).map(({ text, type, dress }) => {
    const plain = Buffer.from(text);
    const headers = type === '' ? {} : { 'content-type': type };
    switch (dress) {
      case 'gzip':
        return { bytes: gzipSync(plain), headers: { ...headers, 'content-encoding': 'gzip' } };
      case 'gzipOfGzip':
        return { bytes: gzipSync(gzipSync(plain)), headers: { ...headers, 'content-encoding': 'gzip' } };
      case 'cutGzip':
        return { bytes: gzipSync(plain).subarray(0, 15), headers: { ...headers, 'content-encoding': 'gzip' } };
      case 'calledGzip':
        return { bytes: plain, headers: { ...headers, 'content-encoding': 'gzip' } };
      case 'calledBrotli':
        return { bytes: plain, headers: { ...headers, 'content-encoding': 'br' } };
      default:
        return { bytes: plain, headers };
    }
  });
}

function garbage(): fc.Arbitrary<FuzzBody> {
  const headers = fc.constantFrom({ 'content-type': 'application/json' }, { 'content-type': 'application/x-ndjson' });
  return fc.record({ bytes: fc.uint8Array({ maxLength: 200 }), headers }).map(({ bytes, headers: type }) => ({
    bytes: Buffer.from(bytes),
    headers: type,
  }));
}
