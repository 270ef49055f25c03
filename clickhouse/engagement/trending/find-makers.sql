-- Who made some posts, and of which category they are.
-- params: postIds · rows: postId, authorId, category
SELECT post_id AS postId, author_id AS authorId, content_category AS category
FROM post_contents
WHERE post_id IN {postIds:Array(String)}
UNION ALL
SELECT share_id, argMin(account_id, accept_seq), ''
FROM shares
WHERE share_id IN {postIds:Array(String)}
GROUP BY share_id
