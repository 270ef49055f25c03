-- For analysts: every post, original or share, where the graph has linked it, and shares that still wait for their parent.
-- A post that only shares spoke of is in state `assumed`, without author and time. What is not known of a text is ''.
-- params: none · rows: none
CREATE VIEW IF NOT EXISTS v_posts {{cluster}} DEFINER = CURRENT_USER SQL SECURITY DEFINER AS
WITH
    counting AS
    (
        SELECT lineage_generations.root_id AS root_id, max(lineage_generations.generation) AS newest
        FROM lineage_generations
        GROUP BY root_id
    ),
    placed AS
    (
        SELECT l.post_id, l.account_id, l.shared_at, l.root_id, l.parent_id, l.depth
        FROM lineage AS l
        WHERE (l.generation = 0 AND l.root_id NOT IN (SELECT root_id FROM counting))
            OR (l.root_id, l.generation) IN (SELECT root_id, newest FROM counting)
    )
SELECT
    p.post_id AS post_id,
    p.account_id AS author_id,
    if(p.shared_at > toDateTime64(0, 3, 'UTC'), toNullable(p.shared_at), NULL) AS created_at,
    'original' AS kind,
    if(p.shared_at > toDateTime64(0, 3, 'UTC'), 'linked', 'assumed') AS state,
    p.root_id AS root_post_id,
    '' AS parent_post_id,
    toNullable(p.depth) AS depth,
    toString(c.content_category) AS category,
    toString(c.post_type) AS post_type,
    toString(c.content_type) AS content_type,
    c.music_id AS music_id,
    CAST(c.hashtags, 'Array(String)') AS hashtags,
    CAST(c.effects, 'Array(String)') AS effects
FROM placed AS p
LEFT JOIN post_contents AS c ON c.post_id = p.root_id
WHERE p.depth = 0
UNION ALL
SELECT
    p.post_id,
    p.account_id,
    toNullable(p.shared_at),
    'share',
    'linked',
    p.root_id,
    p.parent_id,
    toNullable(p.depth),
    '', '', '', '', CAST([], 'Array(String)'), CAST([], 'Array(String)')
FROM placed AS p
WHERE p.depth > 0
UNION ALL
SELECT
    s.share_id,
    argMin(s.account_id, s.accept_seq),
    toNullable(argMin(s.shared_at, s.accept_seq)),
    'share',
    'pending',
    '',
    argMin(s.parent_id, s.accept_seq),
    CAST(NULL, 'Nullable(UInt32)'),
    '', '', '', '', CAST([], 'Array(String)'), CAST([], 'Array(String)')
FROM shares AS s
WHERE s.share_id NOT IN (SELECT placed.post_id FROM placed)
GROUP BY s.share_id
