import { join } from 'node:path';
import { readPageFile } from '../http/page-file.ts';
import { route } from '../http/route.ts';
import { packageRoot } from '../query/root.ts';

const folder = join(packageRoot, 'src/web');

type Part = { path: `/${string}`; name: string; operationId: string; summary: string };

function partRoute({ path, name, operationId, summary }: Part) {
  const file = readPageFile(folder, name);
  const [mediaType = ''] = file.contentType.split(';');
  return route<object>()({
    method: 'GET',
    scope: 'public',
    tags: ['service'],
    path,
    operationId,
    summary,
    replies: { 200: { description: 'The file.', contentType: mediaType } },
    answer: (_deps) => ({ status: 200, ...file }),
  });
}

/** The page at the printed address, and the two files it needs. Nothing is fetched from anywhere else. */
export const firstPageRoutes = [
  partRoute({
    path: '/',
    name: 'index.html',
    operationId: 'readFirstPage',
    summary: 'The first page: the largest and the latest cascades.',
  }),
  partRoute({
    path: '/first-page.js',
    name: 'first-page.js',
    operationId: 'readFirstPageScript',
    summary: 'Its script.',
  }),
  partRoute({
    path: '/first-page.css',
    name: 'first-page.css',
    operationId: 'readFirstPageStyle',
    summary: 'Its style.',
  }),
];
