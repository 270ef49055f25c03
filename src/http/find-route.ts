import type { MountedRoute } from './route.ts';

type ExpressMethod = 'get' | 'post' | 'put' | 'patch' | 'delete';
export type RoutesAtPath = { path: string; byMethod: Map<ExpressMethod, MountedRoute> };

const expressMethods = { GET: 'get', POST: 'post', PUT: 'put', PATCH: 'patch', DELETE: 'delete' } as const;

/** Routes by address in Express' spelling, the more particular address first, so that a fixed word beats a parameter. */
export function findRoute(routes: readonly MountedRoute[]): RoutesAtPath[] {
  const byPath = new Map<string, RoutesAtPath>();
  const operationIds = new Set<string>();
  for (const route of routes) {
    if (operationIds.has(route.operationId)) throw new Error(`operation ${route.operationId} is there twice`);
    operationIds.add(route.operationId);
    const path = route.path.replaceAll(/\{(\w+)\}/g, ':$1');
    const place = byPath.get(path) ?? { path, byMethod: new Map() };
    const method = expressMethods[route.method];
    if (place.byMethod.has(method)) throw new Error(`${route.method} ${route.path} is there twice`);
    place.byMethod.set(method, route);
    byPath.set(path, place);
  }
  return [...byPath.values()].sort((one, other) => (rank(one.path) < rank(other.path) ? -1 : 1));
}

// "0" for a fixed segment and "1" for a parameter, compared from the left.
function rank(path: string): string {
  return path
    .split('/')
    .map((segment) => (segment.startsWith(':') ? '1' : '0'))
    .join('');
}
