-- How far lineage has followed the link order.
-- params: none · rows: linkSeq
SELECT max(link_seq) AS linkSeq
FROM cascades
