/** Redis did not take the call: `sent` tells whether it may have been carried out all the same. */
export class LogUnavailable extends Error {
  readonly sent: boolean;
  /** Redis refused it because its memory is full; nothing was written. */
  readonly full: boolean;

  constructor(reason: string, sent: boolean, full = false) {
    super(reason);
    this.name = 'LogUnavailable';
    this.sent = sent;
    this.full = full;
  }
}
