-- Months of which anything was counted, or should have been, newest first, and how many facts there are to count.
-- params: none · rows: month, facts
SELECT month, sum(number) AS facts
FROM
(
    SELECT toYYYYMM(timestamp) AS month, count() AS number
    FROM events
    WHERE event_name IN ('post_view', 'post_like', 'post_save', 'post_comment', 'post_share')
    GROUP BY month
    UNION ALL
    SELECT toYYYYMM(day) AS month, 0 FROM engagement_days GROUP BY month
    UNION ALL
    SELECT toYYYYMM(quarter) AS month, 0 FROM excluded_engagement GROUP BY month
)
GROUP BY month
ORDER BY month DESC
