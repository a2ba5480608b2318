-- Every line of a policy in one value, and the aggregate that adds such values up.

CREATE TYPE zjtx.verdict;

CREATE FUNCTION zjtx.verdict_in(cstring) RETURNS zjtx.verdict
	AS 'MODULE_PATHNAME', 'zjtx_verdict_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.verdict_in(cstring) IS
'Reads and checks the text of a verdict, a JSON array with an object for each line. Anything else is an error.';

CREATE FUNCTION zjtx.verdict_out(zjtx.verdict) RETURNS cstring
	AS 'MODULE_PATHNAME', 'zjtx_verdict_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.verdict_out(zjtx.verdict) IS
'The text of a verdict: a JSON array with an object for each line; what is NULL is left out.';

CREATE FUNCTION zjtx.verdict_recv(internal) RETURNS zjtx.verdict
	AS 'MODULE_PATHNAME', 'zjtx_verdict_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.verdict_recv(internal) IS
'Receives the text of a verdict, which is read and checked as input is.';

CREATE FUNCTION zjtx.verdict_send(zjtx.verdict) RETURNS bytea
	AS 'MODULE_PATHNAME', 'zjtx_verdict_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.verdict_send(zjtx.verdict) IS
'Sends the text of a verdict.';

CREATE TYPE zjtx.verdict (
	INPUT = zjtx.verdict_in,
	OUTPUT = zjtx.verdict_out,
	RECEIVE = zjtx.verdict_recv,
	SEND = zjtx.verdict_send,
	INTERNALLENGTH = VARIABLE,
	STORAGE = extended
);
COMMENT ON TYPE zjtx.verdict IS
'What a policy answers about one row: for each clause, stage and rung whether it is satisfied and what it pays. Made by zjtx.judge, added up by zjtx.tally.';

CREATE FUNCTION zjtx.verdict_json(verdict zjtx.verdict) RETURNS json
	AS 'MODULE_PATHNAME', 'zjtx_verdict_json' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.verdict_json(zjtx.verdict) IS
'A verdict as json: its text. to_jsonb, row_to_json and their like find the cast, so that a verdict in a row is JSON and no string.';
CREATE CAST (zjtx.verdict AS json) WITH FUNCTION zjtx.verdict_json(zjtx.verdict) AS ASSIGNMENT;
COMMENT ON CAST (zjtx.verdict AS json) IS 'An array with an object for each line; what is NULL is left out.';

CREATE FUNCTION zjtx.verdict_jsonb(verdict zjtx.verdict) RETURNS jsonb
	AS 'MODULE_PATHNAME', 'zjtx_verdict_jsonb' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.verdict_jsonb(zjtx.verdict) IS
'A verdict as jsonb: an array with an object for each line, in the order of zjtx.lines and with its names, and the level of a rung; what is NULL is left out.';
CREATE CAST (zjtx.verdict AS jsonb) WITH FUNCTION zjtx.verdict_jsonb(zjtx.verdict) AS ASSIGNMENT;
COMMENT ON CAST (zjtx.verdict AS jsonb) IS 'An array with an object for each line; what is NULL is left out.';

CREATE FUNCTION zjtx.jsonb_verdict(verdict jsonb) RETURNS zjtx.verdict
	AS 'MODULE_PATHNAME', 'zjtx_jsonb_verdict' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.jsonb_verdict(jsonb) IS
'The verdict that was cast to jsonb; a member that is null counts as left out. Anything else is an error (22P02).';
CREATE CAST (jsonb AS zjtx.verdict) WITH FUNCTION zjtx.jsonb_verdict(jsonb);
COMMENT ON CAST (jsonb AS zjtx.verdict) IS 'Reads and checks what a verdict was cast to.';

CREATE FUNCTION zjtx.judge(e record, policy zjtx.policy) RETURNS zjtx.verdict
	AS 'MODULE_PATHNAME', 'zjtx_judge_row' LANGUAGE C IMMUTABLE PARALLEL SAFE
	SUPPORT zjtx.judge_support;
COMMENT ON FUNCTION zjtx.judge(record, zjtx.policy) IS
'The lines of zjtx.assess in one value, without what is missing. NULL where the policy is.';

CREATE FUNCTION zjtx.judge(e record, policy text) RETURNS zjtx.verdict
	AS 'MODULE_PATHNAME', 'zjtx_judge_row_name' LANGUAGE C STABLE PARALLEL SAFE
	SUPPORT zjtx.judge_support;
COMMENT ON FUNCTION zjtx.judge(record, text) IS
'The lines of zjtx.assess in one value, without what is missing. NULL where the policy is. The policy is a stored name: code, series, code/clause or code/rung.';

CREATE FUNCTION zjtx.judge(e jsonb, policy zjtx.policy) RETURNS zjtx.verdict
	AS 'MODULE_PATHNAME', 'zjtx_judge_jsonb' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.judge(jsonb, zjtx.policy) IS
