// The accept numbers of shares that wait for their parent and of those that are quarantined. Only they have the two
// indexed properties, so this reads as much as there is of them, however many posts the range has.
// params: firstSeq, lastSeq · rows: state, seqs
MATCH (post:Post)
USING INDEX post:Post(waitsFor)
WHERE post.waitsFor IS NOT NULL AND post.state = 'pending'
  AND post.acceptSeq >= $firstSeq AND post.acceptSeq <= $lastSeq
RETURN 'pending' AS state, collect(post.acceptSeq) AS seqs
UNION ALL
MATCH (post:Post)
USING INDEX post:Post(claimedParentId)
WHERE post.claimedParentId IS NOT NULL AND post.state = 'quarantined'
  AND post.acceptSeq >= $firstSeq AND post.acceptSeq <= $lastSeq
RETURN 'quarantined' AS state, collect(post.acceptSeq) AS seqs
