-- Planner support functions for the functions in the following files.

-- @set supported: question
-- 	eligible
-- 	placement
-- 	amount
-- 	amount_range
-- 	value
-- 	value_range
-- 	missing
-- 	assess
-- 	judge
-- 	next_change
-- 	changes_ahead
-- 	over_days
-- @for supported
CREATE FUNCTION zjtx_internal.@question@_support(request internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'zjtx_@question@_support' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx_internal.@question@_support(internal) IS
'Planner support for @question@: replaces the row argument with the columns that the policy reads.';
-- @end

CREATE FUNCTION zjtx_internal.differences_support(request internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'zjtx_differences_support' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx_internal.differences_support(internal) IS
'Planner support for differences: replaces the row argument with the columns that the policies read.';

CREATE FUNCTION zjtx_internal.lines_support(request internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'zjtx_lines_support' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx_internal.lines_support(internal) IS
'Planner support for lines: makes only the lines that are satisfied where a query drops the others.';

CREATE FUNCTION zjtx_internal.facts_support(request internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'zjtx_facts_support' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx_internal.facts_support(internal) IS
'Planner support: the cost of a policy, its selectivity, and index conditions that it implies.';

CREATE FUNCTION zjtx_internal.stands(name text, hash text) RETURNS boolean
	AS 'MODULE_PATHNAME', 'zjtx_stands' LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx_internal.stands(text, text) IS
'True while the stored policy has the text for which the statement was planned, else an error (40001). The planner generates these calls; do not write them by hand.';

CREATE FUNCTION zjtx_internal.policy_stands(policy zjtx.policy, hash text) RETURNS boolean
	AS 'MODULE_PATHNAME', 'zjtx_policy_stands' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx_internal.policy_stands(zjtx.policy, text) IS
'True while the policy, which is derived from a stored one, has the text for which the statement was planned, else an error (40001). The planner generates these calls; do not write them by hand.';
