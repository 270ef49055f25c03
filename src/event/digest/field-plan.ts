import { z } from 'zod';
import { entryOf, metadataSchema } from '../envelope.ts';
import { time } from '../fields/time-field.ts';
import { type EventName, eventNames } from '../vocabulary.ts';
import { seedOf } from './sums.ts';

/** How a field enters the digest: under its own name whatever its alias, as a time where it is one, as a list of one. */
export type FieldPlan = { seed: number; isTime: boolean; becomesList: boolean };

export type Plan = ReadonlyMap<string, FieldPlan>;

export const metadataPlan: Plan = planOf(metadataSchema, 'metadata', {});

const plans: ReadonlyMap<EventName, Plan> = new Map(
  eventNames.map((name) => [name, planOf(entryOf(name).data, 'data', entryOf(name).aliases ?? {})]),
);

export function dataPlan(eventName: EventName): Plan {
  const plan = plans.get(eventName);
  if (plan === undefined) throw new Error(`There is no event named ${eventName}`);
  return plan;
}

function planOf(schema: z.ZodObject, prefix: string, aliases: Readonly<Record<string, string>>): Plan {
  const parent = seedOf(prefix);
  const planned = Object.keys(schema.shape).map((spelling): [string, FieldPlan] => {
    const name = aliases[spelling] ?? spelling;
    const becomesList = isList(schema, name) && !isList(schema, spelling);
    return [spelling, { seed: seedOf(name, parent), isTime: typeOf(schema, name) === time, becomesList }];
  });
  return new Map(planned);
}

export function isList(schema: z.ZodObject, field: string): boolean {
  return typeOf(schema, field) instanceof z.ZodArray;
}

function typeOf(schema: z.ZodObject, field: string): unknown {
  const type = schema.shape[field];
  return type instanceof z.ZodOptional ? type.unwrap() : type;
}
