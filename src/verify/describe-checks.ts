import type { Check } from './check.ts';
import type { Verified } from './verify-stores.ts';

/** What a run found, for people: one line a check, and under one that differs a few examples. */
export function describeChecks({ ok, watermark, took, checks }: Verified): string[] {
  const differing = checks.filter((check) => !check.ok).length;
  const upTo = `up to accept number ${watermark.acceptSeq} of ${watermark.logLastSeq}`;
  const seconds = (took.ms / 1000).toFixed(1);
  const verdict = ok ? `all ${checks.length} checks hold` : `${differing} of ${checks.length} checks differ`;
  return [...checks.flatMap(describeCheck), `${verdict}, ${upTo}, in ${seconds} s`];
}

function describeCheck({ name, invariant, ok, looked, expected, found, differing, examples }: Check): string[] {
  if (ok) return [`ok       ${name} (${invariant}): ${looked} looked at`];
  return [
    `differs  ${name} (${invariant}): ${differing} of ${looked}, expected ${expected}, found ${found}`,
    ...examples.map((example) => `           ${example.subject}: expected ${example.expected}, found ${example.found}`),
  ];
}
