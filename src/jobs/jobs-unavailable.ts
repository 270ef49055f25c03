/** Redis did not take a job; a job is a hint, so the asker goes on. */
export class JobsUnavailable extends Error {
  override name = 'JobsUnavailable';
}
