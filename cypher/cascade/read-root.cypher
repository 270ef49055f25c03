// What the graph knows of a post that a cascade is asked for by, known or not, and how many shares wait for it by name.
// Of those that wait only what was made by a time counts, where one is given.
// params: rootPostId, atMs · rows: state, rootId, authorId, createdAt, removedAt, assumed, pending
OPTIONAL MATCH (post:Post {id: $rootPostId})
RETURN post.state AS state, post.rootId AS rootId, post.authorId AS authorId, post.createdAt AS createdAt,
  post.removedAt AS removedAt, coalesce(post.assumed, false) AS assumed,
  COUNT {
    (waiting:Post {rootHint: $rootPostId, state: 'pending'}) WHERE $atMs IS NULL OR waiting.createdAt <= $atMs
  } AS pending
