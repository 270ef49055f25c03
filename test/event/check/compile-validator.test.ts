import fc from 'fast-check';
import { compileValidator, type Validator } from '../../../src/event/check/compile-validator.ts';
import { explainRefusal } from '../../../src/event/check/explain-refusal.ts';
import { countKeys } from '../../../src/event/count-keys.ts';
import { wholeEventSchema } from '../../../src/event/envelope.ts';
import { eventNames } from '../../../src/event/vocabulary.ts';
import { arbitraryEvent } from '../arbitrary-event.ts';
import { arbitraryMutation, mutate } from '../mutate-event.ts';

const validators = new Map<unknown, Validator>(
  eventNames.map((name) => [name, compileValidator(wholeEventSchema(name))]),
);

function fastVerdict(value: unknown): number {
  const eventName = typeof value === 'object' && value !== null ? Reflect.get(value, 'eventName') : undefined;
  return validators.get(eventName)?.(value) ?? -1;
}

/** The compiled validator says what zod says, and how many keys there are. */
function expectSameVerdict(value: unknown): void {
  const problems = explainRefusal(value);
  expect({ value, problems, keys: fastVerdict(value) }).toEqual({
    value,
    problems,
    keys: problems.length === 0 ? countKeys(value) : -1,
  });
}

describe('the compiled validator and zod agree', () => {
  test('on well-formed events, which both accept', () => {
    fc.assert(
      fc.property(arbitraryEvent, (event) => {
        expect(explainRefusal(event)).toEqual([]);
        expect(fastVerdict(event)).toBe(countKeys(event));
      }),
      { numRuns: 2000 },
    );
  });

  test('on events with up to three places changed', () => {
    const changed = fc
      .tuple(arbitraryEvent, fc.array(arbitraryMutation, { minLength: 1, maxLength: 3 }))
      .map(([event, mutations]) => mutations.reduce<unknown>(mutate, event));
    fc.assert(fc.property(changed, expectSameVerdict), { numRuns: 3000 });
  });

  test('on any JSON, and on any JSON under a known name', () => {
    const named = fc.tuple(fc.constantFrom(...eventNames), fc.dictionary(fc.string(), fc.jsonValue()));
    fc.assert(fc.property(fc.jsonValue(), expectSameVerdict), { numRuns: 500 });
    fc.assert(
      fc.property(named, ([eventName, fields]) => expectSameVerdict({ ...fields, eventName })),
      { numRuns: 1000 },
    );
  });
});
