-- For analysts: how the content of each post was said to be, when it was made and with each change, and when it was taken away.
-- params: none · rows: none
CREATE VIEW IF NOT EXISTS v_post_changes {{cluster}} DEFINER = CURRENT_USER SQL SECURITY DEFINER AS
SELECT
    e.post_id AS post_id,
    e.timestamp AS changed_at,
    e.event_id AS event_id,
    e.account_id AS account_id,
    transform(toString(e.event_name), ['post_created', 'post_updated', 'post_deleted'], ['created', 'updated', 'deleted'], '') AS change,
    arrayMap(field -> toString(field), e.changed_fields) AS changed_fields,
    toString(e.content_category) AS category,
    toString(e.post_type) AS post_type,
    toString(e.content_type) AS content_type,
    e.music_id AS music_id,
    arrayMap(tag -> toString(tag), e.hashtags) AS hashtags,
    arrayMap(effect -> toString(effect), e.effects) AS effects
FROM events AS e
WHERE e.event_name IN ('post_created', 'post_updated', 'post_deleted') AND e.post_id != '' AND e.comment_id = ''
