import type { Row } from './awkward-tree.ts';

/** The cells of RFC 4180 text. */
export function readCsv(text: string): string[][] {
  const lines: string[][] = [];
  let cells: string[] = [];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n)/g)) {
    cells.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    lines.push(cells);
    cells = [];
  }
  return lines;
}

function unescapeXml(text: string): string {
  const letters: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'", '#39': "'" };
  return revealHidden(text.replaceAll(/&([#\w]+);/g, (whole, name) => letters[name] ?? whole));
}

/** Puts back the two characters that XML cannot hold. */
export function revealHidden(text: string): string {
  const hidden: Record<string, string> = { '\uFFFD': '\uFFFD', E: '\uFFFE', F: '\uFFFF' };
  return text.replaceAll(/\uFFFD(.)/gu, (whole, letter) => hidden[letter] ?? whole);
}

/** The attributes of every element of a name. */
export function elementsOf(text: string, name: string): Array<Record<string, string>> {
  return [...text.matchAll(new RegExp(`<${name}((?: [a-z]+="[^"]*")*)/?>`, 'g'))].map(([, attributes = '']) =>
    Object.fromEntries(
      [...attributes.matchAll(/ ([a-z]+)="([^"]*)"/g)].map(([, key, value = '']) => [key, unescapeXml(value)]),
    ),
  );
}

export function edgesOf(rows: readonly Row[]): Array<{ source: string | null; target: string }> {
  const ids = new Set(rows.map(({ postId }) => postId));
  const edges = rows.filter(({ parentPostId }) => parentPostId !== null && ids.has(parentPostId));
  return edges.map(({ postId, parentPostId }) => ({ source: parentPostId, target: postId }));
}

export function parseLines(text: string): unknown[] {
  expect(text.endsWith('\n')).toBe(true);
  return text
    .slice(0, -1)
    .split('\n')
    .map((line): unknown => JSON.parse(line));
}
