import type { BodyLimits, RawBody } from './body-rule.ts';

/** A request as routes see it: values and two functions, so that Express stays in this folder. */
export type RequestValue = {
  /** Decoded once, so an encoded slash is part of an id. */
  pathParams: Readonly<Record<string, string>>;
  /** The text after the question mark. */
  search: string;
  url: string;
  requestId: string;
  signal: AbortSignal;
  header: (name: string) => string | undefined;
  receive: (limits: BodyLimits) => Promise<RawBody>;
};
