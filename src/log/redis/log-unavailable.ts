/** Redis did not take the call: `sent` tells whether it may have been carried out all the same. */
export class LogUnavailable extends Error {
  readonly sent: boolean;

  constructor(reason: string, sent: boolean) {
    super(reason);
    this.name = 'LogUnavailable';
    this.sent = sent;
  }
}
