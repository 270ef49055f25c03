import { attachStack } from '../local/attach-stack.ts';
import { locateHome } from '../local/locate-home.ts';

/** The three URLs, from the environment where it names them, else from the local stack. */
export type OpenEnvironment = {
  variables: Record<string, string | undefined>;
  close(options?: { stopNow?: boolean }): Promise<void>;
};

const urls = ['NEO4J_URL', 'CLICKHOUSE_URL', 'REDIS_URL'];

export async function openEnvironment(say: (line: string) => void): Promise<OpenEnvironment> {
  const environment = process.env;
  const named = urls.filter((name) => environment[name] !== undefined || environment[`${name}_FILE`] !== undefined);
  if (named.length === urls.length) return { variables: environment, close: async () => undefined };
  if (named.length > 0) {
    const missing = urls.filter((name) => !named.includes(name));
    throw new Error(
      `${named.join(', ')} is set, so ${missing.join(', ')} must be set too (or none, for the local stack)`,
    );
  }
  const stack = await attachStack({ onProgress: say });
  // All that the local stack keeps is in its home, so that is the disk whose room counts.
  const variables = { DATA_FOLDERS: locateHome(), ...environment, ...stack.endpoints };
  return { variables, close: (options) => stack.detach(options) };
}
