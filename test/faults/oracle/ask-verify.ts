import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { FaultServices } from '../harness/fault-services.ts';
import type { History } from '../load/history.ts';

const Told = z.looseObject({ ok: z.boolean(), checks: z.array(z.looseObject({ ok: z.boolean() })) });

/** The second judge, `sharetrail verify`, is given what the senders know; the answer is every check that it says failed. */
export async function askVerify(services: FaultServices, folder: string, history: History): Promise<string[]> {
  mkdirSync(folder, { recursive: true });
  const flags = Object.entries(sortIds(history)).flatMap(([name, ids]) => {
    const path = join(folder, `${services.names.database}-${name}.txt`);
    writeFileSync(path, ids.map((id) => `${id}\n`).join(''));
    return [`--${name}`, path];
  });
  const { code, output, told } = await services.run(['verify', '--json', '--only-acked', ...flags]);
  const parsed = parse(output);
  if (code === 2 || parsed === undefined)
    return [`verify could not look: ${code} ${told.slice(-1000)} ${output.slice(-500)}`];
  const failed = parsed.checks
    .filter((check) => !check.ok)
    .map((check) => `verify: ${JSON.stringify(check).slice(0, 600)}`);
  return parsed.ok === (failed.length === 0) ? failed : [...failed, `verify says ${parsed.ok} of its own checks`];
}

function parse(output: string): z.infer<typeof Told> | undefined {
  try {
    return Told.parse(JSON.parse(output));
  } catch {
    return undefined;
  }
}

/** An id that was acknowledged with one content may have been refused with another: then it is there. */
function sortIds({ variants }: History): Record<'acked' | 'maybe' | 'refused', string[]> {
  const sorted: Record<'acked' | 'maybe' | 'refused', string[]> = { acked: [], maybe: [], refused: [] };
  for (const [id, ofId] of variants) {
    if (ofId.some(({ acked }) => acked)) sorted.acked.push(id);
    else if (ofId.some(({ maybe }) => maybe)) sorted.maybe.push(id);
    else sorted.refused.push(id);
  }
  return sorted;
}
