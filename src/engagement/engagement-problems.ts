import { type ProblemError, problem } from '../http/problem.ts';

export const emptyRangeReply = { description: 'empty_range: `to` is not after `from`' };

export function emptyRange(): ProblemError {
  const message = '`to` must be after `from`.';
  return problem(400, 'empty_range', message, { errors: [{ pointer: '/query/to', code: 'empty_range', message }] });
}
