/** A table like `events` beside it, empty and fed by nobody, for as long as the work takes. */
export type FreshEvents = <T>(
  suffix: 'archived' | 'restored',
  work: (fresh: { name: string; attach(partition: string): Promise<void> }) => Promise<T>,
) => Promise<T>;
