// One node a post id, and the index every lookup of a post goes through.
// params: none · rows: none
CREATE CONSTRAINT post_id IF NOT EXISTS FOR (post:Post) REQUIRE post.id IS UNIQUE
