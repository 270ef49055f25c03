/** Every reason an item can be refused for, and what it tells the sender. The list is closed and documented. */
export const problemCodes = {
  not_an_object: 'The item is not a JSON object.',
  missing_field: 'A required field is absent.',
  unknown_field: 'The field does not exist here, or only the server sets it.',
  wrong_type: 'The value has another JSON type than the field; nothing is converted.',
  unknown_event_name: 'No event has this name; names are exact, in lower case.',
  invalid_id: 'An id is empty or holds a control character, a bidirectional override or a lone surrogate.',
  placeholder_identity: 'The id names no person: null, undefined, anonymous, 0, [object Object] or the nil UUID.',
  invalid_timestamp: 'The time is neither RFC 3339 with an offset nor whole epoch milliseconds.',
  timestamp_out_of_range: 'The time lies before 2000-01-01 or more than 10 minutes ahead of the server.',
  out_of_range: 'A number lies outside the range of its field.',
  not_whole: 'A count, size, position or number of milliseconds has a fraction.',
  invalid_value: 'The value is none of those the field takes, or does not have its form.',
  too_short: 'A text that must say something is empty.',
  too_long: 'A text is longer than its field allows.',
  too_few: 'A list is shorter than its field needs.',
  too_many: 'A list or a map has more entries than its field allows.',
  ill_formed_text: 'A text holds a lone surrogate or a control character.',
  alias_conflict: 'A field and its alias were both sent.',
  self_share: 'The share would be a share of itself.',
} as const;

export type ProblemCode = keyof typeof problemCodes;

/** `pointer` is an RFC 6901 JSON pointer into the item; for a missing field it points where the field belongs. */
export type Problem = { code: ProblemCode; pointer: string; detail: string };

export function isProblemCode(text: unknown): text is ProblemCode {
  return typeof text === 'string' && Object.hasOwn(problemCodes, text);
}
