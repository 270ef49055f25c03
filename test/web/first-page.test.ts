import { readFileSync } from 'node:fs';
import path from 'node:path';

const folder = path.join(import.meta.dirname, '../../src/web');
const read = (name: string): string => readFileSync(path.join(folder, name), 'utf8');

describe('the first page', () => {
  const page = read('index.html');
  const script = read('first-page.js');
  const style = read('first-page.css');

  test('keeps within a strict content policy: no inline script, style or handler', () => {
    expect(page).not.toMatch(/<script(?![^>]*\ssrc=)/);
    expect(page).not.toMatch(/<style|\sstyle=|\son[a-z]+=/);
    expect(script).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|\beval\b|new Function/);
  });

  test('asks nobody but its own service', () => {
    for (const text of [page, script, style]) expect(text).not.toMatch(/https?:\/\/|@import|url\(|["']\/\//);
    const own = [...page.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, address]) => address ?? '');
    expect(own.filter((address) => !address.startsWith('/') && address !== 'data:,')).toEqual([]);
  });

  test('every element the script names is on the page', () => {
    const named = new Set([...script.matchAll(/byId\('([^']+)'\)/g)].map(([, id]) => id));
    const present = new Set([...page.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id));
    expect([...named].filter((id) => !present.has(id))).toEqual([]);
    expect(named.size).toBeGreaterThan(5);
  });
});
