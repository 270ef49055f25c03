import { findSupervisor } from './attach/supervisor-record.ts';
import { readEndpoints } from './endpoints.ts';

export type StoresEnv = { isRunning: boolean; lines: string[] };

/** The stack's endpoints as `NAME=value` lines; none where no stack was ever started in this home. */
export function storesEnv(home: string): StoresEnv {
  const endpoints = readEndpoints(home);
  const lines = Object.entries(endpoints ?? {}).map(([name, value]) => `${name}=${value}`);
  return { isRunning: findSupervisor(home) !== undefined, lines };
}
