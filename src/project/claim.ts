import type { Lease, PreparedRange, PreparedRanges } from '../log/projector/prepared-range.ts';
import { Fenced } from './fenced.ts';

/**
 * One projector's hold on its place, kept in Redis. Every write of the place is checked against the epoch of the hold,
 * so whoever was taken over can only repeat what was prepared before, and that adds nothing.
 */
export type Claim = {
  readonly position: string;
  readonly prepared: PreparedRange | null;
  prepare(range: PreparedRange): Promise<void>;
  commit(position: string): Promise<void>;
};

type Deps = { projectors: PreparedRanges };

export async function openClaim({ projectors }: Deps, lease: Lease): Promise<Claim> {
  let state = await projectors.readState(lease.name);
  return {
    get position() {
      return state.position;
    },
    get prepared() {
      return state.prepared;
    },
    prepare: async (range) => {
      if ((await projectors.prepare(lease, range)) === 'fenced') throw new Fenced(`${lease.name} was taken over`);
      state = { ...state, prepared: range };
    },
    commit: async (position) => {
      if ((await projectors.commit(lease, position)) === 'fenced') throw new Fenced(`${lease.name} was taken over`);
      state = { ...state, position, prepared: null };
    },
  };
}
