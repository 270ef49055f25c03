-- How many of one request's items the facts hold.
-- params: firstSeq, lastSeq · rows: held
SELECT count() AS held
FROM events
WHERE accept_seq BETWEEN {firstSeq:UInt64} AND {lastSeq:UInt64}
