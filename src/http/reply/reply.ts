import type { z } from 'zod';

export const jsonContentType = 'application/json; charset=utf-8';

export type ReplyHeaders = Readonly<Record<string, string>>;

/** What a status means: `schema` for JSON; without one, a status from 400 on is a problem and others are free. */
export type ReplyRule = {
  description: string;
  schema?: z.ZodType;
  /** The media types other than JSON that this status may carry. */
  contentType?: string | readonly string[];
  /** Response headers worth documenting, by name. */
  headers?: Readonly<Record<string, string>>;
  example?: unknown;
};

export type ReplyRules = Readonly<Record<number, ReplyRule>>;

type JsonReply<S extends number, B> = { status: S; body: B; headers?: ReplyHeaders };
type EmptyReply<S extends number> = { status: S; headers?: ReplyHeaders };
type BytesReply<S extends number> = {
  status: S;
  contentType: string;
  bytes: Uint8Array | string;
  headers?: ReplyHeaders;
};
export type StreamReply<S extends number> = {
  status: S;
  contentType: string;
  /** A node stream or an async generator; it is ended early when the client goes away. */
  stream: AsyncIterable<Uint8Array | string>;
  headers?: ReplyHeaders;
};

export type Reply = JsonReply<number, unknown> | EmptyReply<number> | BytesReply<number> | StreamReply<number>;

type ReplyWith<S extends number, Rule> = Rule extends { schema: infer Z extends z.ZodType }
  ? JsonReply<S, z.input<Z>> | BytesReply<S> | StreamReply<S>
  : JsonReply<S, unknown> | EmptyReply<S> | BytesReply<S> | StreamReply<S>;

/** The replies a route may give, one for each status it describes, the body checked against that status' schema. */
export type ReplyFor<R extends ReplyRules> = {
  [S in keyof R & number]: ReplyWith<S, R[S]>;
}[keyof R & number];
