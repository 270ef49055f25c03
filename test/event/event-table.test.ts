import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventTable, problemTable } from '../../src/event/event-table.ts';

const page = join(import.meta.dirname, '../../docs/events.md');

/** Puts a table between its two marks on the page. */
function withTable(text: string, mark: string, table: string): string {
  const [start, end] = [`<!-- ${mark}: generated -->\n`, `\n<!-- /${mark} -->`];
  const [before, after] = [text.indexOf(start), text.indexOf(end)];
  if (before < 0 || after < 0) throw new Error(`docs/events.md has lost its marks for ${mark}`);
  return text.slice(0, before + start.length) + table + text.slice(after);
}

test('docs/events.md shows the vocabulary as it is', () => {
  const text = readFileSync(page, 'utf8');
  const current = withTable(withTable(text, 'events', eventTable()), 'codes', problemTable());
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(page, current);
  else expect(text).toBe(current);
});
