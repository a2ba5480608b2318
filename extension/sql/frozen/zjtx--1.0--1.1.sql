\echo Use "ALTER EXTENSION zjtx UPDATE" to load this file. \quit
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
-- What changed since 1.0 in the parts that 1.0 had: 20, 30, 60.

ALTER FUNCTION zjtx.eligible(record, zjtx.policy) SUPPORT zjtx.question_support;
ALTER FUNCTION zjtx.eligible(record, text) SUPPORT zjtx.question_support;
ALTER FUNCTION zjtx.placement(record, zjtx.policy) SUPPORT zjtx.question_support;
ALTER FUNCTION zjtx.placement(record, text) SUPPORT zjtx.question_support;
ALTER FUNCTION zjtx.amount(record, zjtx.policy) SUPPORT zjtx.question_support;
ALTER FUNCTION zjtx.amount(record, text) SUPPORT zjtx.question_support;
ALTER FUNCTION zjtx.amount_range(record, zjtx.policy) SUPPORT zjtx.question_support;
ALTER FUNCTION zjtx.amount_range(record, text) SUPPORT zjtx.question_support;
ALTER FUNCTION zjtx.missing(record, zjtx.policy) SUPPORT zjtx.question_support;
ALTER FUNCTION zjtx.missing(record, text) SUPPORT zjtx.question_support;

CREATE UNIQUE INDEX policies_replica ON zjtx.policies (code, shipped);
COMMENT ON INDEX zjtx.policies_replica IS
'By which a row is known to logical replication, so that a publication can leave the shipped rows out.';
ALTER TABLE zjtx.policies REPLICA IDENTITY USING INDEX policies_replica;

CREATE FUNCTION zjtx.policies_changed() RETURNS trigger
	AS 'MODULE_PATHNAME', 'zjtx_policies_changed' LANGUAGE C;
COMMENT ON FUNCTION zjtx.policies_changed() IS
'Makes every session plan anew what it planned with a stored policy.';
CREATE TRIGGER changed AFTER INSERT OR UPDATE OR DELETE ON zjtx.policies
	FOR EACH ROW EXECUTE FUNCTION zjtx.policies_changed();
ALTER TABLE zjtx.policies ENABLE ALWAYS TRIGGER changed;
COMMENT ON TRIGGER changed ON zjtx.policies IS
'Makes every session plan anew what it planned with a stored policy.';
CREATE TRIGGER changed_truncate AFTER TRUNCATE ON zjtx.policies
	FOR EACH STATEMENT EXECUTE FUNCTION zjtx.policies_changed();
ALTER TABLE zjtx.policies ENABLE ALWAYS TRIGGER changed_truncate;
COMMENT ON TRIGGER changed_truncate ON zjtx.policies IS
'Makes every session plan anew what it planned with a stored policy.';

COMMENT ON FUNCTION zjtx.lint(zjtx.policy) IS
'Findings about a policy: stages that add up to more than their total (stages), steps of a band that are never reached (unreachable), missing (gap) or take values of an earlier one (overlap), rungs that do not imply the one below (rung), clauses and rungs that no row satisfies (never), facts that are not used (unused), bounds without an example on them and on both sides (bound). A finding is no error; place says where.';

COMMENT ON FUNCTION zjtx.missing(record, zjtx.policy) IS
'The facts that are unknown and still matter to the policy''s answers, by name, the most decisive first; an empty array where everything is decided, or only a division by zero leaves it open.';

COMMENT ON OPERATOR zjtx.|! (record, zjtx.policy) IS
'The facts that are unknown and still matter to the policy''s answers, by name, the most decisive first; an empty array where everything is decided, or only a division by zero leaves it open.';

COMMENT ON FUNCTION zjtx.missing(record, text) IS
'The facts that are unknown and still matter to the policy''s answers, by name, the most decisive first; an empty array where everything is decided, or only a division by zero leaves it open. The policy is a stored name: code, series, code/clause or code/rung.';

COMMENT ON OPERATOR zjtx.|! (record, text) IS
'The facts that are unknown and still matter to the policy''s answers, by name, the most decisive first; an empty array where everything is decided, or only a division by zero leaves it open. The policy is a stored name: code, series, code/clause or code/rung.';

COMMENT ON FUNCTION zjtx.missing(jsonb, zjtx.policy) IS
'The facts that are unknown and still matter to the policy''s answers, by name, the most decisive first; an empty array where everything is decided, or only a division by zero leaves it open.';

COMMENT ON OPERATOR zjtx.|! (jsonb, zjtx.policy) IS
'The facts that are unknown and still matter to the policy''s answers, by name, the most decisive first; an empty array where everything is decided, or only a division by zero leaves it open.';

COMMENT ON FUNCTION zjtx.missing(jsonb, text) IS
'The facts that are unknown and still matter to the policy''s answers, by name, the most decisive first; an empty array where everything is decided, or only a division by zero leaves it open. The policy is a stored name: code, series, code/clause or code/rung.';

COMMENT ON OPERATOR zjtx.|! (jsonb, text) IS
'The facts that are unknown and still matter to the policy''s answers, by name, the most decisive first; an empty array where everything is decided, or only a division by zero leaves it open. The policy is a stored name: code, series, code/clause or code/rung.';
-- What the planner puts in the place of the questions about a row: the same of just the
-- columns that the policy reads.  names are those of the facts, separated by spaces, in
-- the order of the arguments behind them; a stored name's begin with the hash of its text.
-- A fact that is not named is absent, so unknown.

CREATE FUNCTION zjtx.eligible_facts(policy zjtx.policy, names text, VARIADIC facts "any") RETURNS boolean
	AS 'MODULE_PATHNAME', 'zjtx_eligible_facts' LANGUAGE C IMMUTABLE PARALLEL SAFE
	SUPPORT zjtx.facts_support;
