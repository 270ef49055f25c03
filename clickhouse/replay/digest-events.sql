-- How many facts there are up to an accept number, and a sum over all that they say, whatever their order.
-- params: upToSeq · rows: rows, digest
SELECT count() AS rows, toString(sum(sipHash64(tuple(*)))) AS digest
FROM events
WHERE accept_seq <= {upToSeq:UInt64}
