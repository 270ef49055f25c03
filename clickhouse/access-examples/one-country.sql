-- An example, applied by nobody: whoever has a role of one country sees only the events from there in the table of events.
-- params: none · rows: none
CREATE ROW POLICY OR REPLACE sharetrail_portugal ON events FOR SELECT USING country_code = 'PT' TO sharetrail_portugal
