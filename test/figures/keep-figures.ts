import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../src/query/root.ts';
import { type FigureGroup, type Figures, type KeptFigures, keptFigures } from './figures.ts';

const path = join(packageRoot, 'docs/figures.json');

export function readFigures(): KeptFigures {
  return keptFigures.parse(JSON.parse(readFileSync(path, 'utf8')));
}

/** Writes what a run has measured, where it was asked to (KEEP_FIGURES=1): an ordinary run of the tests changes no page. */
export function keepFigures<Group extends FigureGroup>(group: Group, values: Omit<Figures[Group], 'measuredAt'>): void {
  if (process.env['KEEP_FIGURES'] !== '1') return;
  const measuredAt = new Date().toISOString().slice(0, 10);
  const kept = { ...readFigures(), [group]: { measuredAt, ...values } };
  keptFigures.parse(kept);
  writeFileSync(path, `${JSON.stringify(kept, null, 2)}\n`);
}
