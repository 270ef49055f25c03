import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { packageRoot } from '../query/root.ts';
import { type PageFile, readPageFile } from './page-file.ts';
import { problem } from './problem.ts';
import { type MountedRoute, mount, route } from './route.ts';

type Deps = { files: ReadonlyMap<string, PageFile> };

/** The page that shows the API's document. Its files are read once, at start, so that a missing one is seen then. */
export function docsPageRoutes(folder = join(packageRoot, 'src/http/docs-page')): MountedRoute[] {
  const files = new Map(readdirSync(folder).map((name) => [name, readPageFile(folder, name)]));
  if (!files.has('index.html')) throw new Error(`${folder} has no index.html`);
  return mount([docsRoute, docsFileRoute], { files });
}

function pageReply({ files }: Deps, name: string) {
  const file = files.get(name);
  if (file === undefined) throw problem(404, 'route_not_found', `The documentation has no file ${name.slice(0, 100)}.`);
  return { status: 200, ...file, headers: { 'Cache-Control': 'no-cache' } } as const;
}

const described = { method: 'GET', scope: 'public', tags: ['service'] } as const;

const docsRoute = route<Deps>()({
  ...described,
  path: '/docs',
  operationId: 'readDocs',
  summary: 'The document as a page.',
  replies: { 200: { description: 'A page.', contentType: 'text/html' } },
  answer: (deps) => pageReply(deps, 'index.html'),
});

const docsFileRoute = route<Deps>()({
  ...described,
  path: '/docs/{file}',
  operationId: 'readDocsFile',
  summary: 'A file of the page.',
  params: z.object({ file: z.string() }),
  replies: {
    200: { description: 'The file.', contentType: ['text/html', 'text/javascript', 'text/css'] },
    404: { description: 'There is no such file.' },
  },
  answer: (deps, { params }) => pageReply(deps, params.file),
});
