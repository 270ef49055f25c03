-- How varied what people were shown was: each impression is a post discovered or viewed, its category that of the post as it stands.
-- Lists hold the percentiles 10, 25, 50, 75 and 90 by nearest rank over accounts with enough impressions; none where none has.
-- Counts are sorted before they are added up, so that the last digit does not depend on the order of rows.
-- params: fromMs, toMs, minImpressions · rows: impressions, categories, authors, entropyBits, herfindahl, accounts, accountsWithTooFew, entropies, concentrations, herfindahls, authorCounts
WITH
    shown AS
    (
        SELECT e.account_id AS person, e.post_id AS post
        FROM events AS e
        WHERE e.event_name IN ('post_discovered', 'post_view')
            AND e.accepted_at >= fromUnixTimestamp64Milli({fromMs:Int64} - 600000, 'UTC')
            AND e.timestamp >= fromUnixTimestamp64Milli({fromMs:Int64}, 'UTC')
            AND e.timestamp < fromUnixTimestamp64Milli({toMs:Int64}, 'UTC')
            AND NOT e.is_internal
            AND e.account_id NOT IN (SELECT account_id FROM excluded_accounts)
    ),
    impressions_by_content AS
    (
        SELECT shown.person AS person, contents.content_category AS topic, contents.author_id AS author
        FROM shown
        LEFT JOIN
        (
            SELECT post_id, toString(content_category) AS content_category, author_id
            FROM post_contents
            WHERE post_id IN (SELECT post FROM shown)
        ) AS contents ON contents.post_id = shown.post
    ),
    by_person AS
    (
        SELECT
            arraySort(mapValues(sumMap(map(topic, toUInt64(1))))) AS parts,
            arraySum(parts) AS whole,
            arraySum(part -> part / whole * log2(whole / part), parts) AS entropy,
            arrayMax(parts) / whole AS concentration,
            arraySum(part -> part * part, parts) / whole / whole AS herfindahl_index,
            uniqExactIf(author, author != '') AS distinct_authors
        FROM impressions_by_content
        GROUP BY person
    ),
    by_all AS
    (
        SELECT
            arraySort(mapValues(sumMap(map(topic, toUInt64(1))))) AS parts,
            arraySum(parts) AS whole,
            arraySum(part -> part / whole * log2(whole / part), parts) AS entropy,
            arraySum(part -> part * part, parts) / whole / whole AS herfindahl_index,
            uniqExactIf(author, author != '') AS distinct_authors
        FROM impressions_by_content
    ),
    compared AS
    (
        SELECT
            countIf(whole >= {minImpressions:UInt32}) AS enough,
            countIf(whole < {minImpressions:UInt32}) AS too_few,
            if(enough = 0, [], [10, 25, 50, 75, 90]) AS percents,
            arraySort(groupArrayIf(entropy, whole >= {minImpressions:UInt32})) AS sorted_entropies,
            arraySort(groupArrayIf(concentration, whole >= {minImpressions:UInt32})) AS sorted_concentrations,
            arraySort(groupArrayIf(herfindahl_index, whole >= {minImpressions:UInt32})) AS sorted_herfindahls,
            arraySort(groupArrayIf(distinct_authors, whole >= {minImpressions:UInt32})) AS sorted_authors
        FROM by_person
    )
SELECT
    by_all.whole AS impressions,
    length(by_all.parts) AS categories,
    by_all.distinct_authors AS authors,
    if(by_all.whole = 0, NULL, by_all.entropy) AS entropyBits,
    if(by_all.whole = 0, NULL, by_all.herfindahl_index) AS herfindahl,
    compared.enough AS accounts,
    compared.too_few AS accountsWithTooFew,
    arrayMap(percent -> compared.sorted_entropies[intDiv(percent * compared.enough + 99, 100)], compared.percents) AS entropies,
    arrayMap(percent -> compared.sorted_concentrations[intDiv(percent * compared.enough + 99, 100)], compared.percents) AS concentrations,
    arrayMap(percent -> compared.sorted_herfindahls[intDiv(percent * compared.enough + 99, 100)], compared.percents) AS herfindahls,
    arrayMap(percent -> compared.sorted_authors[intDiv(percent * compared.enough + 99, 100)], compared.percents) AS authorCounts
FROM by_all
CROSS JOIN compared
