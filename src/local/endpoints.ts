import { join } from 'node:path';
import { z } from 'zod';
import { readPrivateJson, writePrivateJson } from './write-private-file.ts';

/** All that a process needs to know of the three stores, under the names of the environment variables. */
export const EndpointsShape = z.strictObject({
  NEO4J_URL: z.string(),
  NEO4J_USER: z.string(),
  NEO4J_PASSWORD: z.string(),
  CLICKHOUSE_URL: z.string(),
  CLICKHOUSE_USER: z.string(),
  CLICKHOUSE_PASSWORD: z.string(),
  CLICKHOUSE_DATABASE: z.string(),
  REDIS_URL: z.string(),
  ANALYST_USER: z.string(),
  ANALYST_PASSWORD: z.string(),
});

export type Endpoints = z.infer<typeof EndpointsShape>;

export function readEndpoints(home: string): Endpoints | undefined {
  return readPrivateJson(endpointsPath(home), EndpointsShape);
}

export function writeEndpoints(home: string, endpoints: Endpoints): void {
  writePrivateJson(endpointsPath(home), endpoints);
}

function endpointsPath(home: string): string {
  return join(home, 'endpoints.json');
}
