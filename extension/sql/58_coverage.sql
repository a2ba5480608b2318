-- What the examples of a document reach, and how two documents differ.

CREATE FUNCTION zjtx_author.coverage(policy zjtx.policy,
	OUT kind text, OUT place text, OUT condition text, OUT holds text[], OUT fails text[], OUT on_bound text[],
	OUT covered boolean) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_coverage' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000000 ROWS 100;
COMMENT ON FUNCTION zjtx_author.coverage(zjtx.policy) IS
'Which examples of a document reach its clauses, stages, rungs and groups, each bound, each branch of "or" and each step of band and case. kind: clause, stage, rung, group, bound, branch or step. place: the provision or definition. condition: as written, NULL if there is none. holds: the titles of the examples in which it is true, or which take the step. fails: those in which it is false; NULL for a step. on_bound: those in which a value equals the bound; NULL for other kinds. covered: whether a provision is true in one example and false in another, a bound also on the bound, and a branch or step is reached; a side that no row can reach is not asked for. No rows for NULL.';
