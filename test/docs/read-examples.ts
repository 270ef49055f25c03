import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../src/query/root.ts';

/** A command in a page and the answer that stands below it. */
export type Example = { command: string; kind: string; answer: string; start: number; end: number };

export const addressInPages = 'localhost:8080';

export function readPage(name: string): string {
  return readFileSync(join(packageRoot, 'docs', name), 'utf8');
}

/** Every `sh` block with the block that follows it. */
export function readExamples(page: string): Example[] {
  const pattern = /```sh\n((?:curl|npx sharetrail) [\s\S]*?)\n```\n\n```(\w+)\n([\s\S]*?)```\n/g;
  return [...page.matchAll(pattern)].map((match) => {
    const [whole, command = '', kind = '', answer = ''] = match;
    const end = match.index + whole.length - '```\n'.length;
    return { command, kind, answer, start: end - answer.length, end };
  });
}

/** The page with other answers in the places of those it has. */
export function withAnswers(page: string, examples: readonly Example[], answers: readonly string[]): string {
  let text = '';
  let from = 0;
  for (const [index, { start, end }] of examples.entries()) {
    text += page.slice(from, start) + (answers[index] ?? '');
    from = end;
  }
  return text + page.slice(from);
}
