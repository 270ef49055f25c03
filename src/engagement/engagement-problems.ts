import { type ProblemError, problem } from '../http/problem.ts';

export const emptyRangeReply = { description: 'empty_range: `to` is not after `from`' };

export function emptyRange(): ProblemError {
  const message = '`to` must be after `from`.';
  return problem(400, 'empty_range', message, { errors: [{ pointer: '/query/to', code: 'empty_range', message }] });
}

export function tooManySteps(maxSteps: number, leastStepSeconds: number): ProblemError {
  const message = `These are more than ${maxSteps} steps: the least stepSeconds for this range is ${leastStepSeconds}.`;
  return problem(400, 'too_many_steps', message, {
    errors: [{ pointer: '/query/stepSeconds', code: 'too_many_steps', message }],
    members: { leastStepSeconds },
  });
}
