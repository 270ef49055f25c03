// Pending shares by the parent they wait for; the property is gone once a share is linked.
// params: none · rows: none
CREATE INDEX post_waits_for IF NOT EXISTS FOR (post:Post) ON (post.waitsFor)
