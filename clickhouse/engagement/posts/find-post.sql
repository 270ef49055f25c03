-- Who made a post, and when it was first and last met by anybody.
-- params: postId · rows: authorId, firstAtMs, lastAtMs
SELECT
    if(
        countIf(e.event_name = 'post_created') > 0,
        argMinIf(e.account_id, e.accept_seq, e.event_name = 'post_created'),
        ifNull((SELECT argMin(account_id, accept_seq) FROM shares WHERE share_id = {postId:String}), '')
    ) AS authorId,
    toUnixTimestamp64Milli(minOrNullIf(e.timestamp, e.event_name != 'post_created')) AS firstAtMs,
    toUnixTimestamp64Milli(maxOrNullIf(e.timestamp, e.event_name != 'post_created')) AS lastAtMs
FROM events AS e
WHERE e.event_name IN ('post_created', 'post_view', 'post_like', 'post_save', 'post_comment', 'post_share')
    AND e.post_id = {postId:String}
SETTINGS max_threads = 1
