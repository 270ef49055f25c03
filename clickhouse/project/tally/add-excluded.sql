-- What a stretch of the accept order adds to what is excluded: events marked internal, and those of excluded accounts.
-- about: 'counted', the stretch itself; 'gone' and 'come', what accounts did before that came to be excluded, or no more.
-- params: afterSeq, toSeq, atSeq, about, sign, fromMs, toMs · rows: none
INSERT INTO {{table}} (quarter, event_name, account_id, events)
WITH
    fromUnixTimestamp64Milli({fromMs:Int64}, 'UTC') AS from_time,
    fromUnixTimestamp64Milli({toMs:Int64}, 'UTC') AS to_time,
    excluded AS (SELECT account_id FROM excluded_accounts),
    changed AS
    (
        SELECT account_id
        FROM exclusions
        WHERE counted_to = {atSeq:UInt64} AND is_excluded = ({about:String} = 'gone')
    )
SELECT
    toDateTime(intDiv(toUnixTimestamp(e.timestamp), 900) * 900, 'UTC') AS quarter,
    e.event_name,
    e.account_id,
    sum(toInt64({sign:Int8})) AS events
FROM events AS e
WHERE e.event_name IN ('post_view', 'post_like', 'post_save', 'post_comment', 'post_share')
    AND e.accept_seq > {afterSeq:UInt64} AND e.accept_seq <= {toSeq:UInt64}
    AND e.timestamp >= from_time AND e.timestamp < to_time AND e.accepted_at >= from_time - INTERVAL 10 MINUTE
    AND if({about:String} = 'counted', e.is_internal OR e.account_id IN excluded, NOT e.is_internal AND e.account_id IN changed)
GROUP BY quarter, e.event_name, e.account_id
ORDER BY ALL
