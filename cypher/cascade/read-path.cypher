// The chain of posts from the root down to one linked post. Between two known ends the shortest path is the only one,
// and the planner finds it from both sides.
// params: postId · rows: postId, authorId, createdAt, depth, removedAt
MATCH (post:Post {id: $postId}), (root:Post {id: post.rootId})
MATCH chain = shortestPath((post)-[:SHARED_FROM*0..]->(root))
UNWIND reverse(nodes(chain)) AS step
RETURN step.id AS postId, step.authorId AS authorId, step.createdAt AS createdAt, step.depth AS depth,
  step.removedAt AS removedAt
