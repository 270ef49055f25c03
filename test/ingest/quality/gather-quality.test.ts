import fc from 'fast-check';
import { correctionOf, gatherQuality, placeOf } from '../../../src/ingest/quality/gather-quality.ts';
import type { ItemStatus } from '../../../src/log/append.ts';
import { recordBytes } from '../../../src/log/entry-records.ts';

const acceptedAtMs = Date.UTC(2026, 4, 5, 6);
const [minute, hour, day] = [60_000, 3_600_000, 86_400_000];

const candidate = fc.record({
  eventName: fc.constantFrom('post_view', 'post_like', 'performance_metric'),
  ageMs: fc.oneof(
    fc.constantFrom(-hour, 0, hour, hour + 1, day, day + 1, 10 * day, 10 * day + 1),
    fc.integer({ min: -minute, max: 20 * day }),
  ),
  movedMs: fc.constantFrom(0, 1, -5 * minute, 5 * minute + 1, hour, -hour - 1, day, day + 1, -400 * day),
  status: fc.constantFrom<ItemStatus>('accepted', 'duplicate', 'conflict', 'postIdTaken'),
});
type Candidate = typeof candidate extends fc.Arbitrary<infer One> ? One : never;

const refusal = fc.record({
  eventName: fc.constantFrom('post_view', 'other'),
  code: fc.constantFrom('missing_field', 'unknown_event_name'),
  field: fc.constantFrom('', '/eventName'),
});

test('counts every item under its name, whatever became of it', () => {
  fc.assert(
    fc.property(fc.array(candidate, { maxLength: 40 }), fc.array(refusal, { maxLength: 10 }), (candidates, refused) => {
      const gathered = gatherQuality();
      gathered.saw({ ...columnsOf(candidates), refused, result: resultOf(candidates) });
      const expected = new Map<string, number>();
      const count = (field: string) => expected.set(field, (expected.get(field) ?? 0) + 1);
      for (const one of candidates) for (const counter of countersOf(one)) count(`${one.eventName} ${counter}`);
      for (const { eventName, code, field } of refused) {
        count(`${eventName} rejected`);
        count(`${eventName} ${code} ${field}`);
        if (code === 'unknown_event_name') count(`${eventName} unknownNames`);
      }
      const [[startMs, counts] = []] = [...gathered.take()];
      expect(startMs).toBe(Date.UTC(2026, 4, 5));
      expect(Object.fromEntries(counts ?? [])).toEqual(Object.fromEntries(expected));
      expect(gathered.take().size).toBe(0);
    }),
  );
});

function columnsOf(candidates: readonly Candidate[]) {
  const records = Buffer.alloc(candidates.length * recordBytes);
  for (const [place, { ageMs }] of candidates.entries()) {
    records.writeDoubleLE(acceptedAtMs - ageMs, place * recordBytes);
  }
  return {
    names: Uint16Array.from(candidates, ({ eventName }) => placeOf(eventName)),
    corrections: Uint8Array.from(candidates, ({ movedMs }) => correctionOf(movedMs)),
    records,
  };
}

function resultOf(candidates: readonly Candidate[]) {
  const all = candidates.map(({ status }) => status);
  const statuses = all.every((status) => status === 'accepted') ? null : all;
  return { statuses, acceptedAtMs, windowStartMs: acceptedAtMs - 10 * day };
}

function countersOf({ status, ageMs, movedMs }: Candidate): string[] {
  if (status !== 'accepted') return [status === 'duplicate' ? 'duplicate' : 'conflict'];
  const moved = Math.abs(movedMs);
  const within = moved <= 5 * minute ? 'Within5Minutes' : moved <= hour ? 'Within1Hour' : 'Within1Day';
  return [
    'accepted',
    ...(moved === 0 ? [] : [`corrected${moved > day ? 'Beyond1Day' : within}`]),
    ...(ageMs > hour ? ['lateOver1Hour'] : []),
    ...(ageMs > day ? ['lateOver1Day'] : []),
    ...(ageMs > 10 * day ? ['lateBeforeWindow'] : []),
  ];
}

test('a name that nobody knows has one place, and each known one its own', () => {
  expect(placeOf('anything')).toBe(placeOf('other'));
  expect(placeOf('post_view')).not.toBe(placeOf('other'));
});
