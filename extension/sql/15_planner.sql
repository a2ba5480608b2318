-- Planner support functions for the functions in the following files.

CREATE FUNCTION zjtx_internal.eligible_support(request internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'zjtx_eligible_support' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx_internal.eligible_support(internal) IS
'Planner support for eligible: replaces the row argument with the columns that the policy reads.';

CREATE FUNCTION zjtx_internal.placement_support(request internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'zjtx_placement_support' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx_internal.placement_support(internal) IS
'Planner support for placement: replaces the row argument with the columns that the policy reads.';

CREATE FUNCTION zjtx_internal.amount_support(request internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'zjtx_amount_support' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx_internal.amount_support(internal) IS
'Planner support for amount: replaces the row argument with the columns that the policy reads.';

CREATE FUNCTION zjtx_internal.amount_range_support(request internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'zjtx_amount_range_support' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx_internal.amount_range_support(internal) IS
'Planner support for amount_range: replaces the row argument with the columns that the policy reads.';

CREATE FUNCTION zjtx_internal.value_support(request internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'zjtx_value_support' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx_internal.value_support(internal) IS
'Planner support for value: replaces the row argument with the columns that the policy reads.';

CREATE FUNCTION zjtx_internal.value_range_support(request internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'zjtx_value_range_support' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx_internal.value_range_support(internal) IS
'Planner support for value_range: replaces the row argument with the columns that the policy reads.';

CREATE FUNCTION zjtx_internal.missing_support(request internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'zjtx_missing_support' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx_internal.missing_support(internal) IS
'Planner support for missing: replaces the row argument with the columns that the policy reads.';

CREATE FUNCTION zjtx_internal.assess_support(request internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'zjtx_assess_support' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx_internal.assess_support(internal) IS
'Planner support for assess: replaces the row argument with the columns that the policy reads.';

CREATE FUNCTION zjtx_internal.judge_support(request internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'zjtx_judge_support' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx_internal.judge_support(internal) IS
'Planner support for judge: replaces the row argument with the columns that the policy reads.';

CREATE FUNCTION zjtx_internal.differences_support(request internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'zjtx_differences_support' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx_internal.differences_support(internal) IS
'Planner support for differences: replaces the row argument with the columns that the policies read.';

CREATE FUNCTION zjtx_internal.next_change_support(request internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'zjtx_next_change_support' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx_internal.next_change_support(internal) IS
'Planner support for next_change: replaces the row argument with the columns that the policy reads.';

CREATE FUNCTION zjtx_internal.changes_ahead_support(request internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'zjtx_changes_ahead_support' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx_internal.changes_ahead_support(internal) IS
'Planner support for changes_ahead: replaces the row argument with the columns that the policy reads.';

CREATE FUNCTION zjtx_internal.over_days_support(request internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'zjtx_over_days_support' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx_internal.over_days_support(internal) IS
'Planner support for over_days: replaces the row argument with the columns that the policy reads.';

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
