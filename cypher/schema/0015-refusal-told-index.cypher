// Dead items whose letters have yet to be written: the others have this as true, or not at all.
// params: none · rows: none
CREATE INDEX refusal_told IF NOT EXISTS FOR (refusal:Refusal) ON (refusal.told)
