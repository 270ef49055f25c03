-- The highest accept number that the facts know, stored or told late.
-- params: none · rows: seq
SELECT greatest((SELECT max(accept_seq) FROM events), (SELECT max(accept_seq) FROM outcomes)) AS seq
