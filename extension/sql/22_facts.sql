-- The functions with which the planner replaces questions about a row: they take only the
-- columns that the policy reads.  names lists the facts in the order of the arguments,
-- separated by spaces; a fact that is not listed is unknown.  Where the policy is given by
-- name, the list begins with a hash of the stored text.

-- @set answers: question | columns | type
-- 	eligible |  | boolean
-- 	placement |  | zjtx.placement
-- 	amount |  | numeric
-- 	amount_range | , OUT low numeric, OUT high numeric | record
-- 	value |  | numeric
-- 	value_range | , OUT low numeric, OUT high numeric | record
-- 	missing |  | text[]
-- @for answers
-- @for given
CREATE FUNCTION zjtx_internal.@question@_facts(policy @p@, names text, VARIADIC facts "any"@columns@) RETURNS @type@
	AS 'MODULE_PATHNAME', 'zjtx_@question@_facts@name@' LANGUAGE C @volatile@ PARALLEL SAFE
	SUPPORT zjtx_internal.facts_support;
COMMENT ON FUNCTION zjtx_internal.@question@_facts(@p@, text, "any") IS
'The answer of zjtx.@question@ for the facts given as arguments. The planner generates these calls in place of @question@(e, policy); do not write them by hand. names lists the facts in the order of the arguments; a fact that is not listed is unknown.@hash@';
-- @end
-- @end
