import { choosePort } from './choose-port.ts';
import { takeLock } from './take-lock.ts';

export type PortClaims = { folder: string; own: Set<number> };

/**
 * A store listens on its port only seconds after the port was chosen, so two stacks that start side by side would
 * choose the same one. The claim stands between them; it ends with the supervisor that made it.
 */
export function claimPort({ folder, own }: PortClaims, wanted: number): Promise<number> {
  return choosePort(wanted, (port) => {
    if (own.has(port)) return true;
    if (takeLock(folder, `port-${port}`) === undefined) return false;
    own.add(port);
    return true;
  });
}
