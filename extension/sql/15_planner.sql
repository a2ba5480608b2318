-- What the planner asks about the questions below.

CREATE FUNCTION zjtx.question_support(request internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'zjtx_question_support' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.question_support(internal) IS
'Planner support: puts the columns that a policy reads in the place of the whole row.';

CREATE FUNCTION zjtx.facts_support(request internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'zjtx_facts_support' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.facts_support(internal) IS
'Planner support: cost of a policy, the share of rows that satisfy it, and the indexes that serve it.';

CREATE FUNCTION zjtx.stands(name text, hash text) RETURNS boolean
	AS 'MODULE_PATHNAME', 'zjtx_stands' LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.stands(text, text) IS
'True; an error (serialization_failure) once the name stands for another text than when the statement was planned. The planner writes it.';
