// Pending shares by the root their sender named; the property is gone once a share is linked.
// params: none · rows: none
CREATE INDEX post_root_hint IF NOT EXISTS FOR (post:Post) ON (post.rootHint)
