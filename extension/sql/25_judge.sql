-- Every line of a policy in one value, and the aggregate that adds such values up.

CREATE TYPE zjtx.verdict;

CREATE FUNCTION zjtx_internal.verdict_in(cstring) RETURNS zjtx.verdict
	AS 'MODULE_PATHNAME', 'zjtx_verdict_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx_internal.verdict_in(cstring) IS
'Reads and checks the text of a verdict: a JSON array with an object for each line. Any other text is an error (22P02).';

CREATE FUNCTION zjtx_internal.verdict_out(zjtx.verdict) RETURNS cstring
	AS 'MODULE_PATHNAME', 'zjtx_verdict_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx_internal.verdict_out(zjtx.verdict) IS
'The text of a verdict: a JSON array with an object for each line. NULL members are omitted.';

CREATE FUNCTION zjtx_internal.verdict_recv(internal) RETURNS zjtx.verdict
	AS 'MODULE_PATHNAME', 'zjtx_verdict_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx_internal.verdict_recv(internal) IS
'Reads and checks the binary form of a verdict. Any other bytes are an error (22P03).';

CREATE FUNCTION zjtx_internal.verdict_send(zjtx.verdict) RETURNS bytea
	AS 'MODULE_PATHNAME', 'zjtx_verdict_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx_internal.verdict_send(zjtx.verdict) IS
'The binary form of a verdict, in which numbers and what lines share take few bytes.';

CREATE TYPE zjtx.verdict (
	INPUT = zjtx_internal.verdict_in,
	OUTPUT = zjtx_internal.verdict_out,
	RECEIVE = zjtx_internal.verdict_recv,
	SEND = zjtx_internal.verdict_send,
	INTERNALLENGTH = VARIABLE,
	STORAGE = extended
);
COMMENT ON TYPE zjtx.verdict IS
'The answers of a policy for one row: for each clause, stage and rung, whether it is satisfied and what it pays. zjtx.judge produces verdicts; zjtx.tally adds them up.';

CREATE FUNCTION zjtx_internal.verdict_json(verdict zjtx.verdict) RETURNS json
	AS 'MODULE_PATHNAME', 'zjtx_verdict_json' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx_internal.verdict_json(zjtx.verdict) IS
'The verdict as json, which is its text. to_jsonb, row_to_json and similar functions use this cast, so a verdict in a row becomes a JSON array and not a string.';
CREATE CAST (zjtx.verdict AS json) WITH FUNCTION zjtx_internal.verdict_json(zjtx.verdict) AS ASSIGNMENT;
COMMENT ON CAST (zjtx.verdict AS json) IS 'An array with an object for each line. NULL members are omitted.';

CREATE FUNCTION zjtx_internal.verdict_jsonb(verdict zjtx.verdict) RETURNS jsonb
	AS 'MODULE_PATHNAME', 'zjtx_verdict_jsonb' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx_internal.verdict_jsonb(zjtx.verdict) IS
'The verdict as jsonb: an array with an object for each line. The objects have the order and the column names of zjtx.lines; that of a rung also has its level, and that of a member of a group the code of the group, in_group. NULL members are omitted, and in_total where it is what the kind says: true for rewards, subsidies and groups.';
CREATE CAST (zjtx.verdict AS jsonb) WITH FUNCTION zjtx_internal.verdict_jsonb(zjtx.verdict) AS ASSIGNMENT;
COMMENT ON CAST (zjtx.verdict AS jsonb) IS 'An array with an object for each line. NULL members are omitted.';

CREATE FUNCTION zjtx_internal.jsonb_verdict(verdict jsonb) RETURNS zjtx.verdict
	AS 'MODULE_PATHNAME', 'zjtx_jsonb_verdict' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx_internal.jsonb_verdict(jsonb) IS
'The verdict from its jsonb form. A null member counts as omitted, and the member line, which rows of zjtx.lines have, is ignored. Any other value is an error (22P02).';
CREATE CAST (jsonb AS zjtx.verdict) WITH FUNCTION zjtx_internal.jsonb_verdict(jsonb);
COMMENT ON CAST (jsonb AS zjtx.verdict) IS 'Reads and checks the jsonb form of a verdict.';

-- @for forms
CREATE FUNCTION zjtx.judge(e @e@, policy @p@) RETURNS zjtx.verdict
	AS 'MODULE_PATHNAME', 'zjtx_judge_@form@' LANGUAGE C @volatile@ PARALLEL SAFE
	SUPPORT zjtx_internal.judge_support;
