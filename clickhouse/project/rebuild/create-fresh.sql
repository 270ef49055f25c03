-- An empty table like the one that is rebuilt. {{table}} is filled in from a fixed list.
-- params: none · rows: none
CREATE TABLE {{table}}_fresh AS {{table}}
