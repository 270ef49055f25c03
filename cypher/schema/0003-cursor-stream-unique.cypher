// One cursor a stream of the log.
// params: none · rows: none
CREATE CONSTRAINT cursor_stream IF NOT EXISTS FOR (cursor:Cursor) REQUIRE cursor.stream IS UNIQUE
