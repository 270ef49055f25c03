import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Holds } from '../../log/projector/hold.ts';

type Deps = { holds: Pick<Holds, 'ask' | 'renew' | 'release' | 'confirmed'> };

export type HoldLimits = { holdMs: number; confirmMs: number };

/** Asked right before what may only be done while the projector stands still; throws when it may have gone on. */
export type CheckHold = () => Promise<void>;

const lookAgainMs = 20;

/** Does some work while a projector stands still between two ranges. Nothing is done when it does not say so in time. */
export async function holdProjector<T>(
  { holds }: Deps,
  name: string,
  { holdMs, confirmMs }: HoldLimits,
  work: (check: CheckHold) => Promise<T>,
): Promise<T> {
  const token = randomUUID();
  if (!(await holds.ask(name, token, holdMs))) throw new Error(`the ${name} projector is held by another`);
  const renewal = setInterval(() => void holds.renew(name, token, holdMs).catch(() => false), holdMs / 3);
  const check = async () => {
    if (!(await holds.renew(name, token, holdMs))) throw new Error(`the hold of the ${name} projector has run out`);
  };
  try {
    const deadlineMs = Date.now() + confirmMs;
    while ((await holds.confirmed(name, token)) === null) {
      if (Date.now() > deadlineMs) throw new Error(`the ${name} projector does not say that it stands still`);
      await delay(lookAgainMs);
    }
    return await work(check);
  } finally {
    clearInterval(renewal);
    await holds.release(name, token).catch(() => undefined);
  }
}
