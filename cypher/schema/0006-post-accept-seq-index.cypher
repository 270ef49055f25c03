// What one request brought, for its receipt.
// params: none · rows: none
CREATE INDEX post_accept_seq IF NOT EXISTS FOR (post:Post) ON (post.acceptSeq)
