-- What the examples of a document reach, and how two documents differ.

CREATE FUNCTION zjtx_author.coverage(policy zjtx.policy,
	OUT kind text, OUT place text, OUT condition text, OUT holds text[], OUT fails text[], OUT on_bound text[],
	OUT covered boolean) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_coverage' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000000 ROWS 100;
COMMENT ON FUNCTION zjtx_author.coverage(zjtx.policy) IS
'Which examples of a document reach its clauses, stages, rungs and groups, each bound, each branch of "or" and each step of band and case. kind: clause, stage, rung, group, bound, branch or step. place: the provision or definition. condition: as written, NULL if there is none. holds: the titles of the examples in which it is true, or which take the step. fails: those in which it is false; NULL for a step. on_bound: those in which a value equals the bound; NULL for other kinds. covered: whether a provision is true in one example and false in another, a bound also on the bound, and a branch or step is reached; a side that no row can reach is not asked for. No rows for NULL, and for a document that uses another whose text is missing.';

CREATE FUNCTION zjtx_author.changes(old zjtx.policy, new zjtx.policy,
	OUT kind text, OUT code text, OUT change text, OUT part text, OUT "before" text, OUT "after" text, OUT words text) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_changes' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000000 ROWS 20;
COMMENT ON FUNCTION zjtx_author.changes(zjtx.policy, zjtx.policy) IS
'What changed from a document to another, statement by statement: those of the new document in its order, then those that only the old one has, then examples. kind: policy (the header), fact, table, define, score, clause, stage, ladder, rung, group, population, select, budget, target, service or example. code: of the statement; NULL for the header and the ladder. change: added, removed, changed (one row for each part), or of an example differs (it comes out differently), only old or only new (it does not fit the other document). part: the part that changed, such as when or pay; of an example the expectation. before and after: the texts, or what the example gives. words: the change in a sentence, in Chinese if the new title is. White space and comments do not count. The examples of both documents are run on both, unless one of them is a series, whose versions are compared in their order, or uses a document whose text is missing. No rows for NULL.';

CREATE FUNCTION zjtx_author.impact(relation regclass, old zjtx.policy, new zjtx.policy,
	OUT line text, OUT title text, OUT rows bigint, OUT gained bigint, OUT lost bigint, OUT undecided bigint,
	OUT amount_1 numeric, OUT amount_2 numeric, OUT difference numeric, OUT unit text) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_impact' LANGUAGE C STABLE STRICT PARALLEL UNSAFE COST 1000000 ROWS 20;
COMMENT ON FUNCTION zjtx_author.impact(regclass, zjtx.policy, zjtx.policy) IS
'What a change of the law does to the rows of a table or view: a row for each line (clause, stage, group or rung, as in zjtx.assess) whose answer differs for some row, in the order in which they are found. rows: in how many rows it differs. gained: in how many of them it is true only now. lost: in how many it is no longer true. undecided: in how many one of the documents does not decide it or its amount. amount_1 and amount_2: the known amounts of these rows by the old and the new document, added up, in unit (元 or 分); difference: amount_2 - amount_1; NULL for rungs. Amounts of stages are also in their clause, and those of members in their group. A policy without a day is judged as of zjtx.as_of, or today; a column as_of of the rows comes before it. The table is read with the rights of the caller. No rows for NULL.';
