-- Planner support functions for the functions in the following files.

CREATE FUNCTION zjtx.eligible_support(request internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'zjtx_eligible_support' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.eligible_support(internal) IS
'Planner support for eligible: replaces the row argument with the columns that the policy reads.';

CREATE FUNCTION zjtx.placement_support(request internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'zjtx_placement_support' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.placement_support(internal) IS
'Planner support for placement: replaces the row argument with the columns that the policy reads.';

CREATE FUNCTION zjtx.amount_support(request internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'zjtx_amount_support' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.amount_support(internal) IS
'Planner support for amount: replaces the row argument with the columns that the policy reads.';

CREATE FUNCTION zjtx.amount_range_support(request internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'zjtx_amount_range_support' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.amount_range_support(internal) IS
'Planner support for amount_range: replaces the row argument with the columns that the policy reads.';

CREATE FUNCTION zjtx.value_support(request internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'zjtx_value_support' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.value_support(internal) IS
'Planner support for value: replaces the row argument with the columns that the policy reads.';

CREATE FUNCTION zjtx.value_range_support(request internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'zjtx_value_range_support' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.value_range_support(internal) IS
'Planner support for value_range: replaces the row argument with the columns that the policy reads.';

CREATE FUNCTION zjtx.missing_support(request internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'zjtx_missing_support' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.missing_support(internal) IS
'Planner support for missing: replaces the row argument with the columns that the policy reads.';

CREATE FUNCTION zjtx.assess_support(request internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'zjtx_assess_support' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.assess_support(internal) IS
'Planner support for assess: replaces the row argument with the columns that the policy reads.';

CREATE FUNCTION zjtx.judge_support(request internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'zjtx_judge_support' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.judge_support(internal) IS
'Planner support for judge: replaces the row argument with the columns that the policy reads.';

CREATE FUNCTION zjtx.differences_support(request internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'zjtx_differences_support' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.differences_support(internal) IS
'Planner support for differences: replaces the row argument with the columns that the policies read.';

CREATE FUNCTION zjtx.next_change_support(request internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'zjtx_next_change_support' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.next_change_support(internal) IS
'Planner support for next_change: replaces the row argument with the columns that the policy reads.';

CREATE FUNCTION zjtx.changes_ahead_support(request internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'zjtx_changes_ahead_support' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.changes_ahead_support(internal) IS
'Planner support for changes_ahead: replaces the row argument with the columns that the policy reads.';

CREATE FUNCTION zjtx.over_days_support(request internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'zjtx_over_days_support' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.over_days_support(internal) IS
'Planner support for over_days: replaces the row argument with the columns that the policy reads.';

CREATE FUNCTION zjtx.lines_support(request internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'zjtx_lines_support' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.lines_support(internal) IS
'Planner support for lines: makes only the lines that are satisfied where a query drops the others.';

CREATE FUNCTION zjtx.facts_support(request internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'zjtx_facts_support' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.facts_support(internal) IS
'Planner support: the cost of a policy, its selectivity, and index conditions that it implies.';

CREATE FUNCTION zjtx.stands(name text, hash text) RETURNS boolean
	AS 'MODULE_PATHNAME', 'zjtx_stands' LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.stands(text, text) IS
'True while the stored policy has the text for which the statement was planned, else an error (40001). The planner generates these calls; do not write them by hand.';

CREATE FUNCTION zjtx.policy_stands(policy zjtx.policy, hash text) RETURNS boolean
	AS 'MODULE_PATHNAME', 'zjtx_policy_stands' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.policy_stands(zjtx.policy, text) IS
'True while the policy, which is derived from a stored one, has the text for which the statement was planned, else an error (40001). The planner generates these calls; do not write them by hand.';
