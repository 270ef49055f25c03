import type { Answer, Asking } from './ask-service.ts';
import type { OpenService } from './open-service.ts';

export const answerLimitMs = 1000;

/** A clear problem of that status and code, within a second, and nothing stored anywhere. */
export async function expectRefused(
  service: OpenService,
  asking: Asking,
  { status, code }: { status: number; code: string },
): Promise<Answer> {
  const before = await service.count();
  const answer = await askInTime(service, asking);
  expectProblem(answer, { status, code });
  expect(await service.count()).toEqual(before);
  return answer;
}

/** What is slow is slow every time; a machine that was busy elsewhere for a moment is not. */
export async function askInTime(service: OpenService, asking: Asking): Promise<Answer> {
  for (let round = 0; ; round += 1) {
    const answer = await service.ask(asking);
    if (answer.durationMs < answerLimitMs || round === 2) return answer;
  }
}

export function expectProblem(answer: Answer, { status, code }: { status: number; code: string }): void {
  expect({ status: answer.status, code: answer.body['code'] }).toEqual({ status, code });
  expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
  expect(answer.body).toMatchObject({
    type: `urn:sharetrail:problem:${code}`,
    title: expect.any(String),
    status,
    detail: expect.any(String),
    requestId: answer.headers['x-request-id'],
    errors: expect.any(Array),
  });
  expect(answer.durationMs).toBeLessThan(answerLimitMs);
}

/** The same for a request that holds one event: 422, and the item's own code and place. */
export async function expectRefusedItem(
  service: OpenService,
  event: string | Buffer,
  { code, pointer }: { code: string; pointer?: string },
): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const asking = { method: 'POST', path: '/v1/events', headers, body: event };
  const answer = await expectRefused(service, asking, { status: 422, code: 'all_items_refused' });
  const item = { index: 0, status: 'rejected', code, detail: expect.any(String) };
  expect(answer.body).toMatchObject({
    accepted: 0,
    rejected: 1,
    results: [pointer === undefined ? item : { ...item, pointer }],
  });
}
