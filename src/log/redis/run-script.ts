import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../query/root.ts';
import type { RedisArgument, RedisCall } from './call-redis.ts';

export type Script = { text: string; sha: string };

/** Reads a Lua script when the module loads, so that a missing file stops the process, not a request. */
export function readScript(fileName: string): Script {
  const text = readFileSync(join(packageRoot, 'src', 'log', 'lua', fileName), 'utf8');
  return { text, sha: createHash('sha1').update(text).digest('hex') };
}

/** Runs by digest; a Redis that has forgotten the script (a restart) is told it again, which runs nothing twice. */
export async function runScript(
  call: RedisCall,
  script: Script,
  keys: string[],
  args: RedisArgument[],
): Promise<unknown> {
  const rest = [keys.length, ...keys, ...args];
  try {
    return await call('EVALSHA', [script.sha, ...rest]);
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('NOSCRIPT')) return call('EVAL', [script.text, ...rest]);
    throw error;
  }
}
