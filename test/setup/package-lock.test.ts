import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { packageRoot } from '../../src/query/root.ts';

const Locked = z.looseObject({ optionalDependencies: z.record(z.string(), z.string()).default({}) });
const Lock = z.looseObject({ packages: z.record(z.string(), Locked) });

describe('package-lock.json', () => {
  // A lockfile made where only this platform's packages are to be had leaves the others out, and npm ci refuses it.
  test('holds the optional packages of every platform', () => {
    const { packages } = Lock.parse(JSON.parse(readFileSync(join(packageRoot, 'package-lock.json'), 'utf8')));
    const names = Object.keys(packages);
    const wanted = Object.values(packages).flatMap(({ optionalDependencies }) => Object.keys(optionalDependencies));
    expect(wanted.filter((name) => !names.some((path) => path.endsWith(`node_modules/${name}`)))).toEqual([]);
  });
});
