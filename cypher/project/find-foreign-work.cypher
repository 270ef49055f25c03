// Where the link order stands, and whether anything waits to be linked or unlinked, whoever left it.
// params: stream · rows: epoch, linkSeq, waiting
MATCH (cursor:Cursor {stream: $stream})
RETURN cursor.epoch AS epoch, cursor.linkSeq AS linkSeq,
  EXISTS { MATCH (:LinkWork) } OR EXISTS { MATCH (:Dissolving) } AS waiting