COMMENT ON FUNCTION zjtx.eligible_facts(zjtx.policy, text, "any") IS
'Whether an enterprise satisfies the policy, by just the columns that the policy reads: the planner puts it in the place of eligible(e, policy), whose answers it gives. names are the facts of the arguments behind it; a fact that is not named is unknown.';

CREATE FUNCTION zjtx.eligible_facts(policy text, names text, VARIADIC facts "any") RETURNS boolean
	AS 'MODULE_PATHNAME', 'zjtx_eligible_facts_name' LANGUAGE C STABLE PARALLEL SAFE
	SUPPORT zjtx.facts_support;
COMMENT ON FUNCTION zjtx.eligible_facts(text, text, "any") IS
'Whether an enterprise satisfies the policy, by just the columns that the policy reads: the planner puts it in the place of eligible(e, policy), whose answers it gives. names are the facts of the arguments behind it; a fact that is not named is unknown.';

CREATE FUNCTION zjtx.placement_facts(policy zjtx.policy, names text, VARIADIC facts "any") RETURNS zjtx.placement
	AS 'MODULE_PATHNAME', 'zjtx_placement_facts' LANGUAGE C IMMUTABLE PARALLEL SAFE
	SUPPORT zjtx.facts_support;
COMMENT ON FUNCTION zjtx.placement_facts(zjtx.policy, text, "any") IS
'The highest rung of the policy that is proved, by just the columns that the policy reads: the planner puts it in the place of placement(e, policy), whose answers it gives. names are the facts of the arguments behind it; a fact that is not named is unknown.';

CREATE FUNCTION zjtx.placement_facts(policy text, names text, VARIADIC facts "any") RETURNS zjtx.placement
	AS 'MODULE_PATHNAME', 'zjtx_placement_facts_name' LANGUAGE C STABLE PARALLEL SAFE
	SUPPORT zjtx.facts_support;
COMMENT ON FUNCTION zjtx.placement_facts(text, text, "any") IS
'The highest rung of the policy that is proved, by just the columns that the policy reads: the planner puts it in the place of placement(e, policy), whose answers it gives. names are the facts of the arguments behind it; a fact that is not named is unknown.';

CREATE FUNCTION zjtx.amount_facts(policy zjtx.policy, names text, VARIADIC facts "any") RETURNS numeric
	AS 'MODULE_PATHNAME', 'zjtx_amount_facts' LANGUAGE C IMMUTABLE PARALLEL SAFE
	SUPPORT zjtx.facts_support;
COMMENT ON FUNCTION zjtx.amount_facts(zjtx.policy, text, "any") IS
'The money owed, in 元, by just the columns that the policy reads: the planner puts it in the place of amount(e, policy), whose answers it gives. names are the facts of the arguments behind it; a fact that is not named is unknown.';

CREATE FUNCTION zjtx.amount_facts(policy text, names text, VARIADIC facts "any") RETURNS numeric
	AS 'MODULE_PATHNAME', 'zjtx_amount_facts_name' LANGUAGE C STABLE PARALLEL SAFE
	SUPPORT zjtx.facts_support;
COMMENT ON FUNCTION zjtx.amount_facts(text, text, "any") IS
'The money owed, in 元, by just the columns that the policy reads: the planner puts it in the place of amount(e, policy), whose answers it gives. names are the facts of the arguments behind it; a fact that is not named is unknown.';

CREATE FUNCTION zjtx.amount_range_facts(policy zjtx.policy, names text, VARIADIC facts "any", OUT low numeric, OUT high numeric) RETURNS record
	AS 'MODULE_PATHNAME', 'zjtx_amount_range_facts' LANGUAGE C IMMUTABLE PARALLEL SAFE
	SUPPORT zjtx.facts_support;
COMMENT ON FUNCTION zjtx.amount_range_facts(zjtx.policy, text, "any") IS
'The least and the greatest money that may be owed, in 元, by just the columns that the policy reads: the planner puts it in the place of amount_range(e, policy), whose answers it gives. names are the facts of the arguments behind it; a fact that is not named is unknown.';

CREATE FUNCTION zjtx.amount_range_facts(policy text, names text, VARIADIC facts "any", OUT low numeric, OUT high numeric) RETURNS record
	AS 'MODULE_PATHNAME', 'zjtx_amount_range_facts_name' LANGUAGE C STABLE PARALLEL SAFE
	SUPPORT zjtx.facts_support;
COMMENT ON FUNCTION zjtx.amount_range_facts(text, text, "any") IS
'The least and the greatest money that may be owed, in 元, by just the columns that the policy reads: the planner puts it in the place of amount_range(e, policy), whose answers it gives. names are the facts of the arguments behind it; a fact that is not named is unknown.';

CREATE FUNCTION zjtx.missing_facts(policy zjtx.policy, names text, VARIADIC facts "any") RETURNS text[]
	AS 'MODULE_PATHNAME', 'zjtx_missing_facts' LANGUAGE C IMMUTABLE PARALLEL SAFE
	SUPPORT zjtx.facts_support;
COMMENT ON FUNCTION zjtx.missing_facts(zjtx.policy, text, "any") IS
'The facts that are unknown and still matter, by just the columns that the policy reads: the planner puts it in the place of missing(e, policy), whose answers it gives. names are the facts of the arguments behind it; a fact that is not named is unknown.';

CREATE FUNCTION zjtx.missing_facts(policy text, names text, VARIADIC facts "any") RETURNS text[]
	AS 'MODULE_PATHNAME', 'zjtx_missing_facts_name' LANGUAGE C STABLE PARALLEL SAFE
	SUPPORT zjtx.facts_support;
COMMENT ON FUNCTION zjtx.missing_facts(text, text, "any") IS
'The facts that are unknown and still matter, by just the columns that the policy reads: the planner puts it in the place of missing(e, policy), whose answers it gives. names are the facts of the arguments behind it; a fact that is not named is unknown.';
-- What a policy answers line by line.
--
-- A value makes the answer immutable, a name stable. None is strict: a NULL row is a row whose
-- every column is NULL. A NULL policy gives no rows.

