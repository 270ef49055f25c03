import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Stores } from '../compose/open-stores.ts';
import type { Config } from '../config.ts';
import { readClientIds } from '../verify/clients/client-ids.ts';
import { describeChecks } from '../verify/describe-checks.ts';
import { type Positions, positions } from '../verify/read-positions.ts';
import { type Verified, type VerifyOptions, verifyStores } from '../verify/verify-stores.ts';
import { momentOf } from './moment-of.ts';
import { say } from './run-service.ts';
import { withConfig, withStores } from './with-stores.ts';

export type VerifyFlags = {
  since?: string;
  until?: string;
  root?: string;
  acked?: string;
  onlyAcked?: boolean;
  maybe?: string;
  refused?: string;
  state?: string;
  wait?: string;
  json?: boolean;
};

const progressEveryMs = 2000;

/** Ends with 0 when everything holds, with 1 when something differs, and with 2 when it could not look. */
export async function runVerify(flags: VerifyFlags): Promise<void> {
  try {
    const verified = await verifyAsTold(flags);
    if (flags.state !== undefined) writeFileSync(flags.state, JSON.stringify(verified.positions));
    console.log(flags.json ? JSON.stringify(verified, null, 2) : describeChecks(verified).join('\n'));
    process.exitCode = verified.ok ? 0 : 1;
  } catch (fault) {
    const reason = fault instanceof Error ? fault.message : String(fault);
    say(`could not look: ${reason}`);
    if (flags.json) console.log(JSON.stringify({ ok: false, couldNotLook: reason, checks: [] }));
    process.exitCode = 2;
  }
}

async function verifyAsTold(flags: VerifyFlags): Promise<Verified> {
  return withConfig(async (config) => {
    const options = await readOptions(flags, config);
    const patience = { timeoutMs: config.verify.storesTimeoutMs, onError: () => undefined };
    return withStores(patient(config), (stores) => verifyStores(depsOf(stores, config), options), patience);
  });
}

/** A recount may take long; a service would have given up. */
function patient(config: Config): Config {
  const { timeoutMs, logTimeoutMs } = config.verify;
  return {
    ...config,
    clickhouse: { ...config.clickhouse, timeoutMs },
    redis: { ...config.redis, timeoutMs: logTimeoutMs },
  };
}

function depsOf({ graph, facts, log }: Stores, { verify: limits }: Config) {
  let saidAtMs = Date.now();
  const onProgress = (line: string) => {
    if (Date.now() - saidAtMs < progressEveryMs) return;
    saidAtMs = Date.now();
    say(`  ${line}`);
  };
  return { graph, facts, log, now: Date.now, onProgress, limits };
}

async function readOptions(flags: VerifyFlags, { verify }: Config): Promise<VerifyOptions> {
  const { since, until, root, acked, onlyAcked, maybe, refused, state, wait } = flags;
  const before = state === undefined ? null : readState(state);
  const ids = (path: string) => readClientIds(path, verify.maxClientIds);
  return {
    sinceMs: momentOf('--since', since),
    untilMs: momentOf('--until', until),
    ...(root === undefined ? {} : { rootId: root }),
    ...(acked === undefined ? {} : { acked: await ids(acked) }),
    ...(maybe === undefined ? {} : { maybe: await ids(maybe) }),
    ...(refused === undefined ? {} : { refused: await ids(refused) }),
    ...(onlyAcked === true ? { onlyAcked } : {}),
    ...(wait === undefined ? {} : { waitMs: secondsOf(wait) * 1000 }),
    ...(before === null ? {} : { before }),
  };
}

function readState(path: string): Positions | null {
  return existsSync(path) ? positions.parse(JSON.parse(readFileSync(path, 'utf8'))) : null;
}

function secondsOf(text: string): number {
  const seconds = Number(text);
  if (!(seconds >= 0)) throw new Error(`--wait is no number of seconds: ${text}`);
  return seconds;
}
