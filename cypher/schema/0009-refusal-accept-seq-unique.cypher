// What the graph could not take, by the accept order of its event.
// params: none · rows: none
CREATE CONSTRAINT refusal_accept_seq IF NOT EXISTS FOR (refusal:Refusal) REQUIRE refusal.acceptSeq IS UNIQUE
