import { askedMoment } from '../query/times.ts';

export const atQuery = {
  at: askedMoment
    .optional()
    .meta({ description: 'As of this time: what a recount of the events up to then would find.' }),
};
