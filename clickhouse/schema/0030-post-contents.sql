-- Posts as their content stands: each field as the latest change named it, else as the event said that made the post.
-- A second event that would have made the same post says nothing.
-- params: none · rows: none
CREATE VIEW IF NOT EXISTS post_contents {{cluster}} AS
SELECT
    post_id,
    argMinIf(account_id, accept_seq, event_name = 'post_created') AS author_id,
    argMinIf(e.timestamp, accept_seq, event_name = 'post_created') AS created_at,
    if(
        countIf(has(changed_fields, 'category')) > 0,
        argMaxIf(e.content_category, (e.timestamp, event_id), has(changed_fields, 'category')),
        argMinIf(e.content_category, accept_seq, event_name = 'post_created')
    ) AS content_category,
    if(
        countIf(has(changed_fields, 'postType')) > 0,
        argMaxIf(e.post_type, (e.timestamp, event_id), has(changed_fields, 'postType')),
        argMinIf(e.post_type, accept_seq, event_name = 'post_created')
    ) AS post_type,
    if(
        countIf(has(changed_fields, 'contentType')) > 0,
        argMaxIf(e.content_type, (e.timestamp, event_id), has(changed_fields, 'contentType')),
        argMinIf(e.content_type, accept_seq, event_name = 'post_created')
    ) AS content_type,
    if(
        countIf(has(changed_fields, 'musicId')) > 0,
        argMaxIf(e.music_id, (e.timestamp, event_id), has(changed_fields, 'musicId')),
        argMinIf(e.music_id, accept_seq, event_name = 'post_created')
    ) AS music_id,
    if(
        countIf(has(changed_fields, 'hashtags')) > 0,
        argMaxIf(e.hashtags, (e.timestamp, event_id), has(changed_fields, 'hashtags')),
        argMinIf(e.hashtags, accept_seq, event_name = 'post_created')
    ) AS hashtags,
    if(
        countIf(has(changed_fields, 'effects')) > 0,
        argMaxIf(e.effects, (e.timestamp, event_id), has(changed_fields, 'effects')),
        argMinIf(e.effects, accept_seq, event_name = 'post_created')
    ) AS effects
FROM events AS e
WHERE event_name IN ('post_created', 'post_updated') AND comment_id = '' AND post_id != ''
GROUP BY post_id
HAVING countIf(event_name = 'post_created') > 0
