// The order in which posts were linked: the lineage mirror follows it.
// params: none · rows: none
CREATE INDEX post_link_seq IF NOT EXISTS FOR (post:Post) ON (post.linkSeq)
