import type { Columns } from '../columns/columns.ts';
import { measureShape } from '../shape/measure-shape.ts';
import { velocity } from '../times/velocity.ts';

/** What is kept of a cascade, to compare others with it and to order lists by it. */
export type Measurement = {
  posts: number;
  depth: number;
  maxBreadth: number;
  structuralVirality: number | null;
  velocity: number;
};

/** `shape` is what is known of the same columns already. */
export function measureCascade(columns: Columns, shape = measureShape(columns)): Measurement {
  const { size: posts, depth, maxBreadth, structuralVirality } = shape;
  return { posts, depth, maxBreadth, structuralVirality, velocity: velocity(columns) };
}
