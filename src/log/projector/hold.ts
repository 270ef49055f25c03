import type { EntryId } from '../entry-id.ts';
import type { LogKeys } from '../log-keys.ts';
import type { RedisCall } from '../redis/call-redis.ts';
import { asNumber, asText } from '../redis/redis-reply.ts';
import { readScript, runScript } from '../redis/run-script.ts';

/**
 * A projector stands still between two ranges while somebody holds it: what it writes to does not move meanwhile.
 * The hold ends with its time, so that whoever asked and died holds nobody up for long.
 */
export type Holds = {
  /** False while another holds the projector. */
  ask(name: string, token: string, ttlMs: number): Promise<boolean>;
  /** False when the time has run out: then the projector may have gone on. */
  renew(name: string, token: string, ttlMs: number): Promise<boolean>;
  release(name: string, token: string): Promise<void>;
  /** Where the projector stands still under this token, or null as long as it has not said so. */
  confirmed(name: string, token: string): Promise<EntryId | null>;
  /** The projector's side: who asks it to stand still, and its answer. */
  asked(name: string): Promise<string | null>;
  confirm(name: string, token: string, position: EntryId): Promise<void>;
};

type Deps = { call: RedisCall; keys: LogKeys };

const script = readScript('keep-hold.lua');
const confirmedForMs = 600_000;

export function holdsOf({ call, keys }: Deps): Holds {
  const key = (name: string) => `${keys.projector(name)}:hold`;
  const answerKey = (name: string) => `${keys.projector(name)}:held`;

  async function keep(name: string, token: string, ttlMs: number, mayTake: boolean): Promise<boolean> {
    return asNumber(await runScript(call, script, [key(name)], [token, ttlMs, mayTake ? 1 : 0])) === 1;
  }

  return {
    ask: (name, token, ttlMs) => keep(name, token, ttlMs, true),
    renew: (name, token, ttlMs) => keep(name, token, ttlMs, false),
    release: async (name, token) => void (await keep(name, token, 0, false)),
    asked: async (name) => textOrNull(await call('GET', [key(name)])),
    confirm: async (name, token, position) => {
      await call('SET', [answerKey(name), `${token} ${position}`, 'PX', confirmedForMs]);
    },
    confirmed: async (name, token) => {
      const answer = textOrNull(await call('GET', [answerKey(name)]));
      return answer?.startsWith(`${token} `) === true ? answer.slice(token.length + 1) : null;
    },
  };
}

function textOrNull(reply: unknown): string | null {
  return reply === null ? null : asText(reply);
}
