import type { ProblemCode } from '../problem.ts';

const control = '\\u0000-\\u001f\\u007f-\\u009f';
const controlButLineEnds = '\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f';
// Embeddings, overrides and isolates make two different ids look alike. ZWJ and ZWNJ belong to real words and stay.
const bidirectional = '\\u202a-\\u202e\\u2066-\\u2069';
const loneSurrogate = '\\ud800-\\udfff';

/** What a kind of text may not hold, as the inside of a character class of a Unicode regular expression. */
export const forbiddenIn = {
  id: control + bidirectional + loneSurrogate,
  line: control + loneSurrogate,
  lines: controlButLineEnds + loneSurrogate,
} as const;

/** Lengths count characters (code points), as JSON Schema does. */
export type TextRule = { kind: keyof typeof forbiddenIn; min: number; max: number; person?: true };

export type Refusal = { code: ProblemCode; detail: string };

const placeholders = [
  'null',
  'undefined',
  'anonymous',
  '0',
  '[object Object]',
  '00000000-0000-0000-0000-000000000000',
] as const;

const forbidden = {
  id: new RegExp(`[${forbiddenIn.id}]`, 'u'),
  line: new RegExp(`[${forbiddenIn.line}]`, 'u'),
  lines: new RegExp(`[${forbiddenIn.lines}]`, 'u'),
} as const;

/** The placeholders in any case, written without a flag so that JSON Schema can say the same. */
export const placeholderPattern = `^(?:${placeholders.map(inAnyCase).join('|')})$`;

const placeholderText = new RegExp(placeholderPattern);

function inAnyCase(text: string): string {
  const letters = Array.from(
    text,
    (letter) => `[${[...new Set([letter.toLowerCase(), letter.toUpperCase()])].join('')}]`,
  );
  return letters.join('').replaceAll('[[]', '\\[').replaceAll('[]]', '\\]').replaceAll('[-]', '-');
}

function isPlaceholder(text: string): boolean {
  const length = text.length;
  const possible = length === 1 || length === 4 || length === 9 || length === 15 || length === 36;
  return possible && placeholderText.test(text);
}

/** Why a text is refused, or undefined where it is right. */
export function refuseText(text: string, rule: TextRule): Refusal | undefined {
  if (isLonger(text, rule.max)) return { code: 'too_long', detail: `must have at most ${rule.max} characters` };
  if (text.length < rule.min) return refuseEmpty(rule);
  if (forbidden[rule.kind].test(text)) return refuseCharacter(rule);
  if (rule.person && isPlaceholder(text)) {
    return { code: 'placeholder_identity', detail: 'must name a person; this is a placeholder' };
  }
  return undefined;
}

function refuseEmpty(rule: TextRule): Refusal {
  return { code: rule.kind === 'id' ? 'invalid_id' : 'too_short', detail: 'must not be empty' };
}

function refuseCharacter(rule: TextRule): Refusal {
  return rule.kind === 'id'
    ? { code: 'invalid_id', detail: 'must not hold control characters, bidirectional overrides or lone surrogates' }
    : { code: 'ill_formed_text', detail: 'must not hold control characters or lone surrogates' };
}

function isLonger(text: string, max: number): boolean {
  // A text within the limit in UTF-16 units is within it in characters, and one over twice the limit is not.
  if (text.length <= max) return false;
  return text.length > 2 * max || Array.from(text).length > max;
}

/** Printable ASCII of the right length needs no more than this loop; everything else goes to the full rule. */
export function isRightText(text: string, rule: TextRule): boolean {
  const length = text.length;
  if (length < rule.min || length > rule.max) return refuseText(text, rule) === undefined;
  for (let at = 0; at < length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit < 0x20 || unit > 0x7e) return refuseText(text, rule) === undefined;
  }
  return !(rule.person && isPlaceholder(text));
}