'The lines of zjtx.assess in one value, without what is missing. NULL where the policy is.';

CREATE FUNCTION zjtx.judge(e jsonb, policy text) RETURNS zjtx.verdict
	AS 'MODULE_PATHNAME', 'zjtx_judge_jsonb_name' LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.judge(jsonb, text) IS
'The lines of zjtx.assess in one value, without what is missing. NULL where the policy is. The policy is a stored name: code, series, code/clause or code/rung.';

CREATE FUNCTION zjtx.judge_facts(policy zjtx.policy, names text, VARIADIC facts "any") RETURNS zjtx.verdict
	AS 'MODULE_PATHNAME', 'zjtx_judge_facts' LANGUAGE C IMMUTABLE PARALLEL SAFE
	SUPPORT zjtx.facts_support;
COMMENT ON FUNCTION zjtx.judge_facts(zjtx.policy, text, "any") IS
'The lines of a policy in one value, by just the columns that the policy reads: the planner puts it in the place of judge(e, policy), whose answers it gives. names are the facts of the arguments behind it; a fact that is not named is unknown.';

CREATE FUNCTION zjtx.judge_facts(policy text, names text, VARIADIC facts "any") RETURNS zjtx.verdict
	AS 'MODULE_PATHNAME', 'zjtx_judge_facts_name' LANGUAGE C STABLE PARALLEL SAFE
	SUPPORT zjtx.facts_support;
COMMENT ON FUNCTION zjtx.judge_facts(text, text, "any") IS
'The lines of a policy in one value, by just the columns that the policy reads: the planner puts it in the place of judge(e, policy), whose answers it gives. names are the facts of the arguments behind it; a fact that is not named is unknown.';

CREATE FUNCTION zjtx.lines(verdict zjtx.verdict,
	OUT policy text, OUT clause text, OUT stage text, OUT title text, OUT kind text, OUT unit text, OUT eligible boolean,
	OUT status text, OUT period int, OUT amount numeric, OUT low numeric, OUT high numeric, OUT offices text[]) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_lines' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 20;
COMMENT ON FUNCTION zjtx.lines(zjtx.verdict) IS
'A verdict as rows, one for each clause, stage and rung: as zjtx.assess shows them, without what is missing. low and high of a stage whose amount is undecided, or stands with its clause, are the range of its share, which is part of its clause''s. No rows for NULL.';

CREATE TYPE zjtx.tally AS (
	policy text, clause text, stage text, title text, kind text, unit text,
	eligible bigint, refused bigint, undecided bigint, undetermined bigint,
	amount numeric, low numeric, high numeric, offices text[]);
COMMENT ON TYPE zjtx.tally IS
'A line of a policy added up: how many satisfy it, are refused, are undecided, and satisfy it without a figure in the text; the sum of what is decided, in its unit, the least and the most that can be owed, and who decides and pays (NULL where the document names nobody).';

CREATE FUNCTION zjtx.tally_add(state internal, verdict zjtx.verdict) RETURNS internal
	AS 'MODULE_PATHNAME', 'zjtx_tally_add' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100;
COMMENT ON FUNCTION zjtx.tally_add(internal, zjtx.verdict) IS
'A part of zjtx.tally: adds a verdict; a NULL adds nothing.';
CREATE FUNCTION zjtx.tally_combine(state internal, other internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'zjtx_tally_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.tally_combine(internal, internal) IS
'A part of zjtx.tally: adds what another process added up.';
CREATE FUNCTION zjtx.tally_serialize(state internal) RETURNS bytea
	AS 'MODULE_PATHNAME', 'zjtx_tally_serialize' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.tally_serialize(internal) IS
'A part of zjtx.tally: what was added up, for another process.';
CREATE FUNCTION zjtx.tally_deserialize(bytes bytea, state internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'zjtx_tally_deserialize' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.tally_deserialize(bytea, internal) IS
'A part of zjtx.tally: what another process added up.';
CREATE FUNCTION zjtx.tally_final(state internal) RETURNS zjtx.tally[]
	AS 'MODULE_PATHNAME', 'zjtx_tally_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.tally_final(internal) IS
'A part of zjtx.tally: its result.';

CREATE AGGREGATE zjtx.tally(verdict zjtx.verdict) (
	SFUNC = zjtx.tally_add,
	STYPE = internal,
	FINALFUNC = zjtx.tally_final,
	COMBINEFUNC = zjtx.tally_combine,
	SERIALFUNC = zjtx.tally_serialize,
	DESERIALFUNC = zjtx.tally_deserialize,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE zjtx.tally(zjtx.verdict) IS
'Adds verdicts up, line by line: an array to unnest, by policy and in the order of the document. A NULL adds nothing; NULL without rows. high is NULL where nothing bounds it for some row.';
