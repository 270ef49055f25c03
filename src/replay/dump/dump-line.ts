import { createHash } from 'node:crypto';

/** One thing a store holds, in a form that does not change with the order in which it came to be there. */
export type DumpLine = { key: string; text: string };

/** One kind of thing, its lines in the order of their keys' bytes. */
export type DumpSection = { name: string; lines(): AsyncGenerator<DumpLine> };

export type SectionDigest = { name: string; lines: number; sha256: string };

/** Reads a section through once; each line is handed on as it comes, and what they all say is told in one number. */
export async function digestSection(
  { name, lines }: DumpSection,
  onLine: (line: string) => Promise<void> | undefined = () => undefined,
): Promise<SectionDigest> {
  const hash = createHash('sha256');
  let count = 0;
  for await (const { text } of lines()) {
    const line = `${name} ${text}\n`;
    hash.update(line);
    await onLine(line);
    count += 1;
  }
  return { name, lines: count, sha256: hash.digest('hex') };
}

export function compareKeys(left: string, right: string): number {
  return left === right ? 0 : Buffer.compare(Buffer.from(left), Buffer.from(right));
}

/** A number as a key: its place among others is that of its text. */
export function numberKey(number: number): string {
  return String(number).padStart(16, '0');
}
