-- What each analyst may take in an hour: queries, rows that are answered, and seconds of the server's time.
-- params: none · rows: none
CREATE QUOTA OR REPLACE sharetrail_analysts KEYED BY user_name
    FOR INTERVAL 1 hour MAX queries = 10000, errors = 5000, result_rows = 100000000, execution_time = 7200
    TO sharetrail_analysts
