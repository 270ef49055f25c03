-- How many late repeats there are up to an accept number, and a sum over all that is said of them, whatever their order.
-- params: upToSeq · rows: rows, digest
SELECT count() AS rows, toString(sum(sipHash64(tuple(*)))) AS digest
FROM outcomes
WHERE accept_seq <= {upToSeq:UInt64}
