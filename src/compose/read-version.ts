import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { packageRoot } from '../query/root.ts';

const packageFile = z.object({ name: z.string(), version: z.string() });

export function readVersion(): { name: string; version: string } {
  return packageFile.parse(JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')));
}
