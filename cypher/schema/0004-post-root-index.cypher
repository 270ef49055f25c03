// All posts of one cascade.
// params: none · rows: none
CREATE INDEX post_root IF NOT EXISTS FOR (post:Post) ON (post.rootId)
