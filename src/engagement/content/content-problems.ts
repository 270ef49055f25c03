import { type ProblemError, problem } from '../../http/problem.ts';

export const noValueReply = { description: 'value_not_found: no post has this value' };

export function noValue(dimension: string, value: string): ProblemError {
  return problem(404, 'value_not_found', `No post has "${value}" among its ${dimension}.`);
}
