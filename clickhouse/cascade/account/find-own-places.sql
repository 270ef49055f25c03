-- Where the posts of one account stand in some cascades.
-- params: rootIds, accountId · rows: rootId, generation, seqs
SELECT root_id AS rootId, generation, groupArray(seq) AS seqs
FROM lineage
WHERE root_id IN {rootIds:Array(String)} AND account_id = {accountId:String}
GROUP BY root_id, generation
