-- What a table of events holds of one month of acceptance: how much, which numbers, a sum over what was sent, from which all
-- other columns follow, and a sum over every column as the table has them now.
-- params: table, partition · rows: rows, firstSeq, lastSeq, checksum, columnsChecksum
SELECT
    count() AS rows,
    min(accept_seq) AS firstSeq,
    max(accept_seq) AS lastSeq,
    toString(sum(sipHash64(
        accept_seq, accepted_at, event_id, digest, toString(event_name), toString(network), account_id, session_id, timestamp, client_timestamp, data, metadata
    ))) AS checksum,
    toString(sum(sipHash64(tuple(*)))) AS columnsChecksum
FROM {table:Identifier}
WHERE _partition_id = {partition:String}
