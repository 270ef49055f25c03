-- Where the accept numbers of a minute were broken off and went on, `last-first,` each: only a clock that was set back
-- by more than a minute gives a minute more than one run.
-- params: none · rows: none
ALTER TABLE ledger {{cluster}} ADD COLUMN IF NOT EXISTS gaps String
