// Quarantined shares: only they claim a parent without an edge to it.
// params: none · rows: none
CREATE INDEX post_claimed_parent IF NOT EXISTS FOR (post:Post) ON (post.claimedParentId)
