import { appendFileSync } from 'node:fs';

/** Said where an outside tool is absent, instead of registering the test: the run names it before its closing line. */
export function notRunHere(name: string, reason: string): void {
  const line = `not run here: ${name} (${reason})\n`;
  const path = process.env['SHARETRAIL_NOT_RUN'];
  if (path === undefined) process.stderr.write(line);
  else appendFileSync(path, line);
}
