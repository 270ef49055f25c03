-- About how many cascades there are.
-- params: none · rows: roots
SELECT uniq(root_id) AS roots
FROM cascades
