import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { route } from '../http/route.ts';
import { packageRoot } from '../query/root.ts';

const files = {
  page: readFileSync(join(packageRoot, 'src/web/index.html')),
  script: readFileSync(join(packageRoot, 'src/web/first-page.js')),
  style: readFileSync(join(packageRoot, 'src/web/first-page.css')),
};

const described = { method: 'GET', scope: 'public', tags: ['service'] } as const;

/** The page at the printed address, and the two files it needs. Nothing is fetched from anywhere else. */
export const firstPageRoutes = [
  route<object>()({
    ...described,
    path: '/',
    operationId: 'readFirstPage',
    summary: 'The first page: the largest and the latest cascades.',
    replies: { 200: { description: 'A page.', contentType: 'text/html' } },
    answer: () => ({ status: 200 as const, contentType: 'text/html; charset=utf-8', bytes: files.page }),
  }),
  route<object>()({
    ...described,
    path: '/first-page.js',
    operationId: 'readFirstPageScript',
    summary: 'Its script.',
    replies: { 200: { description: 'A script.', contentType: 'text/javascript' } },
    answer: () => ({ status: 200 as const, contentType: 'text/javascript; charset=utf-8', bytes: files.script }),
  }),
  route<object>()({
    ...described,
    path: '/first-page.css',
    operationId: 'readFirstPageStyle',
    summary: 'Its style.',
    replies: { 200: { description: 'A style sheet.', contentType: 'text/css' } },
    answer: () => ({ status: 200 as const, contentType: 'text/css; charset=utf-8', bytes: files.style }),
  }),
];
