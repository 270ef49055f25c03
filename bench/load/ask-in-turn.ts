import { setTimeout as sleep } from 'node:timers/promises';
import type { HttpLine } from '../cascade/http-line.ts';

const dayMs = 86_400_000;
// A page of four, each asked again every five seconds.
const everyMs = 1250;

/** Questions of the kind a page asks. The number makes each another question, so that none is answered from memory. */
const questions = {
  trending: (number: number) => `/v1/trending?window=24h&limit=${1 + (number % 900)}`,
  tiers: (number: number) => `/v1/creators/tiers?from=${new Date(Date.now() - dayMs - number).toISOString()}`,
  categories: (number: number) => `/v1/content/categories?limit=${1 + (number % 900)}`,
  'engagement of a post': (_number: number, postId: string) => `/v1/posts/${postId}/engagement`,
};

export type Question = keyof typeof questions;
export const questionNames: readonly Question[] = ['trending', 'tiers', 'categories', 'engagement of a post'];

export type Asked = Record<Question, number[]>;

export function nothingAsked(): Asked {
  return { trending: [], tiers: [], categories: [], 'engagement of a post': [] };
}

/** Asks one after the other, at the pace of a page that is kept fresh, while it may. Milliseconds of each answer. */
export async function askInTurn(
  line: Pick<HttpLine, 'get'>,
  postIds: readonly string[],
  mayGoOn: () => boolean,
): Promise<Asked> {
  const asked = nothingAsked();
  let dueAt = performance.now();
  for (let number = 0; mayGoOn(); number += 1) {
    for (const name of questionNames) {
      await sleep(Math.max(0, dueAt - performance.now()));
      if (!mayGoOn()) break;
      dueAt = Math.max(dueAt + everyMs, performance.now());
      const path = questions[name](number, postIds[number % postIds.length] ?? '');
      const startedAt = performance.now();
      await line.get(path);
      asked[name].push(performance.now() - startedAt);
    }
  }
  return asked;
}
