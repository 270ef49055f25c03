-- How many share events name some posts as their parents.
-- params: postIds · rows: postId, shares
SELECT post_id AS postId, count() AS shares
FROM events
WHERE event_name = 'post_share' AND post_id IN {postIds:Array(String)}
GROUP BY post_id
