// Takes the write lock of the stream's cursor, if this epoch still owns it. No row: another projector has taken over.
// params: stream, epoch · rows: position, seq, linkSeq
MATCH (cursor:Cursor {stream: $stream})
WHERE cursor.epoch = $epoch
SET cursor.epoch = $epoch
RETURN cursor.position AS position, cursor.seq AS seq, cursor.linkSeq AS linkSeq
