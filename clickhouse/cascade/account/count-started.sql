-- The cascades that an account started, and the shares in all of them.
-- params: accountId · rows: started, shares
WITH
    roots AS
    (
        SELECT DISTINCT root_id
        FROM cascades
        WHERE author_id = {accountId:String}
    ),
    generations AS
    (
        SELECT root_id, max(generation) AS current
        FROM lineage_generations
        WHERE root_id IN roots
        GROUP BY root_id
    ),
    every_generation AS
    (
        SELECT root_id, generation, max(author_id) AS author, sum(cascades.posts) AS size
        FROM cascades
        WHERE root_id IN roots
        GROUP BY root_id, generation
    )
SELECT count() AS started, sum(size) - count() AS shares
FROM every_generation
LEFT JOIN generations USING (root_id)
WHERE generation = current AND author = {accountId:String}
