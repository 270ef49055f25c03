import { ProblemBody } from '../../src/http/problem.ts';

/** The problem in an answer; fails where the answer is not one in every respect. */
export async function readProblem(response: Response): Promise<ProblemBody> {
  expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  const body = ProblemBody.parse(await response.json());
  expect(body.status).toBe(response.status);
  expect(body.requestId).toBe(response.headers.get('x-request-id'));
  return body;
}
