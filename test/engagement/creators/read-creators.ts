import type { z } from 'zod';
import { CreatorAnalytics, CreatorTiers } from '../../../src/engagement/creators/creator-answers.ts';
import type { EngagementStores } from '../engagement-stores.ts';

type Query = Readonly<Record<string, string>>;

export async function readAnalytics(stores: EngagementStores, accountId: string, query: Query) {
  return read(stores, `/v1/creators/${encodeURIComponent(accountId)}/analytics`, { query, schema: CreatorAnalytics });
}

export async function readTiers(stores: EngagementStores, query: Query) {
  return read(stores, '/v1/creators/tiers', { query, schema: CreatorTiers });
}

async function read<S extends z.ZodType>(
  stores: EngagementStores,
  path: string,
  { query, schema }: { query: Query; schema: S },
): Promise<z.output<S>> {
  const { status, body } = await stores.get(`${path}?${new URLSearchParams(query)}`);
  if (status !== 200) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`);
  return schema.parse(body);
}
