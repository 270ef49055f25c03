/** A walk that its own limit has ended: a narrower question may have an answer. */
export class QueryTooLarge extends Error {
  constructor(detail: string) {
    super(detail);
    this.name = 'QueryTooLarge';
  }
}
