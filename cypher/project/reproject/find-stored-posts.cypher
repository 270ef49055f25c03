// Posts exactly as the graph has them: every edge to a parent, every author, and where the parent stands.
// `isMoving`: the graph is about to link or unlink the post anyway.
// params: postIds · rows: id, state, rootId, depth, authorId, createdAt, acceptSeq, linkSeq, eventId, assumed, removedAt, claimedParentId, waitsFor, rootHint, h1, h2, edges, authors, children, parent, isMoving
UNWIND $postIds AS postId
MATCH (post:Post {id: postId})
OPTIONAL MATCH (post)-[edge:SHARED_FROM]->(parent:Post)
WITH post, collect(CASE WHEN edge IS NULL THEN null ELSE {
    parentId: parent.id, at: edge.at, method: edge.method, confidence: edge.confidence, rootHint: edge.rootHint
  } END) AS edges, head(collect(parent)) AS parent
RETURN post.id AS id, post.state AS state, post.rootId AS rootId, post.depth AS depth, post.authorId AS authorId,
  post.createdAt AS createdAt, post.acceptSeq AS acceptSeq, post.linkSeq AS linkSeq,
  coalesce(post.eventId, post.id) AS eventId, coalesce(post.assumed, false) AS assumed, post.removedAt AS removedAt,
  post.claimedParentId AS claimedParentId, post.waitsFor AS waitsFor, post.rootHint AS rootHint,
  post.h1 AS h1, post.h2 AS h2, edges,
  [(account:Account)-[:AUTHORED]->(post) | account.id] AS authors,
  COUNT { (post)<-[:SHARED_FROM]-() } AS children,
  CASE WHEN parent IS NULL THEN null ELSE {
    state: parent.state, rootId: parent.rootId, depth: parent.depth, linkSeq: parent.linkSeq
  } END AS parent,
  EXISTS { MATCH (work:LinkWork) WHERE work.postId = parent.id }
    OR EXISTS { MATCH (root:Dissolving) WHERE root.rootId IN [post.rootId, parent.rootId] } AS isMoving
