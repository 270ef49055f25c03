// Every refusal names what was refused, so that an analyst can see what to change.
import { type EngineException, refusals } from '../engine/engine-exception.ts';

export function refuse(what: string, why: string): EngineException {
  return refusals.accessDenied(`analyst: ${what} is not allowed: ${why}`);
}
