# Asks the views for analysts from Python: pip install clickhouse-connect
import os
from urllib.parse import urlsplit

import clickhouse_connect

address = urlsplit(os.environ["CLICKHOUSE_URL"])
client = clickhouse_connect.get_client(
    host=address.hostname,
    port=address.port,
    username=os.environ.get("ANALYST_USER", "analyst"),
    password=os.environ["ANALYST_PASSWORD"],
    database="sharetrail",
)

answer = client.query(
    """
    SELECT depth, count() AS shares, uniqExact(account_id) AS accounts
    FROM v_shares
    WHERE root_post_id = {post:String}
    GROUP BY depth
    ORDER BY depth
    """,
    parameters={"post": os.environ.get("POST_ID", "p1")},
)
for depth, shares, accounts in answer.result_rows:
    print(f"depth {depth}: {shares} shares by {accounts} accounts")
