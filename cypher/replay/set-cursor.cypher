// Puts the cursor of a graph that was made anew where the live one's projector has to go on, under an epoch that nobody had.
// params: epoch, position, linkSeq · rows: none
MATCH (cursor:Cursor {stream: '0'})
SET cursor.epoch = $epoch, cursor.position = $position, cursor.linkSeq = $linkSeq