CREATE FUNCTION zjtx.assess(e record, p zjtx.policy,
	OUT policy text, OUT clause text, OUT stage text, OUT title text, OUT kind text, OUT eligible boolean,
	OUT amount numeric, OUT low numeric, OUT high numeric, OUT unit text, OUT period int, OUT status text,
	OUT missing text[], OUT reservations text[], OUT citation text) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_assess_row' LANGUAGE C IMMUTABLE PARALLEL SAFE ROWS 20;
COMMENT ON FUNCTION zjtx.assess(record, zjtx.policy) IS
'A row for each clause, stage and rung of the policy: whether it is satisfied (NULL while undecided), what it pays in its unit (元 with two decimals, 分), the least and the most while facts are unknown, the year of a yearly clause, its status, the unknown facts that can still change it, the soft conditions that fail, and where it stands. The amounts of rewards and subsidies add up to zjtx.amount; what is paid in stages stands with the stages.';

CREATE FUNCTION zjtx.assess(e record, p text,
	OUT policy text, OUT clause text, OUT stage text, OUT title text, OUT kind text, OUT eligible boolean,
	OUT amount numeric, OUT low numeric, OUT high numeric, OUT unit text, OUT period int, OUT status text,
	OUT missing text[], OUT reservations text[], OUT citation text) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_assess_row_name' LANGUAGE C STABLE PARALLEL SAFE ROWS 20;
COMMENT ON FUNCTION zjtx.assess(record, text) IS
'A row for each clause, stage and rung of the policy: whether it is satisfied (NULL while undecided), what it pays in its unit (元 with two decimals, 分), the least and the most while facts are unknown, the year of a yearly clause, its status, the unknown facts that can still change it, the soft conditions that fail, and where it stands. The amounts of rewards and subsidies add up to zjtx.amount; what is paid in stages stands with the stages. The policy is a stored name: code, series, code/clause or code/rung.';

CREATE FUNCTION zjtx.assess(e jsonb, p zjtx.policy,
	OUT policy text, OUT clause text, OUT stage text, OUT title text, OUT kind text, OUT eligible boolean,
	OUT amount numeric, OUT low numeric, OUT high numeric, OUT unit text, OUT period int, OUT status text,
	OUT missing text[], OUT reservations text[], OUT citation text) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_assess_jsonb' LANGUAGE C IMMUTABLE PARALLEL SAFE ROWS 20;
COMMENT ON FUNCTION zjtx.assess(jsonb, zjtx.policy) IS
'A row for each clause, stage and rung of the policy: whether it is satisfied (NULL while undecided), what it pays in its unit (元 with two decimals, 分), the least and the most while facts are unknown, the year of a yearly clause, its status, the unknown facts that can still change it, the soft conditions that fail, and where it stands. The amounts of rewards and subsidies add up to zjtx.amount; what is paid in stages stands with the stages.';

CREATE FUNCTION zjtx.assess(e jsonb, p text,
	OUT policy text, OUT clause text, OUT stage text, OUT title text, OUT kind text, OUT eligible boolean,
	OUT amount numeric, OUT low numeric, OUT high numeric, OUT unit text, OUT period int, OUT status text,
	OUT missing text[], OUT reservations text[], OUT citation text) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_assess_jsonb_name' LANGUAGE C STABLE PARALLEL SAFE ROWS 20;
COMMENT ON FUNCTION zjtx.assess(jsonb, text) IS
'A row for each clause, stage and rung of the policy: whether it is satisfied (NULL while undecided), what it pays in its unit (元 with two decimals, 分), the least and the most while facts are unknown, the year of a yearly clause, its status, the unknown facts that can still change it, the soft conditions that fail, and where it stands. The amounts of rewards and subsidies add up to zjtx.amount; what is paid in stages stands with the stages. The policy is a stored name: code, series, code/clause or code/rung.';

CREATE FUNCTION zjtx.assess(e record,
	OUT policy text, OUT clause text, OUT stage text, OUT title text, OUT kind text, OUT eligible boolean,
	OUT amount numeric, OUT low numeric, OUT high numeric, OUT unit text, OUT period int, OUT status text,
	OUT missing text[], OUT reservations text[], OUT citation text) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_assess_all_row' LANGUAGE C STABLE PARALLEL SAFE COST 1000 ROWS 100;
COMMENT ON FUNCTION zjtx.assess(record) IS
'The rows of assess for every stored policy that is in force on the day judged: the row''s as_of, else zjtx.as_of, else the transaction''s date. While the row''s day is unknown, those of every stored policy, and nothing is proved but what each refuses.';

CREATE FUNCTION zjtx.assess(e jsonb,
	OUT policy text, OUT clause text, OUT stage text, OUT title text, OUT kind text, OUT eligible boolean,
	OUT amount numeric, OUT low numeric, OUT high numeric, OUT unit text, OUT period int, OUT status text,
	OUT missing text[], OUT reservations text[], OUT citation text) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_assess_all_jsonb' LANGUAGE C STABLE PARALLEL SAFE COST 1000 ROWS 100;
COMMENT ON FUNCTION zjtx.assess(jsonb) IS
'The rows of assess for every stored policy that is in force on the day judged: the row''s as_of, else zjtx.as_of, else the transaction''s date. While the row''s day is unknown, those of every stored policy, and nothing is proved but what each refuses.';
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

CREATE FUNCTION zjtx.judge(e record, policy zjtx.policy) RETURNS zjtx.verdict
	AS 'MODULE_PATHNAME', 'zjtx_judge_row' LANGUAGE C IMMUTABLE PARALLEL SAFE
	SUPPORT zjtx.question_support;
COMMENT ON FUNCTION zjtx.judge(record, zjtx.policy) IS
'The lines of zjtx.assess in one value, without what is missing. NULL where the policy is.';

