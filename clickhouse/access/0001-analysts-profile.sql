-- What one query of an analyst may take. A client can lower these numbers and never raise them; 0 would lift them.
-- params: none · rows: none
CREATE SETTINGS PROFILE OR REPLACE sharetrail_analysts SETTINGS
    readonly = 2 CONST,
    max_execution_time = 30 MIN 1 MAX 30,
    max_memory_usage = 2000000000 MIN 1 MAX 2000000000,
    max_rows_to_read = 2000000000 MIN 1 MAX 2000000000,
    read_overflow_mode = 'throw' CONST,
    max_result_rows = 1000000 MIN 1 MAX 1000000,
    result_overflow_mode = 'throw' CONST,
    timeout_overflow_mode = 'throw' CONST,
    max_threads = 4 MIN 1 MAX 4,
    max_concurrent_queries_for_user = 8 CONST
