-- What the planner asks about the questions below.

CREATE FUNCTION zjtx.eligible_support(request internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'zjtx_eligible_support' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.eligible_support(internal) IS
'Planner support of eligible: puts the columns that a policy reads in the place of the whole row.';

CREATE FUNCTION zjtx.placement_support(request internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'zjtx_placement_support' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.placement_support(internal) IS
'Planner support of placement: puts the columns that a policy reads in the place of the whole row.';

CREATE FUNCTION zjtx.amount_support(request internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'zjtx_amount_support' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.amount_support(internal) IS
'Planner support of amount: puts the columns that a policy reads in the place of the whole row.';

CREATE FUNCTION zjtx.amount_range_support(request internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'zjtx_amount_range_support' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.amount_range_support(internal) IS
'Planner support of amount_range: puts the columns that a policy reads in the place of the whole row.';

CREATE FUNCTION zjtx.missing_support(request internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'zjtx_missing_support' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.missing_support(internal) IS
'Planner support of missing: puts the columns that a policy reads in the place of the whole row.';

CREATE FUNCTION zjtx.assess_support(request internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'zjtx_assess_support' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.assess_support(internal) IS
'Planner support of assess: puts the columns that a policy reads in the place of the whole row.';

CREATE FUNCTION zjtx.judge_support(request internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'zjtx_judge_support' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.judge_support(internal) IS
'Planner support of judge: puts the columns that a policy reads in the place of the whole row.';

CREATE FUNCTION zjtx.facts_support(request internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'zjtx_facts_support' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.facts_support(internal) IS
'Planner support: cost of a policy, the share of rows that satisfy it, and the indexes that serve it.';

CREATE FUNCTION zjtx.stands(name text, hash text) RETURNS boolean
	AS 'MODULE_PATHNAME', 'zjtx_stands' LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.stands(text, text) IS
'True; an error (serialization_failure) once the name stands for another text than when the statement was planned. The planner writes it.';
