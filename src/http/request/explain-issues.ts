import type { z } from 'zod';
import type { ProblemDetail } from '../problem.ts';

/** Zod's issues as problem details, their places as JSON pointers below `prefix`. */
export function explainIssues(error: z.ZodError, prefix: string): ProblemDetail[] {
  return error.issues.map((issue) => ({
    pointer: `${prefix}${issue.path.map((part) => `/${escapePointer(String(part))}`).join('')}`,
    code: issue.code,
    message: issue.message,
  }));
}

export function escapePointer(part: string): string {
  return part.replaceAll('~', '~0').replaceAll('/', '~1');
}
