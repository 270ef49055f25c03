/** The Redis keys of one log; the prefix carries braces, so that a cluster keeps them on one node. */
export type LogKeys = {
  stream: string;
  seq: string;
  memory: string;
  ids: [string, string];
  ledgerMinutes: string;
  progress: string;
  ledger: (minuteMs: number | '') => string;
  ledgerCheck: string;
  quality: (dayMs: number) => string;
  projector: (name: string) => string;
};

export function logKeys(prefix: string): LogKeys {
  return {
    stream: `${prefix}:log:0`,
    seq: `${prefix}:seq`,
    memory: `${prefix}:ids:memory`,
    ids: [`${prefix}:ids:0`, `${prefix}:ids:1`],
    ledgerMinutes: `${prefix}:ledger:minutes`,
    progress: `${prefix}:progress`,
    ledgerCheck: `${prefix}:ledger:check`,
    quality: (dayMs) => `${prefix}:quality:${dayMs}`,
    ledger: (minuteMs) => `${prefix}:ledger:${minuteMs}`,
    projector: (name) => `${prefix}:projector:${name}`,
  };
}
