-- What dimensions, discovery and safety are asked by, as columns of their own; rows from before say it from their data.
-- And where the events of one account are, and those about it.
-- params: none · rows: none
ALTER TABLE events {{cluster}}
    ADD COLUMN IF NOT EXISTS post_type LowCardinality(String) DEFAULT JSONExtractString(data, 'postType'),
    ADD COLUMN IF NOT EXISTS content_type LowCardinality(String) DEFAULT JSONExtractString(data, 'contentType'),
    ADD COLUMN IF NOT EXISTS content_category LowCardinality(String) DEFAULT JSONExtractString(data, 'category'),
    ADD COLUMN IF NOT EXISTS source_post_id String DEFAULT JSONExtractString(data, 'sourcePostId') CODEC(ZSTD(1)),
    ADD COLUMN IF NOT EXISTS music_id String DEFAULT JSONExtractString(data, 'musicId') CODEC(ZSTD(1)),
    ADD COLUMN IF NOT EXISTS hashtags Array(LowCardinality(String)) DEFAULT JSONExtract(data, 'hashtags', 'Array(String)'),
    ADD COLUMN IF NOT EXISTS effects Array(LowCardinality(String)) DEFAULT JSONExtract(data, 'effects', 'Array(String)'),
    ADD COLUMN IF NOT EXISTS clicked_through Nullable(Bool) DEFAULT JSONExtract(data, 'clickedThrough', 'Nullable(Bool)'),
    ADD COLUMN IF NOT EXISTS time_to_engagement_ms Nullable(UInt64) DEFAULT JSONExtract(data, 'timeToEngagementMs', 'Nullable(UInt64)') CODEC(ZSTD(1)),
    ADD COLUMN IF NOT EXISTS reason LowCardinality(String) DEFAULT JSONExtractString(data, 'reason'),
    ADD COLUMN IF NOT EXISTS policy LowCardinality(String) DEFAULT JSONExtractString(data, 'policy'),
    ADD COLUMN IF NOT EXISTS user_type LowCardinality(String) DEFAULT JSONExtractString(data, 'userType'),
    ADD COLUMN IF NOT EXISTS account_type LowCardinality(String) DEFAULT JSONExtractString(data, 'accountType'),
    ADD COLUMN IF NOT EXISTS follower_count Nullable(UInt64) DEFAULT JSONExtract(data, 'followerCount', 'Nullable(UInt64)') CODEC(ZSTD(1)),
    ADD COLUMN IF NOT EXISTS says_internal Nullable(Bool) DEFAULT JSONExtract(data, 'isInternal', 'Nullable(Bool)'),
    ADD COLUMN IF NOT EXISTS says_test Nullable(Bool) DEFAULT JSONExtract(data, 'isTestAccount', 'Nullable(Bool)'),
    ADD COLUMN IF NOT EXISTS changed_fields Array(LowCardinality(String)) DEFAULT if(event_name = 'post_updated', JSONExtractKeys(data), []),
    ADD INDEX IF NOT EXISTS by_source_post source_post_id TYPE bloom_filter(0.01) GRANULARITY 4,
    ADD INDEX IF NOT EXISTS by_account account_id TYPE bloom_filter(0.01) GRANULARITY 4,
    ADD INDEX IF NOT EXISTS by_target_account target_account_id TYPE bloom_filter(0.01) GRANULARITY 4
