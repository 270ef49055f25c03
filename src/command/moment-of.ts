import { parseTimestamp } from '../event/fields/parse-timestamp.ts';

/** A time that a flag names, written as an event may write it; undefined where the flag was not given. */
export function momentOf(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const momentMs = parseTimestamp(text);
  if (!Number.isFinite(momentMs)) throw new Error(`${flag} is a time such as 2026-01-31T12:00:00Z, not ${text}`);
  return momentMs;
}
