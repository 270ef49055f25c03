-- Where the lineage of cascades contradicts itself, the facts, or what is fed by it; nothing is said of one that lineage
-- has moved beyond the link number, which is looked at again when it rests. A cascade without lineage has no row.
-- params: rootIds, linkSeq · rows: rootId, wrong
WITH
    generations AS
    (
        SELECT root_id, max(lineage_generations.generation) AS current
        FROM lineage_generations
        WHERE root_id IN {rootIds:Array(String)}
        GROUP BY root_id
    ),
    counting AS
    (
        SELECT l.*
        FROM lineage AS l
        LEFT JOIN generations AS g ON g.root_id = l.root_id
        WHERE l.root_id IN {rootIds:Array(String)} AND l.generation = g.current
    ),
    shape AS
    (
        SELECT
            root_id,
            any(generation) AS generation,
            count() AS posts,
            max(account_ord) + 1 AS accounts,
            max(depth) AS deepest,
            maxIf(account_id, depth = 0) AS author_id,
            maxIf(toNullable(shared_at), depth = 0 AND shared_at > toDateTime64(0, 3, 'UTC')) AS created_at,
            maxIf(toNullable(shared_at), depth > 0) AS last_share_at,
            max(accept_seq) AS last_accept_seq,
            max(link_seq) AS last_link_seq,
            uniqExact(seq) != count() OR uniqExact(post_id) != count() OR max(seq) + 1 != count() AS has_gaps,
            uniqExact(account_id) != accounts OR uniqExact(account_id, account_ord) != accounts AS has_wrong_accounts,
            sum(sipHash64(post_id, seq, link_seq)) AS place_sums
        FROM counting
        GROUP BY root_id
    ),
    -- In any generation: what does not count is joined by nothing, and each mention of counting is read by itself.
    placed AS
    (
        SELECT root_id, generation, seq, post_id, depth
        FROM lineage
        WHERE root_id IN {rootIds:Array(String)}
    ),
    told AS
    (
        SELECT share_id AS post_id, accept_seq, parent_id, account_id, shared_at
        FROM shares
        WHERE share_id IN (SELECT post_id FROM placed)
        UNION ALL
        SELECT post_id, accept_seq, '' AS parent_id, account_id, timestamp AS shared_at
        FROM events
        WHERE event_name = 'post_created' AND post_id IN {rootIds:Array(String)}
    ),
    rows AS
    (
        SELECT
            c.root_id AS root_id,
            countIf(if(
                c.depth = 0,
                c.post_id != c.root_id OR c.seq != 0,
                p.post_id != c.parent_id OR p.depth + 1 != c.depth OR c.parent_seq >= c.seq
            )) AS misplaced,
            countIf(t.accept_seq > 0 AND (
                t.parent_id != c.parent_id OR t.account_id != c.account_id OR t.shared_at != c.shared_at
            )) AS misdescribed
        FROM counting AS c
        LEFT JOIN placed AS p ON p.root_id = c.root_id AND p.generation = c.generation AND p.seq = c.parent_seq
        LEFT JOIN told AS t ON t.post_id = c.post_id AND t.accept_seq = c.accept_seq
        GROUP BY c.root_id
    ),
    rollup AS
    (
        SELECT
            root_id,
            generation,
            sum(cascades.posts) AS posts,
            max(cascades.accounts) AS accounts,
            max(cascades.depth) AS deepest,
            max(cascades.author_id) AS author_id,
            max(cascades.created_at) AS created_at,
            max(cascades.last_share_at) AS last_share_at,
            max(cascades.accept_seq) AS last_accept_seq,
            max(cascades.link_seq) AS last_link_seq
        FROM cascades
        WHERE root_id IN {rootIds:Array(String)}
        GROUP BY root_id, generation
    ),
    found AS
    (
        SELECT root_id, generation, count() AS posts, sum(sipHash64(post_id, seq, link_seq)) AS place_sums
        FROM places
        WHERE post_id IN (SELECT post_id FROM placed)
        GROUP BY root_id, generation
    )
SELECT
    s.root_id AS rootId,
    if(s.last_link_seq > {linkSeq:UInt64}, '', arrayStringConcat(arrayFilter(word -> word != '', [
        if(s.has_gaps, 'places not dense', ''),
        if(s.has_wrong_accounts, 'accounts not dense', ''),
        if(r.misplaced > 0, 'misplaced', ''),
        if(r.misdescribed > 0, 'misdescribed', ''),
        if((u.posts, u.accounts, u.deepest, u.author_id, u.last_accept_seq, u.last_link_seq)
            != (s.posts, s.accounts, s.deepest, s.author_id, s.last_accept_seq, s.last_link_seq)
            OR ifNull(u.created_at, toDateTime64(0, 3, 'UTC')) != ifNull(s.created_at, toDateTime64(0, 3, 'UTC'))
            OR ifNull(u.last_share_at, toDateTime64(0, 3, 'UTC')) != ifNull(s.last_share_at, toDateTime64(0, 3, 'UTC')),
            'stale cascades', ''),
        if((f.posts, f.place_sums) != (s.posts, s.place_sums), 'stale places', '')
    ]), ', ')) AS wrong
FROM shape AS s
LEFT JOIN rows AS r ON r.root_id = s.root_id
LEFT JOIN rollup AS u ON u.root_id = s.root_id AND u.generation = s.generation
LEFT JOIN found AS f ON f.root_id = s.root_id AND f.generation = s.generation
ORDER BY rootId
