import { type ProblemError, problem } from '../../http/problem.ts';

export const noValueReply = { description: 'value_not_found: no post has this value' };

export function noValue(dimension: string, value: string): ProblemError {
  return problem(404, 'value_not_found', `No post has "${value}" among its ${dimension}.`);
}

export function tooManySteps(maxSteps: number, leastStepSeconds: number): ProblemError {
  const message = `These are more than ${maxSteps} steps: the least stepSeconds for this range is ${leastStepSeconds}.`;
  return problem(400, 'too_many_steps', message, {
    errors: [{ pointer: '/query/stepSeconds', code: 'too_many_steps', message }],
    members: { leastStepSeconds },
  });
}