COMMENT ON FUNCTION zjtx.judge(@e@, @p@) IS
'The rows of zjtx.assess as one value, without missing, reservations and citation. NULL for a NULL policy.@stored@';
-- @end

-- @for given
CREATE FUNCTION zjtx_internal.judge_facts(policy @p@, names text, VARIADIC facts "any") RETURNS zjtx.verdict
	AS 'MODULE_PATHNAME', 'zjtx_judge_facts@name@' LANGUAGE C @volatile@ PARALLEL SAFE
	SUPPORT zjtx_internal.facts_support;
COMMENT ON FUNCTION zjtx_internal.judge_facts(@p@, text, "any") IS
'The answer of zjtx.judge for the facts given as arguments. The planner generates these calls in place of judge(e, policy); do not write them by hand. names lists the facts in the order of the arguments; a fact that is not listed is unknown.@hash@';
-- @end

CREATE FUNCTION zjtx.lines(verdict zjtx.verdict,
	OUT policy text, OUT clause text, OUT stage text, OUT title text, OUT kind text, OUT unit text, OUT eligible boolean,
	OUT status text, OUT status_label text, OUT period int, OUT amount numeric, OUT low numeric, OUT high numeric, OUT offices text[],
	OUT line text, OUT in_total boolean) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_lines' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 20
	SUPPORT zjtx_internal.lines_support;
COMMENT ON FUNCTION zjtx.lines(zjtx.verdict) IS
'The lines of a verdict as rows, one for each clause, stage, group and rung, with the columns of zjtx.assess except missing, reservations, citation and superseded_by. low and high of a stage are NULL when its amount is known; else they are the range of its share of the clause''s amount. No rows for NULL.';

CREATE FUNCTION zjtx_internal.eligible_lines(verdict zjtx.verdict,
	OUT policy text, OUT clause text, OUT stage text, OUT title text, OUT kind text, OUT unit text, OUT eligible boolean,
	OUT status text, OUT status_label text, OUT period int, OUT amount numeric, OUT low numeric, OUT high numeric, OUT offices text[],
	OUT line text, OUT in_total boolean) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_eligible_lines' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 5;
COMMENT ON FUNCTION zjtx_internal.eligible_lines(zjtx.verdict) IS
'The lines of a verdict that are satisfied, as zjtx.lines returns them. The planner generates these calls for lines(verdict) in a query with the condition eligible.';

CREATE TYPE zjtx.tally AS (
	policy text, clause text, stage text, title text, kind text, unit text,
	eligible bigint, refused bigint, undecided bigint, undetermined bigint,
	amount numeric, low numeric, high numeric, offices text[], line text, in_total boolean);
COMMENT ON TYPE zjtx.tally IS
'The totals of one line of a policy. eligible, refused, undecided: how many rows satisfy it, do not, or are undecided. undetermined: how many satisfy it although the text has no figure. amount: the sum of the decided amounts, in unit. low, high: the least and the greatest sum that can be owed; high is NULL when unbounded. offices: who decides and pays, NULL when the document names nobody. line: names the line within its document. in_total: whether it is added up to what the document pays.';
COMMENT ON COLUMN zjtx.tally.policy IS 'The code of the document; NULL for a single expression.';
COMMENT ON COLUMN zjtx.tally.clause IS 'The code of the clause, group or rung.';
COMMENT ON COLUMN zjtx.tally.stage IS 'The code of the stage, or NULL.';
COMMENT ON COLUMN zjtx.tally.title IS 'The title, or NULL.';
COMMENT ON COLUMN zjtx.tally.kind IS 'One of eligibility, reward, subsidy, tax, points, group or rung.';
COMMENT ON COLUMN zjtx.tally.unit IS '元, or 分 for points; NULL for a line without an amount.';
COMMENT ON COLUMN zjtx.tally.eligible IS 'The number of rows that satisfy the line.';
COMMENT ON COLUMN zjtx.tally.refused IS 'The number of rows that do not.';
COMMENT ON COLUMN zjtx.tally.undecided IS 'The number of rows for which this is unknown.';
COMMENT ON COLUMN zjtx.tally.undetermined IS 'The number of rows that satisfy a line without a figure.';
COMMENT ON COLUMN zjtx.tally.amount IS 'The sum of the decided amounts, in unit.';
COMMENT ON COLUMN zjtx.tally.low IS 'The least sum that can be owed, in unit; NULL for stages.';
COMMENT ON COLUMN zjtx.tally.high IS 'The greatest sum that can be owed, in unit; NULL when unbounded and for stages.';
COMMENT ON COLUMN zjtx.tally.offices IS 'Who decides and pays, or NULL if none is named.';
COMMENT ON COLUMN zjtx.tally.line IS 'The name of the line within its document: clause, clause/stage, group or rung; rule for a policy of one expression. Never NULL.';
COMMENT ON COLUMN zjtx.tally.in_total IS 'Whether the line is added up to what the document pays; members of a group are not, the group is.';

