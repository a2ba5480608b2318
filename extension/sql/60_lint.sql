-- Suspicious points of a document.

CREATE FUNCTION zjtx.lint(policy zjtx.policy, OUT kind text, OUT place text, OUT finding text) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_lint' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100000;
COMMENT ON FUNCTION zjtx.lint(zjtx.policy) IS
'Lists suspicious points of a policy. stages: the stages of a clause add up to more than its cap. unreachable: a step of a band is never reached. gap: a band has no step for some values. overlap: two steps of a band accept the same value. rung: a rung does not imply the rung below it. never: no row can satisfy a clause or rung. unused: a fact is not used. lookup: min, max or sum looks one element of a list up, and an element that is not there counts as none or 0. element: a list inside itself, whose outer element has no name. until: the document is not in force on the 31 December that it names. bound: no example is on a bound, or on one side of it. place is the clause, rung, definition, score, fact or document. A finding is not an error.';
