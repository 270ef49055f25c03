import { z } from 'zod';
import type { Facts } from '../../facts/facts.ts';
import { statement } from '../../query/statement.ts';

const number = z.number();

/** A row that counts of one cascade, in the names of its columns but for the id. */
export const shapeState = z.object({
  band: number,
  generation: number,
  posts: number,
  depth: number,
  maxBreadth: number,
  structuralVirality: number.nullable(),
  velocity: number,
  measuredAtMs: number,
  batch: number,
  sign: number,
});

export const findDueStatement = statement('clickhouse/cascade/percentile/find-due.sql', {
  params: z.object({ afterRootId: z.string(), upToRootId: z.string(), afterLinkSeq: number, limit: number }),
  row: z.object({ rootId: z.string(), generation: number, posts: number, states: z.array(shapeState) }),
});

/** A cascade that is not as it was measured; one with 0 posts is a cascade no more. */
export type DueCascade = z.output<typeof findDueStatement.row>;
export type ShapeState = z.output<typeof shapeState>;

type Deps = { facts: Pick<Facts, 'select'> };
type Asked = z.input<typeof findDueStatement.params>;

export async function findDue({ facts }: Deps, asked: Asked): Promise<DueCascade[]> {
  return facts.select(findDueStatement, asked);
}

export function lastMeasuredAtMs({ states }: DueCascade): number {
  return Math.max(0, ...states.map(({ measuredAtMs }) => measuredAtMs));
}
