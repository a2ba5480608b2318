-- The answers of a policy line by line.
--
-- Functions of a policy value are immutable, functions of a name are stable.  None is strict:
-- a NULL row is a row whose columns are all NULL.  A NULL policy gives no rows.

CREATE FUNCTION zjtx.status_label(code text) RETURNS text
	AS 'MODULE_PATHNAME', 'zjtx_status_label' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.status_label(text) IS
'The Chinese word for a code: a status of zjtx.assess, zjtx.lines or zjtx.differences, a kind of zjtx.ledger, or a finding of zjtx.check_table. NULL for another text.';

-- @for forms
CREATE FUNCTION zjtx.assess(e @e@, p @p@,
	OUT policy text, OUT clause text, OUT stage text, OUT title text, OUT kind text, OUT eligible boolean,
	OUT amount numeric, OUT low numeric, OUT high numeric, OUT unit text, OUT period int, OUT status text, OUT status_label text,
	OUT missing text[], OUT reservations text[], OUT citation text, OUT offices text[], OUT in_force boolean,
	OUT line text, OUT in_total boolean, OUT superseded_by text) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_assess_@form@' LANGUAGE C @volatile@ PARALLEL SAFE ROWS 20
	SUPPORT zjtx_internal.assess_support;
COMMENT ON FUNCTION zjtx.assess(@e@, @p@) IS
'A row for each clause, stage, group and rung of the policy, in the order of the document. eligible: whether it is satisfied, NULL while undecided. amount: what it pays in unit (元 or 分, two decimals), NULL while undecided. low, high: the least and the greatest amount while facts are unknown; high is NULL when unbounded. period: the year of a yearly clause. status: owed, capped, nothing, undetermined, satisfied, refused, to come or undecided. status_label: the same in Chinese. missing: the unknown facts that can still change the row. reservations: the soft conditions (should) that fail. citation: the document and article. offices: who decides and pays, NULL when the document names nobody. in_force: whether the header of the document says that it is in force on the day judged; NULL while the day is unknown and the header has a first or last day. The amounts of a clause that pays in stages are in the rows of its stages, and a group has one for all its members. line: names the row within its document: clause, clause/stage, group or rung; rule for a policy of one expression. in_total: whether the row is added up to what the document pays; the amounts of exactly these rows add up to zjtx.amount. superseded_by: for a member of a group of which only the highest is paid, the member that certainly pays more, else NULL. No rows for a NULL policy.@stored@';
-- @end

CREATE FUNCTION zjtx.assess(e record,
	OUT policy text, OUT clause text, OUT stage text, OUT title text, OUT kind text, OUT eligible boolean,
	OUT amount numeric, OUT low numeric, OUT high numeric, OUT unit text, OUT period int, OUT status text, OUT status_label text,
	OUT missing text[], OUT reservations text[], OUT citation text, OUT offices text[], OUT in_force boolean,
	OUT line text, OUT in_total boolean, OUT superseded_by text) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_assess_all_row' LANGUAGE C STABLE PARALLEL SAFE COST 1000 ROWS 100;
COMMENT ON FUNCTION zjtx.assess(record) IS
'The rows of assess for every stored policy that is in force on the day judged: the as_of of the row, else zjtx.as_of, else the date of the transaction. While the as_of of the row is unknown, the rows of every stored policy; then a row is decided only if it is refused.';

CREATE FUNCTION zjtx.assess(e jsonb,
	OUT policy text, OUT clause text, OUT stage text, OUT title text, OUT kind text, OUT eligible boolean,
	OUT amount numeric, OUT low numeric, OUT high numeric, OUT unit text, OUT period int, OUT status text, OUT status_label text,
	OUT missing text[], OUT reservations text[], OUT citation text, OUT offices text[], OUT in_force boolean,
	OUT line text, OUT in_total boolean, OUT superseded_by text) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_assess_all_jsonb' LANGUAGE C STABLE PARALLEL SAFE COST 1000 ROWS 100;
COMMENT ON FUNCTION zjtx.assess(jsonb) IS
'The rows of assess for every stored policy that is in force on the day judged: the as_of of the row, else zjtx.as_of, else the date of the transaction. While the as_of of the row is unknown, the rows of every stored policy; then a row is decided only if it is refused.';

-- @for given
CREATE FUNCTION zjtx_internal.assess_facts(p @p@, names text, VARIADIC facts "any",
	OUT policy text, OUT clause text, OUT stage text, OUT title text, OUT kind text, OUT eligible boolean,
	OUT amount numeric, OUT low numeric, OUT high numeric, OUT unit text, OUT period int, OUT status text, OUT status_label text,
	OUT missing text[], OUT reservations text[], OUT citation text, OUT offices text[], OUT in_force boolean,
	OUT line text, OUT in_total boolean, OUT superseded_by text) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_assess_facts@name@' LANGUAGE C @volatile@ PARALLEL SAFE ROWS 20
	SUPPORT zjtx_internal.facts_support;
COMMENT ON FUNCTION zjtx_internal.assess_facts(@p@, text, "any") IS
'The answer of zjtx.assess for the facts given as arguments. The planner generates these calls in place of assess(e, policy); do not write them by hand. names lists the facts in the order of the arguments; a fact that is not listed is unknown.@hash@';
-- @end