CREATE FUNCTION zjtx.judge(e record, policy text) RETURNS zjtx.verdict
	AS 'MODULE_PATHNAME', 'zjtx_judge_row_name' LANGUAGE C STABLE PARALLEL SAFE
	SUPPORT zjtx.question_support;
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
	OUT status text, OUT period int, OUT amount numeric, OUT low numeric, OUT high numeric) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_lines' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 20;
COMMENT ON FUNCTION zjtx.lines(zjtx.verdict) IS
'A verdict as rows, one for each clause, stage and rung: as zjtx.assess shows them, without what is missing. low and high of a stage whose amount is undecided, or stands with its clause, are the range of its share, which is part of its clause''s. No rows for NULL.';

CREATE TYPE zjtx.tally AS (
	policy text, clause text, stage text, title text, kind text, unit text,
	eligible bigint, refused bigint, undecided bigint, undetermined bigint,
	amount numeric, low numeric, high numeric);
COMMENT ON TYPE zjtx.tally IS
'A line of a policy added up: how many satisfy it, are refused, are undecided, and satisfy it without a figure in the text; the sum of what is decided, in its unit, and the least and the most that can be owed.';

CREATE FUNCTION zjtx.tally_add(state internal, verdict zjtx.verdict) RETURNS internal
	AS 'MODULE_PATHNAME', 'zjtx_tally_add' LANGUAGE C IMMUTABLE PARALLEL SAFE;
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
-- Why a policy answers as it does: of a row or a jsonb object, to a policy value or a
-- stored name. The forms are those of the questions.

CREATE FUNCTION zjtx.explain(e record, policy zjtx.policy) RETURNS text
	AS 'MODULE_PATHNAME', 'zjtx_explain_row' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.explain(record, zjtx.policy) IS
'Why the policy answers as it does for the row, in Chinese where the title of the document is (of a rule of one expression: its text, units aside), else in English; a line for each condition: ✓ ✗ or ?, what was found and what is needed, the band reached and the points, stages, amounts and caps, the citation and the notes. What did not matter is folded. NULL where the policy is NULL.';

CREATE FUNCTION zjtx.explain(e record, policy text) RETURNS text
	AS 'MODULE_PATHNAME', 'zjtx_explain_row_name' LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.explain(record, text) IS
'Why the policy answers as it does for the row, in Chinese where the title of the document is (of a rule of one expression: its text, units aside), else in English; a line for each condition: ✓ ✗ or ?, what was found and what is needed, the band reached and the points, stages, amounts and caps, the citation and the notes. What did not matter is folded. NULL where the policy is NULL. The policy is a stored name: code, series, code/clause or code/rung.';

CREATE FUNCTION zjtx.explain(e jsonb, policy zjtx.policy) RETURNS text
	AS 'MODULE_PATHNAME', 'zjtx_explain_jsonb' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.explain(jsonb, zjtx.policy) IS
'Why the policy answers as it does for the row, in Chinese where the title of the document is (of a rule of one expression: its text, units aside), else in English; a line for each condition: ✓ ✗ or ?, what was found and what is needed, the band reached and the points, stages, amounts and caps, the citation and the notes. What did not matter is folded. NULL where the policy is NULL.';

CREATE FUNCTION zjtx.explain(e jsonb, policy text) RETURNS text
	AS 'MODULE_PATHNAME', 'zjtx_explain_jsonb_name' LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.explain(jsonb, text) IS
'Why the policy answers as it does for the row, in Chinese where the title of the document is (of a rule of one expression: its text, units aside), else in English; a line for each condition: ✓ ✗ or ?, what was found and what is needed, the band reached and the points, stages, amounts and caps, the citation and the notes. What did not matter is folded. NULL where the policy is NULL. The policy is a stored name: code, series, code/clause or code/rung.';

CREATE FUNCTION zjtx.explain_json(e record, policy zjtx.policy) RETURNS jsonb
	AS 'MODULE_PATHNAME', 'zjtx_explain_json_row' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.explain_json(record, zjtx.policy) IS
'What zjtx.explain says, for programs: an array with an object for the policy (each version of a series that may be in force), and in it, as children, its clauses, rungs, stages and conditions: kind, truth, what was found, where, and what is needed. NULL where the policy is NULL.';

CREATE FUNCTION zjtx.explain_json(e record, policy text) RETURNS jsonb
	AS 'MODULE_PATHNAME', 'zjtx_explain_json_row_name' LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.explain_json(record, text) IS
'What zjtx.explain says, for programs: an array with an object for the policy (each version of a series that may be in force), and in it, as children, its clauses, rungs, stages and conditions: kind, truth, what was found, where, and what is needed. NULL where the policy is NULL. The policy is a stored name: code, series, code/clause or code/rung.';

CREATE FUNCTION zjtx.explain_json(e jsonb, policy zjtx.policy) RETURNS jsonb
	AS 'MODULE_PATHNAME', 'zjtx_explain_json_jsonb' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.explain_json(jsonb, zjtx.policy) IS
'What zjtx.explain says, for programs: an array with an object for the policy (each version of a series that may be in force), and in it, as children, its clauses, rungs, stages and conditions: kind, truth, what was found, where, and what is needed. NULL where the policy is NULL.';

CREATE FUNCTION zjtx.explain_json(e jsonb, policy text) RETURNS jsonb
	AS 'MODULE_PATHNAME', 'zjtx_explain_json_jsonb_name' LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.explain_json(jsonb, text) IS
'What zjtx.explain says, for programs: an array with an object for the policy (each version of a series that may be in force), and in it, as children, its clauses, rungs, stages and conditions: kind, truth, what was found, where, and what is needed. NULL where the policy is NULL. The policy is a stored name: code, series, code/clause or code/rung.';
-- What keeps a row from the next rung.

CREATE FUNCTION zjtx.gap(e record, policy zjtx.policy, goal text DEFAULT NULL,
	OUT rung text, OUT way integer, OUT condition text, OUT found text, OUT needed text, OUT short numeric,
	OUT fact text, OUT label text, OUT present jsonb, OUT set_to jsonb, OUT difference numeric, OUT unit text,
	OUT points numeric, OUT suffices boolean, OUT soft boolean) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_gap_row' LANGUAGE C IMMUTABLE PARALLEL SAFE ROWS 10;
