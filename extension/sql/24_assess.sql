-- What a policy answers line by line.
--
-- A value makes the answer immutable, a name stable. None is strict: a NULL row is a row whose
-- every column is NULL. A NULL policy gives no rows.

CREATE FUNCTION zjtx.assess(e record, p zjtx.policy,
	OUT policy text, OUT clause text, OUT stage text, OUT title text, OUT kind text, OUT eligible boolean,
	OUT amount numeric, OUT low numeric, OUT high numeric, OUT unit text, OUT period int, OUT status text,
	OUT missing text[], OUT reservations text[], OUT citation text, OUT offices text[]) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_assess_row' LANGUAGE C IMMUTABLE PARALLEL SAFE ROWS 20
	SUPPORT zjtx.assess_support;
COMMENT ON FUNCTION zjtx.assess(record, zjtx.policy) IS
'A row for each clause, stage and rung of the policy: whether it is satisfied (NULL while undecided), what it pays in its unit (元 with two decimals, 分), the least and the most while facts are unknown, the year of a yearly clause, its status, the unknown facts that can still change it, the soft conditions that fail, where it stands, and who decides and pays (NULL where the document names nobody). The amounts of rewards and subsidies add up to zjtx.amount; what is paid in stages stands with the stages.';

CREATE FUNCTION zjtx.assess(e record, p text,
	OUT policy text, OUT clause text, OUT stage text, OUT title text, OUT kind text, OUT eligible boolean,
	OUT amount numeric, OUT low numeric, OUT high numeric, OUT unit text, OUT period int, OUT status text,
	OUT missing text[], OUT reservations text[], OUT citation text, OUT offices text[]) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_assess_row_name' LANGUAGE C STABLE PARALLEL SAFE ROWS 20
	SUPPORT zjtx.assess_support;
COMMENT ON FUNCTION zjtx.assess(record, text) IS
'A row for each clause, stage and rung of the policy: whether it is satisfied (NULL while undecided), what it pays in its unit (元 with two decimals, 分), the least and the most while facts are unknown, the year of a yearly clause, its status, the unknown facts that can still change it, the soft conditions that fail, where it stands, and who decides and pays (NULL where the document names nobody). The amounts of rewards and subsidies add up to zjtx.amount; what is paid in stages stands with the stages. The policy is a stored name: code, series, code/clause or code/rung.';

CREATE FUNCTION zjtx.assess(e jsonb, p zjtx.policy,
	OUT policy text, OUT clause text, OUT stage text, OUT title text, OUT kind text, OUT eligible boolean,
	OUT amount numeric, OUT low numeric, OUT high numeric, OUT unit text, OUT period int, OUT status text,
	OUT missing text[], OUT reservations text[], OUT citation text, OUT offices text[]) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_assess_jsonb' LANGUAGE C IMMUTABLE PARALLEL SAFE ROWS 20;
COMMENT ON FUNCTION zjtx.assess(jsonb, zjtx.policy) IS
'A row for each clause, stage and rung of the policy: whether it is satisfied (NULL while undecided), what it pays in its unit (元 with two decimals, 分), the least and the most while facts are unknown, the year of a yearly clause, its status, the unknown facts that can still change it, the soft conditions that fail, where it stands, and who decides and pays (NULL where the document names nobody). The amounts of rewards and subsidies add up to zjtx.amount; what is paid in stages stands with the stages.';

CREATE FUNCTION zjtx.assess(e jsonb, p text,
	OUT policy text, OUT clause text, OUT stage text, OUT title text, OUT kind text, OUT eligible boolean,
	OUT amount numeric, OUT low numeric, OUT high numeric, OUT unit text, OUT period int, OUT status text,
	OUT missing text[], OUT reservations text[], OUT citation text, OUT offices text[]) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_assess_jsonb_name' LANGUAGE C STABLE PARALLEL SAFE ROWS 20;
COMMENT ON FUNCTION zjtx.assess(jsonb, text) IS
'A row for each clause, stage and rung of the policy: whether it is satisfied (NULL while undecided), what it pays in its unit (元 with two decimals, 分), the least and the most while facts are unknown, the year of a yearly clause, its status, the unknown facts that can still change it, the soft conditions that fail, where it stands, and who decides and pays (NULL where the document names nobody). The amounts of rewards and subsidies add up to zjtx.amount; what is paid in stages stands with the stages. The policy is a stored name: code, series, code/clause or code/rung.';

CREATE FUNCTION zjtx.assess(e record,
	OUT policy text, OUT clause text, OUT stage text, OUT title text, OUT kind text, OUT eligible boolean,
	OUT amount numeric, OUT low numeric, OUT high numeric, OUT unit text, OUT period int, OUT status text,
	OUT missing text[], OUT reservations text[], OUT citation text, OUT offices text[]) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_assess_all_row' LANGUAGE C STABLE PARALLEL SAFE COST 1000 ROWS 100;
COMMENT ON FUNCTION zjtx.assess(record) IS
'The rows of assess for every stored policy that is in force on the day judged: the row''s as_of, else zjtx.as_of, else the transaction''s date. While the row''s day is unknown, those of every stored policy, and nothing is proved but what each refuses.';

CREATE FUNCTION zjtx.assess(e jsonb,
	OUT policy text, OUT clause text, OUT stage text, OUT title text, OUT kind text, OUT eligible boolean,
	OUT amount numeric, OUT low numeric, OUT high numeric, OUT unit text, OUT period int, OUT status text,
	OUT missing text[], OUT reservations text[], OUT citation text, OUT offices text[]) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_assess_all_jsonb' LANGUAGE C STABLE PARALLEL SAFE COST 1000 ROWS 100;
COMMENT ON FUNCTION zjtx.assess(jsonb) IS
'The rows of assess for every stored policy that is in force on the day judged: the row''s as_of, else zjtx.as_of, else the transaction''s date. While the row''s day is unknown, those of every stored policy, and nothing is proved but what each refuses.';

CREATE FUNCTION zjtx.assess_facts(p zjtx.policy, names text, VARIADIC facts "any",
	OUT policy text, OUT clause text, OUT stage text, OUT title text, OUT kind text, OUT eligible boolean,
	OUT amount numeric, OUT low numeric, OUT high numeric, OUT unit text, OUT period int, OUT status text,
	OUT missing text[], OUT reservations text[], OUT citation text, OUT offices text[]) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_assess_facts' LANGUAGE C IMMUTABLE PARALLEL SAFE ROWS 20
	SUPPORT zjtx.facts_support;
COMMENT ON FUNCTION zjtx.assess_facts(zjtx.policy, text, "any") IS
'A row for each clause, stage and rung of the policy, by just the columns that the policy reads: the planner puts it in the place of assess(e, p), whose answers it gives. names are the facts of the arguments behind it; a fact that is not named is unknown.';

CREATE FUNCTION zjtx.assess_facts(p text, names text, VARIADIC facts "any",
	OUT policy text, OUT clause text, OUT stage text, OUT title text, OUT kind text, OUT eligible boolean,
	OUT amount numeric, OUT low numeric, OUT high numeric, OUT unit text, OUT period int, OUT status text,
	OUT missing text[], OUT reservations text[], OUT citation text, OUT offices text[]) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_assess_facts_name' LANGUAGE C STABLE PARALLEL SAFE ROWS 20
	SUPPORT zjtx.facts_support;
COMMENT ON FUNCTION zjtx.assess_facts(text, text, "any") IS
'A row for each clause, stage and rung of the policy, by just the columns that the policy reads: the planner puts it in the place of assess(e, p), whose answers it gives. names are the facts of the arguments behind it; a fact that is not named is unknown.';
