-- Which of these event ids were accepted before, with what they stood for: those stored, and those whose row waits as a
-- dead letter, because it was the first all the same.
-- params: eventIds · rows: eventId, digest, acceptSeq
SELECT asked.id AS eventId, toString(stored.digest) AS digest, stored.accept_seq AS acceptSeq
FROM
(
    SELECT arrayJoin({eventIds:Array(String)}) AS id, sipHash128(id) AS id_hash
) AS asked
INNER JOIN
(
    SELECT id_hash, digest, accept_seq
    FROM event_ids
    WHERE id_hash IN (SELECT sipHash128(arrayJoin({eventIds:Array(String)})))
    UNION ALL
    SELECT sipHash128(event_id) AS id_hash, digest, accept_seq
    FROM dead_letters FINAL
    WHERE stage = 'facts' AND state = 'waiting' AND event_id IN {eventIds:Array(String)}
) AS stored USING (id_hash)
