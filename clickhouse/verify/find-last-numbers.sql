-- The highest accept numbers that the facts hold, and how many rows carry none.
-- params: none · rows: place, lastSeq, unnumbered
SELECT 'events' AS place, max(accept_seq) AS lastSeq, countIf(accept_seq = 0) AS unnumbered FROM events
UNION ALL
SELECT 'outcomes' AS place, max(accept_seq) AS lastSeq, countIf(accept_seq = 0) AS unnumbered FROM outcomes
UNION ALL
SELECT 'dead_letters' AS place, max(accept_seq) AS lastSeq, countIf(accept_seq = 0) AS unnumbered FROM dead_letters
UNION ALL
SELECT 'event_ids' AS place, max(accept_seq) AS lastSeq, countIf(accept_seq = 0) AS unnumbered FROM event_ids
UNION ALL
SELECT 'shares' AS place, max(accept_seq) AS lastSeq, countIf(accept_seq = 0) AS unnumbered FROM shares
