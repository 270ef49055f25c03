// Moves the cursor in the transaction that wrote what it stands for.
// params: stream, position, seq, linkSeq, acceptedAt · rows: none
MATCH (cursor:Cursor {stream: $stream})
SET cursor.position = $position, cursor.seq = $seq, cursor.linkSeq = $linkSeq, cursor.acceptedAt = $acceptedAt
