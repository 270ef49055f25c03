-- Who is excluded, anew from the facts up to an accept number.
-- params: toSeq · rows: none
INSERT INTO exclusions_recount (account_id, counted_to, is_excluded)
SELECT account_id, {toSeq:UInt64}, true
FROM events
WHERE event_name IN ('user_registered', 'user_updated') AND accept_seq <= {toSeq:UInt64}
GROUP BY account_id
HAVING argMaxIf(ifNull(says_internal, false), (timestamp, event_id), says_internal IS NOT NULL)
    OR argMaxIf(ifNull(says_test, false), (timestamp, event_id), says_test IS NOT NULL)
    OR argMaxIf(account_type, (timestamp, event_id), account_type != '') = 'bot'
