import { z } from 'zod';
import { statement } from '../../query/statement.ts';
import type { VerifyDeps } from '../verify-deps.ts';

export const pageLineageStatement = statement('clickhouse/verify/page-lineage.sql', {
  params: z.object({
    rootId: z.string(),
    afterRootId: z.string(),
    afterSeq: z.number(),
    linkSeq: z.number(),
    limit: z.number(),
  }),
  row: z.object({
    rootId: z.string(),
    seq: z.number(),
    postId: z.string(),
    parentId: z.string(),
    parentSeq: z.number(),
    depth: z.number(),
    accountId: z.string(),
    accountOrd: z.number(),
    sharedAtMs: z.number(),
    acceptSeq: z.number(),
    linkSeq: z.number(),
  }),
});

export type LineageRow = z.output<typeof pageLineageStatement.row>;

type Deps = Pick<VerifyDeps, 'facts' | 'limits'>;

/** Lineage as it counts up to a link number, in order of cascade and place, page after page. */
export async function* pageLineage(
  { facts, limits }: Deps,
  rootId: string | null,
  linkSeq: number,
): AsyncGenerator<LineageRow[]> {
  for (let [afterRootId, afterSeq] = ['', -1]; ; ) {
    const asked = { rootId: rootId ?? '', afterRootId, afterSeq, linkSeq, limit: limits.factsAtOnce };
    const page = await facts.select(pageLineageStatement, asked);
    yield page;
    const last = page.at(-1);
    if (last === undefined || page.length < limits.factsAtOnce) return;
    afterRootId = last.rootId;
    afterSeq = last.seq;
  }
}
