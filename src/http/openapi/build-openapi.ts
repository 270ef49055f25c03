import { ProblemBody } from '../problem.ts';
import type { MountedRoute } from '../route.ts';
import { describeOperation } from './describe-operation.ts';
import { generalComponents } from './general-replies.ts';
import { type Json, schemaComponents } from './schema-components.ts';

export type ApiInfo = { title: string; version: string; description?: string };

/** The OpenAPI 3.1 document, made from the schemas the code itself parses with. */
export function buildOpenapi(routes: readonly MountedRoute[], info: ApiInfo): Json {
  const components = schemaComponents();
  const problemSchema = components.convert(ProblemBody, 'output');
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    const operations = paths[route.path] ?? {};
    operations[route.method.toLowerCase()] = describeOperation(route, components);
    paths[route.path] = operations;
  }
  return {
    openapi: '3.1.0',
    info,
    servers: [{ url: '/' }],
    tags: tagsOf(routes),
    paths,
    components: {
      schemas: components.all(),
      responses: {
        Problem: {
          description: 'What went wrong, as RFC 9457 describes it.',
          content: { 'application/problem+json': { schema: problemSchema } },
        },
        ...generalComponents(problemSchema),
      },
    },
  };
}

function tagsOf(routes: readonly MountedRoute[]): Json[] {
  return [...new Set(routes.flatMap((route) => route.tags))].map((name) => ({ name }));
}
