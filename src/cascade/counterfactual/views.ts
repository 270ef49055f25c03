/** First views of posts of a cascade, a row a viewer and post. */
export type Views = {
  count: number;
  /** Viewers are numbered without gaps. */
  viewer: Uint32Array;
  /** The viewer's number among the accounts of the cascade, `noAccount` for those who shared nothing of it. */
  account: Uint32Array;
  seq: Uint32Array;
  timeMs: Float64Array;
};

export const noAccount = 4_294_967_295;