COMMENT ON FUNCTION zjtx.gap(record, zjtx.policy, text) IS
'What keeps the row from the next rung above the one proved, or from the rung or clause that is named: a row for each condition that fails or is undecided. rung: its code (NULL in a policy of one expression). way: alternatives are numbered, that with the fewest conditions first, eight at most; one suffices. condition: as it is written. found, needed: what it compares, in words of the document''s language, English or Chinese. short: the bound less what is found, in the unit of what is compared (a ratio is a fraction; days between dates). fact, label: the fact to change. present, set_to: what it is, and what would meet the condition while all else stays, as jsonb (present is NULL while unknown; set_to where no value was found). difference: set_to less present, in unit (days for dates). points: what the row adds to the score named in the row above it; the steps of a score stand with the least change relative to what is needed first. suffices: the set_to of the rows of a way that are so marked, all put in the place of the facts, prove the rung; none is marked where no such set was found. soft: a should that fails, which keeps nobody from the rung. No rows at the top of the ladder. A policy that has neither a ladder nor one clause only is an error (22023) unless a clause is named; so is a name that it does not have (42704). A NULL policy gives no rows.';

CREATE FUNCTION zjtx.gap(e record, policy text, goal text DEFAULT NULL,
	OUT rung text, OUT way integer, OUT condition text, OUT found text, OUT needed text, OUT short numeric,
	OUT fact text, OUT label text, OUT present jsonb, OUT set_to jsonb, OUT difference numeric, OUT unit text,
	OUT points numeric, OUT suffices boolean, OUT soft boolean) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_gap_row_name' LANGUAGE C STABLE PARALLEL SAFE ROWS 10;
COMMENT ON FUNCTION zjtx.gap(record, text, text) IS
'What keeps the row from the next rung above the one proved, or from the rung or clause that is named: a row for each condition that fails or is undecided. rung: its code (NULL in a policy of one expression). way: alternatives are numbered, that with the fewest conditions first, eight at most; one suffices. condition: as it is written. found, needed: what it compares, in words of the document''s language, English or Chinese. short: the bound less what is found, in the unit of what is compared (a ratio is a fraction; days between dates). fact, label: the fact to change. present, set_to: what it is, and what would meet the condition while all else stays, as jsonb (present is NULL while unknown; set_to where no value was found). difference: set_to less present, in unit (days for dates). points: what the row adds to the score named in the row above it; the steps of a score stand with the least change relative to what is needed first. suffices: the set_to of the rows of a way that are so marked, all put in the place of the facts, prove the rung; none is marked where no such set was found. soft: a should that fails, which keeps nobody from the rung. No rows at the top of the ladder. A policy that has neither a ladder nor one clause only is an error (22023) unless a clause is named; so is a name that it does not have (42704). A NULL policy gives no rows. The policy is a stored name: code, series, code/clause or code/rung.';

CREATE FUNCTION zjtx.gap(e jsonb, policy zjtx.policy, goal text DEFAULT NULL,
	OUT rung text, OUT way integer, OUT condition text, OUT found text, OUT needed text, OUT short numeric,
	OUT fact text, OUT label text, OUT present jsonb, OUT set_to jsonb, OUT difference numeric, OUT unit text,
	OUT points numeric, OUT suffices boolean, OUT soft boolean) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_gap_jsonb' LANGUAGE C IMMUTABLE PARALLEL SAFE ROWS 10;
COMMENT ON FUNCTION zjtx.gap(jsonb, zjtx.policy, text) IS
'What keeps the row from the next rung above the one proved, or from the rung or clause that is named: a row for each condition that fails or is undecided. rung: its code (NULL in a policy of one expression). way: alternatives are numbered, that with the fewest conditions first, eight at most; one suffices. condition: as it is written. found, needed: what it compares, in words of the document''s language, English or Chinese. short: the bound less what is found, in the unit of what is compared (a ratio is a fraction; days between dates). fact, label: the fact to change. present, set_to: what it is, and what would meet the condition while all else stays, as jsonb (present is NULL while unknown; set_to where no value was found). difference: set_to less present, in unit (days for dates). points: what the row adds to the score named in the row above it; the steps of a score stand with the least change relative to what is needed first. suffices: the set_to of the rows of a way that are so marked, all put in the place of the facts, prove the rung; none is marked where no such set was found. soft: a should that fails, which keeps nobody from the rung. No rows at the top of the ladder. A policy that has neither a ladder nor one clause only is an error (22023) unless a clause is named; so is a name that it does not have (42704). A NULL policy gives no rows.';

CREATE FUNCTION zjtx.gap(e jsonb, policy text, goal text DEFAULT NULL,
	OUT rung text, OUT way integer, OUT condition text, OUT found text, OUT needed text, OUT short numeric,
	OUT fact text, OUT label text, OUT present jsonb, OUT set_to jsonb, OUT difference numeric, OUT unit text,
	OUT points numeric, OUT suffices boolean, OUT soft boolean) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_gap_jsonb_name' LANGUAGE C STABLE PARALLEL SAFE ROWS 10;
COMMENT ON FUNCTION zjtx.gap(jsonb, text, text) IS
'What keeps the row from the next rung above the one proved, or from the rung or clause that is named: a row for each condition that fails or is undecided. rung: its code (NULL in a policy of one expression). way: alternatives are numbered, that with the fewest conditions first, eight at most; one suffices. condition: as it is written. found, needed: what it compares, in words of the document''s language, English or Chinese. short: the bound less what is found, in the unit of what is compared (a ratio is a fraction; days between dates). fact, label: the fact to change. present, set_to: what it is, and what would meet the condition while all else stays, as jsonb (present is NULL while unknown; set_to where no value was found). difference: set_to less present, in unit (days for dates). points: what the row adds to the score named in the row above it; the steps of a score stand with the least change relative to what is needed first. suffices: the set_to of the rows of a way that are so marked, all put in the place of the facts, prove the rung; none is marked where no such set was found. soft: a should that fails, which keeps nobody from the rung. No rows at the top of the ladder. A policy that has neither a ladder nor one clause only is an error (22023) unless a clause is named; so is a name that it does not have (42704). A NULL policy gives no rows. The policy is a stored name: code, series, code/clause or code/rung.';

