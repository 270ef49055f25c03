import type { Random } from '../../../src/demo/chance/random.ts';
import type { FaultServices } from '../harness/fault-services.ts';
import type { FaultStack } from '../harness/fault-stack.ts';

export type Scene = { stack: FaultStack; services: FaultServices; random: Random };

/** Something that goes wrong. `inflict` answers false where it could not be done just now; `heal` ends what lasts. */
export type Fault = {
  name: string;
  /** How often a random run draws it, beside the others. */
  weight: number;
  inflict(scene: Scene): Promise<boolean>;
  heal?(scene: Scene): Promise<void>;
};
