// The chain of posts from the root down to one linked post. Between two known ends the shortest path is the only one,
// and the planner finds it from both sides. It comes as columns in one row: a chain of 20,000 is read whole.
// params: postId · rows: postIds, authorIds, createdAts, removedAts
MATCH (post:Post {id: $postId}), (root:Post {id: post.rootId})
MATCH chain = shortestPath((post)-[:SHARED_FROM*0..]->(root))
WITH reverse(nodes(chain)) AS steps
RETURN [step IN steps | step.id] AS postIds, [step IN steps | step.authorId] AS authorIds,
  [step IN steps | step.createdAt] AS createdAts, [step IN steps | step.removedAt] AS removedAts
