import { z } from 'zod';
import { withLeaf } from './leaf.ts';
import { forbiddenIn, isRightText, placeholderPattern, refuseText, type TextRule } from './text-rule.ts';

type Letters = { first: number; last: number; longest: number };

const lowerCase: Letters = { first: 97, last: 122, longest: 8 };
const upperCase: Letters = { first: 65, last: 90, longest: 3 };

/** The name of anything but a person: 1 to 128 characters, well-formed, nothing invisible that misleads. */
export const id = textField({ kind: 'id', min: 1, max: 128 });

/** An id of a person: placeholders that broken clients send are refused. */
export const personId = textField({ kind: 'id', min: 1, max: 128, person: true });

/** A word or two that groups things: category, source, reason. */
export const label = textField({ kind: 'line', min: 1, max: 100 });

/** Free text on one line; it may be empty, as a browser's referrer often is. */
export const line = (max: number) => textField({ kind: 'line', min: 0, max });

/** Free text of several lines. */
export const lines = (max: number) => textField({ kind: 'lines', min: 0, max });

/** The product a person uses. Without a colon, because `network:userId` names an account. */
export const network = wordField(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/, 'a word of letters, digits, _ . -', lowerCase);

/** The device's platform, in lower case so that ios and iOS are not two. */
export const platform = wordField(
  /^[a-z0-9][a-z0-9_.-]{0,31}$/,
  'a lower-case word, such as ios, android or web',
  lowerCase,
);

export const countryCode = wordField(/^[A-Z]{2,3}$/, 'two or three capital letters (ISO 3166)', upperCase);

export const language = wordField(
  /^[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8}){0,4}$/,
  'a language tag, such as ne or en-GB',
  lowerCase,
);

export const timeZone = wordField(
  /^[A-Za-z][A-Za-z0-9_+-]{0,31}(?:\/[A-Za-z0-9_+-]{1,32}){0,2}$/,
  'an IANA time zone, such as Asia/Kathmandu',
);

function textField(rule: TextRule) {
  const schema = z
    .string()
    .superRefine((text, context) => {
      const refusal = refuseText(text, rule);
      if (refusal) context.addIssue({ code: 'custom', message: refusal.detail, params: { code: refusal.code } });
    })
    .meta({
      pattern: `^[^${forbiddenIn[rule.kind]}]*$`,
      ...(rule.min > 0 && { minLength: rule.min }),
      maxLength: rule.max,
      ...(rule.person && { not: { pattern: placeholderPattern } }),
    });
  return withLeaf(schema, (value) => (typeof value === 'string' && isRightText(value, rule) ? 0 : -1));
}

/** `plain` names letters of which two or more make a right word without asking the pattern; a loop is quicker. */
function wordField(pattern: RegExp, form: string, plain?: Letters) {
  const schema = z
    .string()
    .superRefine((text, context) => {
      if (pattern.test(text)) return;
      context.addIssue({ code: 'custom', message: `must be ${form}`, params: { code: 'invalid_value' } });
    })
    .meta({ pattern: pattern.source, description: form });
  return withLeaf(schema, (value) => {
    if (typeof value !== 'string') return -1;
    return (plain !== undefined && isPlain(value, plain)) || pattern.test(value) ? 0 : -1;
  });
}

function isPlain(text: string, { first, last, longest }: Letters): boolean {
  if (text.length < 2 || text.length > longest) return false;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit < first || unit > last) return false;
  }
  return true;
}
