/** Another projector has taken over; whatever this one had in hand is not written. */
export class Fenced extends Error {
  override name = 'Fenced';
}
