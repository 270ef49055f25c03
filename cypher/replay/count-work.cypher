// How much linking and unlinking is left to be done.
// params: none · rows: left
RETURN COUNT { MATCH (:LinkWork) } + COUNT { MATCH (:Dissolving) } AS left
