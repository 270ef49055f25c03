import { beforeAllEntries, type EntryId } from '../entry-id.ts';
import type { LogKeys } from '../log-keys.ts';
import type { RedisCall } from '../redis/call-redis.ts';
import { asNumber, asRecord } from '../redis/redis-reply.ts';
import { readScript, runScript } from '../redis/run-script.ts';

export type PreparedRange = { first: EntryId; last: EntryId; extra: unknown };
export type ProjectorState = { epoch: number; position: EntryId; prepared: PreparedRange | null };
export type Lease = { name: string; owner: string; epoch: number };
/** `fenced`: another owner has taken over since, so nothing was written. */
export type Fenced = 'done' | 'fenced';

/** Who may project, how far it came, and which range it is about to insert: what a new owner repeats first. */
export type PreparedRanges = {
  /** The lease with its epoch, or null while another owner holds it. */
  claim(name: string, owner: string, leaseMs: number): Promise<Lease | null>;
  renew(lease: Lease, leaseMs: number): Promise<Fenced>;
  release(lease: Lease): Promise<Fenced>;
  prepare(lease: Lease, range: PreparedRange): Promise<Fenced>;
  commit(lease: Lease, position: EntryId): Promise<Fenced>;
  readState(name: string): Promise<ProjectorState>;
};

type Deps = { call: RedisCall; keys: LogKeys };

const claimScript = readScript('claim-projector.lua');
const renewScript = readScript('renew-projector.lua');
const writeScript = readScript('write-range.lua');
const preparedFields = ['preparedFirst', 'preparedLast', 'preparedExtra'];

export function preparedRangesOf({ call, keys }: Deps): PreparedRanges {
  const state = (name: string) => keys.projector(name);
  const lease = (name: string) => `${keys.projector(name)}:lease`;

  async function renew({ name, owner, epoch }: Lease, leaseMs: number): Promise<Fenced> {
    return fencedBy(await runScript(call, renewScript, [lease(name), state(name)], [owner, epoch, leaseMs]));
  }
  async function write({ name, epoch }: Lease, removed: string[], fields: string[]): Promise<Fenced> {
    return fencedBy(await runScript(call, writeScript, [state(name)], [epoch, removed.length, ...removed, ...fields]));
  }

  return {
    async claim(name, owner, leaseMs) {
      const epoch = asNumber(await runScript(call, claimScript, [lease(name), state(name)], [owner, leaseMs]));
      return epoch === 0 ? null : { name, owner, epoch };
    },
    renew,
    release: (held) => renew(held, 0),
    prepare: (held, { first, last, extra }) =>
      write(held, [], ['preparedFirst', first, 'preparedLast', last, 'preparedExtra', JSON.stringify(extra ?? null)]),
    commit: (held, position) => write(held, preparedFields, ['position', position]),
    readState: async (name) => readStateFrom(asRecord(await call('HGETALL', [state(name)]))),
  };
}

function fencedBy(reply: unknown): Fenced {
  return asNumber(reply) === 1 ? 'done' : 'fenced';
}

function readStateFrom(fields: Record<string, string>): ProjectorState {
  const first = fields['preparedFirst'];
  const last = fields['preparedLast'];
  const prepared =
    first === undefined || last === undefined
      ? null
      : { first, last, extra: JSON.parse(fields['preparedExtra'] ?? 'null') };
  return { epoch: Number(fields['epoch'] ?? 0), position: fields['position'] ?? beforeAllEntries, prepared };
}
