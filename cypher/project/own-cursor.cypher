// Makes the cursor where it is missing and takes it over: every transaction of an earlier epoch aborts from here on.
// params: stream · rows: epoch, position, seq, linkSeq
MERGE (cursor:Cursor {stream: $stream})
ON CREATE SET cursor.epoch = 0, cursor.position = '0-0', cursor.seq = 0, cursor.linkSeq = 0, cursor.acceptedAt = 0
SET cursor.epoch = cursor.epoch + 1
RETURN cursor.epoch AS epoch, cursor.position AS position, cursor.seq AS seq, cursor.linkSeq AS linkSeq
