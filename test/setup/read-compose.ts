import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { packageRoot } from '../../src/query/root.ts';

const HealthCheck = z.looseObject({ test: z.union([z.string(), z.array(z.string())]), retries: z.int() });

const Service = z.looseObject({
  image: z.string().optional(),
  build: z.unknown().optional(),
  environment: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
  ports: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
  command: z.array(z.string()).optional(),
  profiles: z.array(z.string()).default([]),
  healthcheck: HealthCheck.optional(),
  depends_on: z.record(z.string(), z.looseObject({ condition: z.string() })).default({}),
});

const Compose = z.looseObject({
  services: z.strictObject({
    neo4j: Service,
    clickhouse: Service,
    redis: Service,
    sharetrail: Service,
    grafana: Service,
  }),
  volumes: z.record(z.string(), z.unknown()),
});

export type Compose = z.infer<typeof Compose>;

export function readCompose(): Compose {
  return Compose.parse(parse(readFileSync(join(packageRoot, 'docker-compose.yml'), 'utf8')));
}