-- What if: policies with other statements, and stored ones on other days.

CREATE FUNCTION zjtx.amend(policy zjtx.policy, statements text) RETURNS zjtx.policy
	AS 'MODULE_PATHNAME', 'zjtx_amend' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.amend(zjtx.policy, text) IS
'The policy with statements in the place of their namesakes, as in define rent_cap = 60万元. A statement that has no namesake, or does not fit, is an error. Examples are not run, and the day that the policy is bound to stays.';

CREATE FUNCTION zjtx.amend(policy text, statements text) RETURNS zjtx.policy
	AS 'MODULE_PATHNAME', 'zjtx_amend_name' LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.amend(text, text) IS
'A stored policy, by its name, with statements in the place of their namesakes, bound to the day on which the name would be judged (zjtx.as_of, or the date of the transaction), so that it can be held beside the name.';

CREATE FUNCTION zjtx.as_of(policy text, day date) RETURNS zjtx.policy
	AS 'MODULE_PATHNAME', 'zjtx_as_of_name' LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.as_of(text, date) IS
'A stored policy, by its name, bound to the day for which it judges a row that has no as_of of its own.';
-- Whether a table gives what a policy asks for.

CREATE FUNCTION zjtx.check_table(relation regclass, policy zjtx.policy,
	OUT fact text, OUT label text, OUT type text, OUT column_name text, OUT column_type text,
	OUT finding text, OUT message text, OUT hint text) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_check_table' LANGUAGE C STABLE STRICT PARALLEL UNSAFE;
COMMENT ON FUNCTION zjtx.check_table(regclass, zjtx.policy) IS
'Which facts of a policy a table or view gives, a row for each finding: given, absent, type (of the wrong one), nulls, range (values that cannot be), unit (figures that smell of 万元 for 元, or of 10 for 10%); and last, finding view, the CREATE VIEW that would map it. The table is read once, with the caller''s rights.';

CREATE FUNCTION zjtx.check_table(relation regclass, policy text,
	OUT fact text, OUT label text, OUT type text, OUT column_name text, OUT column_type text,
	OUT finding text, OUT message text, OUT hint text) RETURNS SETOF record
	LANGUAGE SQL STABLE STRICT PARALLEL UNSAFE
	BEGIN ATOMIC
		SELECT t.* FROM zjtx.check_table(check_table.relation, zjtx.stored(check_table.policy)) t;
	END;
COMMENT ON FUNCTION zjtx.check_table(regclass, text) IS
'The same for a stored policy by its name.';
-- What the watched enterprises are owed, as changes.

CREATE TABLE zjtx.ledger (
	id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	relation text NOT NULL,
	key text NOT NULL,
	policy text NOT NULL,
	code text NOT NULL,
	stage text,
	period int,
	unit text,
	payable boolean NOT NULL CHECK (NOT payable OR unit = '元'),
	kind text NOT NULL CHECK (kind IN ('owed', 'lapsed', 'undecided', 'reached', 'lost', 'paid')),
	old numeric NOT NULL CHECK (old >= 0),
	new numeric NOT NULL CHECK (new >= 0),
	difference numeric GENERATED ALWAYS AS (new - old) STORED,
	paid numeric NOT NULL DEFAULT 0.00 CHECK (paid = 0 OR kind = 'paid' AND payable),
	judged_on date NOT NULL,
	at timestamptz NOT NULL DEFAULT pg_catalog.now(),
	by name NOT NULL DEFAULT session_user,
	note text
);
COMMENT ON TABLE zjtx.ledger IS
'A row for each change of what a watched enterprise is owed, and for each payment. Written by zjtx.watch, zjtx.sweep and zjtx.settle, and never changed. The differences of a line add up to its present standing.';
COMMENT ON COLUMN zjtx.ledger.id IS 'The number of the entry, in the order of writing.';
COMMENT ON COLUMN zjtx.ledger.relation IS 'The view or table of enterprises that is watched, by its qualified name.';
COMMENT ON COLUMN zjtx.ledger.key IS 'The enterprise''s key in it, as text.';
COMMENT ON COLUMN zjtx.ledger.policy IS 'The policy, by the name under which it is watched: code, series, code/clause or code/rung.';
COMMENT ON COLUMN zjtx.ledger.code IS 'The clause or rung.';
COMMENT ON COLUMN zjtx.ledger.stage IS 'The stage of a clause that pays in stages, else NULL.';
COMMENT ON COLUMN zjtx.ledger.period IS 'The year of a yearly clause, else NULL.';
COMMENT ON COLUMN zjtx.ledger.unit IS '元 or 分; NULL for what has no amount and stands at 1 while it is satisfied, at 0 else.';
COMMENT ON COLUMN zjtx.ledger.payable IS 'Whether it is of a reward or subsidy, which is paid out; false for taxes, points and what has no amount.';
COMMENT ON COLUMN zjtx.ledger.kind IS
'owed: a rise. lapsed: a fall. undecided: a fall because facts became unknown. reached, lost: of what has no amount. paid: a payment.';
COMMENT ON COLUMN zjtx.ledger.old IS 'The standing before.';
COMMENT ON COLUMN zjtx.ledger.new IS 'The standing after: what is proved to be owed, the least while facts are unknown. Never below zero.';
COMMENT ON COLUMN zjtx.ledger.difference IS 'new - old; 0 for a payment.';
COMMENT ON COLUMN zjtx.ledger.paid IS 'What was paid, in 元; negative where a payment is taken back; else 0.';
COMMENT ON COLUMN zjtx.ledger.judged_on IS 'The day judged: the row''s as_of, else zjtx.as_of, else the date of the transaction; of a payment its day.';
COMMENT ON COLUMN zjtx.ledger.at IS 'The time of the transaction.';
COMMENT ON COLUMN zjtx.ledger.by IS 'The user of the session.';
COMMENT ON COLUMN zjtx.ledger.note IS 'What zjtx.settle was given as a note.';
COMMENT ON SEQUENCE zjtx.ledger_id_seq IS 'Numbers the entries.';
CREATE INDEX ledger_lines ON zjtx.ledger (relation, key);
COMMENT ON INDEX zjtx.ledger_lines IS 'Finds the entries of an enterprise.';
SELECT pg_catalog.pg_extension_config_dump('zjtx.ledger', '');
SELECT pg_catalog.pg_extension_config_dump('zjtx.ledger_id_seq', '');

