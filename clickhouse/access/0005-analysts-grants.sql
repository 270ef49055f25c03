-- Reading the views and nothing else: they read the tables with the rights of the service.
-- params: none · rows: none
GRANT
    SELECT ON v_events,
    SELECT ON v_posts,
    SELECT ON v_shares,
    SELECT ON v_engagement_daily,
    SELECT ON v_engagement_quarters,
    SELECT ON v_accounts,
    SELECT ON v_creator_daily,
    SELECT ON v_discovery,
    SELECT ON v_moderation,
    SELECT ON v_cascades,
    SELECT ON v_account_changes,
    SELECT ON v_post_changes,
    SELECT ON v_content_values
TO sharetrail_analysts
