// Moves the last link number given, in the transaction that gave it.
// params: stream, linkSeq · rows: none
MATCH (cursor:Cursor {stream: $stream})
SET cursor.linkSeq = $linkSeq