CREATE FUNCTION zjtx.guard_ledger() RETURNS trigger
	AS 'MODULE_PATHNAME', 'zjtx_guard_ledger' LANGUAGE C;
COMMENT ON FUNCTION zjtx.guard_ledger() IS
'Refuses to change or delete entries of zjtx.ledger, to everybody but a superuser.';
CREATE TRIGGER guard BEFORE UPDATE OR DELETE OR TRUNCATE ON zjtx.ledger
	FOR EACH STATEMENT EXECUTE FUNCTION zjtx.guard_ledger();
ALTER TABLE zjtx.ledger ENABLE ALWAYS TRIGGER guard;
COMMENT ON TRIGGER guard ON zjtx.ledger IS 'Entries are added and never changed.';

-- Each judging writes the enterprise's row: a page with room keeps the new version beside the old.
CREATE TABLE zjtx.judged (
	relation text,
	key text,
	judged_on date NOT NULL,
	at timestamptz NOT NULL,
	PRIMARY KEY (relation, key)
) WITH (fillfactor = 70);
COMMENT ON TABLE zjtx.judged IS
'A row for each watched enterprise, written before it is judged: so two sessions that change facts of one enterprise wait for each other.';
COMMENT ON COLUMN zjtx.judged.relation IS 'The view or table of enterprises that is watched, by its qualified name.';
COMMENT ON COLUMN zjtx.judged.key IS 'The enterprise''s key in it, as text.';
COMMENT ON COLUMN zjtx.judged.judged_on IS 'The day of the last judging, where the row had no as_of of its own.';
COMMENT ON COLUMN zjtx.judged.at IS 'The time of the transaction that judged last, or recorded a payment.';
SELECT pg_catalog.pg_extension_config_dump('zjtx.judged', '');

CREATE VIEW zjtx.owed AS
SELECT l.relation, l.key, l.policy, l.code, l.stage, l.period,
	sum(l.difference) AS owed, sum(l.paid) AS paid,
	greatest(sum(l.difference) - sum(l.paid), 0.00) AS due,
	greatest(sum(l.paid) - sum(l.difference), 0.00) AS overpaid
FROM zjtx.ledger l
WHERE l.payable
GROUP BY l.relation, l.key, l.policy, l.code, l.stage, l.period
HAVING sum(l.difference) <> 0 OR sum(l.paid) <> 0;
COMMENT ON VIEW zjtx.owed IS
'For each enterprise and line of a policy that is a reward or subsidy, in 元: what is owed, what was paid, what is still due, and what was paid beyond what is owed. Lines at which nothing is owed and nothing was paid are left out.';
COMMENT ON COLUMN zjtx.owed.relation IS 'The view or table of enterprises that is watched, by its qualified name.';
COMMENT ON COLUMN zjtx.owed.key IS 'The enterprise''s key in it, as text.';
COMMENT ON COLUMN zjtx.owed.policy IS 'The policy, by the name under which it is watched.';
COMMENT ON COLUMN zjtx.owed.code IS 'The clause.';
COMMENT ON COLUMN zjtx.owed.stage IS 'The stage of a clause that pays in stages, else NULL.';
COMMENT ON COLUMN zjtx.owed.period IS 'The year of a yearly clause, else NULL.';
COMMENT ON COLUMN zjtx.owed.owed IS 'What is proved to be owed, in 元.';
COMMENT ON COLUMN zjtx.owed.paid IS 'What was paid, in 元.';
COMMENT ON COLUMN zjtx.owed.due IS 'What is owed and not paid, in 元; never below zero.';
COMMENT ON COLUMN zjtx.owed.overpaid IS 'What was paid and is not owed, in 元; never below zero.';

CREATE FUNCTION zjtx.standing(day date,
	OUT relation text, OUT key text, OUT policy text, OUT code text, OUT stage text, OUT period int, OUT unit text,
	OUT payable boolean, OUT standing numeric, OUT paid numeric) RETURNS SETOF record
	LANGUAGE SQL STABLE PARALLEL SAFE ROWS 1000
	BEGIN ATOMIC
		SELECT l.relation, l.key, l.policy, l.code, l.stage, l.period, l.unit, l.payable,
			coalesce((array_agg(l.new ORDER BY l.id DESC) FILTER (WHERE l.kind <> 'paid'))[1], 0),
			sum(l.paid)
		FROM zjtx.ledger l
		WHERE l.judged_on <= standing.day
		GROUP BY l.relation, l.key, l.policy, l.code, l.stage, l.period, l.unit, l.payable
		HAVING coalesce((array_agg(l.new ORDER BY l.id DESC) FILTER (WHERE l.kind <> 'paid'))[1], 0) <> 0
			OR sum(l.paid) <> 0;
	END;
COMMENT ON FUNCTION zjtx.standing(date) IS
'Where each line stood at the end of a day: as its last entry says that was judged for the day or one before it; and what was paid until then. Lines at zero are left out; no rows for NULL.';

