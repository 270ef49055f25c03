import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { readPrivateJson, writePrivateJson } from '../write-private-file.ts';
import { isAlive, ProcessIdentity, signalProcess } from './process-identity.ts';
import type { StoreName } from './stores/store.ts';

const Records = z.record(z.string(), ProcessIdentity);
const lookAgainMs = 50;
const graceMs = 6000;

/** Written right after a store's process is made, so that whoever comes next knows what a killed supervisor left. */
export function recordChild(home: string, name: StoreName, identity: ProcessIdentity): void {
  writePrivateJson(recordsPath(home), { ...readRecords(home), [name]: identity });
}

/** Ends what an earlier supervisor left running: the processes it recorded, and no other that merely looks like them. */
export async function endLeftovers(home: string): Promise<number> {
  const leftovers = Object.values(readRecords(home)).filter(isAlive);
  await Promise.all(leftovers.map(endProcess));
  return leftovers.length;
}

async function endProcess(identity: ProcessIdentity): Promise<void> {
  signalProcess(identity, 'SIGTERM');
  // One that was stopped would never see the first signal.
  signalProcess(identity, 'SIGCONT');
  const deadlineMs = Date.now() + graceMs;
  while (isAlive(identity) && Date.now() < deadlineMs) await pause(lookAgainMs);
  signalProcess(identity, 'SIGKILL');
  while (isAlive(identity)) await pause(lookAgainMs);
}

function readRecords(home: string): z.infer<typeof Records> {
  return readPrivateJson(recordsPath(home), Records) ?? {};
}

function recordsPath(home: string): string {
  return join(home, 'run', 'children.json');
}
