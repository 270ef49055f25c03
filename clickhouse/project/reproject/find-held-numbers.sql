-- Which accept numbers the facts account for, and how: as an event, as a late repeat, or as a letter that waits.
-- params: seqs · rows: acceptSeq, held
SELECT accept_seq AS acceptSeq, 'event' AS held
FROM events
WHERE accept_seq IN {seqs:Array(UInt64)}
UNION ALL
SELECT accept_seq AS acceptSeq, 'outcome' AS held
FROM outcomes
WHERE accept_seq IN {seqs:Array(UInt64)}
UNION ALL
SELECT accept_seq AS acceptSeq, 'letter' AS held
FROM dead_letters FINAL
WHERE stage = 'facts' AND state = 'waiting' AND accept_seq IN {seqs:Array(UInt64)}
