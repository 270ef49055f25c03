// Provisional roots that turned out to be shares: their descendants are being unlinked.
// params: none · rows: none
CREATE CONSTRAINT dissolving_root IF NOT EXISTS FOR (dissolving:Dissolving) REQUIRE dissolving.rootId IS UNIQUE
