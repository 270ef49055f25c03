import { join } from 'node:path';
import { SupervisorRecord } from '../supervise/messages.ts';
import { isAlive } from '../supervise/process-identity.ts';
import { readPrivateJson } from '../write-private-file.ts';

export function runFolder(home: string): string {
  return join(home, 'run');
}

export function recordPath(home: string): string {
  return join(runFolder(home), 'supervisor.json');
}

/** The supervisor that runs in this home now; one that was killed left its record behind and does not count. */
export function findSupervisor(home: string): SupervisorRecord | undefined {
  const record = readPrivateJson(recordPath(home), SupervisorRecord);
  return record !== undefined && isAlive(record) ? record : undefined;
}
