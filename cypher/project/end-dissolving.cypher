// All descendants are unlinked: lineage drops the old cascade, and they are linked again where the post now stands.
// params: rootId, linkSeq · rows: none
MATCH (dissolving:Dissolving {rootId: $rootId})
DELETE dissolving
CREATE (:RootChange {linkSeq: $linkSeq, rootId: $rootId})
MERGE (:LinkWork {postId: $rootId})
