-- What is odd about a document.

CREATE FUNCTION zjtx.lint(policy zjtx.policy, OUT kind text, OUT place text, OUT finding text) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_lint' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.lint(zjtx.policy) IS
'Findings about a policy: stages that add up to more than their total (stages), steps of a band that are never reached (unreachable), missing (gap) or take values of an earlier one (overlap), rungs that do not imply the one below (rung), clauses and rungs that no row satisfies (never), facts that are not used (unused), bounds without an example on them and on both sides (bound). A finding is no error; place says where.';