CREATE FUNCTION zjtx.settle(relation regclass, key text, policy text, code text, stage text, period int,
	amount numeric, note text DEFAULT NULL) RETURNS numeric
	AS 'MODULE_PATHNAME', 'zjtx_settle' LANGUAGE C VOLATILE;
COMMENT ON FUNCTION zjtx.settle(regclass, text, text, text, text, int, numeric, text) IS
'Records that an amount, in 元, was paid on a line of zjtx.owed, and returns what is due after it. More than is due is an error. A negative amount takes a payment back, wholly or in part, and needs a note. stage and period are NULL where the line has none. It writes the ledger with the rights of its owner, so only who is granted it may call it.';
REVOKE ALL ON FUNCTION zjtx.settle(regclass, text, text, text, text, int, numeric, text) FROM PUBLIC;
-- Judging what changed.

CREATE FUNCTION zjtx.watch() RETURNS trigger
	AS 'MODULE_PATHNAME', 'zjtx_watch' LANGUAGE C;
COMMENT ON FUNCTION zjtx.watch() IS
'A trigger that judges the enterprises whose rows were written and adds what changed to zjtx.ledger: AFTER INSERT, UPDATE or DELETE, for each row, or for each statement with transition tables. Its arguments are a view with one row for an enterprise, its key column (view_column=table_column where the names differ), the names of stored policies, and, where wanted, notify=channel. The view is read with the rights of who writes, the ledger written with those of its owner, so only who is granted it may make such triggers.';
REVOKE ALL ON FUNCTION zjtx.watch() FROM PUBLIC;

CREATE PROCEDURE zjtx.sweep(relation regclass, key text, VARIADIC policies text[])
	AS 'MODULE_PATHNAME', 'zjtx_sweep' LANGUAGE C;
COMMENT ON PROCEDURE zjtx.sweep(regclass, text, text[]) IS
'Judges every row of a view, and every enterprise that was judged before and is gone, and adds what changed to zjtx.ledger: what became due by the passing of a day or the change of a document. The arguments are those of zjtx.watch. 10,000 enterprises at a time, each time reported and, outside a transaction block, committed. The view is read with the rights of the caller, and row security that hides rows from the caller is an error.';
REVOKE ALL ON PROCEDURE zjtx.sweep(regclass, text, text[]) FROM PUBLIC;
-- A policy as columns: views for whoever reads tables only.

CREATE FUNCTION zjtx.verdict_eligible(verdict zjtx.verdict, code text) RETURNS boolean
	AS 'MODULE_PATHNAME', 'zjtx_verdict_eligible' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.verdict_eligible(zjtx.verdict, text) IS
'Whether a verdict says that the clause or rung of that code is satisfied; an empty code is that of a policy of one expression. NULL while undecided, and where the verdict has no such line.';

CREATE FUNCTION zjtx.verdict_eligible(verdict zjtx.verdict, code text, stage text) RETURNS boolean
	AS 'MODULE_PATHNAME', 'zjtx_verdict_eligible' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.verdict_eligible(zjtx.verdict, text, text) IS
'Whether a verdict says that the stage of a clause is earned. NULL while undecided, and where the verdict has no such line.';

CREATE FUNCTION zjtx.verdict_amount(verdict zjtx.verdict, code text) RETURNS numeric
	AS 'MODULE_PATHNAME', 'zjtx_verdict_amount' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.verdict_amount(zjtx.verdict, text) IS
'What a verdict says that the clause of that code pays, all its stages together, in its unit with two decimals. NULL while undecided, where it pays nothing or has no figure, and where the verdict has no such line.';

CREATE FUNCTION zjtx.verdict_amount(verdict zjtx.verdict, code text, stage text) RETURNS numeric
	AS 'MODULE_PATHNAME', 'zjtx_verdict_amount' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.verdict_amount(zjtx.verdict, text, text) IS
'What a verdict says that the stage of a clause pays, below the clause''s cap, in its unit with two decimals. NULL while undecided, and where the verdict has no such line.';

CREATE FUNCTION zjtx.verdict_total(verdict zjtx.verdict) RETURNS numeric
	AS 'MODULE_PATHNAME', 'zjtx_verdict_total' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.verdict_total(zjtx.verdict) IS
'What a verdict says is owed: its rewards and subsidies together, in 元 with two decimals, or its only clause in its unit. NULL while undecided, and where the only clause has no figure.';

CREATE FUNCTION zjtx.verdict_placement(verdict zjtx.verdict) RETURNS zjtx.placement
	AS 'MODULE_PATHNAME', 'zjtx_verdict_placement' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.verdict_placement(zjtx.verdict) IS
'The highest rung that a verdict proves; (0,none,未入梯度) when every rung is refused. NULL while none is proved and one is undecided, and without a ladder.';

CREATE FUNCTION zjtx.publish(relation regclass, policy zjtx.policy, view text, with_missing boolean DEFAULT false) RETURNS regclass
	AS 'MODULE_PATHNAME', 'zjtx_publish' LANGUAGE C VOLATILE STRICT PARALLEL UNSAFE;
COMMENT ON FUNCTION zjtx.publish(regclass, zjtx.policy, text, boolean) IS
'Makes a view (a name that may be qualified) of a table''s columns and, behind them, one for each clause, stage and rung of the policy: what it pays in its unit, or whether it is satisfied; the placement, the total, and with_missing the unknown facts. Each column has a comment. A row is judged once. A view that was published before is replaced: its columns stay in their places, new ones come behind them. Gives the view.';

CREATE FUNCTION zjtx.publish(relation regclass, policy text, view text, with_missing boolean DEFAULT false) RETURNS regclass
	AS 'MODULE_PATHNAME', 'zjtx_publish_name' LANGUAGE C VOLATILE STRICT PARALLEL UNSAFE;
COMMENT ON FUNCTION zjtx.publish(regclass, text, text, boolean) IS
'The same for a stored policy, which stays a name in the view: a changed document changes its answers. A column of a clause that the document no longer has is then NULL; publish again for columns of new ones.';

