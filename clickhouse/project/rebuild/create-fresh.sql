-- An empty table like the one that is rebuilt. {{table}} and {{fresh}} are filled in from a fixed list.
-- params: none · rows: none
CREATE TABLE {{fresh}} AS {{table}}
