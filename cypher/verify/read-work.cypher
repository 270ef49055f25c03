// Posts whose waiting shares are being linked, cascades that are being taken apart, and those that lineage has not followed yet.
// params: linkSeq, limit · rows: kind, id
CALL () {
  MATCH (work:LinkWork) RETURN 'linking' AS kind, work.postId AS id LIMIT $limit
  UNION ALL
  MATCH (dissolving:Dissolving) RETURN 'dissolving' AS kind, dissolving.rootId AS id LIMIT $limit
  UNION ALL
  MATCH (change:RootChange) WHERE change.linkSeq > $linkSeq RETURN 'changed' AS kind, change.rootId AS id LIMIT $limit
}
WITH kind, id
// Work that is done while it is read has lost its id.
WHERE id IS NOT NULL
RETURN kind, id