CREATE TYPE zjtx.budget AS (
	decided numeric, low numeric, high numeric,
	undecided bigint, undetermined bigint, no_day bigint, enterprises bigint);
COMMENT ON TYPE zjtx.budget IS
'What a policy pays in all, in 元, and how certain that is.';
COMMENT ON COLUMN zjtx.budget.decided IS 'The sum of the amounts that are decided, in 元.';
COMMENT ON COLUMN zjtx.budget.low IS 'The least that can be owed, in 元: the decided amounts, and of undecided ones the least.';
COMMENT ON COLUMN zjtx.budget.high IS 'The most that can be owed, in 元; NULL when unbounded.';
COMMENT ON COLUMN zjtx.budget.undecided IS 'The number of enterprises with a reward or subsidy that unknown facts can still change.';
COMMENT ON COLUMN zjtx.budget.undetermined IS 'The number of enterprises that are owed something for which the text has no figure, which is not in the sums.';
COMMENT ON COLUMN zjtx.budget.no_day IS 'The number of undecided enterprises that were judged without a day.';
COMMENT ON COLUMN zjtx.budget.enterprises IS 'The number of enterprises judged.';

-- @set states: aggregate | what
-- 	budget | What some verdicts pay in all, to be added to that
-- 	tally | The sums of some verdicts, line by line, to be added to those
-- @for states
CREATE TYPE zjtx.@aggregate@_state;

CREATE FUNCTION zjtx_internal.@aggregate@_state_in(cstring) RETURNS zjtx.@aggregate@_state
	AS 'MODULE_PATHNAME', 'zjtx_@aggregate@_state_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx_internal.@aggregate@_state_in(cstring) IS
'Reads and checks the text of a state of zjtx.@aggregate@: a JSON array. Any other text is an error (22P02).';

CREATE FUNCTION zjtx_internal.@aggregate@_state_out(zjtx.@aggregate@_state) RETURNS cstring
	AS 'MODULE_PATHNAME', 'zjtx_@aggregate@_state_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx_internal.@aggregate@_state_out(zjtx.@aggregate@_state) IS
'The text of a state of zjtx.@aggregate@: a JSON array.';

CREATE FUNCTION zjtx_internal.@aggregate@_state_recv(internal) RETURNS zjtx.@aggregate@_state
	AS 'MODULE_PATHNAME', 'zjtx_@aggregate@_state_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx_internal.@aggregate@_state_recv(internal) IS
'Reads and checks the binary form of a state of zjtx.@aggregate@. Any other bytes are an error (22P03).';

CREATE FUNCTION zjtx_internal.@aggregate@_state_send(zjtx.@aggregate@_state) RETURNS bytea
	AS 'MODULE_PATHNAME', 'zjtx_@aggregate@_state_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx_internal.@aggregate@_state_send(zjtx.@aggregate@_state) IS
'The binary form of a state of zjtx.@aggregate@.';

CREATE TYPE zjtx.@aggregate@_state (
	INPUT = zjtx_internal.@aggregate@_state_in,
	OUTPUT = zjtx_internal.@aggregate@_state_out,
	RECEIVE = zjtx_internal.@aggregate@_state_recv,
	SEND = zjtx_internal.@aggregate@_state_send,
	INTERNALLENGTH = VARIABLE,
	STORAGE = extended
);
COMMENT ON TYPE zjtx.@aggregate@_state IS
'@what@ of others, for example of another server. zjtx.partial_@aggregate@ produces such states; zjtx.@aggregate@ adds them up.';
-- @end

CREATE FUNCTION zjtx_internal.budget_add(state zjtx.budget_state, verdict zjtx.verdict) RETURNS zjtx.budget_state
	AS 'MODULE_PATHNAME', 'zjtx_budget_add' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100;
COMMENT ON FUNCTION zjtx_internal.budget_add(zjtx.budget_state, zjtx.verdict) IS
'Transition function of zjtx.budget: adds a verdict. A NULL adds nothing.';
CREATE FUNCTION zjtx_internal.budget_combine(state zjtx.budget_state, other zjtx.budget_state) RETURNS zjtx.budget_state
	AS 'MODULE_PATHNAME', 'zjtx_budget_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION zjtx_internal.budget_combine(zjtx.budget_state, zjtx.budget_state) IS
