/** First views of posts of a cascade, a row a viewer and post, the rows of one viewer together. */
export type Views = {
  count: number;
  viewer: Uint32Array;
  /** The viewer's number among the accounts of the cascade, `noAccount` for those who shared nothing of it. */
  account: Uint32Array;
  seq: Uint32Array;
  timeMs: Float64Array;
};

export const noAccount = 4_294_967_295;
