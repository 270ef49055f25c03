-- For analysts: every category, hashtag, effect, piece of music, content type and post type that posts have, when it was first
-- used and by how many posts and accounts it is.
-- params: none · rows: none
CREATE VIEW IF NOT EXISTS v_content_values {{cluster}} DEFINER = CURRENT_USER SQL SECURITY DEFINER AS
SELECT
    said.1 AS dimension,
    said.2 AS value,
    min(c.created_at) AS first_used_at,
    max(c.created_at) AS last_used_at,
    count() AS posts,
    uniqExact(c.author_id) AS accounts
FROM post_contents AS c
ARRAY JOIN arrayConcat(
    [('category', toString(c.content_category)), ('music', c.music_id), ('contentType', toString(c.content_type)), ('postType', toString(c.post_type))],
    arrayMap(tag -> ('hashtag', toString(tag)), arrayDistinct(c.hashtags)),
    arrayMap(effect -> ('effect', toString(effect)), arrayDistinct(c.effects))
) AS said
WHERE said.2 != ''
GROUP BY dimension, value
