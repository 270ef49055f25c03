import { composeService, type Service } from '../compose.ts';
import { readConfig } from '../config.ts';
import { createLogger } from '../observe/create-logger.ts';
import { type OpenEnvironment, openEnvironment } from './open-environment.ts';

export type RunningService = { service: Service; environment: OpenEnvironment };

type Options = { roles: string[] | undefined; quiet?: boolean };

/** Progress goes to standard error, because standard output is for data. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

export async function startService({ roles, quiet = false }: Options): Promise<RunningService> {
  const environment = await openEnvironment(say);
  const variables = quiet ? { LOG_LEVEL: 'warn', ...environment.variables } : environment.variables;
  const config = readConfig(variables, roles === undefined ? {} : { roles });
  const service = await composeService(config, createLogger({ level: config.logLevel }));
  return { service, environment };
}

/** Keeps running until a signal comes, then closes the service before the stores. A second signal ends at once. */
export async function runUntilSignal({ service, environment }: RunningService): Promise<void> {
  const signal = await nextSignal();
  say(`${signal}: stopping`);
  void nextSignal().then(() => process.exit(1));
  await service.close();
  await environment.close({ stopNow: true });
  process.exit(0);
}

function nextSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, resolve);
  });
}
