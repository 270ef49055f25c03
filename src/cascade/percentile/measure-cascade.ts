import type { Columns } from '../columns/columns.ts';
import { measureShape } from '../shape/measure-shape.ts';
import { velocity } from '../shape/velocity.ts';

/** What is kept of a cascade, to compare others with it and to order lists by it. */
export type Measurement = {
  posts: number;
  depth: number;
  maxBreadth: number;
  structuralVirality: number | null;
  velocity: number;
};

/** The only place where the job measures: about 100 ms of this process for a cascade of a million posts. */
export function measureCascade(columns: Columns): Measurement {
  const { size: posts, depth, maxBreadth, structuralVirality } = measureShape(columns);
  return { posts, depth, maxBreadth, structuralVirality, velocity: velocity(columns) };
}