'Combine function of zjtx.budget: adds the state of another process.';
CREATE FUNCTION zjtx_internal.budget_final(state zjtx.budget_state) RETURNS zjtx.budget
	AS 'MODULE_PATHNAME', 'zjtx_budget_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION zjtx_internal.budget_final(zjtx.budget_state) IS
'Final function of zjtx.budget: the sums and counts.';

CREATE AGGREGATE zjtx.budget(verdict zjtx.verdict) (
	SFUNC = zjtx_internal.budget_add,
	STYPE = zjtx.budget_state,
	FINALFUNC = zjtx_internal.budget_final,
	COMBINEFUNC = zjtx_internal.budget_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE zjtx.budget(zjtx.verdict) IS
'Adds up what verdicts pay in all, in 元, and says how certain it is: the lines that are in_total. Points are not counted. A NULL verdict adds nothing; without verdicts everything is 0.';

CREATE AGGREGATE zjtx.partial_budget(verdict zjtx.verdict) (
	SFUNC = zjtx_internal.budget_add,
	STYPE = zjtx.budget_state,
	COMBINEFUNC = zjtx_internal.budget_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE zjtx.partial_budget(zjtx.verdict) IS
'Adds verdicts up like zjtx.budget, to a state that can be added to others: compute one where the rows are, and zjtx.budget of all of them where they are put together. A NULL verdict adds nothing; without rows the result is NULL.';

CREATE AGGREGATE zjtx.budget(state zjtx.budget_state) (
	SFUNC = zjtx_internal.budget_combine,
	STYPE = zjtx.budget_state,
	FINALFUNC = zjtx_internal.budget_final,
	COMBINEFUNC = zjtx_internal.budget_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE zjtx.budget(zjtx.budget_state) IS
'The result of zjtx.budget for all verdicts that were added to the states. A NULL state adds nothing.';

CREATE FUNCTION zjtx_internal.tally_add(state zjtx.tally_state, verdict zjtx.verdict) RETURNS zjtx.tally_state
	AS 'MODULE_PATHNAME', 'zjtx_tally_add' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100;
COMMENT ON FUNCTION zjtx_internal.tally_add(zjtx.tally_state, zjtx.verdict) IS
'Transition function of zjtx.tally: adds a verdict. A NULL adds nothing.';
CREATE FUNCTION zjtx_internal.tally_combine(state zjtx.tally_state, other zjtx.tally_state) RETURNS zjtx.tally_state
	AS 'MODULE_PATHNAME', 'zjtx_tally_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION zjtx_internal.tally_combine(zjtx.tally_state, zjtx.tally_state) IS
'Combine function of zjtx.tally: adds the state of another process.';
CREATE FUNCTION zjtx_internal.tally_final(state zjtx.tally_state) RETURNS zjtx.tally[]
	AS 'MODULE_PATHNAME', 'zjtx_tally_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION zjtx_internal.tally_final(zjtx.tally_state) IS
'Final function of zjtx.tally: the totals, one element for each line.';

CREATE AGGREGATE zjtx.tally(verdict zjtx.verdict) (
	SFUNC = zjtx_internal.tally_add,
	STYPE = zjtx.tally_state,
	FINALFUNC = zjtx_internal.tally_final,
	COMBINEFUNC = zjtx_internal.tally_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE zjtx.tally(zjtx.verdict) IS
'Adds verdicts up line by line. Returns an array to unnest: one element for each line, ordered by policy and then as in the document. A NULL verdict adds nothing; without verdicts the result is NULL. high is NULL when it is unbounded for some row.';

CREATE AGGREGATE zjtx.partial_tally(verdict zjtx.verdict) (
	SFUNC = zjtx_internal.tally_add,
	STYPE = zjtx.tally_state,
	COMBINEFUNC = zjtx_internal.tally_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE zjtx.partial_tally(zjtx.verdict) IS
'Adds verdicts up like zjtx.tally, to a state that can be added to others: compute one where the rows are, and zjtx.tally of all of them where they are put together. A NULL verdict adds nothing; without rows the result is NULL.';

CREATE AGGREGATE zjtx.tally(state zjtx.tally_state) (
	SFUNC = zjtx_internal.tally_combine,
	STYPE = zjtx.tally_state,
	FINALFUNC = zjtx_internal.tally_final,
	COMBINEFUNC = zjtx_internal.tally_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE zjtx.tally(zjtx.tally_state) IS
'The result of zjtx.tally for all verdicts that were added to the states. A NULL state adds nothing.';
