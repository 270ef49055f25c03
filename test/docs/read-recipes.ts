import { readPage } from './read-examples.ts';

/** Every block of SQL of a page by the heading above it. */
export function readRecipes(page: string): Array<[heading: string, sql: string]> {
  const pattern = /^### (.+)$|^```sql\n([\s\S]*?)^```$/gm;
  let heading = '';
  const found: Array<[string, string]> = [];
  for (const [, title, sql] of readPage(page).matchAll(pattern)) {
    if (title !== undefined) heading = title;
    if (sql !== undefined) found.push([heading, sql]);
  }
  return found;
}
