import { type ProblemError, problem } from '../http/problem.ts';
import { timeOf } from '../query/times.ts';

export const emptyRangeReply = { description: 'empty_range: `to` is not after `from`' };

export function emptyRange(): ProblemError {
  const message = '`to` must be after `from`.';
  return problem(400, 'empty_range', message, { errors: [{ pointer: '/query/to', code: 'empty_range', message }] });
}

export function factsExpired(wholeFromMs: number): ProblemError {
  const wholeFrom = timeOf(wholeFromMs);
  const message = `Single events of before ${wholeFrom} have expired, so this would count too little.`;
  const suggestion = `Ask from ${wholeFrom} on; sums by day are kept for ever, in v_engagement_daily.`;
  return problem(422, 'facts_expired', message, {
    errors: [{ pointer: '/query/from', code: 'facts_expired', message }],
    members: { wholeFrom, suggestion },
  });
}

export function windowTooOld(oldestMs: number): ProblemError {
  const message = `Counts by the quarter of an hour are kept from ${timeOf(oldestMs)} on.`;
  return problem(422, 'window_too_old', message, {
    errors: [{ pointer: '/query/to', code: 'window_too_old', message }],
    members: { oldest: timeOf(oldestMs), suggestion: 'Ask for a later window, or sums by day in v_engagement_daily.' },
  });
}

export function tooManySteps(maxSteps: number, leastStepSeconds: number): ProblemError {
  const message = `These are more than ${maxSteps} steps: the least stepSeconds for this range is ${leastStepSeconds}.`;
  return problem(400, 'too_many_steps', message, {
    errors: [{ pointer: '/query/stepSeconds', code: 'too_many_steps', message }],
    members: { leastStepSeconds },
  });
}
