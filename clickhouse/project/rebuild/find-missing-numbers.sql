-- Accept numbers of a stretch that nothing accounts for, the first ones up to a limit.
-- params: fromSeq, toSeq, limit · rows: acceptSeq
SELECT {fromSeq:UInt64} + number AS acceptSeq
FROM numbers({toSeq:UInt64} - {fromSeq:UInt64} + 1)
WHERE acceptSeq NOT IN
(
    SELECT accept_seq FROM events WHERE accept_seq BETWEEN {fromSeq:UInt64} AND {toSeq:UInt64}
    UNION ALL
    SELECT accept_seq FROM outcomes WHERE accept_seq BETWEEN {fromSeq:UInt64} AND {toSeq:UInt64}
    UNION ALL
    SELECT accept_seq FROM dead_letters FINAL
    WHERE stage = 'facts' AND state = 'waiting' AND accept_seq BETWEEN {fromSeq:UInt64} AND {toSeq:UInt64}
)
ORDER BY acceptSeq
LIMIT {limit:UInt32}
