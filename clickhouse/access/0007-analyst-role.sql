-- Gives the user the role; every role that a user has is in force at once.
-- params: none · rows: none
GRANT sharetrail_analysts TO analyst
