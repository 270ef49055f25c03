import type { z } from 'zod';

/** The body as it came, decompressed: for callers that parse faster or more strictly than a schema can. */
type RawBodyRule = {
  kind: 'raw';
  contentTypes: readonly string[];
  /** Limit after decompression. */
  maxBytes: number;
  maxCompressedBytes: number;
  timeoutMs: number;
  /** Only for the OpenAPI document; nothing is checked against it. */
  documents?: Readonly<Record<string, z.ZodType>>;
};

export type JsonBodyRule<S extends z.ZodType = z.ZodType> = {
  kind: 'json';
  schema: S;
  maxBytes?: number;
  timeoutMs?: number;
};

export type BodyRule = RawBodyRule | JsonBodyRule;

export type RawBody = { bytes: Buffer; contentType: string; charset: 'utf-8' };

export type BodyValue<B extends BodyRule | undefined> = B extends RawBodyRule
  ? RawBody
  : B extends JsonBodyRule<infer S>
    ? z.output<S>
    : undefined;

export type BodyLimits = Pick<RawBodyRule, 'contentTypes' | 'maxBytes' | 'maxCompressedBytes' | 'timeoutMs'>;
