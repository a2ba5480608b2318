\echo Use "CREATE EXTENSION zjtx" to load this file. \quit
-- The schema, and the type zjtx.policy.

GRANT USAGE ON SCHEMA zjtx TO PUBLIC;

CREATE TYPE zjtx.policy;

CREATE FUNCTION zjtx.policy_in(cstring) RETURNS zjtx.policy
	AS 'MODULE_PATHNAME', 'zjtx_policy_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.policy_in(cstring) IS
'Reads and checks a policy: names, types, units and ranges. An error names line and column.';

CREATE FUNCTION zjtx.policy_out(zjtx.policy) RETURNS cstring
	AS 'MODULE_PATHNAME', 'zjtx_policy_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.policy_out(zjtx.policy) IS
'The text of a policy as its author wrote it.';

CREATE FUNCTION zjtx.policy_recv(internal) RETURNS zjtx.policy
	AS 'MODULE_PATHNAME', 'zjtx_policy_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.policy_recv(internal) IS
'Receives the text of a policy, which is read and checked as input is.';

CREATE FUNCTION zjtx.policy_send(zjtx.policy) RETURNS bytea
	AS 'MODULE_PATHNAME', 'zjtx_policy_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.policy_send(zjtx.policy) IS
'Sends the text of a policy.';

CREATE TYPE zjtx.policy (
	INPUT = zjtx.policy_in,
	OUTPUT = zjtx.policy_out,
	RECEIVE = zjtx.policy_recv,
	SEND = zjtx.policy_send,
	INTERNALLENGTH = VARIABLE,
	STORAGE = extended
);
COMMENT ON TYPE zjtx.policy IS
'A policy document, or a rule of one expression: eligibility, ladder, scores, payments. Stored as its text.';

CREATE TYPE zjtx.placement AS (level int, code text, label text);
COMMENT ON TYPE zjtx.placement IS
'Where an enterprise stands on a ladder: level (0 for none), the rung''s code and its label.';

CREATE FUNCTION zjtx.part(policy zjtx.policy, code text) RETURNS zjtx.policy
	AS 'MODULE_PATHNAME', 'zjtx_policy_part' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.part(zjtx.policy, text) IS
'The policy that holds only what one clause or rung needs. A code that it does not have is an error.';

CREATE OPERATOR zjtx.-> (LEFTARG = zjtx.policy, RIGHTARG = text, FUNCTION = zjtx.part);
COMMENT ON OPERATOR zjtx.-> (zjtx.policy, text) IS
'The policy that holds only what one clause or rung needs.';

CREATE FUNCTION zjtx.as_of(policy zjtx.policy, day date) RETURNS zjtx.policy
	AS 'MODULE_PATHNAME', 'zjtx_policy_as_of' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.as_of(zjtx.policy, date) IS
'The policy bound to the day for which it judges a row that has no as_of of its own.';

CREATE FUNCTION zjtx.examples(policy zjtx.policy,
	OUT example text, OUT expected text, OUT found text, OUT holds boolean) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_examples' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.examples(zjtx.policy) IS
'Runs the worked examples of a policy: one row for each expectation, with what was found.';
-- The questions: of a row or a jsonb object, to a policy value or a stored name.
--
-- A value makes the answer immutable, a name stable. None is strict: a NULL row, as an outer
-- join leaves one, is a row whose every column is NULL. A NULL policy gives NULL.

CREATE FUNCTION zjtx.eligible(e record, policy zjtx.policy) RETURNS boolean
	AS 'MODULE_PATHNAME', 'zjtx_eligible_row' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.eligible(record, zjtx.policy) IS
'Whether the row satisfies the policy, any of its clauses or rungs: true, false, or NULL while unknown facts can still decide it.';

CREATE OPERATOR zjtx.|= (LEFTARG = record, RIGHTARG = zjtx.policy, FUNCTION = zjtx.eligible);
COMMENT ON OPERATOR zjtx.|= (record, zjtx.policy) IS
'Whether the row satisfies the policy, any of its clauses or rungs: true, false, or NULL while unknown facts can still decide it.';

CREATE FUNCTION zjtx.eligible(e record, policy text) RETURNS boolean
	AS 'MODULE_PATHNAME', 'zjtx_eligible_row_name' LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.eligible(record, text) IS
'Whether the row satisfies the policy, any of its clauses or rungs: true, false, or NULL while unknown facts can still decide it. The policy is a stored name: code, series, code/clause or code/rung.';

CREATE OPERATOR zjtx.|= (LEFTARG = record, RIGHTARG = text, FUNCTION = zjtx.eligible);
COMMENT ON OPERATOR zjtx.|= (record, text) IS
'Whether the row satisfies the policy, any of its clauses or rungs: true, false, or NULL while unknown facts can still decide it. The policy is a stored name: code, series, code/clause or code/rung.';

CREATE FUNCTION zjtx.eligible(e jsonb, policy zjtx.policy) RETURNS boolean
	AS 'MODULE_PATHNAME', 'zjtx_eligible_jsonb' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.eligible(jsonb, zjtx.policy) IS
'Whether the row satisfies the policy, any of its clauses or rungs: true, false, or NULL while unknown facts can still decide it.';

CREATE OPERATOR zjtx.|= (LEFTARG = jsonb, RIGHTARG = zjtx.policy, FUNCTION = zjtx.eligible);
COMMENT ON OPERATOR zjtx.|= (jsonb, zjtx.policy) IS
'Whether the row satisfies the policy, any of its clauses or rungs: true, false, or NULL while unknown facts can still decide it.';

CREATE FUNCTION zjtx.eligible(e jsonb, policy text) RETURNS boolean
	AS 'MODULE_PATHNAME', 'zjtx_eligible_jsonb_name' LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.eligible(jsonb, text) IS
'Whether the row satisfies the policy, any of its clauses or rungs: true, false, or NULL while unknown facts can still decide it. The policy is a stored name: code, series, code/clause or code/rung.';

CREATE OPERATOR zjtx.|= (LEFTARG = jsonb, RIGHTARG = text, FUNCTION = zjtx.eligible);
COMMENT ON OPERATOR zjtx.|= (jsonb, text) IS
'Whether the row satisfies the policy, any of its clauses or rungs: true, false, or NULL while unknown facts can still decide it. The policy is a stored name: code, series, code/clause or code/rung.';

CREATE FUNCTION zjtx.placement(e record, policy zjtx.policy) RETURNS zjtx.placement
	AS 'MODULE_PATHNAME', 'zjtx_placement_row' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.placement(record, zjtx.policy) IS
'The highest rung of the policy''s ladder that is proved; (0,none,未入梯度) when every rung is proved false; NULL while none is proved and one is undecided. A policy without a ladder is an error.';

CREATE OPERATOR zjtx.|^ (LEFTARG = record, RIGHTARG = zjtx.policy, FUNCTION = zjtx.placement);
COMMENT ON OPERATOR zjtx.|^ (record, zjtx.policy) IS
'The highest rung of the policy''s ladder that is proved; (0,none,未入梯度) when every rung is proved false; NULL while none is proved and one is undecided. A policy without a ladder is an error.';

CREATE FUNCTION zjtx.placement(e record, policy text) RETURNS zjtx.placement
	AS 'MODULE_PATHNAME', 'zjtx_placement_row_name' LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.placement(record, text) IS
'The highest rung of the policy''s ladder that is proved; (0,none,未入梯度) when every rung is proved false; NULL while none is proved and one is undecided. A policy without a ladder is an error. The policy is a stored name: code, series, code/clause or code/rung.';

CREATE OPERATOR zjtx.|^ (LEFTARG = record, RIGHTARG = text, FUNCTION = zjtx.placement);
COMMENT ON OPERATOR zjtx.|^ (record, text) IS
'The highest rung of the policy''s ladder that is proved; (0,none,未入梯度) when every rung is proved false; NULL while none is proved and one is undecided. A policy without a ladder is an error. The policy is a stored name: code, series, code/clause or code/rung.';

CREATE FUNCTION zjtx.placement(e jsonb, policy zjtx.policy) RETURNS zjtx.placement
	AS 'MODULE_PATHNAME', 'zjtx_placement_jsonb' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.placement(jsonb, zjtx.policy) IS
'The highest rung of the policy''s ladder that is proved; (0,none,未入梯度) when every rung is proved false; NULL while none is proved and one is undecided. A policy without a ladder is an error.';

CREATE OPERATOR zjtx.|^ (LEFTARG = jsonb, RIGHTARG = zjtx.policy, FUNCTION = zjtx.placement);
COMMENT ON OPERATOR zjtx.|^ (jsonb, zjtx.policy) IS
'The highest rung of the policy''s ladder that is proved; (0,none,未入梯度) when every rung is proved false; NULL while none is proved and one is undecided. A policy without a ladder is an error.';

CREATE FUNCTION zjtx.placement(e jsonb, policy text) RETURNS zjtx.placement
	AS 'MODULE_PATHNAME', 'zjtx_placement_jsonb_name' LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.placement(jsonb, text) IS
'The highest rung of the policy''s ladder that is proved; (0,none,未入梯度) when every rung is proved false; NULL while none is proved and one is undecided. A policy without a ladder is an error. The policy is a stored name: code, series, code/clause or code/rung.';

CREATE OPERATOR zjtx.|^ (LEFTARG = jsonb, RIGHTARG = text, FUNCTION = zjtx.placement);
COMMENT ON OPERATOR zjtx.|^ (jsonb, text) IS
'The highest rung of the policy''s ladder that is proved; (0,none,未入梯度) when every rung is proved false; NULL while none is proved and one is undecided. A policy without a ladder is an error. The policy is a stored name: code, series, code/clause or code/rung.';

CREATE FUNCTION zjtx.amount(e record, policy zjtx.policy) RETURNS numeric
	AS 'MODULE_PATHNAME', 'zjtx_amount_row' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.amount(record, zjtx.policy) IS
'What the row is owed as of the day judged, in 元 (points in 分), with two decimals; 0.00 where nothing is owed; NULL while low and high differ, or where a clause asked for alone has no figure.';

CREATE OPERATOR zjtx.|# (LEFTARG = record, RIGHTARG = zjtx.policy, FUNCTION = zjtx.amount);
COMMENT ON OPERATOR zjtx.|# (record, zjtx.policy) IS
'What the row is owed as of the day judged, in 元 (points in 分), with two decimals; 0.00 where nothing is owed; NULL while low and high differ, or where a clause asked for alone has no figure.';

CREATE FUNCTION zjtx.amount(e record, policy text) RETURNS numeric
	AS 'MODULE_PATHNAME', 'zjtx_amount_row_name' LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.amount(record, text) IS
'What the row is owed as of the day judged, in 元 (points in 分), with two decimals; 0.00 where nothing is owed; NULL while low and high differ, or where a clause asked for alone has no figure. The policy is a stored name: code, series, code/clause or code/rung.';

CREATE OPERATOR zjtx.|# (LEFTARG = record, RIGHTARG = text, FUNCTION = zjtx.amount);
COMMENT ON OPERATOR zjtx.|# (record, text) IS
'What the row is owed as of the day judged, in 元 (points in 分), with two decimals; 0.00 where nothing is owed; NULL while low and high differ, or where a clause asked for alone has no figure. The policy is a stored name: code, series, code/clause or code/rung.';

CREATE FUNCTION zjtx.amount(e jsonb, policy zjtx.policy) RETURNS numeric
	AS 'MODULE_PATHNAME', 'zjtx_amount_jsonb' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.amount(jsonb, zjtx.policy) IS
'What the row is owed as of the day judged, in 元 (points in 分), with two decimals; 0.00 where nothing is owed; NULL while low and high differ, or where a clause asked for alone has no figure.';

CREATE OPERATOR zjtx.|# (LEFTARG = jsonb, RIGHTARG = zjtx.policy, FUNCTION = zjtx.amount);
COMMENT ON OPERATOR zjtx.|# (jsonb, zjtx.policy) IS
'What the row is owed as of the day judged, in 元 (points in 分), with two decimals; 0.00 where nothing is owed; NULL while low and high differ, or where a clause asked for alone has no figure.';

CREATE FUNCTION zjtx.amount(e jsonb, policy text) RETURNS numeric
	AS 'MODULE_PATHNAME', 'zjtx_amount_jsonb_name' LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.amount(jsonb, text) IS
'What the row is owed as of the day judged, in 元 (points in 分), with two decimals; 0.00 where nothing is owed; NULL while low and high differ, or where a clause asked for alone has no figure. The policy is a stored name: code, series, code/clause or code/rung.';

CREATE OPERATOR zjtx.|# (LEFTARG = jsonb, RIGHTARG = text, FUNCTION = zjtx.amount);
COMMENT ON OPERATOR zjtx.|# (jsonb, text) IS
'What the row is owed as of the day judged, in 元 (points in 分), with two decimals; 0.00 where nothing is owed; NULL while low and high differ, or where a clause asked for alone has no figure. The policy is a stored name: code, series, code/clause or code/rung.';

CREATE FUNCTION zjtx.amount_range(e record, policy zjtx.policy, OUT low numeric, OUT high numeric) RETURNS record
	AS 'MODULE_PATHNAME', 'zjtx_amount_range_row' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.amount_range(record, zjtx.policy) IS
'The least and the most that the row can be owed while facts are unknown, in 元 with two decimals; equal where it is decided. high is NULL where nothing bounds it, both where the clause has no figure.';

CREATE FUNCTION zjtx.amount_range(e record, policy text, OUT low numeric, OUT high numeric) RETURNS record
	AS 'MODULE_PATHNAME', 'zjtx_amount_range_row_name' LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.amount_range(record, text) IS
'The least and the most that the row can be owed while facts are unknown, in 元 with two decimals; equal where it is decided. high is NULL where nothing bounds it, both where the clause has no figure. The policy is a stored name: code, series, code/clause or code/rung.';

CREATE FUNCTION zjtx.amount_range(e jsonb, policy zjtx.policy, OUT low numeric, OUT high numeric) RETURNS record
	AS 'MODULE_PATHNAME', 'zjtx_amount_range_jsonb' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.amount_range(jsonb, zjtx.policy) IS
'The least and the most that the row can be owed while facts are unknown, in 元 with two decimals; equal where it is decided. high is NULL where nothing bounds it, both where the clause has no figure.';

CREATE FUNCTION zjtx.amount_range(e jsonb, policy text, OUT low numeric, OUT high numeric) RETURNS record
	AS 'MODULE_PATHNAME', 'zjtx_amount_range_jsonb_name' LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.amount_range(jsonb, text) IS
'The least and the most that the row can be owed while facts are unknown, in 元 with two decimals; equal where it is decided. high is NULL where nothing bounds it, both where the clause has no figure. The policy is a stored name: code, series, code/clause or code/rung.';

CREATE FUNCTION zjtx.missing(e record, policy zjtx.policy) RETURNS text[]
	AS 'MODULE_PATHNAME', 'zjtx_missing_row' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.missing(record, zjtx.policy) IS
'The facts that are unknown and still matter to the policy''s answers, by name; an empty array where everything is decided, or only a division by zero leaves it open.';

CREATE OPERATOR zjtx.|! (LEFTARG = record, RIGHTARG = zjtx.policy, FUNCTION = zjtx.missing);
COMMENT ON OPERATOR zjtx.|! (record, zjtx.policy) IS
'The facts that are unknown and still matter to the policy''s answers, by name; an empty array where everything is decided, or only a division by zero leaves it open.';

CREATE FUNCTION zjtx.missing(e record, policy text) RETURNS text[]
	AS 'MODULE_PATHNAME', 'zjtx_missing_row_name' LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.missing(record, text) IS
'The facts that are unknown and still matter to the policy''s answers, by name; an empty array where everything is decided, or only a division by zero leaves it open. The policy is a stored name: code, series, code/clause or code/rung.';

CREATE OPERATOR zjtx.|! (LEFTARG = record, RIGHTARG = text, FUNCTION = zjtx.missing);
COMMENT ON OPERATOR zjtx.|! (record, text) IS
'The facts that are unknown and still matter to the policy''s answers, by name; an empty array where everything is decided, or only a division by zero leaves it open. The policy is a stored name: code, series, code/clause or code/rung.';

CREATE FUNCTION zjtx.missing(e jsonb, policy zjtx.policy) RETURNS text[]
	AS 'MODULE_PATHNAME', 'zjtx_missing_jsonb' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.missing(jsonb, zjtx.policy) IS
'The facts that are unknown and still matter to the policy''s answers, by name; an empty array where everything is decided, or only a division by zero leaves it open.';

CREATE OPERATOR zjtx.|! (LEFTARG = jsonb, RIGHTARG = zjtx.policy, FUNCTION = zjtx.missing);
COMMENT ON OPERATOR zjtx.|! (jsonb, zjtx.policy) IS
'The facts that are unknown and still matter to the policy''s answers, by name; an empty array where everything is decided, or only a division by zero leaves it open.';

CREATE FUNCTION zjtx.missing(e jsonb, policy text) RETURNS text[]
	AS 'MODULE_PATHNAME', 'zjtx_missing_jsonb_name' LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.missing(jsonb, text) IS
'The facts that are unknown and still matter to the policy''s answers, by name; an empty array where everything is decided, or only a division by zero leaves it open. The policy is a stored name: code, series, code/clause or code/rung.';

CREATE OPERATOR zjtx.|! (LEFTARG = jsonb, RIGHTARG = text, FUNCTION = zjtx.missing);
COMMENT ON OPERATOR zjtx.|! (jsonb, text) IS
'The facts that are unknown and still matter to the policy''s answers, by name; an empty array where everything is decided, or only a division by zero leaves it open. The policy is a stored name: code, series, code/clause or code/rung.';
-- Stored policies.

CREATE TABLE zjtx.policies (
	code text PRIMARY KEY,
	doc zjtx.policy NOT NULL,
	title text NOT NULL,
	series text,
	in_force daterange NOT NULL,
	shipped boolean NOT NULL
);
COMMENT ON TABLE zjtx.policies IS
'Policies that can be asked by name. Give doc only: the other columns are read from it.';
COMMENT ON COLUMN zjtx.policies.code IS 'The document''s code.';
COMMENT ON COLUMN zjtx.policies.doc IS 'The document.';
COMMENT ON COLUMN zjtx.policies.title IS 'The document''s title.';
COMMENT ON COLUMN zjtx.policies.series IS 'The series of which the document is a version, or NULL.';
COMMENT ON COLUMN zjtx.policies.in_force IS 'The days on which the document is in force.';
COMMENT ON COLUMN zjtx.policies.shipped IS 'Whether the row came with the extension; such rows are read-only.';
CREATE INDEX policies_series ON zjtx.policies (series) WHERE series IS NOT NULL;
COMMENT ON INDEX zjtx.policies_series IS 'Finds the versions of a series.';
GRANT SELECT ON zjtx.policies TO PUBLIC;
SELECT pg_catalog.pg_extension_config_dump('zjtx.policies', 'WHERE NOT shipped');

CREATE FUNCTION zjtx.guard_policies() RETURNS trigger
	AS 'MODULE_PATHNAME', 'zjtx_guard_policies' LANGUAGE C;
COMMENT ON FUNCTION zjtx.guard_policies() IS
'Keeps the columns of zjtx.policies in step with doc, and shipped rows as they came.';
CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON zjtx.policies
	FOR EACH ROW EXECUTE FUNCTION zjtx.guard_policies();
ALTER TABLE zjtx.policies ENABLE ALWAYS TRIGGER guard;
CREATE TRIGGER guard_truncate BEFORE TRUNCATE ON zjtx.policies
	FOR EACH STATEMENT EXECUTE FUNCTION zjtx.guard_policies();
ALTER TABLE zjtx.policies ENABLE ALWAYS TRIGGER guard_truncate;
COMMENT ON TRIGGER guard_truncate ON zjtx.policies IS 'Keeps shipped rows.';
COMMENT ON TRIGGER guard ON zjtx.policies IS
'Keeps the columns in step with doc, and shipped rows as they came.';

CREATE FUNCTION zjtx.store(document text) RETURNS text
	AS 'MODULE_PATHNAME', 'zjtx_store' LANGUAGE C VOLATILE STRICT;
COMMENT ON FUNCTION zjtx.store(text) IS
'Reads a document, runs its examples and keeps it in zjtx.policies, in the place of an older one with its code. Returns the code. A document whose examples fail is refused, with found beside expected.';

CREATE FUNCTION zjtx.stored(name text) RETURNS zjtx.policy
	AS 'MODULE_PATHNAME', 'zjtx_stored' LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.stored(text) IS
'The policy that a name stands for: code, series, code/clause or code/rung. An unknown name is an error with the nearest one.';
-- What documents hold: functions of a policy, and views over all stored ones.

CREATE FUNCTION zjtx.facts(policy zjtx.policy,
	OUT name text, OUT type text, OUT unit text, OUT label text,
	OUT low text, OUT high text, OUT "values" text[], OUT null_means text) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_facts' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.facts(zjtx.policy) IS
'The facts that a policy declares, and the fields of its lists (list.field): type, unit, label, range or values, and what NULL means. as_of, which is always there, is left out.';

CREATE FUNCTION zjtx.clauses(policy zjtx.policy,
	OUT code text, OUT title text, OUT kind text, OUT subject text, OUT per_year boolean,
	OUT stages text[], OUT pay text, OUT cap text, OUT article text, OUT summary text) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_clauses' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.clauses(zjtx.policy) IS
'The clauses of a policy. pay and cap are as written, "undetermined" where the text has no figure; a clause that pays in stages has their codes instead of pay.';

CREATE FUNCTION zjtx.rungs(policy zjtx.policy,
	OUT level int, OUT code text, OUT title text, OUT article text, OUT summary text) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_rungs' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.rungs(zjtx.policy) IS
'The rungs of a policy''s ladder, from the lowest; of a series, those of each version.';

CREATE FUNCTION zjtx.targets(policy zjtx.policy,
	OUT code text, OUT indicator text, OUT unit text, OUT measure text,
	OUT year int, OUT goal numeric, OUT at_most boolean, OUT counted text, OUT note text) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_targets' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.targets(zjtx.policy) IS
'The targets of a policy, a row for each year that has a goal: unit, stock or flow, the goal (a share is a fraction) and whether it is an upper bound, the condition under which a row is counted, as written, and the notes.';

CREATE FUNCTION zjtx.notes(policy zjtx.policy,
	OUT kind text, OUT code text, OUT note text, OUT content text) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_notes' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.notes(zjtx.policy) IS
'The notes of a policy: on which statement (kind and code) each stands, its own code such as R6, and what it says.';

CREATE FUNCTION zjtx.header(policy zjtx.policy,
	OUT code text, OUT title text, OUT number text, OUT issuer text, OUT region text,
	OUT issued date, OUT in_force_from date, OUT in_force_until date, OUT series text,
	OUT repeals text[], OUT source text) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_header' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.header(zjtx.policy) IS
'What the header of a policy says. in_force_until is the first day on which it is no longer in force.';

CREATE FUNCTION zjtx.provisions(policy zjtx.policy,
	OUT code text, OUT article text, OUT title text, OUT kind text, OUT subject text,
	OUT catalogue text[], OUT summary text, OUT statement text) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_provisions' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.provisions(zjtx.policy) IS
'The provisions of a policy: the document itself, the definitions, clauses (by their kind) and stages, rungs, targets and services, each with its article, whose row it reads, the items of the text that it covers, and the statement as written.';

CREATE VIEW zjtx.provisions AS
	SELECT p.code AS policy, v.* FROM zjtx.policies p, LATERAL zjtx.provisions(p.doc) v;
COMMENT ON VIEW zjtx.provisions IS 'The provisions of stored policies.';

CREATE VIEW zjtx.targets AS
	SELECT p.code AS policy, t.* FROM zjtx.policies p, LATERAL zjtx.targets(p.doc) t;
COMMENT ON VIEW zjtx.targets IS 'The targets of stored policies, year by year.';

CREATE VIEW zjtx.notes AS
	SELECT p.code AS policy, n.* FROM zjtx.policies p, LATERAL zjtx.notes(p.doc) n;
COMMENT ON VIEW zjtx.notes IS 'The notes of stored policies: readings, contradictions, what is inferred.';

CREATE FUNCTION zjtx.in_force(day date,
	OUT policy text, OUT title text, OUT series text, OUT in_force daterange) RETURNS SETOF record
	LANGUAGE SQL STABLE STRICT PARALLEL SAFE
	BEGIN ATOMIC
		SELECT p.code, p.title, p.series, p.in_force
		FROM zjtx.policies p, LATERAL zjtx.header(p.doc) h
		WHERE p.in_force @> in_force.day
		AND NOT EXISTS (
			SELECT FROM zjtx.policies q, LATERAL zjtx.header(q.doc) g
			WHERE (h.number = ANY (g.repeals) OR p.code = ANY (g.repeals))
			AND pg_catalog.lower(q.in_force) <= in_force.day)
		ORDER BY p.code;
	END;
COMMENT ON FUNCTION zjtx.in_force(date) IS
'The stored policies that are in force on a day: the day is in their range, and no stored policy has repealed them (by number or code) by then.';

CREATE VIEW zjtx.facts AS
	SELECT p.code AS policy, f.* FROM zjtx.policies p, LATERAL zjtx.facts(p.doc) f;
COMMENT ON VIEW zjtx.facts IS 'The facts that stored policies declare.';

CREATE VIEW zjtx.clauses AS
	SELECT p.code AS policy, c.* FROM zjtx.policies p, LATERAL zjtx.clauses(p.doc) c;
COMMENT ON VIEW zjtx.clauses IS 'The clauses of stored policies.';

CREATE VIEW zjtx.rungs AS
	SELECT p.code AS policy, r.* FROM zjtx.policies p, LATERAL zjtx.rungs(p.doc) r;
COMMENT ON VIEW zjtx.rungs IS 'The rungs of stored policies.';

GRANT SELECT ON zjtx.provisions, zjtx.targets, zjtx.notes, zjtx.facts, zjtx.clauses, zjtx.rungs TO PUBLIC;
-- Targets beside what a table shows.

CREATE FUNCTION zjtx.progress(policy zjtx.policy, relation regclass,
	OUT code text, OUT indicator text, OUT unit text, OUT measure text, OUT year int, OUT goal numeric,
	OUT actual numeric, OUT ratio numeric, OUT met boolean, OUT undecided bigint, OUT day date) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_progress' LANGUAGE C STABLE STRICT PARALLEL UNSAFE;
COMMENT ON FUNCTION zjtx.progress(zjtx.policy, regclass) IS
'The targets of a policy beside what a table of enterprises shows, for each year that has a goal: actual (a count, or a share as a fraction), its ratio to the goal, whether it is met, how many rows are undecided, and the day judged. A target that counts nothing, a year that has not begun, and one of which the table decides no row have NULL. Rows are read with the caller''s rights; a row with its own as_of is judged for that.';

CREATE FUNCTION zjtx.progress(policy text, relation regclass,
	OUT code text, OUT indicator text, OUT unit text, OUT measure text, OUT year int, OUT goal numeric,
	OUT actual numeric, OUT ratio numeric, OUT met boolean, OUT undecided bigint, OUT day date) RETURNS SETOF record
	LANGUAGE SQL STABLE STRICT PARALLEL UNSAFE
	BEGIN ATOMIC
		SELECT t.* FROM zjtx.progress(zjtx.stored(progress.policy), progress.relation) t;
	END;
COMMENT ON FUNCTION zjtx.progress(text, regclass) IS
'The same for a stored policy by its name.';
-- What is odd about a document.

CREATE FUNCTION zjtx.lint(policy zjtx.policy, OUT kind text, OUT place text, OUT finding text) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_lint' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.lint(zjtx.policy) IS
'Findings about a policy: stages that add up to more than their total (stages), steps of a band that are never reached (unreachable) or missing (gap), rungs that do not imply the one below (rung), clauses and rungs that no row satisfies (never), facts that are not used (unused), bounds without an example on them and on both sides (bound). A finding is no error; place says where.';

SELECT zjtx.store($zjtx$
-- 重庆市巴南区人民政府办公室2024年7月12日印发《巴南区推动优质中小企业培育“七个梯度”“六项行动”实施方案》。
-- 二的七个梯度写成层级，二的每年目标和附件的目标清单写成目标，其余各项写成服务。

policy banan-2024 '巴南区推动优质中小企业培育“七个梯度”“六项行动”实施方案'
  issuer '重庆市巴南区人民政府办公室'
  region '巴南区'
  issued 2024-07-12
  in force from 2024-07-12
  covers 'BN-00'
  note R10 '文中没有施行日和失效日：自印发之日起施行，至被废止为止；题名没有年份，“到2027年”是目标的期限，不据以推定失效日'
  note R5 '“以上”“达到”都含本数'
  note R12 '每年的新增和年末的总量并列的，各立各的目标：称号会届满，不能由一个推出另一个'
  note R18 '方案以巴南区全区为范围，层级和计数都以行中的注册区县为准'
  note '所据文本没有印出文号，不填；制定依据是《重庆市推动优质中小企业梯度培育改革工作方案》（渝府办发〔2024〕14号）'
  note '“七个梯度”的前六个由企业的称号、入库和上市判断；第七个是选育科技成果，不是企业的称号，没有企业凭此进入梯度'
  note '级次依原文的排列，取判明的最高一级；原文没有要求逐级取得，各层级不以下一层级为条件'
  note '“到2027年整体水平全市领先，打造西部地区重要的优质中小企业集聚区”没有数，不设目标'

fact region text '注册区县'
fact listed_status text '上市状态' in ('unlisted', 'otc', 'neeq', 'bse', 'star', 'chinext', 'main', 'overseas')
fact innovative_on date '创新型中小企业公告日' null means none
fact innovative_until date '创新型中小企业有效期至' null means none
fact specialized_on date '市级专精特新认定日' null means none
fact specialized_until date '市级专精特新有效期至' null means none
fact little_giant_on date '国家小巨人认定日' null means none
fact little_giant_until date '国家小巨人有效期至' null means none
fact champion_on date '制造业单项冠军认定日' null means none
fact champion_until date '制造业单项冠军有效期至' null means none
fact gazelle_on date '瞪羚企业认定日' null means none
fact unicorn_on date '独角兽企业认定日' null means none
fact hightech_until date '高新技术企业有效期至' null means none
fact hardtech_pool boolean '在硬科技企业帮扶库' null means none
fact pool_entered_on date '入库日期' null means none
fact ipo_listed_on date '首发上市日' null means none

-- ---------------------------------------------------------------------------

-- 一“全区优质中小企业梯度培育”
define local '巴南区企业' = region = '巴南区'
  note R18 '以行中的注册区县为准；迁入、迁出的年份请用当时的行'

-- 二(一)“创新型中小企业”
define innovative_titled '创新型中小企业称号有效' = as_of between innovative_on and innovative_until
  note '自公告之日起至有效期届满之日止，首尾两日都算'
define innovative_new '当年公告的创新型中小企业' = year(innovative_on) = year(as_of)

-- 二(二)“每年引导入库硬科技企业5家以上”
define in_pool '在硬科技企业帮扶库' = hardtech_pool and not (pool_entered_on > as_of)
  note '入库日期没有填写的，按在库计；移出后不再计，移出的日期行中没有，判断过去的日子请用当时的行'
define pool_new '当年入库的硬科技企业' = year(pool_entered_on) = year(as_of)
  note '当年入库又移出的也计入：原文数的是入库'

-- 二(三)“专精特新中小企业”
define specialized_titled '市级专精特新称号有效' = as_of between specialized_on and specialized_until
  note '自认定之日起至有效期届满之日止，首尾两日都算'
define specialized_new '当年认定的专精特新中小企业' = year(specialized_on) = year(as_of)

-- 二(四)“专精特新‘小巨人’企业”
define giant_titled '国家“小巨人”称号有效' = as_of between little_giant_on and little_giant_until
  note '自认定之日起至有效期届满之日止，首尾两日都算'
define giant_new '当年认定的“小巨人”企业' = year(little_giant_on) = year(as_of)

-- 二(五)“制造业单项冠军企业”
define champion_titled '制造业单项冠军称号有效' = as_of between champion_on and champion_until
  note '自认定之日起至有效期届满之日止，首尾两日都算'

-- 二(六)“每年培育瞪羚企业5家以上，到2027年独角兽企业达到2家、制造业上市企业达到10家”
define gazelle '瞪羚企业' = gazelle_on <= as_of
  note '行中只有认定日，没有有效期：认定之日起一直计入'
define gazelle_new '当年认定的瞪羚企业' = year(gazelle_on) = year(as_of)
define unicorn '独角兽企业' = unicorn_on <= as_of
  note '行中只有认定日，没有有效期：认定之日起一直计入'
define listed '上市企业' =
      listed_status in ('bse', 'star', 'chinext', 'main', 'overseas')
  and not (ipo_listed_on > as_of)
  note R19 '在证券交易所上市（含北京证券交易所和境外）的才是上市；区域性股权市场和新三板是挂牌，不是上市'
  note '以行中的上市状态为准，退市的不计；首发上市日没有填写的不妨，晚于判断日的不计'

-- 一“高新技术企业达到450家”
define hightech '高新技术企业资格有效' = as_of <= hightech_until
  note '有效期届满之日当天仍算；行中没有认定日，判断过去的年份请用当时的行'

-- ---------------------------------------------------------------------------
-- 二、构建优质中小企业“七个梯度”体系

ladder '优质中小企业“七个梯度”'
  -- (一)“从科技型企业、高新技术企业等优质中小企业中确定创新型中小企业培育对象……
  -- 形成量大面广的创新型中小企业集群。每年培育创新型中小企业50家以上。”
  rung innovative '创新型中小企业'
    article '二(一)'
    summary '创新型中小企业称号在有效期内；从科技型企业、高新技术企业等当中确定培育对象，补专业化、创新能力和发展潜力的短板'
    when local and innovative_titled
    note '科技型企业、高新技术企业是培育对象的来源，不是本层级的条件'
  -- (二)“对创新能力强、市场前景广的中小型硬科技企业，按政策给予帮扶。……每年引导入库硬科技企业5家以上。”
  rung hard_tech '硬科技企业'
    article '二(二)'
    summary '已入中小型硬科技企业帮扶库；对创新能力强、市场前景广的中小型硬科技企业按政策帮扶，并招引符合本区产业生态的硬科技企业'
    when local and in_pool
    note '原文没有要求逐级取得：不以下一梯度为条件'
    note '原文没有写硬科技企业的标准，也没有写库名，数的是“引导入库”的企业：读作入全市的中小型硬科技企业帮扶库（渝经信科技〔2023〕21号二(一)），以在库为准'
    note '渝经信科技〔2023〕21号二(一)的六项指标是入库前的筛选，满足了只是可以建议入库，不等于已入库，所以不作本层级的条件；够不够入库，请问该文件'
    note '“按政策给予帮扶”没有数，帮扶的内容见所引的政策'
  -- (三)“引导创新型中小企业深耕产业链关键环节，逐步实现专精特新发展。每年培育专精特新中小企业20家以上。”
  rung specialized '专精特新中小企业'
    article '二(三)'
    summary '市级专精特新称号在有效期内；用好“专精特新”加速营，让技术、资金、人才、数据向这类企业聚集'
    when local and specialized_titled
    note '原文没有要求逐级取得：不以下一梯度为条件'
  -- (四)“筛选一批位于产业基础核心领域、产业链关键环节……的专精特新中小企业……提升项目申报竞争力。
  -- 每年培育专精特新‘小巨人’企业2家以上。”
  rung little_giant '专精特新“小巨人”企业'
    article '二(四)'
    summary '国家“小巨人”称号在有效期内；从专精特新中小企业中筛选，指导其补短板、填空白，提高申报竞争力'
    when local and giant_titled
    note '原文没有要求逐级取得：不以下一梯度为条件'
  -- (五)“全面梳理制造业单项冠军重点培育企业情况……加快成长为单项产品或服务市场占有率国际领先的企业。”
  rung champion '制造业单项冠军企业'
    article '二(五)'
    summary '制造业单项冠军称号在有效期内；梳理重点培育企业，支持其开放共享创新资源、参与强链补链和国家重大创新平台建设'
    when local and champion_titled
    note '原文没有要求逐级取得：不以下一梯度为条件'
  -- (六)“以规模能级跃升为引领，培育上市企业。……每年培育瞪羚企业5家以上，到2027年独角兽企业达到2家、制造业上市企业达到10家。”
  rung listed '上市企业（含瞪羚企业、独角兽企业）'
    article '二(六)'
    summary '瞪羚企业、独角兽企业和已在证券交易所上市的企业；借助区域性股权市场和多层次资本市场培育上市企业'
    when local and (gazelle or unicorn or listed)
    note '原文没有要求逐级取得：不以下一梯度为条件'
    note '原文以“培育上市企业”为这一梯度的题目，以瞪羚、独角兽、制造业上市企业三类计数：是其中一类即在本层级；是否已经上市，看定义listed'
    note '“制造业”只写在计数上，梯度的题目没有这一限制：上市企业不分行业都在本层级'
    note R19 '只在区域性股权市场或者新三板挂牌的，不在本层级'

-- (七)“以夯实集群体系建设基础为依托，选育高价值科技成果。围绕‘1246’现代制造业集群体系建设、科技创新‘1358’工作体系，
-- 外引内培进行科技成果选种育种。”
  rung high_value_results '选育高价值科技成果'
    article '二(七)'
    covers 'BN-21'
    summary '建立多维度的筛选引入评价体系，选准科技成果，并鼓励高校、院所和企业研发未来产业和产业链急需的成果'
    when false
    note '七个梯度的第七个：选育的是科技成果，不是企业，“高价值”也没有标准；没有企业凭此进入梯度，所以条件恒不成立，只为保留原文的七个梯度'
    note '“1246”“1358”是体系的代号，不是目标'

-- ---------------------------------------------------------------------------
-- 二、每年的目标

-- (一)“每年培育创新型中小企业50家以上。（责任单位：区经济信息委、区科技局）”
target 2-1 '每年培育创新型中小企业' 家 flow 2024: 50, 2025: 50, 2026: 50, 2027: 50
  count where local and innovative_new
  article '二(一)'
  covers 'BN-14'
  subject region
  summary '每年新公告的创新型中小企业不少于50家'
  note R12 '数当年新公告的，不扣当年失效的；附件没有这一指标，不设存量'
  note '“每年”按2024年至2027年：附件的目标自2024年起，方案的目标到2027年；2024年按全年计'
  note '责任单位：区经济信息委、区科技局'

-- (二)“每年引导入库硬科技企业5家以上。（责任单位：区经济信息委、区科技局、区国资中心、区市场监管局）”
target 2-2 '每年引导入库硬科技企业' 家 flow 2024: 5, 2025: 5, 2026: 5, 2027: 5
  count where local and pool_new
  article '二(二)'
  covers 'BN-15'
  subject region
  summary '每年新入中小型硬科技企业帮扶库的企业不少于5家'
  note '“入库”指全市的中小型硬科技企业帮扶库（渝经信科技〔2023〕21号），原文没有写库名'
  note '“每年”按2024年至2027年，同2-1'
  note '责任单位：区经济信息委、区科技局、区国资中心、区市场监管局'

-- (三)“每年培育专精特新中小企业20家以上。（责任单位：区经济信息委、区科技局）”
target 2-3 '每年培育专精特新中小企业' 家 flow 2024: 20, 2025: 20, 2026: 20, 2027: 20
  count where local and specialized_new
  article '二(三)'
  covers 'BN-16'
  subject region
  summary '每年新认定的专精特新中小企业不少于20家'
  note R12 '数当年新认定的，不扣当年失效的；年末总量另见annex-7，两者各自考核'
  note '“每年”按2024年至2027年，同2-1'
  note '责任单位：区经济信息委、区科技局'

-- (四)“每年培育专精特新‘小巨人’企业2家以上。（责任单位：区经济信息委、区科技局）”
target 2-4 '每年培育专精特新“小巨人”企业' 家 flow 2024: 2, 2025: 2, 2026: 2, 2027: 2
  count where local and giant_new
  article '二(四)'
  covers 'BN-17'
  subject region
  summary '每年新认定的专精特新“小巨人”企业不少于2家'
  note R12 '数当年新认定的，不扣当年失效的；年末总量另见annex-8，两者各自考核'
  note '“每年”按2024年至2027年，同2-1'
  note '责任单位：区经济信息委、区科技局'

-- (六)“每年培育瞪羚企业5家以上（责任单位：区金融发展中心、区经济信息委、区科技局）”
target 2-6 '每年培育瞪羚企业' 家 flow 2024: 5, 2025: 5, 2026: 5, 2027: 5
  count where local and gazelle_new
  article '二(六)'
  covers 'BN-19'
  subject region
  summary '每年新认定的瞪羚企业不少于5家'
  note R12 '数当年新认定的；年末总量另见annex-11，两者各自考核'
  note '“每年”按2024年至2027年，同2-1'
  note '责任单位：区金融发展中心、区经济信息委、区科技局'

-- ---------------------------------------------------------------------------
-- 附件“目标清单”，各年数都是年末的总量；正文一和二所列到2027年的数，除另有注明的以外，与附件2027年一栏相同

-- “1 市场主体 万家 11.9 12.6 13.3 14.1 区市场监管局”
target annex-1 '市场主体' 家 stock 2024: 11.9万家, 2025: 12.6万家, 2026: 13.3万家, 2027: 14.1万家
  article '附件1、一'
  covers 'BN-01', 'BN-49'
  subject region
  summary '市场主体逐年增加，到2027年达到14.1万家'
  note '正文的2027年目标与附件相同，合为一个目标；附件以万家为单位'
  note '市场主体不都是企业，不由企业表计数'
  note '责任单位：区市场监管局'

-- “2 实有企业 万家 4.7 4.9 5.1 5.3 区市场监管局”
target annex-2 '实有企业' 家 stock 2024: 4.7万家, 2025: 4.9万家, 2026: 5.1万家, 2027: 5.3万家
  article '附件2、一'
  covers 'BN-02', 'BN-50'
  subject region
  summary '实有企业逐年增加，到2027年达到5.3万家'
  note '正文的2027年目标与附件相同，合为一个目标；附件以万家为单位'
  note '“实有企业”原文没有定义，读作登记在册的全部企业；企业表不一定是全量，注销与否也没有事实，不由企业表计数'
  note '责任单位：区市场监管局'

-- “3 商标有效注册量 万件 2.95 3.2 3.45 3.7 区市场监管局”
target annex-3 '商标有效注册量' 件 stock 2024: 2.95万件, 2025: 3.2万件, 2026: 3.45万件, 2027: 3.7万件
  article '附件3、一'
  covers 'BN-03', 'BN-51'
  subject region
  summary '有效注册商标逐年增加，到2027年达到3.7万件'
  note '正文的2027年目标与附件相同，合为一个目标；附件以万件为单位'
  note '企业的事实中没有商标，不由企业表计数'
  note '责任单位：区市场监管局'

-- “4 数字化车间和智能工厂 个 65 70 75 80 区经济信息委”
target annex-4 '数字化车间和智能工厂' 个 stock 2024: 65个, 2025: 70个, 2026: 75个, 2027: 80个
  article '附件4、一'
  covers 'BN-04', 'BN-52'
  subject region
  summary '数字化车间和智能工厂合计逐年增加，到2027年达到80个'
  note '正文的2027年目标与附件相同，合为一个目标'
  note '两类合计，原文没有分开；企业的事实只有认定的级别，不分车间、工厂，也没有个数，不由企业表计数'
  note '责任单位：区经济信息委'

-- “5 科技型企业 家 5940 6850 7900 9000 区科技局”
target annex-5 '科技型企业' 家 stock 2024: 5940, 2025: 6850, 2026: 7900, 2027: 9000
  article '附件5、一'
  covers 'BN-05', 'BN-53'
  subject region
  summary '科技型企业逐年增加，到2027年达到9000家'
  note '正文的2027年目标与附件相同，合为一个目标'
  note '“科技型企业”的范围原文没有写；企业的事实只有科技型中小企业的入库有效期，两者不能等同，不由企业表计数'
  note '责任单位：区科技局'

-- “6 高新技术企业 家 330 370 410 450 区科技局”
target annex-6 '高新技术企业' 家 stock 2024: 330, 2025: 370, 2026: 410, 2027: 450
  count where local and hightech
  article '附件6、一'
  covers 'BN-06', 'BN-54'
  subject region
  summary '高新技术企业逐年增加，到2027年达到450家'
  note '正文的2027年目标与附件相同，合为一个目标'
  note '年末资格有效的计入'
  note '责任单位：区科技局'

-- “7 专精特新中小企业 家 180 200 220 240 区经济信息委”
target annex-7 '专精特新中小企业' 家 stock 2024: 180, 2025: 200, 2026: 220, 2027: 240
  count where local and specialized_titled
  article '附件7、一'
  covers 'BN-07', 'BN-55'
  subject region
  summary '专精特新中小企业逐年增加，到2027年达到240家'
  note R12 '年末称号有效的总量；每年新认定的另见2-3'
  note '正文的2027年目标与附件相同，合为一个目标'
  note '数市级称号有效的；同时有国家“小巨人”称号的，在annex-8也计入'
  note '责任单位：区经济信息委'

-- “8 专精特新‘小巨人’企业 家 15 18 22 26 区经济信息委”
target annex-8 '专精特新“小巨人”企业' 家 stock 2024: 15, 2025: 18, 2026: 22, 2027: 26
  count where local and giant_titled
  article '附件8、一'
  covers 'BN-08', 'BN-56'
  subject region
  summary '专精特新“小巨人”企业逐年增加，到2027年达到26家'
  note R12 '年末称号有效的总量；每年新认定的另见2-4'
  note '正文的2027年目标与附件相同，合为一个目标'
  note '责任单位：区经济信息委'

-- “9 制造业单项冠军企业 家 1 2 2 3 区经济信息委”；二(五)“到2027年制造业单项冠军企业达到3家。（责任单位：区经济信息委、区科技局）”
target annex-9 '制造业单项冠军企业' 家 stock 2024: 1, 2025: 2, 2026: 2, 2027: 3
  count where local and champion_titled
  article '附件9、一、二(五)'
  covers 'BN-09', 'BN-18', 'BN-57'
  subject region
  summary '制造业单项冠军企业到2027年达到3家'
  note '正文一和二(五)的2027年目标与附件相同，合为一个目标'
  note '年末称号有效的计入'
  note '责任单位：区经济信息委；二(五)还列区科技局'

-- “10 区域性股权市场新增挂牌培育和托管企业 家 到2027年，总量达到80家 区金融发展中心”
-- 一“区域性股权市场新增挂牌培育和托管企业达到80家”
target annex-10 '区域性股权市场新增挂牌培育和托管企业' 家 stock 2027: 80
  article '附件10、一'
  covers 'BN-10', 'BN-58'
  subject region
  summary '在区域性股权市场挂牌培育和托管的企业，到2027年总量达到80家'
  note R11 '正文作“新增……达到80家”，附件作“总量达到80家”，附件的指标名又带“新增”：新增和总量不是一个数；以附件为准，80家作年末总量，正文的新增80家不另立目标，矛盾保留可见'
  note '附件四个年度合为一格，只写到2027年：2024年至2026年没有目标'
  note '企业的事实有区域性股权市场的挂牌日，没有培育和托管，数不全，不由企业表计数'
  note '责任单位：区金融发展中心'

-- “11 瞪羚企业 家 7 15 20 30 区经济信息委”
target annex-11 '瞪羚企业' 家 stock 2024: 7, 2025: 15, 2026: 20, 2027: 30
  count where local and gazelle
  article '附件11、一'
  covers 'BN-11', 'BN-59'
  subject region
  summary '瞪羚企业逐年增加，到2027年达到30家'
  note R12 '年末的总量；每年新认定的另见2-6'
  note '正文的2027年目标与附件相同，合为一个目标'
  note '责任单位：区经济信息委'

-- “12 独角兽企业 家 \ 1 1 2 区经济信息委”；二(六)“到2027年独角兽企业达到2家、制造业上市企业达到10家”
target annex-12 '独角兽企业' 家 stock 2025: 1, 2026: 1, 2027: 2
  count where local and unicorn
  article '附件12、一、二(六)'
  covers 'BN-12', 'BN-20', 'BN-60'
  subject region
  summary '独角兽企业2025年有1家，到2027年达到2家'
  note R17 '附件2024年一格为“\”：该年没有目标，不是0'
  note '正文一和二(六)的2027年目标与附件相同，合为一个目标；二(六)同一句里的制造业上市企业10家，见annex-13'
  note '责任单位：区经济信息委；二(六)还列区金融发展中心、区科技局'

-- “13 制造业上市企业 家 到2027年，新增4家总量达到10家 区金融发展中心 区经济信息委”
target annex-13 '制造业上市企业' 家 stock 2027: 10
  article '附件13、一、二(六)'
  covers 'BN-13', 'BN-61'
  subject region
  summary '制造业上市企业到2027年新增4家，总量达到10家'
  note '正文一和二(六)的2027年目标与附件的总量相同，合为一个目标；二(六)的一句由annex-12一并列明'
  note '附件四个年度合为一格，只写到2027年：2024年至2026年没有目标'
  note '附件作“新增4家总量达到10家”：10家作年末总量；两数相减，起算时应有6家，这个基数和起算之日原文没有写，新增4家不另立目标'
  note '企业的事实没有行业，不能分出制造业，不由企业表计数；上市与否另有定义listed'
  note '责任单位：区金融发展中心、区经济信息委；二(六)还列区科技局'

-- ---------------------------------------------------------------------------
-- 三、实施优质中小企业培育“六项行动”

-- (一)实施科技创新赋智行动。（责任单位：区科技局、区教委、区经济信息委、区财政局、区人力社保局、区市场监管局、
-- 人行巴南分行、巴南金融监管分局）
service 3-1-1 '围绕创新链布局产业链'
  article '三(一)1'
  covers 'BN-22'
  summary '探索研究院、基金和园区合力转化科技成果的路径，支持优势企业加大研究投入，把原创成果做成规模量产'
service 3-1-2 '围绕产业链部署创新链'
  article '三(一)2'
  covers 'BN-23'
  summary '组织重点企业申报市级以上重大重点科技专项，以揭榜挂帅解决“卡脖子”难题，支持龙头企业牵头组建创新联合体'
  note '“5+8”是技术创新体系的代号，不是目标'
service 3-1-3 '推动创新资源集聚共享'
  article '三(一)3'
  covers 'BN-24'
  summary '鼓励高校、院所和大企业开放大型科研仪器，升级科技型中小企业公共服务平台巴南试点，帮中小企业对接科研团队'
service 3-1-4 '完善科技创新服务体系'
  article '三(一)4'
  covers 'BN-25'
  summary '建设科技服务业集聚区，引育科技中介，支持企业引进高层次和急需人才，并鼓励金融机构提供研发风险保障'

-- (二)实施数字转型赋能行动。（责任单位：区经济信息委、区大数据发展局、区金融发展中心、人行巴南分行、巴南金融监管分局）
service 3-2-1 '加强中小企业数字化转型公共服务'
  article '三(二)1'
  covers 'BN-26'
  subject platform
  summary '推广产业大脑能力中心和数字化转型公共服务平台，培育转型服务商，用“技改专项贷”等政策降低中小企业转型成本'
service 3-2-2 '加快打造“一链一网一平台”生态'
  article '三(二)2'
  covers 'BN-27'
  subject platform
  summary '支持链主等优势企业沿链部署工业互联网平台，带动上下游中小企业同步改造、互联互通'
service 3-2-3 '打造一批数智转型标杆'
  article '三(二)3'
  covers 'BN-28'
  summary '畅通企业与数字化服务商的沟通，建设转型标杆，每年遴选推荐示范案例并宣传推广'

-- (三)实施金融服务助力行动。（责任单位：区金融发展中心、区财政局、区经济信息委、区国资中心、人行巴南分行、巴南金融监管分局）
service 3-3-1 '构建区域数智金融服务体系'
  article '三(三)1'
  covers 'BN-29'
  summary '用“经济·数智金融服务”应用一站办理金融服务，引导金融机构凭数据建立风控模型、快速审核和特色产品'
service 3-3-2 '完善信贷融资服务体系'
  article '三(三)2'
  covers 'BN-30'
  summary '推广“渝链贷”等产业链供应链金融，优化信贷投放，健全增信和风险补偿，建设中小微企业贷款风险补偿资金池'
  note '资金池的规模和补偿的比例，原文没有写'
service 3-3-3 '完善股权投资基金支持体系'
  article '三(三)3'
  covers 'BN-31'
  summary '依托市产业投资母基金建立中小企业发展基金，以长周期考核、强制跟投、容错免责支持各阶段尤其是科技型企业'
  note '基金的规模和出资的比例，原文没有写'
service 3-3-4 '加大普惠金融服务力度'
  article '三(三)4'
  covers 'BN-32'
  summary '落实普惠金融政策，让普惠金融服务增量、扩面、降价'
service 3-3-5 '加大企业上市服务力度'
  article '三(三)5'
  covers 'BN-33'
  summary '健全上市服务体系，做实“专精特新”专板等改革试点，培育瞪羚、独角兽企业，以培训、诊断推动企业挂牌和上市'

-- (四)实施质量标准品牌行动。（责任单位：区经济信息委、区市场监管局、区商务委）
service 3-4-1 '支持企业专利技术转化应用'
  article '三(四)1'
  covers 'BN-34'
  summary '借重庆知识产权运营中心建立可运营专利资源池，促进专利转移转化，培育知识产权优势和示范企业'
service 3-4-2 '支持企业开展标准化建设'
  article '三(四)2'
  covers 'BN-35'
  summary '攻关与标准研制同步，鼓励中小企业主导或参与各级标准制修订，用自主技术制定企业标准'
service 3-4-3 '支持企业建立先进质量管理体系'
  article '三(四)3'
  covers 'BN-36'
  summary '开展质量管理体系认证提升行动，引导企业建立产品全生命周期的质量管理'
service 3-4-4 '支持中小企业打造“金字招牌”'
  article '三(四)4'
  covers 'BN-37'
  summary '指导企业制定品牌战略，培育品牌人才和专业机构，提升品牌的设计、推广和运维'

-- (五)实施普惠服务提质行动。（责任单位：区经济信息委、区科技局、区大数据发展局、区商务委、区司法局、区市场监管局）
service 3-5-1 '完善企业公共服务机制'
  article '三(五)1'
  covers 'BN-38'
  subject platform
  summary '建立中小企业服务“一张网”，便利市场准入，分型分类帮扶个体工商户并引导其中优质的转为企业'
service 3-5-2 '完善企业市场对接服务机制'
  article '三(五)2'
  covers 'BN-39'
  summary '组织大中小企业融通对接，鼓励企业参加“渝贸全球”等展会，支持开拓国际市场'
service 3-5-3 '完善企业问题化解机制'
  article '三(五)3'
  covers 'BN-40'
  summary '坚持“企业吹哨·部门报到”和企业服务专员制度，快速响应、化解企业的问题'
service 3-5-4 '健全中小企业合法权益维护机制'
  article '三(五)4'
  covers 'BN-41'
  summary '防范化解拖欠中小企业账款，加强重点领域知识产权预警、纠纷调解和海外纠纷应对指导'

-- (六)实施园区承载提升行动。（责任单位：区经济信息委、区发展改革委、区规划自然资源局）
service 3-6-1 '建设中小企业生态家园'
  article '三(六)1'
  covers 'BN-42'
  subject platform
  summary '利用工业园区、楼宇产业园和小微双创基地，为初创型中小企业提供低成本、便利、要素齐全的发展空间'
service 3-6-2 '打造中小企业特色产业集群'
  article '三(六)2'
  covers 'BN-43'
  subject platform
  summary '引导上下游企业集聚配套，培育中小企业特色产业集群，由运营机构、龙头企业和专业机构加强公共服务'
service 3-6-3 '优化园区功能配套和服务'
  article '三(六)3'
  covers 'BN-44'
  subject platform
  summary '完善园区政策、设施和配套，探索市场化运营，优化审批，力争“办事不出园”'

-- ---------------------------------------------------------------------------
-- 四、保障措施

-- （责任单位：区经济信息委，区级有关部门）
service 4-1 '加强统筹协调'
  article '四(一)'
  covers 'BN-45'
  subject region
  summary '统筹调度，明确目标、完善机制，及时协调解决梯度培育中的重大问题'
-- （责任单位：区经济信息委、区财政局，区级有关部门）
service 4-2 '强化政策支持'
  article '四(二)'
  covers 'BN-46'
  subject region
  summary '对优质中小企业实行“白名单”制度，因地制宜制定配套政策，形成合力'
  note '进入“白名单”的条件，原文没有写'
-- （责任单位：区经济信息委、区统计局）
service 4-3 '建立评价体系'
  article '四(三)'
  covers 'BN-47'
  subject region
  summary '坚持标准和评价机制，开展中小企业发展环境第三方评估，健全统计监测并定期分析'
-- （责任单位：区经济信息委）
service 4-4 '营造良好氛围'
  article '四(四)'
  covers 'BN-48'
  subject region
  summary '培训中小企业家，办好“中小企业宣传月”等活动，营造支持中小企业的氛围'

-- ---------------------------------------------------------------------------
-- 例：基准企业，在巴南区，什么称号都没有

example '未入梯度'
  given as_of = 2025-12-31, region = '巴南区', listed_status = 'unlisted'
  expect local true, innovative_titled false, in_pool false, specialized_titled false, giant_titled false,
         champion_titled false, gazelle false, unicorn false, listed false, hightech false,
         innovative_new false, pool_new false, specialized_new false, giant_new false, gazelle_new false,
         rung innovative false, rung hard_tech false, rung specialized false, rung little_giant false,
         rung champion false, rung listed false, placement none, amount = 0元, missing ()

-- ---------------------------------------------------------------------------
-- 例：(一)创新型中小企业

example '创新型' like '未入梯度'
  given innovative_on = 2023-07-01, innovative_until = 2026-06-30
  expect innovative_titled true, innovative_new false, rung innovative true, rung specialized false,
         placement innovative, missing ()
example '创新型·公告当日' like '创新型'
  given as_of = 2023-07-01
  expect innovative_titled true, innovative_new true, rung innovative true, placement innovative
example '创新型·公告前一日' like '创新型'
  given as_of = 2023-06-30
  expect innovative_titled false, rung innovative false, placement none
example '创新型·有效期最后一日' like '创新型'
  given as_of = 2026-06-30
  expect innovative_titled true, rung innovative true, placement innovative
example '创新型·有效期届满次日' like '创新型'
  given as_of = 2026-07-01
  expect innovative_titled false, rung innovative false, placement none
example '创新型·有效期未知' like '创新型'
  given innovative_until = unknown
  expect innovative_titled unknown, rung innovative unknown, placement unknown, missing (innovative_until)
example '创新型·公告日未知' like '创新型'
  given innovative_on = unknown
  expect innovative_titled unknown, innovative_new unknown, rung innovative unknown, missing (innovative_on)
example '创新型·有效期已过，公告日未知也不妨' like '创新型'
  given as_of = 2026-07-01, innovative_on = unknown
  expect innovative_titled false, rung innovative false, placement none
example '创新型·没有有效期记录' like '创新型'
  given innovative_until = none
  expect innovative_titled false, rung innovative false, placement none
example '创新型·不在巴南区' like '创新型'
  given region = '渝北区'
  expect local false, innovative_titled true, rung innovative false, placement none
example '创新型·区县未知' like '创新型'
  given region = unknown
  expect local unknown, rung innovative unknown, placement unknown, missing (region)
example '创新型·判断日未知' like '创新型'
  given as_of = unknown
  expect innovative_titled unknown, rung innovative unknown, placement unknown
example '创新型·年初第一日公告，当年新增' like '未入梯度'
  given innovative_on = 2025-01-01, innovative_until = 2027-12-31
  expect innovative_new true, innovative_titled true
example '创新型·年末最后一日公告，当年新增' like '未入梯度'
  given innovative_on = 2025-12-31, innovative_until = 2028-12-30
  expect innovative_new true, innovative_titled true
example '创新型·上年最后一日公告，不是当年新增' like '未入梯度'
  given innovative_on = 2024-12-31, innovative_until = 2027-12-30
  expect innovative_new false, innovative_titled true
example '创新型·次年第一日公告，不是当年新增' like '未入梯度'
  given innovative_on = 2026-01-01, innovative_until = 2028-12-31
  expect innovative_new false, innovative_titled false
example '创新型·当年公告当年失效，仍是当年新增' like '未入梯度'
  given innovative_on = 2025-02-01, innovative_until = 2025-11-30
  expect innovative_new true, innovative_titled false, placement none

-- ---------------------------------------------------------------------------
-- 例：(二)硬科技企业

example '硬科技' like '未入梯度'
  given hardtech_pool = true, pool_entered_on = 2024-06-01
  expect in_pool true, pool_new false, rung hard_tech true, rung innovative false, rung specialized false,
         placement hard_tech, missing ()
example '硬科技·入库当日' like '硬科技'
  given as_of = 2024-06-01
  expect in_pool true, pool_new true, rung hard_tech true
example '硬科技·入库前一日' like '硬科技'
  given as_of = 2024-05-31
  expect in_pool false, rung hard_tech false, placement none
example '硬科技·入库日期没有填写' like '硬科技'
  given pool_entered_on = none
  expect in_pool true, pool_new false, rung hard_tech true
example '硬科技·入库日期未知' like '硬科技'
  given pool_entered_on = unknown
  expect in_pool unknown, pool_new unknown, rung hard_tech unknown, placement unknown, missing (pool_entered_on)
example '硬科技·已移出' like '硬科技'
  given hardtech_pool = false
  expect in_pool false, rung hard_tech false, placement none
example '硬科技·没有入库记录' like '硬科技'
  given hardtech_pool = none, pool_entered_on = none
  expect in_pool false, rung hard_tech false, placement none
example '硬科技·是否在库未知' like '硬科技'
  given hardtech_pool = unknown
  expect in_pool unknown, rung hard_tech unknown, placement unknown, missing (hardtech_pool)
example '硬科技·不在巴南区' like '硬科技'
  given region = '渝北区'
  expect in_pool true, rung hard_tech false, placement none
example '硬科技·区县未知' like '硬科技'
  given region = unknown
  expect rung hard_tech unknown, placement unknown, missing (region)
example '硬科技·判断日未知' like '硬科技'
  given as_of = unknown
  expect in_pool unknown, rung hard_tech unknown
example '硬科技·年初第一日入库，当年新增' like '硬科技'
  given pool_entered_on = 2025-01-01
  expect pool_new true, in_pool true
example '硬科技·年末最后一日入库，当年新增' like '硬科技'
  given pool_entered_on = 2025-12-31
  expect pool_new true, in_pool true
example '硬科技·上年最后一日入库，不是当年新增' like '硬科技'
  given pool_entered_on = 2024-12-31
  expect pool_new false, in_pool true
example '硬科技·次年第一日入库，不是当年新增' like '硬科技'
  given pool_entered_on = 2026-01-01
  expect pool_new false, in_pool false
example '硬科技·当年入库又移出，仍是当年新增' like '硬科技'
  given hardtech_pool = false, pool_entered_on = 2025-03-01
  expect pool_new true, in_pool false, placement none

-- ---------------------------------------------------------------------------
-- 例：(三)专精特新中小企业

example '专精特新' like '未入梯度'
  given specialized_on = 2023-07-01, specialized_until = 2026-06-30
  expect specialized_titled true, specialized_new false, rung specialized true, rung innovative false,
         rung hard_tech false, placement specialized, missing ()
example '专精特新·认定当日' like '专精特新'
  given as_of = 2023-07-01
  expect specialized_titled true, specialized_new true, rung specialized true
example '专精特新·认定前一日' like '专精特新'
  given as_of = 2023-06-30
  expect specialized_titled false, rung specialized false, placement none
example '专精特新·有效期最后一日' like '专精特新'
  given as_of = 2026-06-30
  expect specialized_titled true, rung specialized true
example '专精特新·有效期届满次日' like '专精特新'
  given as_of = 2026-07-01
  expect specialized_titled false, rung specialized false, placement none
example '专精特新·有效期未知' like '专精特新'
  given specialized_until = unknown
  expect specialized_titled unknown, rung specialized unknown, placement unknown, missing (specialized_until)
example '专精特新·认定日未知' like '专精特新'
  given specialized_on = unknown
  expect specialized_titled unknown, specialized_new unknown, rung specialized unknown, missing (specialized_on)
example '专精特新·不在巴南区' like '专精特新'
  given region = '渝北区'
  expect specialized_titled true, rung specialized false, placement none
example '专精特新·区县未知' like '专精特新'
  given region = unknown
  expect rung specialized unknown, placement unknown, missing (region)
example '专精特新·年初第一日认定，当年新增' like '未入梯度'
  given specialized_on = 2025-01-01, specialized_until = 2027-12-31
  expect specialized_new true, specialized_titled true
example '专精特新·年末最后一日认定，当年新增' like '未入梯度'
  given specialized_on = 2025-12-31, specialized_until = 2028-12-30
  expect specialized_new true, specialized_titled true
example '专精特新·上年最后一日认定，不是当年新增' like '未入梯度'
  given specialized_on = 2024-12-31, specialized_until = 2027-12-30
  expect specialized_new false, specialized_titled true
example '专精特新·次年第一日认定，不是当年新增' like '未入梯度'
  given specialized_on = 2026-01-01, specialized_until = 2028-12-31
  expect specialized_new false, specialized_titled false

-- ---------------------------------------------------------------------------
-- 例：(四)专精特新“小巨人”企业

example '小巨人' like '未入梯度'
  given little_giant_on = 2023-07-01, little_giant_until = 2026-06-30
  expect giant_titled true, giant_new false, rung little_giant true, rung specialized false,
         placement little_giant, missing ()
example '小巨人·认定当日' like '小巨人'
  given as_of = 2023-07-01
  expect giant_titled true, giant_new true, rung little_giant true
example '小巨人·认定前一日' like '小巨人'
  given as_of = 2023-06-30
  expect giant_titled false, rung little_giant false, placement none
example '小巨人·有效期最后一日' like '小巨人'
  given as_of = 2026-06-30
  expect giant_titled true, rung little_giant true
example '小巨人·有效期届满次日' like '小巨人'
  given as_of = 2026-07-01
  expect giant_titled false, rung little_giant false, placement none
example '小巨人·有效期未知' like '小巨人'
  given little_giant_until = unknown
  expect giant_titled unknown, rung little_giant unknown, placement unknown, missing (little_giant_until)
example '小巨人·认定日未知' like '小巨人'
  given little_giant_on = unknown
  expect giant_titled unknown, giant_new unknown, rung little_giant unknown, missing (little_giant_on)
example '小巨人·不在巴南区' like '小巨人'
  given region = '渝北区'
  expect giant_titled true, rung little_giant false, placement none
example '小巨人·区县未知' like '小巨人'
  given region = unknown
  expect rung little_giant unknown, placement unknown, missing (region)
example '小巨人·年初第一日认定，当年新增' like '未入梯度'
  given little_giant_on = 2025-01-01, little_giant_until = 2027-12-31
  expect giant_new true, giant_titled true
example '小巨人·年末最后一日认定，当年新增' like '未入梯度'
  given little_giant_on = 2025-12-31, little_giant_until = 2028-12-30
  expect giant_new true, giant_titled true
example '小巨人·上年最后一日认定，不是当年新增' like '未入梯度'
  given little_giant_on = 2024-12-31, little_giant_until = 2027-12-30
  expect giant_new false, giant_titled true
example '小巨人·次年第一日认定，不是当年新增' like '未入梯度'
  given little_giant_on = 2026-01-01, little_giant_until = 2028-12-31
  expect giant_new false, giant_titled false

-- ---------------------------------------------------------------------------
-- 例：(五)制造业单项冠军企业

example '单项冠军' like '未入梯度'
  given champion_on = 2023-07-01, champion_until = 2026-06-30
  expect champion_titled true, rung champion true, rung little_giant false, placement champion, missing ()
example '单项冠军·认定当日' like '单项冠军'
  given as_of = 2023-07-01
  expect champion_titled true, rung champion true
example '单项冠军·认定前一日' like '单项冠军'
  given as_of = 2023-06-30
  expect champion_titled false, rung champion false, placement none
example '单项冠军·有效期最后一日' like '单项冠军'
  given as_of = 2026-06-30
  expect champion_titled true, rung champion true
example '单项冠军·有效期届满次日' like '单项冠军'
  given as_of = 2026-07-01
  expect champion_titled false, rung champion false, placement none
example '单项冠军·有效期未知' like '单项冠军'
  given champion_until = unknown
  expect champion_titled unknown, rung champion unknown, placement unknown, missing (champion_until)
example '单项冠军·认定日未知' like '单项冠军'
  given champion_on = unknown
  expect champion_titled unknown, rung champion unknown, missing (champion_on)
example '单项冠军·不在巴南区' like '单项冠军'
  given region = '渝北区'
  expect champion_titled true, rung champion false, placement none
example '单项冠军·区县未知' like '单项冠军'
  given region = unknown
  expect rung champion unknown, placement unknown, missing (region)

-- ---------------------------------------------------------------------------
-- 例：(六)上市企业，含瞪羚企业、独角兽企业

example '瞪羚' like '未入梯度'
  given gazelle_on = 2024-07-01
  expect gazelle true, gazelle_new false, unicorn false, listed false, rung listed true, rung champion false,
         placement listed, missing ()
example '瞪羚·认定当日' like '瞪羚'
  given as_of = 2024-07-01
  expect gazelle true, gazelle_new true, rung listed true
example '瞪羚·认定前一日' like '瞪羚'
  given as_of = 2024-06-30
  expect gazelle false, rung listed false, placement none
example '瞪羚·认定日未知' like '瞪羚'
  given gazelle_on = unknown
  expect gazelle unknown, gazelle_new unknown, rung listed unknown, placement unknown, missing (gazelle_on)
example '瞪羚·不在巴南区' like '瞪羚'
  given region = '渝北区'
  expect gazelle true, rung listed false, placement none
example '瞪羚·上市状态未知也不妨' like '瞪羚'
  given listed_status = unknown
  expect listed unknown, rung listed true, placement listed
example '瞪羚·年初第一日认定，当年新增' like '未入梯度'
  given gazelle_on = 2025-01-01
  expect gazelle_new true, gazelle true
example '瞪羚·年末最后一日认定，当年新增' like '未入梯度'
  given gazelle_on = 2025-12-31
  expect gazelle_new true, gazelle true
example '瞪羚·上年最后一日认定，不是当年新增' like '未入梯度'
  given gazelle_on = 2024-12-31
  expect gazelle_new false, gazelle true
example '瞪羚·次年第一日认定，不是当年新增' like '未入梯度'
  given gazelle_on = 2026-01-01
  expect gazelle_new false, gazelle false
example '独角兽' like '未入梯度'
  given unicorn_on = 2024-07-01
  expect unicorn true, gazelle false, listed false, rung listed true, placement listed
example '独角兽·认定当日' like '独角兽'
  given as_of = 2024-07-01
  expect unicorn true, rung listed true
example '独角兽·认定前一日' like '独角兽'
  given as_of = 2024-06-30
  expect unicorn false, rung listed false, placement none
example '独角兽·认定日未知' like '独角兽'
  given unicorn_on = unknown
  expect unicorn unknown, rung listed unknown, placement unknown, missing (unicorn_on)
example '独角兽·不在巴南区' like '独角兽'
  given region = '渝北区'
  expect unicorn true, rung listed false, placement none
example '上市' like '未入梯度'
  given listed_status = 'main', ipo_listed_on = 2024-07-01
  expect listed true, gazelle false, unicorn false, rung listed true, placement listed
example '上市·上市当日' like '上市'
  given as_of = 2024-07-01
  expect listed true, rung listed true
example '上市·上市前一日' like '上市'
  given as_of = 2024-06-30
  expect listed false, rung listed false, placement none
example '上市·北京证券交易所' like '上市'
  given listed_status = 'bse'
  expect listed true, rung listed true
example '上市·科创板' like '上市'
  given listed_status = 'star'
  expect listed true, rung listed true
example '上市·创业板' like '上市'
  given listed_status = 'chinext'
  expect listed true, rung listed true
example '上市·境外' like '上市'
  given listed_status = 'overseas'
  expect listed true, rung listed true
example '上市·新三板挂牌不是上市' like '未入梯度'
  given listed_status = 'neeq'
  expect listed false, rung listed false, placement none
example '上市·区域性股权市场挂牌不是上市' like '未入梯度'
  given listed_status = 'otc'
  expect listed false, rung listed false, placement none
example '上市·已退市' like '上市'
  given listed_status = 'unlisted'
  expect listed false, rung listed false, placement none
example '上市·首发上市日没有填写' like '上市'
  given ipo_listed_on = none
  expect listed true, rung listed true
example '上市·首发上市日未知' like '上市'
  given ipo_listed_on = unknown
  expect listed unknown, rung listed unknown, placement unknown, missing (ipo_listed_on)
example '上市·上市状态未知' like '上市'
  given listed_status = unknown
  expect listed unknown, rung listed unknown, placement unknown, missing (listed_status)
example '上市·不在巴南区' like '上市'
  given region = '渝北区'
  expect listed true, rung listed false, placement none
example '上市·区县未知' like '上市'
  given region = unknown
  expect rung listed unknown, placement unknown, missing (region)

-- ---------------------------------------------------------------------------
-- 例：高新技术企业

example '高新技术企业·有效期最后一日' like '未入梯度'
  given hightech_until = 2025-12-31
  expect hightech true, placement none
example '高新技术企业·有效期届满次日' like '未入梯度'
  given hightech_until = 2025-12-30
  expect hightech false, placement none
example '高新技术企业·有效期未知' like '未入梯度'
  given hightech_until = unknown
  expect hightech unknown, placement none, missing ()

-- ---------------------------------------------------------------------------
-- 例：位次，取判明的最高一级

example '位次·创新型而在库' like '创新型'
  given hardtech_pool = true, pool_entered_on = 2024-06-01
  expect rung innovative true, rung hard_tech true, placement hard_tech
example '位次·在库的专精特新' like '专精特新'
  given hardtech_pool = true, pool_entered_on = 2024-06-01
  expect rung hard_tech true, rung specialized true, placement specialized
example '位次·专精特新而为小巨人' like '专精特新'
  given little_giant_on = 2024-07-01, little_giant_until = 2027-06-30
  expect rung specialized true, rung little_giant true, placement little_giant
example '位次·小巨人届满而专精特新有效' like '专精特新'
  given little_giant_on = 2022-07-01, little_giant_until = 2025-06-30
  expect rung specialized true, rung little_giant false, placement specialized
example '位次·小巨人而为单项冠军' like '小巨人'
  given champion_on = 2025-01-01, champion_until = 2027-12-31
  expect rung little_giant true, rung champion true, placement champion
example '位次·单项冠军而上市' like '单项冠军'
  given listed_status = 'main', ipo_listed_on = 2020-01-01
  expect rung champion true, rung listed true, placement listed
example '位次·六个层级都在' like '位次·单项冠军而上市'
  given innovative_on = 2023-07-01, innovative_until = 2026-06-30, hardtech_pool = true, pool_entered_on = 2024-06-01,
        specialized_on = 2023-07-01, specialized_until = 2026-06-30, little_giant_on = 2023-07-01,
        little_giant_until = 2026-06-30, gazelle_on = 2024-07-01, unicorn_on = 2025-07-01
  expect rung innovative true, rung hard_tech true, rung specialized true, rung little_giant true,
         rung champion true, rung listed true, placement listed, missing ()
example '位次·六个层级都在，不在巴南区' like '位次·六个层级都在'
  given region = '渝北区'
  expect rung innovative false, rung listed false, placement none
example '位次·更高一级未定，取判明的' like '专精特新'
  given listed_status = unknown
  expect rung specialized true, rung listed unknown, placement specialized, missing (listed_status)
example '位次·更高一级小巨人未定，取判明的' like '专精特新'
  given little_giant_on = 2023-07-01, little_giant_until = unknown
  expect rung specialized true, rung little_giant unknown, placement specialized, missing (little_giant_until)
example '位次·最高一级已判明，其余未定不妨' like '上市'
  given little_giant_on = unknown, champion_on = unknown
  expect rung listed true, placement listed
example '位次·什么都没有判明，上市状态未知' like '未入梯度'
  given listed_status = unknown
  expect rung innovative false, rung listed unknown, placement unknown, missing (listed_status)
example '位次·不在巴南区即可否定，其余不必知道'
  given region = '大足区'
  expect rung innovative false, rung hard_tech false, rung specialized false, rung little_giant false,
         rung champion false, rung listed false, placement none, missing ()
$zjtx$);

SELECT zjtx.store($zjtx$
-- 渝府办发〔2022〕23号《重庆市推进“专精特新”企业高质量发展专项行动计划（2022—2025年）》，
-- 原文未见，只据中国工业报2022年3月30日的报道整理。

policy cq-2022-23 '重庆市推进“专精特新”企业高质量发展专项行动计划（2022—2025年）'
  number '渝府办发〔2022〕23号'
  region '重庆市'
  in force from 2022-03-30 until 2026-01-01
  source '中国工业报2022年3月30日报道《政策引导 重庆推进专精特新企业持续创新》'
  covers 'CN-00'
  note '2022年至2025年培育专精特新企业的全市计划，有总的目标、五个方面的重点任务和四项保障机制'
  note '只有报纸的报道，没有原文：本文件不能作为依据，引用和兑付以原文为准；报道没有写的条件和数额一律不补'
  note '文号见于大足府办发〔2022〕92号的首部，报道没有写；发文机关和印发日报道都没有写，故不填'
  note R10 '报道没有写印发日、施行日和失效日，只说“最近”发布：起日取报道之日2022年3月30日，是已经发布的最早可知之日，实际更早；止日取题名所写的2025年终了，都是推定'
  note R16 '奖补各项报道都没有数额，金额未定，不是零；合计只加有数额的，因此总是零元'
  note '条文号按报道的“一是”至“五是”和“目标”“数据”“机制”，不是原文的条号'
  note '计划及于全市，行中的注册区县不作判断；行中如有市外的企业，请先除去'

fact rd_expense number 元 '上年度研发费用' at least 0
fact rd_expense_prev number 元 '前一年度研发费用' at least 0
fact has_rd_institution boolean '建有研发机构'
fact innovative_on date '创新型中小企业公告日' null means none
fact innovative_until date '创新型中小企业有效期至' null means none
fact specialized_on date '市级专精特新认定日' null means none
fact specialized_until date '市级专精特新有效期至' null means none
fact little_giant_on date '国家小巨人认定日' null means none
fact little_giant_until date '国家小巨人有效期至' null means none
fact otc_growth_board_listed_on date 'OTC成长板挂牌日' null means none
fact otc_srdi_board_listed_on date 'OTC专精特新板挂牌日' null means none
fact neeq_base_listed_on date '新三板基础层首次挂牌日' null means none
fact neeq_innovation_listed_on date '新三板创新层首次挂牌日' null means none
fact neeq_select_listed_on date '新三板精选层首次挂牌日' null means none
fact ipo_listed_on date '首发上市日' null means none
fact smart_factory_level text '数字化车间智能工厂绿色工厂认定' in ('national', 'municipal', 'district') null means none

-- ---------------------------------------------------------------------------
-- 口径

define holds_innovative '创新型中小企业称号有效' = as_of between innovative_on and innovative_until
  note '自公告之日起至有效期届满之日止，首尾两日都算'
define holds_specialized '市级“专精特新”称号有效' = as_of between specialized_on and specialized_until
  note '自认定之日起至有效期届满之日止，首尾两日都算'
define holds_giant '国家“小巨人”称号有效' = as_of between little_giant_on and little_giant_until
  note '自认定之日起至有效期届满之日止，首尾两日都算'

define titled '“专精特新”企业' = holds_innovative or holds_specialized or holds_giant
  note R9 '报道没有写口径：目标并列三级，据本计划制定的大足府办发〔2022〕92号也以三级统称“专精特新”企业，故含创新型中小企业'

-- 五“给予企业上云……发展资金支持”
define cloud_support '上云资金支持的条件' = 0元 / 0 > 0
  note R16 '报道没有写条件，行中也没有上云的事实：以零除之，值恒为未知；条件公布后以公布的条件代替本定义'

-- ---------------------------------------------------------------------------
-- 目标和数据

-- “到2025年，重庆市创新型中小企业达到2.5万家，市级‘专精特新’中小企业达到2500家，国家专精特新‘小巨人’企业达到300家，
-- 新增上市企业25家。”
target g1 '创新型中小企业' 家 stock 2025: 2.5万家
  count where holds_innovative
  subject region
  article '目标'
  covers 'CN-01'
  summary '到2025年末，全市有效的创新型中小企业达到2.5万家'
  note '“到2025年”以2025年12月31日为准；有效期内的才数，是否累计报道没有写'
target g2 '市级“专精特新”中小企业' 家 stock 2025: 2500家
  count where holds_specialized
  subject region
  article '目标'
  covers 'CN-02'
  summary '到2025年末，全市有效的市级专精特新中小企业达到2500家'
  note '“到2025年”以2025年12月31日为准；有效期内的才数，是否累计报道没有写'
target g3 '国家专精特新“小巨人”企业' 家 stock 2025: 300家
  count where holds_giant
  subject region
  article '目标'
  covers 'CN-03'
  summary '到2025年末，全市有效的国家小巨人企业达到300家'
  note '“到2025年”以2025年12月31日为准；有效期内的才数，是否累计报道没有写'
target g4 '新增上市企业（累计）' 家 stock 2025: 25家
  count where ipo_listed_on between 2022-01-01 and as_of
  subject region
  article '目标'
  covers 'CN-04'
  summary '到2025年末，全市累计新增上市企业25家'
  note '起算日报道没有写：按题名的年限自2022年1月1日起累计，不是2025年一年的数，故按累计存量列'
  note R19 '上市不含新三板和股权交易中心挂牌'
  note '是否限于专精特新企业、是否含境外上市，报道没有写：都不限'

-- “2021年，纳入监测的‘专精特新’企业营业收入同比增长25.5%，高于全部监测中小企业4个百分点；利润增长37.0%，高于监测中小企业
-- 14.5个百分点。”
service d1 '2021年营业收入增速'
  subject region
  article '数据'
  covers 'CN-05'
  summary '2021年纳入监测的专精特新企业营业收入增长25.5%，比全部监测的中小企业高4个百分点'
  note '是已经发生的事实，不是目标；由此推得全部监测中小企业增长21.5%，报道没有写'
service d2 '2021年利润增速'
  subject region
  article '数据'
  covers 'CN-06'
  summary '2021年纳入监测的专精特新企业利润增长37.0%，比监测的中小企业高14.5个百分点'
  note '是已经发生的事实，不是目标；由此推得监测的中小企业增长22.5%，报道没有写'

-- ---------------------------------------------------------------------------
-- 一是加强孵化培育

-- “组建10个技术创新战略联盟”“重点支持10家中小企业孵化器建设”“重点培育10个市级重点关键产业园”
target 1a '技术创新战略联盟' 个 stock 2025: 10个
  subject platform
  article '一'
  covers 'CN-07'
  summary '组建技术创新战略联盟10个，推动产学研协同创新'
  note '没有写年限：按题名的最后一年2025年'
target 1b '重点支持的中小企业孵化器' 家 stock 2025: 10家
  subject platform
  article '一'
  covers 'CN-08'
  summary '重点支持中小企业孵化器10家，建设科技型初创企业园区'
  note '没有写年限：按题名的最后一年2025年；“支持”是扶持的家数，不是全市孵化器的总数'
target 1c '市级重点关键产业园' 个 stock 2025: 10个
  subject platform
  article '一'
  covers 'CN-09'
  summary '围绕关键领域重点培育市级重点关键产业园10个'
  note '没有写年限：按题名的最后一年2025年'
service 1d '项目孵化通道'
  subject platform
  article '一'
  covers 'CN-10'
  summary '支持高新技术产业研究院打通从项目遴选到生成企业的通道，支持区县和园区筛选成果进行孵化'

-- ---------------------------------------------------------------------------
-- 二是夯实科技支撑

-- “推动研发机构全覆盖，培育一批市级、国家级企业研发机构”
target 2a '“专精特新”企业研发机构覆盖率' % stock 2025: 100%
  count where has_rd_institution of titled
  subject region
  article '二'
  covers 'CN-11'
  summary '推动专精特新企业都建有研发机构，并培育一批市级、国家级研发机构'
  note '“全覆盖”即100%，报道没有写百分数，也没有写年限：按题名的最后一年2025年'
  note R9 '覆盖的范围报道只写“企业”：按本段的题目，以专精特新企业为分母，含创新型中小企业'
  note '“一批市级、国家级企业研发机构”没有数'
-- “新培育数字化车间400个、智能工厂50个、绿色工厂100个”
target 2b '新培育数字化车间（累计）' 个 stock 2025: 400个
  subject region
  article '二'
  covers 'CN-12'
  summary '累计新培育数字化车间400个'
  note '没有写年限：按题名的年限2022年至2025年累计，不是2025年一年的数，故按累计存量列'
  note '企业的行中只有认定的级别，不分车间和工厂，也没有认定日，不能计数'
target 2c '新培育智能工厂（累计）' 个 stock 2025: 50个
  subject region
  article '二'
  covers 'CN-13'
  summary '累计新培育智能工厂50个'
  note '没有写年限：按题名的年限2022年至2025年累计，故按累计存量列；不能计数的原因同2b'
target 2d '新培育绿色工厂（累计）' 个 stock 2025: 100个
  subject region
  article '二'
  covers 'CN-14'
  summary '累计新培育绿色工厂100个'
  note '没有写年限：按题名的年限2022年至2025年累计，故按累计存量列；不能计数的原因同2b'
service 2e '联盟攻关、设备共享和质量品牌'
  article '二'
  covers 'CN-15'
  summary '支持企业牵头组建联盟攻关，推动设备共享、产品质量、标准化、高价值专利和老字号传承'

-- ---------------------------------------------------------------------------
-- 三是加大金融支持力度

service 3a '专精特新企业发展基金'
  article '三'
  covers 'CN-16'
  summary '组建全市的专精特新企业发展基金，重点支持培育和发展'
service 3b '信贷、担保和债券'
  article '三'
  covers 'CN-17'
  summary '搭建银企对接通道，引导低成本资金和专属产品，落实延期还本付息和转贷应急，加强中长期、债券融资和担保'
service 3c '股改挂牌和上市培育'
  article '三'
  covers 'CN-18'
  summary '引导企业股改、挂牌融资，加大上市培育'

-- ---------------------------------------------------------------------------
-- 四是优化公共服务

service 4a '公共服务平台体系'
  subject platform
  article '四'
  covers 'CN-19'
  summary '建立全市中小企业公共服务平台体系，提供精准高效的服务'
service 4b '专利、上门服务、服务专员和人才'
  article '四'
  covers 'CN-20'
  summary '建立高价值专利培育中心，购买服务上门问诊，配备服务专员，做好人才引进和招聘用工'
service 4c '首台（套）、展会和融通'
  article '四'
  covers 'CN-21'
  summary '落实首台（套）装备等政策，组织参加展会，搭建大中小企业融通发展平台'
  note '首台（套）等政策在别的文件中，报道没有写条件和数额'

-- ---------------------------------------------------------------------------
-- 五是优化财政政策

-- “给予国家‘小巨人’企业资金奖励”
clause 5a '国家“小巨人”企业资金奖励' reward
  article '五'
  covers 'CN-22'
  summary '国家小巨人企业得到资金奖励'
  when holds_giant
  pay undetermined
  note R16 '报道没有数额，金额未定'
  note '是因认定而得还是在有效期内而得，报道没有写：按称号在判断日有效判断'
service 5b '示范企业遴选'
  article '五'
  covers 'CN-23'
  summary '遴选专精特新示范企业重点培育'
  note '遴选是择优，条件和家数报道都没有写，不能自动判断'
-- “给予企业上云、数字化、智能化、绿色化发展资金支持”
clause 5c '上云、数字化、智能化、绿色化资金支持' subsidy
  article '五'
  covers 'CN-24'
  summary '企业上云和数字化、智能化、绿色化发展得到资金支持'
  when smart_factory_level in ('national', 'municipal', 'district') or cloud_support
  pay undetermined
  note R16 '报道没有条件和数额：已获数字化车间、智能工厂或者绿色工厂认定的，可以判断为数字化、智能化、绿色化发展；没有认定的不能否定，因为可以上云或者在建，结论未定'
  note '报道写“企业”，不以专精特新称号为条件'
-- “通过奖励鼓励企业加大研发投入”
clause 5d '研发投入奖励' reward
  article '五'
  covers 'CN-25'
  summary '研发费用比前一年度增加的企业得到奖励'
  when rd_expense > rd_expense_prev
  pay undetermined
  note R16 '报道没有数额，金额未定；增幅、强度等条件报道没有写，在别的文件中'
  note '“加大研发投入”按上年度研发费用多于前一年度判断，持平的不是加大；行中没有前一年度的研发投入，以研发费用代替'
  note '报道写“企业”，不以专精特新称号为条件'
-- “对企业挂牌、上市给予奖励”
clause 5e '挂牌上市奖励' reward
  article '五'
  covers 'CN-26'
  summary '企业在股权交易中心、新三板挂牌或者在证券交易所上市的，得到奖励'
  when otc_growth_board_listed_on <= as_of
    or otc_srdi_board_listed_on <= as_of
    or neeq_base_listed_on <= as_of
    or neeq_innovation_listed_on <= as_of
    or neeq_select_listed_on <= as_of
    or ipo_listed_on <= as_of
  pay undetermined
  note R16 '报道没有数额，也没有分阶段的标准，金额未定'
  note R2 '精选层已于2021年11月平移为北京证券交易所，此后无从发生'
  note '报道写“企业”，不以专精特新称号为条件；何处挂牌、何处上市没有写，不分板块和境内外；先于本计划的挂牌、上市也计入，是否兑付以原文为准'

-- ---------------------------------------------------------------------------
-- 保障机制

service m1 '组织领导'
  subject region
  article '机制'
  covers 'CN-27'
  summary '由市促进中小企业发展工作领导小组统筹，建立市、区县两级专精特新企业发展联席会议'
service m2 '责任落实'
  subject region
  article '机制'
  covers 'CN-28'
  summary '列入区县实绩考核，建立监测评价和检查通报，由市经济信息委牵头分解困难问题'
service m3 '监测评价'
  subject region
  article '机制'
  covers 'CN-29'
  summary '加强运行监测，列入发展环境第三方评估，适时督查各区县'
service m4 '良好氛围'
  subject region
  article '机制'
  covers 'CN-30'
  summary '支持媒体和协会每年评选一批优秀专精特新企业和企业家，加强宣传解读'
  note '“一批”没有数'

-- ---------------------------------------------------------------------------
-- 例：称号

example '称号·创新型'
  given as_of = 2024-06-30, innovative_on = 2023-01-01, innovative_until = 2025-12-31
  expect holds_innovative true, titled true, clause 5a false, amount = 0元
example '称号·创新型·公告当日' like '称号·创新型'
  given as_of = 2023-01-01
  expect holds_innovative true, titled true, clause 5a false
example '称号·创新型·公告前一日' like '称号·创新型'
  given as_of = 2022-12-31
  expect holds_innovative false, titled false, clause 5a false
example '称号·创新型·有效期最后一日' like '称号·创新型'
  given as_of = 2025-12-31
  expect holds_innovative true, titled true, clause 5a false
example '称号·创新型·有效期届满次日' like '称号·创新型'
  given as_of = 2026-01-01
  expect holds_innovative false, titled false, clause 5a false
example '称号·创新型·公告日未知' like '称号·创新型'
  given innovative_on = unknown
  expect holds_innovative unknown, titled unknown, clause 5a false
example '称号·创新型·有效期未知' like '称号·创新型'
  given innovative_until = unknown
  expect holds_innovative unknown, titled unknown, clause 5a false
example '称号·创新型·判断日未知' like '称号·创新型'
  given as_of = unknown
  expect holds_innovative unknown, clause 5a false
example '称号·市级专精特新'
  given as_of = 2024-06-30, specialized_on = 2023-01-01, specialized_until = 2025-12-31
  expect holds_specialized true, titled true, clause 5a false, amount = 0元
example '称号·市级专精特新·认定当日' like '称号·市级专精特新'
  given as_of = 2023-01-01
  expect holds_specialized true, titled true, clause 5a false
example '称号·市级专精特新·认定前一日' like '称号·市级专精特新'
  given as_of = 2022-12-31
  expect holds_specialized false, titled false, clause 5a false
example '称号·市级专精特新·有效期最后一日' like '称号·市级专精特新'
  given as_of = 2025-12-31
  expect holds_specialized true, titled true, clause 5a false
example '称号·市级专精特新·有效期届满次日' like '称号·市级专精特新'
  given as_of = 2026-01-01
  expect holds_specialized false, titled false, clause 5a false
example '称号·市级专精特新·认定日未知' like '称号·市级专精特新'
  given specialized_on = unknown
  expect holds_specialized unknown, titled unknown, clause 5a false
example '称号·市级专精特新·有效期未知' like '称号·市级专精特新'
  given specialized_until = unknown
  expect holds_specialized unknown, titled unknown, clause 5a false
example '称号·市级专精特新·判断日未知' like '称号·市级专精特新'
  given as_of = unknown
  expect holds_specialized unknown, clause 5a false
example '称号·小巨人'
  given as_of = 2024-06-30, little_giant_on = 2023-01-01, little_giant_until = 2025-12-31
  expect holds_giant true, titled true, clause 5a undetermined, amount = 0元
example '称号·小巨人·认定当日' like '称号·小巨人'
  given as_of = 2023-01-01
  expect holds_giant true, titled true, clause 5a undetermined
example '称号·小巨人·认定前一日' like '称号·小巨人'
  given as_of = 2022-12-31
  expect holds_giant false, titled false, clause 5a false
example '称号·小巨人·有效期最后一日' like '称号·小巨人'
  given as_of = 2025-12-31
  expect holds_giant true, titled true, clause 5a undetermined
example '称号·小巨人·有效期届满次日' like '称号·小巨人'
  given as_of = 2026-01-01
  expect holds_giant false, titled false, clause 5a false
example '称号·小巨人·认定日未知' like '称号·小巨人'
  given little_giant_on = unknown
  expect holds_giant unknown, titled unknown, clause 5a unknown
example '称号·小巨人·有效期未知' like '称号·小巨人'
  given little_giant_until = unknown
  expect holds_giant unknown, titled unknown, clause 5a unknown
example '称号·小巨人·判断日未知' like '称号·小巨人'
  given as_of = unknown
  expect holds_giant unknown, clause 5a unknown
example '称号·没有称号'
  given as_of = 2024-06-30
  expect holds_innovative false, holds_specialized false, holds_giant false, titled false, clause 5a false

-- ---------------------------------------------------------------------------
-- 例：五，上云和数字化、智能化、绿色化

example '车间工厂'
  given as_of = 2024-06-30, smart_factory_level = 'municipal'
  expect clause 5c undetermined, cloud_support unknown, amount = 0元
example '车间工厂·国家级' like '车间工厂'
  given smart_factory_level = 'national'
  expect clause 5c undetermined
example '车间工厂·区级' like '车间工厂'
  given smart_factory_level = 'district'
  expect clause 5c undetermined
example '车间工厂·没有认定，仍不能否定' like '车间工厂'
  given smart_factory_level = none
  expect clause 5c unknown
example '车间工厂·是否认定未知' like '车间工厂'
  given smart_factory_level = unknown
  expect clause 5c unknown

-- ---------------------------------------------------------------------------
-- 例：五，研发投入

example '研发'
  given as_of = 2024-06-30, rd_expense = 500.01万元, rd_expense_prev = 500万元
  expect clause 5d undetermined, amount = 0元
example '研发·与前一年度持平' like '研发'
  given rd_expense = 500万元
  expect clause 5d false
example '研发·比前一年度少' like '研发'
  given rd_expense = 499.99万元
  expect clause 5d false
example '研发·前一年度为零' like '研发'
  given rd_expense_prev = 0元
  expect clause 5d undetermined
example '研发·两年都为零' like '研发'
  given rd_expense = 0元, rd_expense_prev = 0元
  expect clause 5d false
example '研发·上年度为零，前一年度未知也不是加大' like '研发'
  given rd_expense = 0元, rd_expense_prev = unknown
  expect clause 5d false
example '研发·上年度未知' like '研发'
  given rd_expense = unknown
  expect clause 5d unknown
example '研发·前一年度未知' like '研发'
  given rd_expense_prev = unknown
  expect clause 5d unknown

-- ---------------------------------------------------------------------------
-- 例：五，挂牌上市

example '挂牌上市·成长板'
  given as_of = 2024-06-30, otc_growth_board_listed_on = 2024-05-20
  expect clause 5e undetermined, titled false, amount = 0元
example '挂牌上市·成长板·当日' like '挂牌上市·成长板'
  given as_of = 2024-05-20
  expect clause 5e undetermined
example '挂牌上市·成长板·前一日' like '挂牌上市·成长板'
  given as_of = 2024-05-19
  expect clause 5e false
example '挂牌上市·成长板·日期未知' like '挂牌上市·成长板'
  given otc_growth_board_listed_on = unknown
  expect clause 5e unknown
example '挂牌上市·专精特新板'
  given as_of = 2024-06-30, otc_srdi_board_listed_on = 2024-05-20
  expect clause 5e undetermined, titled false, amount = 0元
example '挂牌上市·专精特新板·当日' like '挂牌上市·专精特新板'
  given as_of = 2024-05-20
  expect clause 5e undetermined
example '挂牌上市·专精特新板·前一日' like '挂牌上市·专精特新板'
  given as_of = 2024-05-19
  expect clause 5e false
example '挂牌上市·专精特新板·日期未知' like '挂牌上市·专精特新板'
  given otc_srdi_board_listed_on = unknown
  expect clause 5e unknown
example '挂牌上市·基础层'
  given as_of = 2024-06-30, neeq_base_listed_on = 2024-05-20
  expect clause 5e undetermined, titled false, amount = 0元
example '挂牌上市·基础层·当日' like '挂牌上市·基础层'
  given as_of = 2024-05-20
  expect clause 5e undetermined
example '挂牌上市·基础层·前一日' like '挂牌上市·基础层'
  given as_of = 2024-05-19
  expect clause 5e false
example '挂牌上市·基础层·日期未知' like '挂牌上市·基础层'
  given neeq_base_listed_on = unknown
  expect clause 5e unknown
example '挂牌上市·创新层'
  given as_of = 2024-06-30, neeq_innovation_listed_on = 2024-05-20
  expect clause 5e undetermined, titled false, amount = 0元
example '挂牌上市·创新层·当日' like '挂牌上市·创新层'
  given as_of = 2024-05-20
  expect clause 5e undetermined
example '挂牌上市·创新层·前一日' like '挂牌上市·创新层'
  given as_of = 2024-05-19
  expect clause 5e false
example '挂牌上市·创新层·日期未知' like '挂牌上市·创新层'
  given neeq_innovation_listed_on = unknown
  expect clause 5e unknown
example '挂牌上市·精选层'
  given as_of = 2024-06-30, neeq_select_listed_on = 2024-05-20
  expect clause 5e undetermined, titled false, amount = 0元
example '挂牌上市·精选层·当日' like '挂牌上市·精选层'
  given as_of = 2024-05-20
  expect clause 5e undetermined
example '挂牌上市·精选层·前一日' like '挂牌上市·精选层'
  given as_of = 2024-05-19
  expect clause 5e false
example '挂牌上市·精选层·日期未知' like '挂牌上市·精选层'
  given neeq_select_listed_on = unknown
  expect clause 5e unknown
example '挂牌上市·首发上市'
  given as_of = 2024-06-30, ipo_listed_on = 2024-05-20
  expect clause 5e undetermined, titled false, amount = 0元
example '挂牌上市·首发上市·当日' like '挂牌上市·首发上市'
  given as_of = 2024-05-20
  expect clause 5e undetermined
example '挂牌上市·首发上市·前一日' like '挂牌上市·首发上市'
  given as_of = 2024-05-19
  expect clause 5e false
example '挂牌上市·首发上市·日期未知' like '挂牌上市·首发上市'
  given ipo_listed_on = unknown
  expect clause 5e unknown
example '挂牌上市·没有挂牌'
  given as_of = 2024-06-30
  expect clause 5e false
example '挂牌上市·一项已成、另一项未知' like '挂牌上市·成长板'
  given ipo_listed_on = unknown
  expect clause 5e undetermined
example '挂牌上市·判断日未知' like '挂牌上市·成长板'
  given as_of = unknown
  expect clause 5e unknown

-- ---------------------------------------------------------------------------
-- 例：合计

example '合计·样样都有，金额仍未定'
  given as_of = 2024-06-30, rd_expense = 600万元, rd_expense_prev = 500万元, has_rd_institution = true,
        little_giant_on = 2023-01-01, little_giant_until = 2025-12-31, ipo_listed_on = 2024-01-15, smart_factory_level = 'national'
  expect clause 5a undetermined, clause 5c undetermined, clause 5d undetermined, clause 5e undetermined, amount = 0元, missing ()
example '合计·空行'
  given as_of = 2024-06-30
  expect clause 5a false, clause 5c unknown, clause 5d unknown, clause 5e false, titled false, amount = 0元, missing (rd_expense, rd_expense_prev)
$zjtx$);

SELECT zjtx.store($zjtx$
-- 渝经信科技〔2023〕21号《中小型硬科技企业更快更高质量发展工作方案（2023—2027年）》，
-- 2023年11月24日发文，2023年11月28日印发。三年倍增、入库筛选、上市奖补和评审加分写成条款，每年
-- 重点帮扶家数写成目标，其余各项写成服务。

政策 cq-hardtech-2023-21 '中小型硬科技企业更快更高质量发展工作方案（2023—2027年）'
  文号 '渝经信科技〔2023〕21号'
  发文机关 '重庆市经济和信息化委员会'
  地区 '重庆市'
  印发 2023年11月24日
  施行 自 2023年11月24日 至 2028年1月1日
  涵盖 'YK-00'
  注 R10 '文中没有施行日和失效日：自发文之日2023年11月24日起，至题名所写的2027年终了；印发记录为2023年11月28日'
  注 R5 '“不超过”“不低于”“以上”都含本数'

事实 size_class 文本 '企业划型' 属于 ('micro', 'small', 'medium', 'large')
事实 listed_status 文本 '上市状态' 属于 ('unlisted', 'otc', 'neeq', 'bse', 'star', 'chinext', 'main', 'overseas')
事实 revenue 数 元 '上年度营业收入' 不低于 0
事实 rd_investment 数 元 '上年度研发投入' 不低于 0
事实 chain_gap_filled 是否 '补短板锻长板填空白取得实效'
事实 has_hard_tech 是否 '自主研发硬科技'
事实 class1_ip_count 数 项 'Ⅰ类知识产权数' 不低于 0
事实 tech_center_level 文本 '企业技术中心级别' 属于 ('national', 'municipal', 'none')
事实 tech_demo_enterprise 是否 '技术创新示范企业' 空 表示 无
事实 specialized_on 日期 '市级专精特新认定日' 空 表示 无
事实 specialized_until 日期 '市级专精特新有效期至' 空 表示 无
事实 little_giant_on 日期 '国家小巨人认定日' 空 表示 无
事实 little_giant_until 日期 '国家小巨人有效期至' 空 表示 无
事实 hardtech_pool 是否 '在硬科技企业帮扶库' 空 表示 无
事实 pool_entered_on 日期 '入库日期' 空 表示 无
事实 pool_base_revenue 数 元 '入库基期营业收入' 不低于 0 空 表示 无
事实 otc_growth_board_listed_on 日期 'OTC成长板挂牌日' 空 表示 无
事实 otc_srdi_board_listed_on 日期 'OTC专精特新板挂牌日' 空 表示 无
事实 neeq_base_listed_on 日期 '新三板基础层首次挂牌日' 空 表示 无
事实 neeq_innovation_listed_on 日期 '新三板创新层首次挂牌日' 空 表示 无
事实 ipo_tutoring_accepted_on 日期 '辅导验收备案日' 空 表示 无
事实 ipo_listed_on 日期 '首发上市日' 空 表示 无

-- 一“入库企业”
定义 在库 '在硬科技企业帮扶库' = hardtech_pool 且 非 (pool_entered_on > as_of)
  注 '入库日期没有填写的，按在库计；移出后不再计，移出的日期行中没有，判断过去的日子请用当时的行'

-- 一“推动入库企业营业收入实现三年‘倍增’”
定义 营收倍数 '上年度营业收入与入库基期之比' = revenue / pool_base_revenue
  注 '基期是入库的上一年度；基期为零的无从计算倍数，结论未定'
定义 倍增期内 '上年度在入库起三个年度之内' =
     年份(as_of) 介于 年份(pool_entered_on) + 1 且 年份(pool_entered_on) + 3
  注 '“三年”按会计年度：入库当年为第一年，第三年的收入到次年才是上年度'

-- 二（一）“筛选入库企业重点针对未上市的专精特新和‘小巨人’企业”
定义 未上市 = listed_status 属于 ('unlisted', 'otc', 'neeq')
  注 R19 '在证券交易所上市（含北京证券交易所和境外）的除外；区域性股权市场和新三板是挂牌，不是上市'
定义 重点对象 '专精特新和“小巨人”企业' =
     as_of 介于 specialized_on 且 specialized_until
  或 as_of 介于 little_giant_on 且 little_giant_until
  注 R9 '只含市级专精特新和国家“小巨人”，原文未写创新型中小企业'

-- “中小型硬科技企业”
定义 中小型 = size_class 属于 ('micro', 'small', 'medium')

-- 1.“上年度营业收入原则上不超过1亿元”
定义 收入适度 = revenue <= 1亿元

-- 3.“获评市级企业技术中心或技术创新示范企业”
定义 技术平台 = tech_center_level 属于 ('municipal', 'national') 或 tech_demo_enterprise
  注 '国家级企业技术中心高于市级，视同满足；“市级”是否也修饰技术创新示范企业不明，市级、国家级均可'

-- 4.“上年度研发投入强度不低于5%”
定义 研发投入强度 '上年度研发投入强度' = rd_investment / revenue
  注 '以研发投入为准；研发费用不含资本化的部分，不能代替，缺研发投入时结论未定'

-- 二（六）“鼓励符合条件的企业积极申报挂牌、上市奖补政策，分阶段享受企业上市奖励”
定义 在库期间挂牌 =
     otc_growth_board_listed_on 介于 pool_entered_on 且 as_of
  或 otc_srdi_board_listed_on 介于 pool_entered_on 且 as_of
  或 neeq_base_listed_on 介于 pool_entered_on 且 as_of
  或 neeq_innovation_listed_on 介于 pool_entered_on 且 as_of
  注 R19 '区域性股权市场和新三板是挂牌；入库当日起算，入库以前的挂牌不计'
  注 R2 '新三板精选层先于本方案平移为北京证券交易所，不列'
定义 在库期间辅导验收 = ipo_tutoring_accepted_on 介于 pool_entered_on 且 as_of
  注 '入库当日起算，入库以前的验收不计'
定义 在库期间上市 = ipo_listed_on 介于 pool_entered_on 且 as_of
  注 '入库当日起算；境内境外原文没有区分'

-- ---------------------------------------------------------------------------
-- 一“组建中小型硬科技企业帮扶库，每年重点帮扶企业不少于50家，推动入库企业营业收入实现三年‘倍增’，
-- 优秀入库企业实现做大做强做上市。”
目标 1-1 '每年重点帮扶企业' 家 存量 2023: 50, 2024: 50, 2025: 50, 2026: 50, 2027: 50
  计数 其中 在库
  条文 '一'
  涵盖 'YK-01'
  对象 地区
  摘要 '每年在帮扶库中得到重点帮扶的企业不少于50家'
  注 R5 '“不少于”含本数'
  注 '原文没有写是在库的还是新入库的：“纳入库中给予重点帮扶”，按年末在库的企业计，不按当年新入库的计'
  注 '“每年”按题名所写的2023年至2027年；2023年11月才印发，该年也按年末在库计'
  注 '全市的目标，行中的注册区县不作判断'

条款 doubling '入库企业营业收入三年倍增' 资格
  条文 '一'
  涵盖 'YK-02'
  摘要 '入库起三个会计年度之内，有一年的营业收入达到入库上一年度的2倍'
  当 倍增期内 且 营收倍数 >= 2
  注 '“倍增”是达到2倍，含2倍；增长2倍（达到3倍）的读法与“倍增”的通常用法不合，不取'
  注 '逐企业判断：原文没有写是每一家还是合计；全部入库企业合计的倍数另行计算'
  注 '三年期过后，行中的上年度收入已不是期内的收入，不据以判定达到；期内是否达到，以当时的行为准'
  注 '不要求判断日仍在库：走上正轨而移出的，正是达到的企业'
  注 '这是方案的目标，不是企业取得帮扶或者奖补的条件'

服务 1-3 '优秀入库企业做大做强做上市'
  条文 '一'
  涵盖 'YK-03'
  摘要 '推动优秀的入库企业做大做强并上市'
  注 '没有家数和期限，不设目标；“优秀”由评审认定，上市与否另有定义“未上市”'

-- ---------------------------------------------------------------------------
-- 二（一）“按照以下指标筛选：1.上年度营业收入原则上不超过1亿元；2.通过自主研发，取得……硬科技；
-- 3.获评市级企业技术中心或技术创新示范企业；4.上年度研发投入强度不低于5%；
-- 5.拥有1项以上与主导产品相关的Ⅰ类知识产权；6.主导产品在产业链关键环节及关键领域
-- ‘补短板’‘锻长板’‘填空白’取得实际成效。”
条款 pool '硬科技企业帮扶库入库筛选' 资格
  条文 '二（一）'
  涵盖 'YK-04', 'YK-06', 'YK-07', 'YK-08', 'YK-09', 'YK-10', 'YK-11', 'YK-12'
  摘要 '未上市，拥有自主研发的硬科技、市级以上技术平台、1项以上Ⅰ类知识产权，研发投入强度不低于5%，并在产业链关键环节见到实效的企业，可建议入库'
  当 未上市
  且 has_hard_tech
  且 技术平台
  且 研发投入强度 >= 5%
  且 class1_ip_count >= 1项
  且 chain_gap_filled
  原则上 收入适度
  原则上 重点对象
  原则上 中小型
  注 R14 '“原则上不超过1亿元”是软条件，含1亿元；超过的予以提示，不因此排除'
  注 R19 '“未上市”是必备条件：方案的目的之一是推动入库企业上市'
  注 '“重点针对……专精特新和‘小巨人’企业”说的是重点而不是范围：没有称号的予以提示，不因此排除'
  注 '“中小型”是方案的对象，但没有写明划型标准，不在六项指标之内：按企业划型提示，不因此排除'
  注 '硬科技、补短板等两项由评审认定；满足指标只是可以建议入库，入库还要经市级筛选、区县和企业反馈'
  注 'Ⅰ类知识产权须与主导产品相关，由行中给出；受让不久的是否计入，原文没有写，以行中给出的项数为准'
  注 '方案适用于全市，行中的注册区县不作判断'

-- 二（一）“动态管理，适度保持入库企业数量，根据工作推进进程，及时将已顺利走上发展正轨的企业移出帮扶库，随时接收新的帮扶企业”
服务 2-1 '帮扶库动态管理'
  条文 '二（一）'
  涵盖 'YK-05'
  摘要 '适度保持库中的家数，把已走上发展正轨的企业及时移出，随时接收新的企业'
  注 '“已顺利走上发展正轨”“适度”没有数，移出由人工决定，不能由事实推出；是否在库由行中给出'

-- 二（二）“生成企业画像。……形成……诊断问题清单和化解问题台账。”
服务 2-2 '开展企业成长诊断'
  条文 '二（二）'
  涵盖 'YK-13'
  摘要 '收集入库企业的问题，从数字化、科技成果、质量标准品牌等多方面诊断，给出企业画像、问题清单和化解台账'

-- 二（三）“强化企业创新主体地位，引导入库企业持续增加研发投入，加强研发机构建设……”
服务 2-3 '打造创新核心竞争力'
  条文 '二（三）'
  涵盖 'YK-14'
  摘要 '引导入库企业加大研发、建好研发机构、聚集人才，支持产学研合作、知识产权、标准制修订、质量管理和品牌建设'

-- 二（四）“支持企业拓展市场……加强银企对接……支持企业尽快上市。”
服务 2-4 '支持企业做强做优'
  条文 '二（四）'
  涵盖 'YK-15'
  摘要 '帮入库企业对接需求、参加展会、融入龙头企业供应链，提供长周期低成本的金融支持，借助基金和区域股权市场培育上市'

-- 二（五）“对照诊断问题清单和化解问题台账，提出化解措施、明确目标任务、强化责任落实。”
服务 2-5 '着力化解发展困难'
  条文 '二（五）'
  涵盖 'YK-16'
  摘要 '对照问题清单和台账逐项化解，匹配企业服务专员，定期开会统筹协调，重大疑难问题一企一策、一事一议'

-- 二（六）“支持入库企业同等条件下优先认定……市级和国家级研发平台，优先参评……荣誉称号，优先享受……专项资金政策支持。”
服务 2-6 '同等条件优先'
  条文 '二（六）'
  涵盖 'YK-17'
  摘要 '入库企业在同等条件下优先认定市级和国家级研发平台、优先参评荣誉称号、优先享受市级工业和信息化专项资金'
  注 '“同等条件下优先”是并列时的次序，不是资格，也没有分值；是否在库由行中给出'

-- 二（六）“培育优秀入库企业作为上市后备企业，鼓励符合条件的企业积极申报挂牌、上市奖补政策，分阶段享受企业上市奖励。”
条款 listing '挂牌、上市奖补' 奖励
  条文 '二（六）'
  涵盖 'YK-18'
  摘要 '在库企业挂牌、通过上市辅导验收或者上市的，可按另行的挂牌、上市奖补政策分阶段申报'
  当 在库 且 (在库期间挂牌 或 在库期间辅导验收 或 在库期间上市)
  给予 未定
  注 R16 '奖补的条件、阶段和数额都在另行的政策里，原文没有指明文件，也没有数：金额未定，不是零'
  注 '“分阶段”没有写明各阶段，此处以挂牌、辅导验收备案、上市三个时点判断是否到了可以申报的时候，各阶段分别奖补与否看另行的政策'
  注 '挂牌、验收、上市之日须已入库；没有入库日期的，无从知道是否已入库，不据以认定'
  注 '判断日须在库；移出的日期行中没有，移出以前的事项请用当时的行判断'
  注 '“优秀”“上市后备企业”“符合条件”由评审和另行的政策认定'

-- 二（六）“入库企业申报享受上述政策的，在各种评审认定总分基础上加3分。”
条款 points '评审认定加分' 加分
  条文 '二（六）'
  涵盖 'YK-19'
  摘要 '在帮扶库内的企业申报市级研发平台、荣誉称号、专项资金和上市奖补时，评审总分加3分'
  当 hardtech_pool
  给予 3分
  注 R13 '只加于市级的评审认定，不加于国家标准的60分：市里不能改变国家的门槛'
  注 '能否超过满分，原文没有写；此处只给出加分，不与任何总分相加'

-- ---------------------------------------------------------------------------
-- 三、保障措施

-- （一）“坚持一季一调度，清单化、责任化推动企业帮扶见成效。”
服务 3-1 '加强组织领导'
  条文 '三（一）'
  涵盖 'YK-20'
  对象 地区
  摘要 '委领导牵头建立专项工作机制，各处室与所在地主管部门定点联系、结对帮扶，每季度调度一次'
-- （二）“市区（县）两级产业主管部门建立‘一对一’的双向联络机制”
服务 3-2 '强化市区（县）联动'
  条文 '三（二）'
  涵盖 'YK-21'
  对象 地区
  摘要 '市和区县两级主管部门一对一联络，与入库企业三方沟通，区县参照建立机制、主动解决具体问题'
-- （三）“总结提炼先进工作经验和方法，学习推广……典型经验。”
服务 3-3 '注重总结推广'
  条文 '三（三）'
  涵盖 'YK-22'
  对象 地区
  摘要 '总结推广先进地区和队伍的经验，弘扬杰出企业家和卓越工程师精神'

-- ---------------------------------------------------------------------------
-- 例：入库筛选，从基准企业起一次只改一项

例 '入库'
  设 as_of = 2024-06-30, size_class = 'medium', listed_status = 'unlisted', revenue = 1亿元, rd_investment = 500万元,
     chain_gap_filled = 真, has_hard_tech = 真, class1_ip_count = 1项, tech_center_level = 'municipal',
     specialized_on = 2022-07-01, specialized_until = 2024-06-30
  应得 条款 pool 真, 条款 points 假, 收入适度 真, 重点对象 真, 中小型 真, 未上市 真, 技术平台 真, 研发投入强度 = 5%, 缺少 ()
例 '入库·营业收入10000.01万元，提示而不排除' 同 '入库'
  设 revenue = 10000.01万元, rd_investment = 600万元
  应得 收入适度 假, 条款 pool 真
例 '入库·营业收入9999.99万元' 同 '入库'
  设 revenue = 9999.99万元
  应得 收入适度 真, 条款 pool 真
例 '入库·没有自主研发的硬科技' 同 '入库'
  设 has_hard_tech = 假
  应得 条款 pool 假
例 '入库·是否硬科技未知' 同 '入库'
  设 has_hard_tech = 未知
  应得 条款 pool 未知, 缺少 (has_hard_tech)
例 '入库·国家级企业技术中心' 同 '入库'
  设 tech_center_level = 'national'
  应得 技术平台 真, 条款 pool 真
例 '入库·没有技术中心' 同 '入库'
  设 tech_center_level = 'none'
  应得 技术平台 假, 条款 pool 假
例 '入库·没有技术中心而是示范企业' 同 '入库'
  设 tech_center_level = 'none', tech_demo_enterprise = 真
  应得 技术平台 真, 条款 pool 真
例 '入库·没有技术中心也不是示范企业' 同 '入库'
  设 tech_center_level = 'none', tech_demo_enterprise = 假
  应得 技术平台 假, 条款 pool 假
例 '入库·技术中心级别未知而是示范企业' 同 '入库'
  设 tech_center_level = 未知, tech_demo_enterprise = 真
  应得 技术平台 真, 条款 pool 真
例 '入库·技术中心级别未知也不是示范企业' 同 '入库'
  设 tech_center_level = 未知
  应得 技术平台 未知, 条款 pool 未知, 缺少 (tech_center_level)
例 '入库·研发投入强度4.99%' 同 '入库'
  设 rd_investment = 499万元
  应得 研发投入强度 = 4.99%, 条款 pool 假
例 '入库·研发投入强度5.01%' 同 '入库'
  设 rd_investment = 501万元
  应得 研发投入强度 = 5.01%, 条款 pool 真
例 '入库·研发投入未知' 同 '入库'
  设 rd_investment = 未知
  应得 研发投入强度 未知, 条款 pool 未知, 缺少 (rd_investment)
例 '入库·没有营业收入，强度未知' 同 '入库'
  设 revenue = 0元
  应得 研发投入强度 未知, 收入适度 真, 条款 pool 未知
例 '入库·没有Ⅰ类知识产权' 同 '入库'
  设 class1_ip_count = 0项
  应得 条款 pool 假
例 '入库·Ⅰ类知识产权2项' 同 '入库'
  设 class1_ip_count = 2项
  应得 条款 pool 真
例 '入库·补短板未见实效' 同 '入库'
  设 chain_gap_filled = 假
  应得 条款 pool 假
例 '入库·在OTC挂牌' 同 '入库'
  设 listed_status = 'otc'
  应得 未上市 真, 条款 pool 真
例 '入库·在新三板挂牌' 同 '入库'
  设 listed_status = 'neeq'
  应得 未上市 真, 条款 pool 真
例 '入库·北京证券交易所上市' 同 '入库'
  设 listed_status = 'bse'
  应得 未上市 假, 条款 pool 假
例 '入库·科创板上市' 同 '入库'
  设 listed_status = 'star'
  应得 未上市 假, 条款 pool 假
例 '入库·创业板上市' 同 '入库'
  设 listed_status = 'chinext'
  应得 未上市 假, 条款 pool 假
例 '入库·主板上市' 同 '入库'
  设 listed_status = 'main'
  应得 未上市 假, 条款 pool 假
例 '入库·境外上市' 同 '入库'
  设 listed_status = 'overseas'
  应得 未上市 假, 条款 pool 假
例 '入库·上市状态未知' 同 '入库'
  设 listed_status = 未知
  应得 未上市 未知, 条款 pool 未知, 缺少 (listed_status)
例 '入库·认定当日' 同 '入库'
  设 as_of = 2022-07-01
  应得 重点对象 真
例 '入库·认定前一日，提示而不排除' 同 '入库'
  设 as_of = 2022-06-30
  应得 重点对象 假, 条款 pool 真
例 '入库·称号届满次日，提示而不排除' 同 '入库'
  设 as_of = 2024-07-01
  应得 重点对象 假, 条款 pool 真
例 '入库·没有称号，提示而不排除' 同 '入库'
  设 specialized_on = 无, specialized_until = 无
  应得 重点对象 假, 条款 pool 真
例 '入库·只有小巨人称号，最后一日' 同 '入库'
  设 specialized_on = 无, specialized_until = 无, little_giant_on = 2023-07-01, little_giant_until = 2024-06-30
  应得 重点对象 真, 条款 pool 真
例 '入库·只有小巨人称号，届满次日' 同 '入库·只有小巨人称号，最后一日'
  设 little_giant_until = 2024-06-29
  应得 重点对象 假, 条款 pool 真
例 '入库·小巨人认定当日' 同 '入库·只有小巨人称号，最后一日'
  设 little_giant_on = 2024-06-30, little_giant_until = 2027-06-29
  应得 重点对象 真, 条款 pool 真
例 '入库·小巨人认定前一日' 同 '入库·小巨人认定当日'
  设 little_giant_on = 2024-07-01
  应得 重点对象 假, 条款 pool 真
例 '入库·大型企业，提示而不排除' 同 '入库'
  设 size_class = 'large'
  应得 中小型 假, 条款 pool 真
例 '入库·小型企业' 同 '入库'
  设 size_class = 'small'
  应得 中小型 真, 条款 pool 真
例 '入库·微型企业' 同 '入库'
  设 size_class = 'micro'
  应得 中小型 真, 条款 pool 真
例 '入库·软条件都未知也不妨' 同 '入库'
  设 size_class = 未知, as_of = 未知
  应得 中小型 未知, 重点对象 未知, 条款 pool 真
例 '入库·一项不满足即可否定，其余不必知道'
  设 listed_status = 'main'
  应得 条款 pool 假
例 '入库·已在库的不重复判断入库指标' 同 '入库'
  设 hardtech_pool = 真
  应得 条款 pool 真, 条款 points 真

-- 例：评审加分

例 '加分·在库'
  设 hardtech_pool = 真
  应得 条款 points 真, 条款 points = 3分, 金额 = 0元
例 '加分·不在库'
  设 hardtech_pool = 假
  应得 条款 points 假, 条款 points = 0分
例 '加分·没有入库记录'
  设 hardtech_pool = 无
  应得 条款 points 假, 条款 points = 0分
例 '加分·是否在库未知'
  设 hardtech_pool = 未知
  应得 条款 points 未知, 条款 points 介于 0分 且 3分
例 '加分·符合入库指标而未入库，不加分' 同 '入库'
  应得 条款 pool 真, 条款 points 假, 条款 points = 0分

-- ---------------------------------------------------------------------------
-- 例：在库

例 '在库'
  设 as_of = 2025-06-30, hardtech_pool = 真, pool_entered_on = 2024-06-01
  应得 在库 真, 条款 points 真
例 '在库·入库当日' 同 '在库'
  设 as_of = 2024-06-01
  应得 在库 真
例 '在库·入库前一日' 同 '在库'
  设 as_of = 2024-05-31
  应得 在库 假
例 '在库·入库日期没有填写' 同 '在库'
  设 pool_entered_on = 无
  应得 在库 真
例 '在库·入库日期未知' 同 '在库'
  设 pool_entered_on = 未知
  应得 在库 未知
例 '在库·已移出' 同 '在库'
  设 hardtech_pool = 假
  应得 在库 假
例 '在库·没有入库记录' 同 '在库'
  设 hardtech_pool = 无, pool_entered_on = 无
  应得 在库 假
例 '在库·是否在库未知' 同 '在库'
  设 hardtech_pool = 未知
  应得 在库 未知
例 '在库·判断日未知' 同 '在库'
  设 as_of = 未知
  应得 在库 未知

-- 例：三年倍增

例 '倍增'
  设 as_of = 2026-06-30, hardtech_pool = 真, pool_entered_on = 2024-06-01, pool_base_revenue = 5000万元, revenue = 1亿元
  应得 营收倍数 = 2, 倍增期内 真, 条款 doubling 真
例 '倍增·9999.99万元，不足2倍' 同 '倍增'
  设 revenue = 9999.99万元
  应得 条款 doubling 假
例 '倍增·10000.01万元' 同 '倍增'
  设 revenue = 10000.01万元
  应得 条款 doubling 真
例 '倍增·3倍' 同 '倍增'
  设 revenue = 1.5亿元
  应得 营收倍数 = 3, 条款 doubling 真
例 '倍增·第一年的收入，起始之日' 同 '倍增'
  设 as_of = 2025-01-01
  应得 倍增期内 真, 条款 doubling 真
例 '倍增·入库当年，上年度还是基期' 同 '倍增'
  设 as_of = 2024-12-31
  应得 倍增期内 假, 条款 doubling 假
例 '倍增·第三年的收入，最后一日' 同 '倍增'
  设 as_of = 2027-12-31
  应得 倍增期内 真, 条款 doubling 真
例 '倍增·三年期过后' 同 '倍增'
  设 as_of = 2028-01-01
  应得 倍增期内 假, 条款 doubling 假
例 '倍增·上年第一日入库，同一年度' 同 '倍增'
  设 as_of = 2027-12-31, pool_entered_on = 2024-01-01
  应得 倍增期内 真, 条款 doubling 真
例 '倍增·上年最后一日入库，三年期早满一年' 同 '倍增'
  设 as_of = 2027-12-31, pool_entered_on = 2023-12-31
  应得 倍增期内 假, 条款 doubling 假
例 '倍增·已移出的也判断' 同 '倍增'
  设 hardtech_pool = 假
  应得 在库 假, 条款 doubling 真
例 '倍增·没有入库' 同 '倍增'
  设 hardtech_pool = 无, pool_entered_on = 无, pool_base_revenue = 无
  应得 营收倍数 无, 倍增期内 假, 条款 doubling 假
例 '倍增·入库而没有基期收入' 同 '倍增'
  设 pool_base_revenue = 无
  应得 营收倍数 无, 条款 doubling 假
例 '倍增·基期收入未知' 同 '倍增'
  设 pool_base_revenue = 未知
  应得 营收倍数 未知, 条款 doubling 未知
例 '倍增·基期收入为零，倍数未知' 同 '倍增'
  设 pool_base_revenue = 0元
  应得 营收倍数 未知, 条款 doubling 未知
例 '倍增·上年度收入未知' 同 '倍增'
  设 revenue = 未知
  应得 营收倍数 未知, 条款 doubling 未知
例 '倍增·上年度没有收入' 同 '倍增'
  设 revenue = 0元
  应得 营收倍数 = 0, 条款 doubling 假
例 '倍增·入库日期未知' 同 '倍增'
  设 pool_entered_on = 未知
  应得 倍增期内 未知, 条款 doubling 未知
例 '倍增·判断日未知' 同 '倍增'
  设 as_of = 未知
  应得 倍增期内 未知, 条款 doubling 未知
例 '倍增·期外即可否定，收入不必知道' 同 '倍增'
  设 as_of = 2028-01-01, revenue = 未知
  应得 条款 doubling 假

-- 例：挂牌、上市奖补

例 '奖补' 同 '在库'
  设 ipo_tutoring_accepted_on = 2025-03-01
  应得 在库期间辅导验收 真, 在库期间挂牌 假, 在库期间上市 假, 条款 listing 真, 条款 listing 未定, 金额 = 0元
例 '奖补·验收当日' 同 '奖补'
  设 as_of = 2025-03-01
  应得 条款 listing 未定
例 '奖补·验收前一日' 同 '奖补'
  设 as_of = 2025-02-28
  应得 条款 listing 假
例 '奖补·入库当日验收' 同 '奖补'
  设 ipo_tutoring_accepted_on = 2024-06-01
  应得 在库期间辅导验收 真, 条款 listing 未定
例 '奖补·入库前一日验收' 同 '奖补'
  设 ipo_tutoring_accepted_on = 2024-05-31
  应得 在库期间辅导验收 假, 条款 listing 假
例 '奖补·没有挂牌上市的事项' 同 '在库'
  应得 在库期间挂牌 假, 在库期间辅导验收 假, 在库期间上市 假, 条款 listing 假
例 '奖补·成长板挂牌' 同 '在库'
  设 otc_growth_board_listed_on = 2025-03-01
  应得 在库期间挂牌 真, 条款 listing 未定
例 '奖补·成长板入库当日挂牌' 同 '在库'
  设 otc_growth_board_listed_on = 2024-06-01
  应得 在库期间挂牌 真, 条款 listing 未定
例 '奖补·成长板入库前一日挂牌' 同 '在库'
  设 otc_growth_board_listed_on = 2024-05-31
  应得 在库期间挂牌 假, 条款 listing 假
例 '奖补·成长板判断日挂牌' 同 '在库'
  设 otc_growth_board_listed_on = 2025-06-30
  应得 在库期间挂牌 真, 条款 listing 未定
例 '奖补·成长板次日才挂牌' 同 '在库'
  设 otc_growth_board_listed_on = 2025-07-01
  应得 在库期间挂牌 假, 条款 listing 假
例 '奖补·专精特新板入库当日挂牌' 同 '在库'
  设 otc_srdi_board_listed_on = 2024-06-01
  应得 在库期间挂牌 真, 条款 listing 未定
例 '奖补·专精特新板入库前一日挂牌' 同 '在库'
  设 otc_srdi_board_listed_on = 2024-05-31
  应得 在库期间挂牌 假, 条款 listing 假
例 '奖补·新三板基础层判断日挂牌' 同 '在库'
  设 neeq_base_listed_on = 2025-06-30
  应得 在库期间挂牌 真, 条款 listing 未定
例 '奖补·新三板基础层次日才挂牌' 同 '在库'
  设 neeq_base_listed_on = 2025-07-01
  应得 在库期间挂牌 假, 条款 listing 假
例 '奖补·新三板创新层入库当日挂牌' 同 '在库'
  设 neeq_innovation_listed_on = 2024-06-01
  应得 在库期间挂牌 真, 条款 listing 未定
例 '奖补·新三板创新层入库前一日挂牌' 同 '在库'
  设 neeq_innovation_listed_on = 2024-05-31
  应得 在库期间挂牌 假, 条款 listing 假
例 '奖补·专精特新板挂牌' 同 '在库'
  设 otc_srdi_board_listed_on = 2025-06-30
  应得 在库期间挂牌 真, 条款 listing 未定
例 '奖补·专精特新板次日才挂牌' 同 '在库'
  设 otc_srdi_board_listed_on = 2025-07-01
  应得 在库期间挂牌 假, 条款 listing 假
例 '奖补·新三板基础层' 同 '在库'
  设 neeq_base_listed_on = 2024-06-01
  应得 在库期间挂牌 真, 条款 listing 未定
例 '奖补·新三板基础层入库前一日' 同 '在库'
  设 neeq_base_listed_on = 2024-05-31
  应得 在库期间挂牌 假, 条款 listing 假
例 '奖补·入库前挂基础层，入库后进创新层' 同 '在库'
  设 neeq_base_listed_on = 2024-05-31, neeq_innovation_listed_on = 2025-06-30
  应得 在库期间挂牌 真, 条款 listing 未定
例 '奖补·创新层次日才挂牌' 同 '在库'
  设 neeq_innovation_listed_on = 2025-07-01
  应得 在库期间挂牌 假, 条款 listing 假
例 '奖补·上市' 同 '在库'
  设 ipo_listed_on = 2025-06-30
  应得 在库期间上市 真, 条款 listing 未定
例 '奖补·次日才上市' 同 '在库'
  设 ipo_listed_on = 2025-07-01
  应得 在库期间上市 假, 条款 listing 假
例 '奖补·入库当日上市' 同 '在库'
  设 ipo_listed_on = 2024-06-01
  应得 在库期间上市 真, 条款 listing 未定
例 '奖补·入库前一日上市' 同 '在库'
  设 ipo_listed_on = 2024-05-31
  应得 在库期间上市 假, 条款 listing 假
例 '奖补·已移出' 同 '奖补'
  设 hardtech_pool = 假
  应得 条款 listing 假
例 '奖补·没有入库' 同 '奖补'
  设 hardtech_pool = 无, pool_entered_on = 无
  应得 条款 listing 假
例 '奖补·入库日期没有填写，不据以认定' 同 '奖补'
  设 pool_entered_on = 无
  应得 在库 真, 在库期间辅导验收 假, 条款 listing 假
例 '奖补·是否在库未知' 同 '奖补'
  设 hardtech_pool = 未知
  应得 条款 listing 未知
例 '奖补·入库日期未知' 同 '奖补'
  设 pool_entered_on = 未知
  应得 在库期间辅导验收 未知, 条款 listing 未知
例 '奖补·验收日未知' 同 '奖补'
  设 ipo_tutoring_accepted_on = 未知
  应得 在库期间辅导验收 未知, 条款 listing 未知
例 '奖补·验收日未知而已上市' 同 '奖补·验收日未知'
  设 ipo_listed_on = 2025-06-30
  应得 条款 listing 未定
例 '奖补·判断日未知' 同 '奖补'
  设 as_of = 未知
  应得 条款 listing 未知
$zjtx$);

SELECT zjtx.store($zjtx$
-- 大足府办发〔2022〕92号《大足区促进“专精特新”企业高质量发展实施方案（2022—2025）》，2022年7月4日印发。
-- 各条按原文的次序排列：能判断的写成条款，有数的写成目标，其余写成服务。

policy dazu-2022-92 '大足区促进“专精特新”企业高质量发展实施方案（2022—2025）'
  number '大足府办发〔2022〕92号'
  issuer '重庆市大足区人民政府办公室'
  region '大足区'
  issued 2022-07-04
  in force from 2022-07-04 until 2026-01-01
  covers 'DZ-00'
  note '根据《重庆市推进“专精特新”企业高质量发展专项行动计划（2022—2025年）》（渝府办发〔2022〕23号）制定，适用于2022年至2025年'
  note R10 '文中没有施行日和失效日：自印发之日2022年7月4日起，至题名所写的2025年终了，起止都是推定'
  note R5 '“以上”“以下”“达到”都含本数'
  note R16 '奖补各条只写“一定政策支持”“资金奖励”“重点资金支持”，没有数额：资格可以判断，金额未定，不是零；合计只加有数额的，因此总是零元'
  note R18 '方案只及于本区，按行中的注册区县判断；迁入、迁出的企业由兑付机关核对'
  note '第1至32项在第二部分内连续编号，条文号即各项的号；不在各项之内的写明所在的段落'
  note '“力争”“推动”“探索”的目标也按所写的数列出，是否达到照数判断，不因措辞放宽'

fact region text '注册区县'
fact has_rd_institution boolean '建有研发机构'
fact innovative_on date '创新型中小企业公告日' null means none
fact innovative_until date '创新型中小企业有效期至' null means none
fact specialized_on date '市级专精特新认定日' null means none
fact specialized_until date '市级专精特新有效期至' null means none
fact little_giant_on date '国家小巨人认定日' null means none
fact little_giant_until date '国家小巨人有效期至' null means none
fact otc_growth_board_listed_on date 'OTC成长板挂牌日' null means none
fact otc_srdi_board_listed_on date 'OTC专精特新板挂牌日' null means none
fact neeq_base_listed_on date '新三板基础层首次挂牌日' null means none
fact neeq_innovation_listed_on date '新三板创新层首次挂牌日' null means none
fact neeq_select_listed_on date '新三板精选层首次挂牌日' null means none
fact ipo_listed_on date '首发上市日' null means none
fact rd_expensed number 元 '费用化研发支出' at least 0
fact rd_intangible_cost number 元 '研发形成无形资产成本' at least 0 null means 0
fact rd_super_deduction_filed number 元 '研发费用加计扣除备案额' at least 0
fact smart_factory_level text '数字化车间智能工厂绿色工厂认定' in ('national', 'municipal', 'district') null means none
fact new_mode_project boolean '新模式新场景项目' null means none
fact incubated_by_institute boolean '高新技术产业研究院孵化企业' null means none
fact first_set_product boolean '首台套首批次首版次产品' null means none
fact platform_kind text '平台类别' in ('public_service', 'startup_base', 'incubator')
fact platform_level text '平台级别' in ('national', 'municipal', 'district')
fact platform_assessment text '市级年度考核结果'

-- ---------------------------------------------------------------------------
-- 口径

-- 一（二）“聚焦创新型中小企业、‘专精特新’中小企业、国家专精特新‘小巨人’企业（以下统称‘专精特新’企业）梯度培育发展”
define titled '“专精特新”企业' = holds_innovative or holds_specialized or holds_giant
  article '一(二)'
  covers 'DZ-02'
  note R9 '本方案的统称含创新型中小企业；别的文件可以只含后两级，口径只在本文件内有效'

define holds_innovative '创新型中小企业称号有效' = as_of between innovative_on and innovative_until
  note '自公告之日起至有效期届满之日止，首尾两日都算'
define holds_specialized '市级“专精特新”称号有效' = as_of between specialized_on and specialized_until
  note '自认定之日起至有效期届满之日止，首尾两日都算'
define holds_giant '国家“小巨人”称号有效' = as_of between little_giant_on and little_giant_until
  note '自认定之日起至有效期届满之日止，首尾两日都算'

define local '区内企业' = region = '大足区'
  note R18 '原文没有写“区内企业”；资金由区财政安排、目标以全区计，故以注册在本区的为限'

-- 14.“对研发费用加计扣除备案达到一定额度的‘专精特新’企业”
define credit_threshold '“一定额度”' = 0元 / 0
  note R16 '原文没有写额度，也没有指明由谁确定：以零除之，值恒为未知，凡与它比较的都未定；额度公布后以公布的数代替本定义'

-- 32. 挂牌、上市之日有称号
define otc_listed '有称号时在股权交易中心挂牌' =
     otc_growth_board_listed_on <= as_of
     and (   otc_growth_board_listed_on between innovative_on and innovative_until
          or otc_growth_board_listed_on between specialized_on and specialized_until
          or otc_growth_board_listed_on between little_giant_on and little_giant_until)
  or otc_srdi_board_listed_on <= as_of
     and (   otc_srdi_board_listed_on between innovative_on and innovative_until
          or otc_srdi_board_listed_on between specialized_on and specialized_until
          or otc_srdi_board_listed_on between little_giant_on and little_giant_until)
  note R20 '称号以挂牌之日有效为准，后来失效不影响'
define neeq_listed '有称号时在新三板挂牌' =
     neeq_base_listed_on <= as_of
     and (   neeq_base_listed_on between innovative_on and innovative_until
          or neeq_base_listed_on between specialized_on and specialized_until
          or neeq_base_listed_on between little_giant_on and little_giant_until)
  or neeq_innovation_listed_on <= as_of
     and (   neeq_innovation_listed_on between innovative_on and innovative_until
          or neeq_innovation_listed_on between specialized_on and specialized_until
          or neeq_innovation_listed_on between little_giant_on and little_giant_until)
  or neeq_select_listed_on <= as_of
     and (   neeq_select_listed_on between innovative_on and innovative_until
          or neeq_select_listed_on between specialized_on and specialized_until
          or neeq_select_listed_on between little_giant_on and little_giant_until)
  note R2 '精选层已于2021年11月平移为北京证券交易所，此后无从发生'
  note R20 '称号以挂牌之日有效为准，后来失效不影响'
define exchange_listed '有称号时首发上市' =
  ipo_listed_on <= as_of
  and (   ipo_listed_on between innovative_on and innovative_until
       or ipo_listed_on between specialized_on and specialized_until
       or ipo_listed_on between little_giant_on and little_giant_until)
  note R20 '称号以上市之日有效为准，后来失效不影响'

-- ---------------------------------------------------------------------------
-- 一（二）三级称号，由低到高

ladder '“专精特新”企业梯度'
  rung innovative '创新型中小企业'
    article '一(二)'
    summary '创新型中小企业称号在判断日有效'
    when holds_innovative
    note '只看本级称号：高一级的称号有效而本级已失效的，本级不成立'
    note '称号由市和国家授予，各级都不看注册在何区'
  rung specialized '市级“专精特新”中小企业'
    article '一(二)'
    summary '市级专精特新称号在判断日有效'
    when holds_specialized
    note '各级称号各自授予，原文没有写须先有下一级的称号：不以创新型称号有效为条件'
  rung little_giant '国家专精特新“小巨人”企业'
    article '一(二)'
    summary '国家小巨人称号在判断日有效'
    when holds_giant
    note '各级称号各自授予，原文没有写须先有下一级的称号：不以市级称号有效为条件'

-- ---------------------------------------------------------------------------
-- 一、总体要求

service aim '指导思想'
  subject region
  article '一(一)'
  covers 'DZ-01'
  summary '以企业为主体、市场为导向，靠梯度培育、政策扶持和精准服务，形成专精特新企业的矩阵'

-- “力争每年新增市级‘专精特新’中小企业8家以上、国家级专精特新‘小巨人’企业1家；到2025年，全区创新型中小企业达到100家，
-- 市级‘专精特新’中小企业达到50家以上，国家级专精特新‘小巨人’企业达到9家以上，新增上市企业3家”
target t1 '每年新增市级“专精特新”中小企业' 家 flow 2022: 8, 2023: 8, 2024: 8, 2025: 8
  count where local and year(specialized_on) = year(as_of)
  subject region
  article '一(二)'
  covers 'DZ-03'
  summary '2022年至2025年每年新认定市级专精特新中小企业8家以上'
  note R5 '“8家以上”含8家'
  note R12 '每年新增和年末总数是两项指标，分别判断；每年恰为8家的4年共32家，要到2025年末达到50家，2021年末至少须有18家且无一失效，基数原文没有写'
  note '“新增”按当年新认定的数，不扣除当年失效的；是否指净增，原文没有写'
  note '方案2022年7月才印发，2022年仍按全年计'
target t2 '每年新增国家专精特新“小巨人”企业' 家 flow 2022: 1, 2023: 1, 2024: 1, 2025: 1
  count where local and year(little_giant_on) = year(as_of)
  subject region
  article '一(二)'
  covers 'DZ-04'
  summary '2022年至2025年每年新认定国家小巨人企业1家'
  note '原文“1家”之后没有“以上”：多于1家也算达到'
  note R12 '每年新增和年末总数是两项指标，分别判断；每年恰为1家的4年共4家，要到2025年末达到9家，2021年末至少须有5家且无一失效，基数原文没有写'
  note '“新增”按当年新认定的数，不扣除当年失效的；方案2022年7月才印发，2022年仍按全年计'
target t3 '创新型中小企业' 家 stock 2025: 100
  count where local and holds_innovative
  subject region
  article '一(二)'
  covers 'DZ-05'
  summary '到2025年末，全区有效的创新型中小企业达到100家'
  note '“到2025年”以2025年12月31日为准；只数创新型称号有效的，另有更高称号的不因此扣除，也不因此补入'
target t4 '市级“专精特新”中小企业' 家 stock 2025: 50
  count where local and holds_specialized
  subject region
  article '一(二)'
  covers 'DZ-06'
  summary '到2025年末，全区有效的市级专精特新中小企业达到50家以上'
  note R5 '“达到50家以上”含50家'
  note R12 '每年新增和年末总数是两项指标，分别判断；见t1的注'
  note '“到2025年”以2025年12月31日为准；有效期内的才数，原文没有写是否累计'
target t5 '国家专精特新“小巨人”企业' 家 stock 2025: 9
  count where local and holds_giant
  subject region
  article '一(二)'
  covers 'DZ-07'
  summary '到2025年末，全区有效的国家小巨人企业达到9家以上'
  note R5 '“达到9家以上”含9家'
  note R12 '每年新增和年末总数是两项指标，分别判断；见t2的注'
  note '“到2025年”以2025年12月31日为准；有效期内的才数，原文没有写是否累计'
target t6 '新增上市企业（累计）' 家 stock 2025: 3
  count where local and ipo_listed_on between 2022-01-01 and as_of
  subject region
  article '一(二)'
  covers 'DZ-08'
  summary '到2025年末，全区累计新增上市企业3家'
  note '“新增”的起算日原文没有写：按题名的年限自2022年1月1日起累计，不是2025年一年的数，故按累计存量列'
  note R19 '上市不含新三板和股权交易中心挂牌'
  note '是否限于专精特新企业、是否含境外上市，原文没有写：都不限'

-- ---------------------------------------------------------------------------
-- 二（一）梯度培育行动

service s1 '梯度培育行动和企业培育库'
  subject region
  article '二(一)'
  covers 'DZ-09'
  summary '推进个转企、小升规、规改股、股上市，建立专精特新企业培育库，分类指导、动态管理'
  note '入库的标准原文没有写'
service 1 '研究院承接成果转化'
  subject platform
  article '1'
  covers 'DZ-10'
  summary '支持高新技术产业研究院承接国内外科技成果，争取在区内建成孵化转化生产基地'
service 2 '产学研协同创新'
  subject platform
  article '2'
  covers 'DZ-11'
  summary '支持技术创新战略联盟，推动高校和科技型企业协同创新，促进成果转化'
service 3 '孵化器和创新创业基地'
  subject platform
  article '3'
  covers 'DZ-12'
  summary '支持小微企业园、众创空间等孵化器，建成中小企业集聚区和创新创业基地'
-- 4.“力争培育以盛泰光电为代表的光电产业、以中国汽研院为代表的智能网联先进制造业、以威立雅为代表的循环经济再制造等3个市级重点关键产业园”
target 4 '市级重点关键产业园' 个 stock 2025: 3
  subject platform
  article '4'
  covers 'DZ-13'
  summary '在光电、智能网联和循环再制造三个方向培育市级重点关键产业园3个，并围绕关键领域引进、培育专精特新企业'
  note '没有写年限：按题名的最后一年2025年'
  note '“等3个”之前恰好列举三个，按三个'

-- ---------------------------------------------------------------------------
-- 二（二）创新驱动行动

-- “力争新增区级创新平台50家，市级以上创新平台10家以上。”
target s2a '新增区级创新平台（累计）' 家 stock 2025: 50
  subject platform
  article '二(二)'
  covers 'DZ-14'
  summary '累计新增区级创新平台50家'
  note '没有写年限和起算日：按题名的年限2022年至2025年累计，故按累计存量列'
target s2b '新增市级以上创新平台（累计）' 家 stock 2025: 10
  subject platform
  article '二(二)'
  covers 'DZ-15'
  summary '累计新增市级以上创新平台10家以上'
  note R5 '“10家以上”含10家，“市级以上”含市级'
  note '没有写年限和起算日：按题名的年限2022年至2025年累计，故按累计存量列'
  note '“新增”是否也管后半句、10家是否含在50家之内，原文没有写：按新增，与50家分别计算'
service s2c '创新驱动行动'
  article '二(二)'
  covers 'DZ-16'
  summary '引导专精特新企业自建或者共建研发机构，攻关核心技术，布局发明专利，建立核心技术专利池'
service 5a '研发准备金制度'
  article '5'
  covers 'DZ-17'
  summary '鼓励专精特新企业建立研发准备金制度'
-- 5.“推动‘专精特新’企业研发机构全覆盖，培育国家级和市级、区级企业研发机构300个以上。”
target 5b '“专精特新”企业研发机构覆盖率' % stock 2025: 100%
  count where has_rd_institution of local and titled
  subject region
  article '5'
  covers 'DZ-18'
  summary '专精特新企业都建有研发机构；另须有国家级、市级、区级企业研发机构300个以上，列为5c'
  note R9 '分母是本方案所称的专精特新企业，含创新型中小企业'
  note '没有写年限：按题名的最后一年2025年；“全覆盖”即100%'
target 5c '国家级、市级和区级企业研发机构' 个 stock 2025: 300
  subject region
  article '5'
  summary '培育国家级、市级和区级企业研发机构300个以上'
  note R5 '“300个以上”含300个'
  note '没有写年限：按题名的最后一年2025年；“培育”是新增还是总数没有写，按总数'
  note '三级企业的目标相加为159家，且一家可以有几个称号，少于300个：300个不只计专精特新企业的研发机构，矛盾保留可见'
  note '企业的行中没有区级研发机构，也没有机构的个数，不能计数'
service 6 '产业联盟揭榜挂帅'
  article '6'
  covers 'DZ-19'
  summary '支持龙头企业组建电梯、专用车、五金、锶盐新材料等产业联盟，以揭榜挂帅、赛马的方式攻关'
-- 7.“到2025年，新培育数字化车间25个、智能工厂5个、绿色工厂5个，培育国家两化融合贯标企业60家以上。”
target 7a '新培育数字化车间（累计）' 个 stock 2025: 25
  subject region
  article '7'
  covers 'DZ-20'
  summary '到2025年累计新培育数字化车间25个'
  note '“新培育”自2022年起累计至2025年末，不是2025年一年的数，故按累计存量列'
  note '企业的行中只有认定的级别，不分车间和工厂，也没有认定日，不能计数'
target 7b '新培育智能工厂（累计）' 个 stock 2025: 5
  subject region
  article '7'
  covers 'DZ-21'
  summary '到2025年累计新培育智能工厂5个'
  note '“新培育”自2022年起累计至2025年末，故按累计存量列；不能计数的原因同7a'
target 7c '新培育绿色工厂（累计）' 个 stock 2025: 5
  subject region
  article '7'
  covers 'DZ-22'
  summary '到2025年累计新培育绿色工厂5个'
  note '“新培育”自2022年起累计至2025年末，故按累计存量列；不能计数的原因同7a'
target 7d '国家两化融合贯标企业' 家 stock 2025: 60
  subject region
  article '7'
  covers 'DZ-23'
  summary '到2025年培育国家两化融合贯标企业60家以上'
  note R5 '“60家以上”含60家'
  note '前三项写“新培育”，此项只写“培育”：是新增还是总数没有写，按总数'
service 8 '科研仪器设备共享'
  subject platform
  article '8'
  covers 'DZ-24'
  summary '与川渝相关区县共建重大科研仪器设备共享平台，鼓励研发和检测机构共享设备'

-- ---------------------------------------------------------------------------
-- 二（三）品牌质量提升行动

service s3 '品牌质量提升行动'
  article '二(三)'
  covers 'DZ-25'
  summary '推动企业健全质量管理体系、参与制定标准、争创市长和区长质量奖，支持驰名商标保护和中华老字号申报'
-- 9.“到2025年，力争创建知名质量品牌4个以上。”
target 9 '创建知名质量品牌（累计）' 个 stock 2025: 4
  subject region
  article '9'
  covers 'DZ-26'
  summary '推进质量品牌建设和老字号传承，到2025年创建知名质量品牌4个以上'
  note R5 '“4个以上”含4个'
  note '“知名质量品牌”没有定义；“创建”自2022年起累计，故按累计存量列'
service 10 '标准领跑计划'
  article '10'
  covers 'DZ-27'
  summary '推动专精特新企业制定高于现行标准的企业标准、团体标准，开展标准领跑者活动'

-- ---------------------------------------------------------------------------
-- 二（四）金融助企行动

-- “引导全区政府性融资担保机构为‘专精特新’企业提供融资担保服务，逐步将平均担保费率降至1%以下。”
target s4a '政府性融资担保机构平均担保费率' % stock at most 2025: 1%
  subject platform
  article '二(四)'
  covers 'DZ-28'
  summary '建立政银担联动，把对专精特新企业的平均担保费率降到1%以下'
  note R5 '“1%以下”含1%'
  note '“逐步”没有年限：按题名的最后一年2025年'
  note '说的是全区政府性融资担保机构的平均数，不是某一笔担保的费率'
service s4b '金融助企行动'
  article '二(四)'
  covers 'DZ-29'
  summary '支持专精特新企业上市挂牌融资，对接基金、银行和担保，用好应急转贷资金'
  note '“完善我区上市的各项奖励政策”指向别的文件'
service 11 '专精特新企业发展基金'
  article '11'
  covers 'DZ-30'
  summary '依托市级专精特新企业发展基金，引导政府产业基金和社会资本重点支持'
service 12 '银企对接'
  article '12'
  covers 'DZ-31'
  summary '利用市、区智慧金融服务平台对接银行和企业，做好线下对接、培训和路演'
service 13 '央行低成本资金直达'
  article '13'
  covers 'DZ-32'
  summary '鼓励地方法人银行用再贷款、再贴现专属产品，把央行低成本资金直达专精特新企业'
service 14a '定制金融服务'
  article '14'
  covers 'DZ-33'
  summary '鼓励金融机构为专精特新企业定制服务方案，结合商业价值信用贷款开发专属信贷产品'
-- 14.“对研发费用加计扣除备案达到一定额度的‘专精特新’企业，适当上调信用贷款授信额度。”
clause 14b '上调信用贷款授信额度' eligibility
  article '14'
  covers 'DZ-34'
  summary '研发费用加计扣除备案达到一定额度的专精特新企业，适当上调信用贷款授信额度'
  when local and titled
   and rd_super_deduction_filed > 0元
   and rd_super_deduction_filed >= credit_threshold
  note R16 '“一定额度”没有数：没有称号的、备案额为零的可以判断为不符合，其余一律未定，不因备案额大而判断为符合'
  note '额度以大于零为前提：备案额为零的无论额度多少都没有达到'
  note '由金融机构决定是否上调和上调多少，“鼓励”“适当”不是给予的义务'
service 15 '延期还本付息和转贷'
  article '15'
  covers 'DZ-35'
  summary '鼓励金融机构落实延期还本付息和应急转贷，推广无还本续贷和信用贷款'
service 16 '中长期融资白名单'
  article '16'
  covers 'DZ-36'
  summary '落实白名单制度，用五金产业贷、小微担、银政通等产品支持技术改造和转型升级'
  note '进入白名单的条件原文没有写'
service 17 '债券融资和担保费优惠'
  article '17'
  covers 'DZ-37'
  summary '探索债券融资项目储备，鼓励政策性担保机构开发专属产品、适当降低担保费'
  note '“适当降低”没有数；全区平均担保费率的目标见s4a'
service 18 '上市培育和辅导'
  article '18'
  covers 'DZ-38'
  summary '搭建上市培育平台，筛选并推荐后备企业，组建专家团一对一辅导，落实奖补政策'
  note '“落实各项奖补政策”指向别的文件'

-- ---------------------------------------------------------------------------
-- 二（五）服务保障行动

service s5 '服务保障行动'
  article '二(五)'
  covers 'DZ-39'
  summary '健全公共服务体系，建设产业技术和综合服务平台，组织专业机构和专家提供专业和公益服务'
service 19a '企业家素质和人才供给'
  article '19'
  covers 'DZ-40'
  summary '提升企业家素质，推行新型学徒制，建设工程师协同创新中心，搭建高层次人才供给通道'
-- 19.“深入开展‘大走访、大调研、大纾困’服务企业活动，实现对‘专精特新’企业全覆盖，为每家企业至少解决1项困难。”
target 19b '“专精特新”企业走访服务覆盖率' % stock 2025: 100%
  article '19'
  covers 'DZ-41'
  summary '走访、调研、纾困覆盖全部专精特新企业；另须为每家至少解决1项困难，列为19c'
  note R9 '分母是本方案所称的专精特新企业，含创新型中小企业'
  note '没有写年限：按题名的最后一年2025年；企业的行中没有走访记录，不能计数'
target 19c '每家“专精特新”企业解决的困难' 项 stock 2025: 1
  article '19'
  summary '为每家专精特新企业至少解决1项困难'
  note R5 '“至少1项”含1项'
  note '是每家的下限，不是平均数；没有写年限：按题名的最后一年2025年；企业的行中没有记录，不能计数'
service 20 '中小企业公共服务窗口平台'
  subject platform
  article '20'
  covers 'DZ-42'
  summary '运营好公共服务窗口平台，在创新、转型、知识产权、市场、融资和合规等方面精准服务'
-- 21.“到2025年高价值专利增长350件以上”
target 21 '高价值专利增长（累计）' 件 stock 2025: 350
  subject region
  article '21'
  covers 'DZ-43'
  summary '建立高价值专利培育机制，到2025年累计增加350件以上'
  note R5 '“350件以上”含350件'
  note '增长的基期没有写：按2021年末，自2022年起累计，故按累计存量列；是否限于专精特新企业的专利没有写'
  note '企业的行中只有与主导产品有关的高价值知识产权数，没有取得日，不能计数'
service 22 '购买服务和上门问诊'
  article '22'
  covers 'DZ-44'
  summary '政府购买法律援助、咨询等服务，组织平台、机构和专家上门问诊、定制服务'
service 23 '一企一策一人'
  article '23'
  covers 'DZ-45'
  summary '为每家专精特新企业配备一名服务专员，一事一议地解决用地、用工、用能和配套困难'
  note '“一企一策一人”即每家一名专员；何时配齐没有写'
service 24 '大足英才和用工'
  article '24'
  covers 'DZ-46'
  summary '按大足英才遴选资助和服务卡两个管理办法评定和支持人才，统筹企业招聘用工'
  note '待遇在所引的两个办法中，本方案没有写'
-- 25.“发挥‘专精特新’企业作用，加强关键核心技术创新和迭代应用，加大首台（套）装备、首批次材料、首版次软件应用支持力度，
-- 全面落实市、区扶持奖励政策。”
clause 25 '首台（套）装备、首批次材料、首版次软件' subsidy
  article '25'
  covers 'DZ-47'
  summary '有首台（套）装备、首批次材料或者首版次软件的专精特新企业，按市、区政策扶持'
  when local and titled and first_set_product
  pay undetermined
  note R16 '数额在市、区的扶持奖励政策中，本方案没有写，金额未定'
  note '首句“发挥‘专精特新’企业作用”，以专精特新企业为限；其他企业能否按市、区政策得到扶持，不由本条判断'
  note '“应用支持”是支持研制单位还是使用单位没有写：按有此类产品的企业判断'
service 26 '展会和国际市场'
  article '26'
  covers 'DZ-48'
  summary '组织专精特新企业参加智博会、西洽会等展会，帮助开拓国际市场'
service 27 '大中小企业融通'
  article '27'
  covers 'DZ-49'
  summary '鼓励链主企业开放要素资源，组织供需对接，扩大向专精特新企业的采购'

-- ---------------------------------------------------------------------------
-- 二（六）专项支持行动

service s6 '专项支持行动'
  article '二(六)'
  covers 'DZ-50'
  summary '优化财政政策，增强专精特新企业的发展动力'
service 28a '平台定制服务包'
  subject platform
  article '28'
  covers 'DZ-51'
  summary '鼓励市级以上公共服务平台和小微企业双创基地为专精特新企业定制服务包，并列入年度综合考评的重点'
-- 28.“对市级以上中小企业公共服务平台（示范平台），根据市级考核结果，分别给予一定政策支持。”
clause 28b '市级以上公共服务平台支持' subsidy
  subject platform
  article '28'
  covers 'DZ-52'
  summary '市级以上中小企业公共服务平台按市级考核结果分别得到一定政策支持'
  when local
   and platform_kind = 'public_service'
   and platform_level in ('national', 'municipal')
   and platform_assessment <> ''
  pay undetermined
  note R5 '“市级以上”含市级'
  note R16 '“一定政策支持”没有数，金额未定'
  note '何种考核结果给予何种支持没有写：有考核结果的即符合，包括结果不佳的；没有结果的未定'
  note '前句的小型微利企业创业创新示范基地不在本句之内；“（示范平台）”按说明，不按另加的条件'
-- 29.“对上年度获评国家专精特新‘小巨人’企业和市级‘专精特新’中小企业给予一定政策支持。”
clause 29 '上年度获评支持' reward per year
  article '29'
  covers 'DZ-53'
  summary '上年度获评国家小巨人或者市级专精特新的企业，得到一定政策支持'
  when local
   and (   year(specialized_on) = year(as_of) - 1
        or year(little_giant_on) = year(as_of) - 1)
  pay undetermined
  note R16 '“一定政策支持”没有数，金额未定'
  note '同一年度两个称号都获评的是否分别支持，原文没有写'
  note R9 '本条只列后两级，创新型中小企业不在内'
  note R22 '因获评而得，称号后来失效不影响；通过复核不是获评'
  note '“上年度”按公历年度：判断日所在年度的前一年。2025年获评的到2026年才是上年度，而方案推定至2025年终了失效，是否兑付原文没有写'
-- 30.“对建设数字化车间、智能工厂、绿色工厂的企业，给予重点资金支持。”
clause 30a '数字化车间、智能工厂、绿色工厂' subsidy
  article '30'
  covers 'DZ-54'
  summary '建设数字化车间、智能工厂、绿色工厂的企业得到重点资金支持；区里并利用工业互联网等平台帮助专精特新企业改造'
  when local and smart_factory_level in ('national', 'municipal', 'district')
  pay undetermined
  note R16 '“重点资金支持”没有数，金额未定'
  note '原文写“建设”，没有写是否须经认定：按已获任一级认定判断，在建而未认定的不在内'
  note '本句没有写“专精特新”企业，不以称号为条件；前句和后句都写了'
-- 30.“对‘专精特新’企业运用新一代信息技术，发展数字化管理、个性化定制、服务化延伸（服务型制造）等新模式，
-- 打造可复制可推广典型模式和应用场景的，给予政策支持。”
clause 30b '新模式和应用场景' subsidy
  article '30'
  covers 'DZ-55'
  summary '专精特新企业以新一代信息技术发展新模式，形成可复制可推广的典型模式和场景的，给予政策支持'
  when local and titled and new_mode_project
  pay undetermined
  note R16 '“政策支持”没有数，金额未定'
  note '是否“可复制可推广”由审核单位认定'
-- 31.“积极引进重庆市高新技术产业研究院来足设立分院，整合市、区两级财政资金，对其孵化的创新型企业，根据企业经营发展情况
-- 给予一定的资金奖励，用于支持企业研发投入。”
clause 31a '研究院孵化企业资金奖励' subsidy
  article '31'
  covers 'DZ-56'
  summary '市高新技术产业研究院在区分院孵化的创新型企业，按经营发展情况得到一定的资金奖励，用于研发投入'
  when local and incubated_by_institute and holds_innovative
  pay undetermined
  note R16 '“一定的资金奖励”没有数，且视经营发展情况而定，金额未定'
  note '原文写“创新型企业”，不是“创新型中小企业”：按创新型中小企业称号有效判断；没有称号的孵化企业由审核单位认定'
  note '原文称“资金奖励”，但限定用于研发投入，按补贴列'
-- 31.“落实企业研发费用税前加计扣除、科技企业孵化器免征增值税等各项税收优惠政策。”
clause 31b '研发费用税前加计扣除' tax
  article '31'
  covers 'DZ-57'
  summary '落实国家的研发费用税前加计扣除和科技企业孵化器免征增值税；后者列为31c'
  when local and (rd_expensed > 0元 or rd_intangible_cost > 0元)
  pay undetermined
  note R16 '只说落实，扣除的比例、期限和除外行业都在国家税收规定中，金额未定'
  note '有研发支出只是享受的前提，能否享受以国家税收规定为准；不以专精特新称号为条件'
clause 31c '科技企业孵化器免征增值税' tax
  subject platform
  article '31'
  summary '落实国家对科技企业孵化器的增值税免征'
  when local and platform_kind = 'incubator'
  pay undetermined
  note R16 '只说落实，何级孵化器、何种收入、何时免征都在国家税收规定中，金额未定'
-- 32.“对‘专精特新’企业在股权交易中心、境内外主要证券交易场所挂牌、上市的，分阶段给予资金奖励。”
clause 32 '挂牌上市奖励' reward
  article '32'
  covers 'DZ-58'
  summary '专精特新企业在股权交易中心、境内外主要证券交易场所挂牌或者上市的，分阶段给予资金奖励'
  when local and (otc_listed or neeq_listed or exchange_listed)
  pay undetermined
  note R16 '阶段和数额都没有写：任何一次挂牌或者上市即符合，金额未定；挂牌上市以前的辅导、受理等是否算阶段不明，不计入'
  note R9 '本方案所称的专精特新企业含创新型中小企业'
  note R20 '称号以挂牌、上市之日有效为准，后来失效不影响'
  note '境外上市也在内，不看板块；境外交易场所是否“主要”由审核单位认定'
  note '先于本方案的挂牌、上市，原文没有日期限制，此处计入；是否兑付须由兑付机关确认'

-- ---------------------------------------------------------------------------
-- 三、保障措施

service m1 '组织领导'
  subject region
  article '三(一)'
  covers 'DZ-59'
  summary '由区特色高地建设领导小组统筹，区经济信息委牵头，镇街和园区上下联动'
service m2 '督查考核'
  subject region
  article '三(二)'
  covers 'DZ-60'
  summary '列入年度考核，监测运行，分解困难问题，通报推进不力的部门和单位'
service m3 '政策扶持和优先推荐'
  article '三(三)'
  covers 'DZ-61'
  summary '区财政每年安排一定资金，支持名录库企业尤其是小巨人和单项冠军，优先推荐申报市级以上资金项目'
  note R16 '“一定资金”没有数；“优先推荐”须择优，不能自动判断'
  note '原文“国家和市认定的专精特新‘小巨人’和‘单项冠军’”，而一（二）的小巨人只有国家级；名录库和入库条件也没有另行说明'
service m4 '宣传表彰'
  article '三(四)'
  covers 'DZ-62'
  summary '表彰单项冠军、小巨人等企业，树立典型，开设专栏，推广经验做法'

-- ---------------------------------------------------------------------------
-- 例：称号和梯度

example '称号·创新型'
  given as_of = 2024-06-30, region = '大足区', innovative_on = 2023-01-01, innovative_until = 2025-12-31
  expect holds_innovative true, titled true, rung innovative true, rung specialized false, rung little_giant false, placement innovative
example '称号·创新型·公告当日' like '称号·创新型'
  given as_of = 2023-01-01
  expect holds_innovative true, titled true, rung innovative true, placement innovative
example '称号·创新型·公告前一日' like '称号·创新型'
  given as_of = 2022-12-31
  expect holds_innovative false, titled false, rung innovative false, placement none
example '称号·创新型·有效期最后一日' like '称号·创新型'
  given as_of = 2025-12-31
  expect holds_innovative true, titled true, rung innovative true, placement innovative
example '称号·创新型·有效期届满次日' like '称号·创新型'
  given as_of = 2026-01-01
  expect holds_innovative false, titled false, rung innovative false, placement none
example '称号·创新型·公告日未知' like '称号·创新型'
  given innovative_on = unknown
  expect holds_innovative unknown, titled unknown, rung innovative unknown, placement unknown
example '称号·创新型·有效期未知' like '称号·创新型'
  given innovative_until = unknown
  expect holds_innovative unknown, titled unknown, rung innovative unknown, placement unknown
example '称号·创新型·有效期未知而尚未公告' like '称号·创新型'
  given innovative_until = unknown, as_of = 2022-12-31
  expect holds_innovative false, titled false, rung innovative false, placement none
example '称号·创新型·判断日未知' like '称号·创新型'
  given as_of = unknown
  expect holds_innovative unknown, titled unknown, placement unknown
example '称号·创新型·不在大足区，称号照样有效' like '称号·创新型'
  given region = '荣昌区'
  expect holds_innovative true, titled true, rung innovative true, placement innovative, local false
example '称号·市级专精特新'
  given as_of = 2024-06-30, region = '大足区', specialized_on = 2023-01-01, specialized_until = 2025-12-31
  expect holds_specialized true, titled true, rung specialized true, rung innovative false, rung little_giant false, placement specialized
example '称号·市级专精特新·认定当日' like '称号·市级专精特新'
  given as_of = 2023-01-01
  expect holds_specialized true, titled true, rung specialized true, placement specialized
example '称号·市级专精特新·认定前一日' like '称号·市级专精特新'
  given as_of = 2022-12-31
  expect holds_specialized false, titled false, rung specialized false, placement none
example '称号·市级专精特新·有效期最后一日' like '称号·市级专精特新'
  given as_of = 2025-12-31
  expect holds_specialized true, titled true, rung specialized true, placement specialized
example '称号·市级专精特新·有效期届满次日' like '称号·市级专精特新'
  given as_of = 2026-01-01
  expect holds_specialized false, titled false, rung specialized false, placement none
example '称号·市级专精特新·认定日未知' like '称号·市级专精特新'
  given specialized_on = unknown
  expect holds_specialized unknown, titled unknown, rung specialized unknown, placement unknown
example '称号·市级专精特新·有效期未知' like '称号·市级专精特新'
  given specialized_until = unknown
  expect holds_specialized unknown, titled unknown, rung specialized unknown, placement unknown
example '称号·市级专精特新·有效期未知而尚未认定' like '称号·市级专精特新'
  given specialized_until = unknown, as_of = 2022-12-31
  expect holds_specialized false, titled false, rung specialized false, placement none
example '称号·市级专精特新·判断日未知' like '称号·市级专精特新'
  given as_of = unknown
  expect holds_specialized unknown, titled unknown, placement unknown
example '称号·市级专精特新·不在大足区，称号照样有效' like '称号·市级专精特新'
  given region = '荣昌区'
  expect holds_specialized true, titled true, rung specialized true, placement specialized, local false
example '称号·小巨人'
  given as_of = 2024-06-30, region = '大足区', little_giant_on = 2023-01-01, little_giant_until = 2025-12-31
  expect holds_giant true, titled true, rung little_giant true, rung innovative false, rung specialized false, placement little_giant
example '称号·小巨人·认定当日' like '称号·小巨人'
  given as_of = 2023-01-01
  expect holds_giant true, titled true, rung little_giant true, placement little_giant
example '称号·小巨人·认定前一日' like '称号·小巨人'
  given as_of = 2022-12-31
  expect holds_giant false, titled false, rung little_giant false, placement none
example '称号·小巨人·有效期最后一日' like '称号·小巨人'
  given as_of = 2025-12-31
  expect holds_giant true, titled true, rung little_giant true, placement little_giant
example '称号·小巨人·有效期届满次日' like '称号·小巨人'
  given as_of = 2026-01-01
  expect holds_giant false, titled false, rung little_giant false, placement none
example '称号·小巨人·认定日未知' like '称号·小巨人'
  given little_giant_on = unknown
  expect holds_giant unknown, titled unknown, rung little_giant unknown, placement unknown
example '称号·小巨人·有效期未知' like '称号·小巨人'
  given little_giant_until = unknown
  expect holds_giant unknown, titled unknown, rung little_giant unknown, placement unknown
example '称号·小巨人·有效期未知而尚未认定' like '称号·小巨人'
  given little_giant_until = unknown, as_of = 2022-12-31
  expect holds_giant false, titled false, rung little_giant false, placement none
example '称号·小巨人·判断日未知' like '称号·小巨人'
  given as_of = unknown
  expect holds_giant unknown, titled unknown, placement unknown
example '称号·小巨人·不在大足区，称号照样有效' like '称号·小巨人'
  given region = '荣昌区'
  expect holds_giant true, titled true, rung little_giant true, placement little_giant, local false
example '称号·没有称号'
  given as_of = 2024-06-30, region = '大足区'
  expect titled false, rung innovative false, rung specialized false, rung little_giant false, placement none
example '称号·三级都有'
  given as_of = 2024-06-30, region = '大足区', innovative_on = 2022-11-01, innovative_until = 2025-10-31,
        specialized_on = 2023-06-01, specialized_until = 2026-05-31, little_giant_on = 2024-06-30, little_giant_until = 2027-06-29
  expect rung innovative true, rung specialized true, rung little_giant true, placement little_giant, titled true
example '称号·创新型已失效，市级有效' like '称号·三级都有'
  given innovative_until = 2024-06-29, little_giant_on = none, little_giant_until = none
  expect rung innovative false, rung specialized true, rung little_giant false, placement specialized, titled true
example '称号·市级有效，小巨人未知' like '称号·三级都有'
  given little_giant_on = unknown
  expect rung specialized true, rung little_giant unknown, placement specialized, titled true
example '称号·前两级没有，小巨人未知' like '称号·没有称号'
  given little_giant_on = unknown, little_giant_until = unknown
  expect titled unknown, rung innovative false, rung specialized false, rung little_giant unknown, placement unknown
example '区内·大足区' like '称号·没有称号'
  expect local true
example '区内·其他区县' like '称号·没有称号'
  given region = '荣昌区'
  expect local false
example '区内·区县未知' like '称号·没有称号'
  given region = unknown
  expect local unknown

-- ---------------------------------------------------------------------------
-- 例：第14条，额度没有写，只能未定

example '授信'
  given as_of = 2024-06-30, region = '大足区', innovative_on = 2023-01-01, innovative_until = 2025-12-31,
        rd_super_deduction_filed = 500万元
  expect clause 14b unknown, credit_threshold unknown, titled true
example '授信·备案额再大也未定' like '授信'
  given rd_super_deduction_filed = 1000亿元
  expect clause 14b unknown
example '授信·备案额1分' like '授信'
  given rd_super_deduction_filed = 0.01元
  expect clause 14b unknown
example '授信·备案额为零' like '授信'
  given rd_super_deduction_filed = 0元
  expect clause 14b false
example '授信·备案额未知' like '授信'
  given rd_super_deduction_filed = unknown
  expect clause 14b unknown
example '授信·备案额为负，视为未知' like '授信'
  given rd_super_deduction_filed = -1元
  expect clause 14b unknown
example '授信·没有称号' like '授信'
  given innovative_on = none, innovative_until = none
  expect clause 14b false, titled false
example '授信·称号有效最后一日' like '授信'
  given as_of = 2025-12-31
  expect clause 14b unknown
example '授信·称号届满次日' like '授信'
  given as_of = 2026-01-01
  expect clause 14b false
example '授信·称号未知而备案额为零' like '授信'
  given innovative_until = unknown, rd_super_deduction_filed = 0元
  expect clause 14b false
example '授信·不在大足区' like '授信'
  given region = '荣昌区'
  expect clause 14b false
example '授信·区县未知' like '授信'
  given region = unknown
  expect clause 14b unknown
example '授信·行中样样都有，仍未定' like '授信'
  given has_rd_institution = true, rd_expensed = 300万元, rd_intangible_cost = 0元,
        platform_kind = 'public_service', platform_level = 'district', platform_assessment = '合格'
  expect clause 14b unknown, missing ()

-- ---------------------------------------------------------------------------
-- 例：第25条

example '首台套'
  given as_of = 2024-06-30, region = '大足区', specialized_on = 2023-01-01, specialized_until = 2025-12-31,
        first_set_product = true
  expect clause 25 undetermined, titled true, amount = 0元
example '首台套·没有此类产品' like '首台套'
  given first_set_product = false
  expect clause 25 false
example '首台套·没有填写，视为没有' like '首台套'
  given first_set_product = none
  expect clause 25 false
example '首台套·有无未知' like '首台套'
  given first_set_product = unknown
  expect clause 25 unknown
example '首台套·没有称号' like '首台套'
  given specialized_on = none, specialized_until = none
  expect clause 25 false, titled false
example '首台套·创新型也在内' like '首台套'
  given specialized_on = none, specialized_until = none, innovative_on = 2023-01-01, innovative_until = 2025-12-31
  expect clause 25 undetermined
example '首台套·小巨人' like '首台套'
  given specialized_on = none, specialized_until = none, little_giant_on = 2023-01-01, little_giant_until = 2025-12-31
  expect clause 25 undetermined
example '首台套·认定当日' like '首台套'
  given as_of = 2023-01-01
  expect clause 25 undetermined
example '首台套·认定前一日' like '首台套'
  given as_of = 2022-12-31
  expect clause 25 false
example '首台套·称号有效最后一日' like '首台套'
  given as_of = 2025-12-31
  expect clause 25 undetermined
example '首台套·称号届满次日' like '首台套'
  given as_of = 2026-01-01
  expect clause 25 false
example '首台套·称号有效期未知' like '首台套'
  given specialized_until = unknown
  expect clause 25 unknown
example '首台套·不在大足区' like '首台套'
  given region = '荣昌区'
  expect clause 25 false
example '首台套·区县未知' like '首台套'
  given region = unknown
  expect clause 25 unknown

-- ---------------------------------------------------------------------------
-- 例：第28条，行是平台

example '平台'
  given as_of = 2024-06-30, region = '大足区', platform_kind = 'public_service', platform_level = 'municipal',
        platform_assessment = '优秀'
  expect clause 28b undetermined, clause 31c false, amount = 0元
example '平台·国家级' like '平台'
  given platform_level = 'national'
  expect clause 28b undetermined
example '平台·区级' like '平台'
  given platform_level = 'district'
  expect clause 28b false
example '平台·级别未知' like '平台'
  given platform_level = unknown
  expect clause 28b unknown
example '平台·小型微型企业创业创新示范基地' like '平台'
  given platform_kind = 'startup_base'
  expect clause 28b false
example '平台·孵化器' like '平台'
  given platform_kind = 'incubator'
  expect clause 28b false, clause 31c undetermined
example '平台·类别未知' like '平台'
  given platform_kind = unknown
  expect clause 28b unknown
example '平台·考核结果不佳也有结果' like '平台'
  given platform_assessment = '不合格'
  expect clause 28b undetermined
example '平台·考核结果空白' like '平台'
  given platform_assessment = ''
  expect clause 28b false
example '平台·考核结果未知' like '平台'
  given platform_assessment = unknown
  expect clause 28b unknown
example '平台·考核结果未知的区级平台' like '平台'
  given platform_assessment = unknown, platform_level = 'district'
  expect clause 28b false
example '平台·不在大足区' like '平台'
  given region = '荣昌区'
  expect clause 28b false
example '平台·区县未知' like '平台'
  given region = unknown
  expect clause 28b unknown

-- ---------------------------------------------------------------------------
-- 例：第29条

example '获评·市级'
  given as_of = 2024-06-30, region = '大足区', specialized_on = 2023-06-15, specialized_until = 2026-06-14
  expect clause 29 undetermined, amount = 0元
example '获评·市级·上年1月1日认定' like '获评·市级'
  given specialized_on = 2023-01-01
  expect clause 29 undetermined
example '获评·市级·前年12月31日认定' like '获评·市级'
  given specialized_on = 2022-12-31
  expect clause 29 false
example '获评·市级·上年12月31日认定' like '获评·市级'
  given specialized_on = 2023-12-31
  expect clause 29 undetermined
example '获评·市级·本年1月1日认定' like '获评·市级'
  given specialized_on = 2024-01-01
  expect clause 29 false
example '获评·市级·认定次年第一日判断' like '获评·市级'
  given as_of = 2024-01-01
  expect clause 29 undetermined
example '获评·市级·认定当年最后一日判断' like '获评·市级'
  given as_of = 2023-12-31
  expect clause 29 false
example '获评·市级·认定次年最后一日判断' like '获评·市级'
  given as_of = 2024-12-31
  expect clause 29 undetermined
example '获评·市级·认定后第二年第一日判断' like '获评·市级'
  given as_of = 2025-01-01
  expect clause 29 false
example '获评·市级·称号后来失效也在内' like '获评·市级'
  given specialized_until = 2024-01-31
  expect clause 29 undetermined
example '获评·市级·认定日未知' like '获评·市级'
  given specialized_on = unknown
  expect clause 29 unknown
example '获评·市级·从未认定' like '获评·市级'
  given specialized_on = none, specialized_until = none
  expect clause 29 false
example '获评·市级·判断日未知' like '获评·市级'
  given as_of = unknown
  expect clause 29 unknown
example '获评·市级·不在大足区' like '获评·市级'
  given region = '荣昌区'
  expect clause 29 false
example '获评·市级·区县未知' like '获评·市级'
  given region = unknown
  expect clause 29 unknown
example '获评·小巨人'
  given as_of = 2024-06-30, region = '大足区', little_giant_on = 2023-06-15, little_giant_until = 2026-06-14
  expect clause 29 undetermined, amount = 0元
example '获评·小巨人·上年1月1日认定' like '获评·小巨人'
  given little_giant_on = 2023-01-01
  expect clause 29 undetermined
example '获评·小巨人·前年12月31日认定' like '获评·小巨人'
  given little_giant_on = 2022-12-31
  expect clause 29 false
example '获评·小巨人·上年12月31日认定' like '获评·小巨人'
  given little_giant_on = 2023-12-31
  expect clause 29 undetermined
example '获评·小巨人·本年1月1日认定' like '获评·小巨人'
  given little_giant_on = 2024-01-01
  expect clause 29 false
example '获评·小巨人·认定次年第一日判断' like '获评·小巨人'
  given as_of = 2024-01-01
  expect clause 29 undetermined
example '获评·小巨人·认定当年最后一日判断' like '获评·小巨人'
  given as_of = 2023-12-31
  expect clause 29 false
example '获评·小巨人·认定次年最后一日判断' like '获评·小巨人'
  given as_of = 2024-12-31
  expect clause 29 undetermined
example '获评·小巨人·认定后第二年第一日判断' like '获评·小巨人'
  given as_of = 2025-01-01
  expect clause 29 false
example '获评·小巨人·称号后来失效也在内' like '获评·小巨人'
  given little_giant_until = 2024-01-31
  expect clause 29 undetermined
example '获评·小巨人·认定日未知' like '获评·小巨人'
  given little_giant_on = unknown
  expect clause 29 unknown
example '获评·小巨人·从未认定' like '获评·小巨人'
  given little_giant_on = none, little_giant_until = none
  expect clause 29 false
example '获评·小巨人·判断日未知' like '获评·小巨人'
  given as_of = unknown
  expect clause 29 unknown
example '获评·小巨人·不在大足区' like '获评·小巨人'
  given region = '荣昌区'
  expect clause 29 false
example '获评·小巨人·区县未知' like '获评·小巨人'
  given region = unknown
  expect clause 29 unknown
example '获评·只是创新型'
  given as_of = 2024-06-30, region = '大足区', innovative_on = 2023-06-15, innovative_until = 2026-06-14
  expect clause 29 false, titled true
example '获评·同年两个称号' like '获评·市级'
  given little_giant_on = 2023-09-01, little_giant_until = 2026-08-31
  expect clause 29 undetermined
example '获评·市级在上年，小巨人未知' like '获评·市级'
  given little_giant_on = unknown
  expect clause 29 undetermined
example '获评·市级在前年，小巨人未知' like '获评·市级'
  given specialized_on = 2022-12-31, little_giant_on = unknown
  expect clause 29 unknown
example '获评·2025年获评的到2026年' like '获评·市级'
  given specialized_on = 2025-11-01, specialized_until = 2028-10-31, as_of = 2026-03-01
  expect clause 29 undetermined

-- ---------------------------------------------------------------------------
-- 例：第30条

example '车间工厂'
  given as_of = 2024-06-30, region = '大足区', smart_factory_level = 'municipal'
  expect clause 30a undetermined, titled false, amount = 0元
example '车间工厂·国家级' like '车间工厂'
  given smart_factory_level = 'national'
  expect clause 30a undetermined
example '车间工厂·区级' like '车间工厂'
  given smart_factory_level = 'district'
  expect clause 30a undetermined
example '车间工厂·没有认定' like '车间工厂'
  given smart_factory_level = none
  expect clause 30a false
example '车间工厂·是否认定未知' like '车间工厂'
  given smart_factory_level = unknown
  expect clause 30a unknown
example '车间工厂·有称号也一样' like '车间工厂'
  given specialized_on = 2023-01-01, specialized_until = 2025-12-31
  expect clause 30a undetermined, titled true
example '车间工厂·不在大足区' like '车间工厂'
  given region = '荣昌区'
  expect clause 30a false
example '车间工厂·区县未知' like '车间工厂'
  given region = unknown
  expect clause 30a unknown
example '新模式'
  given as_of = 2024-06-30, region = '大足区', specialized_on = 2023-01-01, specialized_until = 2025-12-31,
        new_mode_project = true
  expect clause 30b undetermined, clause 30a false, amount = 0元
example '新模式·没有此类项目' like '新模式'
  given new_mode_project = false
  expect clause 30b false
example '新模式·没有填写，视为没有' like '新模式'
  given new_mode_project = none
  expect clause 30b false
example '新模式·有无未知' like '新模式'
  given new_mode_project = unknown
  expect clause 30b unknown
example '新模式·没有称号' like '新模式'
  given specialized_on = none, specialized_until = none
  expect clause 30b false, titled false
example '新模式·创新型也在内' like '新模式'
  given specialized_on = none, specialized_until = none, innovative_on = 2023-01-01, innovative_until = 2025-12-31
  expect clause 30b undetermined
example '新模式·小巨人' like '新模式'
  given specialized_on = none, specialized_until = none, little_giant_on = 2023-01-01, little_giant_until = 2025-12-31
  expect clause 30b undetermined
example '新模式·认定当日' like '新模式'
  given as_of = 2023-01-01
  expect clause 30b undetermined
example '新模式·认定前一日' like '新模式'
  given as_of = 2022-12-31
  expect clause 30b false
example '新模式·称号有效最后一日' like '新模式'
  given as_of = 2025-12-31
  expect clause 30b undetermined
example '新模式·称号届满次日' like '新模式'
  given as_of = 2026-01-01
  expect clause 30b false
example '新模式·称号有效期未知' like '新模式'
  given specialized_until = unknown
  expect clause 30b unknown
example '新模式·不在大足区' like '新模式'
  given region = '荣昌区'
  expect clause 30b false
example '新模式·区县未知' like '新模式'
  given region = unknown
  expect clause 30b unknown

-- ---------------------------------------------------------------------------
-- 例：第31条

example '孵化'
  given as_of = 2024-06-30, region = '大足区', innovative_on = 2023-01-01, innovative_until = 2025-12-31,
        incubated_by_institute = true
  expect clause 31a undetermined, amount = 0元
example '孵化·不是研究院孵化' like '孵化'
  given incubated_by_institute = false
  expect clause 31a false
example '孵化·没有填写，视为不是' like '孵化'
  given incubated_by_institute = none
  expect clause 31a false
example '孵化·是否孵化未知' like '孵化'
  given incubated_by_institute = unknown
  expect clause 31a unknown
example '孵化·不是创新型' like '孵化'
  given innovative_on = none, innovative_until = none
  expect clause 31a false
example '孵化·只有市级称号' like '孵化'
  given innovative_on = none, innovative_until = none, specialized_on = 2023-01-01, specialized_until = 2025-12-31
  expect clause 31a false, titled true
example '孵化·公告当日' like '孵化'
  given as_of = 2023-01-01
  expect clause 31a undetermined
example '孵化·公告前一日' like '孵化'
  given as_of = 2022-12-31
  expect clause 31a false
example '孵化·有效期最后一日' like '孵化'
  given as_of = 2025-12-31
  expect clause 31a undetermined
example '孵化·有效期届满次日' like '孵化'
  given as_of = 2026-01-01
  expect clause 31a false
example '孵化·有效期未知' like '孵化'
  given innovative_until = unknown
  expect clause 31a unknown
example '孵化·不在大足区' like '孵化'
  given region = '荣昌区'
  expect clause 31a false
example '孵化·区县未知' like '孵化'
  given region = unknown
  expect clause 31a unknown
example '加计扣除'
  given as_of = 2024-06-30, region = '大足区', rd_expensed = 300万元, rd_intangible_cost = 0元
  expect clause 31b undetermined, titled false, amount = 0元
example '加计扣除·费用化1分' like '加计扣除'
  given rd_expensed = 0.01元
  expect clause 31b undetermined
example '加计扣除·两项都为零' like '加计扣除'
  given rd_expensed = 0元
  expect clause 31b false
example '加计扣除·只有无形资产' like '加计扣除'
  given rd_expensed = 0元, rd_intangible_cost = 80万元
  expect clause 31b undetermined
example '加计扣除·无形资产1分' like '加计扣除'
  given rd_expensed = 0元, rd_intangible_cost = 0.01元
  expect clause 31b undetermined
example '加计扣除·费用化未知而有无形资产' like '加计扣除'
  given rd_expensed = unknown, rd_intangible_cost = 80万元
  expect clause 31b undetermined
example '加计扣除·费用化未知而没有无形资产' like '加计扣除'
  given rd_expensed = unknown
  expect clause 31b unknown
example '加计扣除·无形资产未知而没有费用化' like '加计扣除'
  given rd_expensed = 0元, rd_intangible_cost = unknown
  expect clause 31b unknown
example '加计扣除·不在大足区' like '加计扣除'
  given region = '荣昌区'
  expect clause 31b false
example '加计扣除·区县未知' like '加计扣除'
  given region = unknown
  expect clause 31b unknown
example '孵化器'
  given as_of = 2024-06-30, region = '大足区', platform_kind = 'incubator', platform_level = 'district'
  expect clause 31c undetermined, clause 28b false, amount = 0元
example '孵化器·公共服务平台' like '孵化器'
  given platform_kind = 'public_service'
  expect clause 31c false
example '孵化器·双创基地' like '孵化器'
  given platform_kind = 'startup_base'
  expect clause 31c false
example '孵化器·类别未知' like '孵化器'
  given platform_kind = unknown
  expect clause 31c unknown
example '孵化器·不在大足区' like '孵化器'
  given region = '荣昌区'
  expect clause 31c false
example '孵化器·区县未知' like '孵化器'
  given region = unknown
  expect clause 31c unknown

-- ---------------------------------------------------------------------------
-- 例：第32条

example '挂牌上市·成长板·创新型'
  given as_of = 2026-06-30, region = '大足区', innovative_on = 2023-01-01, innovative_until = 2025-12-31,
        otc_growth_board_listed_on = 2024-05-20
  expect otc_listed true, clause 32 undetermined, titled false, amount = 0元
example '挂牌上市·成长板·创新型公告当日' like '挂牌上市·成长板·创新型'
  given otc_growth_board_listed_on = 2023-01-01
  expect otc_listed true, clause 32 undetermined
example '挂牌上市·成长板·创新型公告前一日' like '挂牌上市·成长板·创新型'
  given otc_growth_board_listed_on = 2022-12-31
  expect otc_listed false, clause 32 false
example '挂牌上市·成长板·创新型有效期最后一日' like '挂牌上市·成长板·创新型'
  given otc_growth_board_listed_on = 2025-12-31
  expect otc_listed true, clause 32 undetermined
example '挂牌上市·成长板·创新型届满次日' like '挂牌上市·成长板·创新型'
  given otc_growth_board_listed_on = 2026-01-01
  expect otc_listed false, clause 32 false
example '挂牌上市·成长板·当日判断' like '挂牌上市·成长板·创新型'
  given as_of = 2024-05-20
  expect otc_listed true, clause 32 undetermined
example '挂牌上市·成长板·前一日判断' like '挂牌上市·成长板·创新型'
  given as_of = 2024-05-19
  expect otc_listed false, clause 32 false
example '挂牌上市·成长板·日期未知' like '挂牌上市·成长板·创新型'
  given otc_growth_board_listed_on = unknown
  expect otc_listed unknown, clause 32 unknown
example '挂牌上市·成长板·市级专精特新'
  given as_of = 2026-06-30, region = '大足区', specialized_on = 2023-01-01, specialized_until = 2025-12-31,
        otc_growth_board_listed_on = 2024-05-20
  expect otc_listed true, clause 32 undetermined, titled false, amount = 0元
example '挂牌上市·成长板·市级专精特新认定当日' like '挂牌上市·成长板·市级专精特新'
  given otc_growth_board_listed_on = 2023-01-01
  expect otc_listed true, clause 32 undetermined
example '挂牌上市·成长板·市级专精特新认定前一日' like '挂牌上市·成长板·市级专精特新'
  given otc_growth_board_listed_on = 2022-12-31
  expect otc_listed false, clause 32 false
example '挂牌上市·成长板·市级专精特新有效期最后一日' like '挂牌上市·成长板·市级专精特新'
  given otc_growth_board_listed_on = 2025-12-31
  expect otc_listed true, clause 32 undetermined
example '挂牌上市·成长板·市级专精特新届满次日' like '挂牌上市·成长板·市级专精特新'
  given otc_growth_board_listed_on = 2026-01-01
  expect otc_listed false, clause 32 false
example '挂牌上市·成长板·小巨人'
  given as_of = 2026-06-30, region = '大足区', little_giant_on = 2023-01-01, little_giant_until = 2025-12-31,
        otc_growth_board_listed_on = 2024-05-20
  expect otc_listed true, clause 32 undetermined, titled false, amount = 0元
example '挂牌上市·成长板·小巨人认定当日' like '挂牌上市·成长板·小巨人'
  given otc_growth_board_listed_on = 2023-01-01
  expect otc_listed true, clause 32 undetermined
example '挂牌上市·成长板·小巨人认定前一日' like '挂牌上市·成长板·小巨人'
  given otc_growth_board_listed_on = 2022-12-31
  expect otc_listed false, clause 32 false
example '挂牌上市·成长板·小巨人有效期最后一日' like '挂牌上市·成长板·小巨人'
  given otc_growth_board_listed_on = 2025-12-31
  expect otc_listed true, clause 32 undetermined
example '挂牌上市·成长板·小巨人届满次日' like '挂牌上市·成长板·小巨人'
  given otc_growth_board_listed_on = 2026-01-01
  expect otc_listed false, clause 32 false
example '挂牌上市·专精特新板·创新型'
  given as_of = 2026-06-30, region = '大足区', innovative_on = 2023-01-01, innovative_until = 2025-12-31,
        otc_srdi_board_listed_on = 2024-05-20
  expect otc_listed true, clause 32 undetermined, titled false, amount = 0元
example '挂牌上市·专精特新板·创新型公告当日' like '挂牌上市·专精特新板·创新型'
  given otc_srdi_board_listed_on = 2023-01-01
  expect otc_listed true, clause 32 undetermined
example '挂牌上市·专精特新板·创新型公告前一日' like '挂牌上市·专精特新板·创新型'
  given otc_srdi_board_listed_on = 2022-12-31
  expect otc_listed false, clause 32 false
example '挂牌上市·专精特新板·创新型有效期最后一日' like '挂牌上市·专精特新板·创新型'
  given otc_srdi_board_listed_on = 2025-12-31
  expect otc_listed true, clause 32 undetermined
example '挂牌上市·专精特新板·创新型届满次日' like '挂牌上市·专精特新板·创新型'
  given otc_srdi_board_listed_on = 2026-01-01
  expect otc_listed false, clause 32 false
example '挂牌上市·专精特新板·当日判断' like '挂牌上市·专精特新板·创新型'
  given as_of = 2024-05-20
  expect otc_listed true, clause 32 undetermined
example '挂牌上市·专精特新板·前一日判断' like '挂牌上市·专精特新板·创新型'
  given as_of = 2024-05-19
  expect otc_listed false, clause 32 false
example '挂牌上市·专精特新板·日期未知' like '挂牌上市·专精特新板·创新型'
  given otc_srdi_board_listed_on = unknown
  expect otc_listed unknown, clause 32 unknown
example '挂牌上市·专精特新板·市级专精特新'
  given as_of = 2026-06-30, region = '大足区', specialized_on = 2023-01-01, specialized_until = 2025-12-31,
        otc_srdi_board_listed_on = 2024-05-20
  expect otc_listed true, clause 32 undetermined, titled false, amount = 0元
example '挂牌上市·专精特新板·市级专精特新认定当日' like '挂牌上市·专精特新板·市级专精特新'
  given otc_srdi_board_listed_on = 2023-01-01
  expect otc_listed true, clause 32 undetermined
example '挂牌上市·专精特新板·市级专精特新认定前一日' like '挂牌上市·专精特新板·市级专精特新'
  given otc_srdi_board_listed_on = 2022-12-31
  expect otc_listed false, clause 32 false
example '挂牌上市·专精特新板·市级专精特新有效期最后一日' like '挂牌上市·专精特新板·市级专精特新'
  given otc_srdi_board_listed_on = 2025-12-31
  expect otc_listed true, clause 32 undetermined
example '挂牌上市·专精特新板·市级专精特新届满次日' like '挂牌上市·专精特新板·市级专精特新'
  given otc_srdi_board_listed_on = 2026-01-01
  expect otc_listed false, clause 32 false
example '挂牌上市·专精特新板·小巨人'
  given as_of = 2026-06-30, region = '大足区', little_giant_on = 2023-01-01, little_giant_until = 2025-12-31,
        otc_srdi_board_listed_on = 2024-05-20
  expect otc_listed true, clause 32 undetermined, titled false, amount = 0元
example '挂牌上市·专精特新板·小巨人认定当日' like '挂牌上市·专精特新板·小巨人'
  given otc_srdi_board_listed_on = 2023-01-01
  expect otc_listed true, clause 32 undetermined
example '挂牌上市·专精特新板·小巨人认定前一日' like '挂牌上市·专精特新板·小巨人'
  given otc_srdi_board_listed_on = 2022-12-31
  expect otc_listed false, clause 32 false
example '挂牌上市·专精特新板·小巨人有效期最后一日' like '挂牌上市·专精特新板·小巨人'
  given otc_srdi_board_listed_on = 2025-12-31
  expect otc_listed true, clause 32 undetermined
example '挂牌上市·专精特新板·小巨人届满次日' like '挂牌上市·专精特新板·小巨人'
  given otc_srdi_board_listed_on = 2026-01-01
  expect otc_listed false, clause 32 false
example '挂牌上市·基础层·创新型'
  given as_of = 2026-06-30, region = '大足区', innovative_on = 2023-01-01, innovative_until = 2025-12-31,
        neeq_base_listed_on = 2024-05-20
  expect neeq_listed true, clause 32 undetermined, titled false, amount = 0元
example '挂牌上市·基础层·创新型公告当日' like '挂牌上市·基础层·创新型'
  given neeq_base_listed_on = 2023-01-01
  expect neeq_listed true, clause 32 undetermined
example '挂牌上市·基础层·创新型公告前一日' like '挂牌上市·基础层·创新型'
  given neeq_base_listed_on = 2022-12-31
  expect neeq_listed false, clause 32 false
example '挂牌上市·基础层·创新型有效期最后一日' like '挂牌上市·基础层·创新型'
  given neeq_base_listed_on = 2025-12-31
  expect neeq_listed true, clause 32 undetermined
example '挂牌上市·基础层·创新型届满次日' like '挂牌上市·基础层·创新型'
  given neeq_base_listed_on = 2026-01-01
  expect neeq_listed false, clause 32 false
example '挂牌上市·基础层·当日判断' like '挂牌上市·基础层·创新型'
  given as_of = 2024-05-20
  expect neeq_listed true, clause 32 undetermined
example '挂牌上市·基础层·前一日判断' like '挂牌上市·基础层·创新型'
  given as_of = 2024-05-19
  expect neeq_listed false, clause 32 false
example '挂牌上市·基础层·日期未知' like '挂牌上市·基础层·创新型'
  given neeq_base_listed_on = unknown
  expect neeq_listed unknown, clause 32 unknown
example '挂牌上市·基础层·市级专精特新'
  given as_of = 2026-06-30, region = '大足区', specialized_on = 2023-01-01, specialized_until = 2025-12-31,
        neeq_base_listed_on = 2024-05-20
  expect neeq_listed true, clause 32 undetermined, titled false, amount = 0元
example '挂牌上市·基础层·市级专精特新认定当日' like '挂牌上市·基础层·市级专精特新'
  given neeq_base_listed_on = 2023-01-01
  expect neeq_listed true, clause 32 undetermined
example '挂牌上市·基础层·市级专精特新认定前一日' like '挂牌上市·基础层·市级专精特新'
  given neeq_base_listed_on = 2022-12-31
  expect neeq_listed false, clause 32 false
example '挂牌上市·基础层·市级专精特新有效期最后一日' like '挂牌上市·基础层·市级专精特新'
  given neeq_base_listed_on = 2025-12-31
  expect neeq_listed true, clause 32 undetermined
example '挂牌上市·基础层·市级专精特新届满次日' like '挂牌上市·基础层·市级专精特新'
  given neeq_base_listed_on = 2026-01-01
  expect neeq_listed false, clause 32 false
example '挂牌上市·基础层·小巨人'
  given as_of = 2026-06-30, region = '大足区', little_giant_on = 2023-01-01, little_giant_until = 2025-12-31,
        neeq_base_listed_on = 2024-05-20
  expect neeq_listed true, clause 32 undetermined, titled false, amount = 0元
example '挂牌上市·基础层·小巨人认定当日' like '挂牌上市·基础层·小巨人'
  given neeq_base_listed_on = 2023-01-01
  expect neeq_listed true, clause 32 undetermined
example '挂牌上市·基础层·小巨人认定前一日' like '挂牌上市·基础层·小巨人'
  given neeq_base_listed_on = 2022-12-31
  expect neeq_listed false, clause 32 false
example '挂牌上市·基础层·小巨人有效期最后一日' like '挂牌上市·基础层·小巨人'
  given neeq_base_listed_on = 2025-12-31
  expect neeq_listed true, clause 32 undetermined
example '挂牌上市·基础层·小巨人届满次日' like '挂牌上市·基础层·小巨人'
  given neeq_base_listed_on = 2026-01-01
  expect neeq_listed false, clause 32 false
example '挂牌上市·创新层·创新型'
  given as_of = 2026-06-30, region = '大足区', innovative_on = 2023-01-01, innovative_until = 2025-12-31,
        neeq_innovation_listed_on = 2024-05-20
  expect neeq_listed true, clause 32 undetermined, titled false, amount = 0元
example '挂牌上市·创新层·创新型公告当日' like '挂牌上市·创新层·创新型'
  given neeq_innovation_listed_on = 2023-01-01
  expect neeq_listed true, clause 32 undetermined
example '挂牌上市·创新层·创新型公告前一日' like '挂牌上市·创新层·创新型'
  given neeq_innovation_listed_on = 2022-12-31
  expect neeq_listed false, clause 32 false
example '挂牌上市·创新层·创新型有效期最后一日' like '挂牌上市·创新层·创新型'
  given neeq_innovation_listed_on = 2025-12-31
  expect neeq_listed true, clause 32 undetermined
example '挂牌上市·创新层·创新型届满次日' like '挂牌上市·创新层·创新型'
  given neeq_innovation_listed_on = 2026-01-01
  expect neeq_listed false, clause 32 false
example '挂牌上市·创新层·当日判断' like '挂牌上市·创新层·创新型'
  given as_of = 2024-05-20
  expect neeq_listed true, clause 32 undetermined
example '挂牌上市·创新层·前一日判断' like '挂牌上市·创新层·创新型'
  given as_of = 2024-05-19
  expect neeq_listed false, clause 32 false
example '挂牌上市·创新层·日期未知' like '挂牌上市·创新层·创新型'
  given neeq_innovation_listed_on = unknown
  expect neeq_listed unknown, clause 32 unknown
example '挂牌上市·创新层·市级专精特新'
  given as_of = 2026-06-30, region = '大足区', specialized_on = 2023-01-01, specialized_until = 2025-12-31,
        neeq_innovation_listed_on = 2024-05-20
  expect neeq_listed true, clause 32 undetermined, titled false, amount = 0元
example '挂牌上市·创新层·市级专精特新认定当日' like '挂牌上市·创新层·市级专精特新'
  given neeq_innovation_listed_on = 2023-01-01
  expect neeq_listed true, clause 32 undetermined
example '挂牌上市·创新层·市级专精特新认定前一日' like '挂牌上市·创新层·市级专精特新'
  given neeq_innovation_listed_on = 2022-12-31
  expect neeq_listed false, clause 32 false
example '挂牌上市·创新层·市级专精特新有效期最后一日' like '挂牌上市·创新层·市级专精特新'
  given neeq_innovation_listed_on = 2025-12-31
  expect neeq_listed true, clause 32 undetermined
example '挂牌上市·创新层·市级专精特新届满次日' like '挂牌上市·创新层·市级专精特新'
  given neeq_innovation_listed_on = 2026-01-01
  expect neeq_listed false, clause 32 false
example '挂牌上市·创新层·小巨人'
  given as_of = 2026-06-30, region = '大足区', little_giant_on = 2023-01-01, little_giant_until = 2025-12-31,
        neeq_innovation_listed_on = 2024-05-20
  expect neeq_listed true, clause 32 undetermined, titled false, amount = 0元
example '挂牌上市·创新层·小巨人认定当日' like '挂牌上市·创新层·小巨人'
  given neeq_innovation_listed_on = 2023-01-01
  expect neeq_listed true, clause 32 undetermined
example '挂牌上市·创新层·小巨人认定前一日' like '挂牌上市·创新层·小巨人'
  given neeq_innovation_listed_on = 2022-12-31
  expect neeq_listed false, clause 32 false
example '挂牌上市·创新层·小巨人有效期最后一日' like '挂牌上市·创新层·小巨人'
  given neeq_innovation_listed_on = 2025-12-31
  expect neeq_listed true, clause 32 undetermined
example '挂牌上市·创新层·小巨人届满次日' like '挂牌上市·创新层·小巨人'
  given neeq_innovation_listed_on = 2026-01-01
  expect neeq_listed false, clause 32 false
example '挂牌上市·精选层·创新型'
  given as_of = 2026-06-30, region = '大足区', innovative_on = 2023-01-01, innovative_until = 2025-12-31,
        neeq_select_listed_on = 2024-05-20
  expect neeq_listed true, clause 32 undetermined, titled false, amount = 0元
example '挂牌上市·精选层·创新型公告当日' like '挂牌上市·精选层·创新型'
  given neeq_select_listed_on = 2023-01-01
  expect neeq_listed true, clause 32 undetermined
example '挂牌上市·精选层·创新型公告前一日' like '挂牌上市·精选层·创新型'
  given neeq_select_listed_on = 2022-12-31
  expect neeq_listed false, clause 32 false
example '挂牌上市·精选层·创新型有效期最后一日' like '挂牌上市·精选层·创新型'
  given neeq_select_listed_on = 2025-12-31
  expect neeq_listed true, clause 32 undetermined
example '挂牌上市·精选层·创新型届满次日' like '挂牌上市·精选层·创新型'
  given neeq_select_listed_on = 2026-01-01
  expect neeq_listed false, clause 32 false
example '挂牌上市·精选层·当日判断' like '挂牌上市·精选层·创新型'
  given as_of = 2024-05-20
  expect neeq_listed true, clause 32 undetermined
example '挂牌上市·精选层·前一日判断' like '挂牌上市·精选层·创新型'
  given as_of = 2024-05-19
  expect neeq_listed false, clause 32 false
example '挂牌上市·精选层·日期未知' like '挂牌上市·精选层·创新型'
  given neeq_select_listed_on = unknown
  expect neeq_listed unknown, clause 32 unknown
example '挂牌上市·精选层·市级专精特新'
  given as_of = 2026-06-30, region = '大足区', specialized_on = 2023-01-01, specialized_until = 2025-12-31,
        neeq_select_listed_on = 2024-05-20
  expect neeq_listed true, clause 32 undetermined, titled false, amount = 0元
example '挂牌上市·精选层·市级专精特新认定当日' like '挂牌上市·精选层·市级专精特新'
  given neeq_select_listed_on = 2023-01-01
  expect neeq_listed true, clause 32 undetermined
example '挂牌上市·精选层·市级专精特新认定前一日' like '挂牌上市·精选层·市级专精特新'
  given neeq_select_listed_on = 2022-12-31
  expect neeq_listed false, clause 32 false
example '挂牌上市·精选层·市级专精特新有效期最后一日' like '挂牌上市·精选层·市级专精特新'
  given neeq_select_listed_on = 2025-12-31
  expect neeq_listed true, clause 32 undetermined
example '挂牌上市·精选层·市级专精特新届满次日' like '挂牌上市·精选层·市级专精特新'
  given neeq_select_listed_on = 2026-01-01
  expect neeq_listed false, clause 32 false
example '挂牌上市·精选层·小巨人'
  given as_of = 2026-06-30, region = '大足区', little_giant_on = 2023-01-01, little_giant_until = 2025-12-31,
        neeq_select_listed_on = 2024-05-20
  expect neeq_listed true, clause 32 undetermined, titled false, amount = 0元
example '挂牌上市·精选层·小巨人认定当日' like '挂牌上市·精选层·小巨人'
  given neeq_select_listed_on = 2023-01-01
  expect neeq_listed true, clause 32 undetermined
example '挂牌上市·精选层·小巨人认定前一日' like '挂牌上市·精选层·小巨人'
  given neeq_select_listed_on = 2022-12-31
  expect neeq_listed false, clause 32 false
example '挂牌上市·精选层·小巨人有效期最后一日' like '挂牌上市·精选层·小巨人'
  given neeq_select_listed_on = 2025-12-31
  expect neeq_listed true, clause 32 undetermined
example '挂牌上市·精选层·小巨人届满次日' like '挂牌上市·精选层·小巨人'
  given neeq_select_listed_on = 2026-01-01
  expect neeq_listed false, clause 32 false
example '挂牌上市·首发上市·创新型'
  given as_of = 2026-06-30, region = '大足区', innovative_on = 2023-01-01, innovative_until = 2025-12-31,
        ipo_listed_on = 2024-05-20
  expect exchange_listed true, clause 32 undetermined, titled false, amount = 0元
example '挂牌上市·首发上市·创新型公告当日' like '挂牌上市·首发上市·创新型'
  given ipo_listed_on = 2023-01-01
  expect exchange_listed true, clause 32 undetermined
example '挂牌上市·首发上市·创新型公告前一日' like '挂牌上市·首发上市·创新型'
  given ipo_listed_on = 2022-12-31
  expect exchange_listed false, clause 32 false
example '挂牌上市·首发上市·创新型有效期最后一日' like '挂牌上市·首发上市·创新型'
  given ipo_listed_on = 2025-12-31
  expect exchange_listed true, clause 32 undetermined
example '挂牌上市·首发上市·创新型届满次日' like '挂牌上市·首发上市·创新型'
  given ipo_listed_on = 2026-01-01
  expect exchange_listed false, clause 32 false
example '挂牌上市·首发上市·当日判断' like '挂牌上市·首发上市·创新型'
  given as_of = 2024-05-20
  expect exchange_listed true, clause 32 undetermined
example '挂牌上市·首发上市·前一日判断' like '挂牌上市·首发上市·创新型'
  given as_of = 2024-05-19
  expect exchange_listed false, clause 32 false
example '挂牌上市·首发上市·日期未知' like '挂牌上市·首发上市·创新型'
  given ipo_listed_on = unknown
  expect exchange_listed unknown, clause 32 unknown
example '挂牌上市·首发上市·市级专精特新'
  given as_of = 2026-06-30, region = '大足区', specialized_on = 2023-01-01, specialized_until = 2025-12-31,
        ipo_listed_on = 2024-05-20
  expect exchange_listed true, clause 32 undetermined, titled false, amount = 0元
example '挂牌上市·首发上市·市级专精特新认定当日' like '挂牌上市·首发上市·市级专精特新'
  given ipo_listed_on = 2023-01-01
  expect exchange_listed true, clause 32 undetermined
example '挂牌上市·首发上市·市级专精特新认定前一日' like '挂牌上市·首发上市·市级专精特新'
  given ipo_listed_on = 2022-12-31
  expect exchange_listed false, clause 32 false
example '挂牌上市·首发上市·市级专精特新有效期最后一日' like '挂牌上市·首发上市·市级专精特新'
  given ipo_listed_on = 2025-12-31
  expect exchange_listed true, clause 32 undetermined
example '挂牌上市·首发上市·市级专精特新届满次日' like '挂牌上市·首发上市·市级专精特新'
  given ipo_listed_on = 2026-01-01
  expect exchange_listed false, clause 32 false
example '挂牌上市·首发上市·小巨人'
  given as_of = 2026-06-30, region = '大足区', little_giant_on = 2023-01-01, little_giant_until = 2025-12-31,
        ipo_listed_on = 2024-05-20
  expect exchange_listed true, clause 32 undetermined, titled false, amount = 0元
example '挂牌上市·首发上市·小巨人认定当日' like '挂牌上市·首发上市·小巨人'
  given ipo_listed_on = 2023-01-01
  expect exchange_listed true, clause 32 undetermined
example '挂牌上市·首发上市·小巨人认定前一日' like '挂牌上市·首发上市·小巨人'
  given ipo_listed_on = 2022-12-31
  expect exchange_listed false, clause 32 false
example '挂牌上市·首发上市·小巨人有效期最后一日' like '挂牌上市·首发上市·小巨人'
  given ipo_listed_on = 2025-12-31
  expect exchange_listed true, clause 32 undetermined
example '挂牌上市·首发上市·小巨人届满次日' like '挂牌上市·首发上市·小巨人'
  given ipo_listed_on = 2026-01-01
  expect exchange_listed false, clause 32 false
example '挂牌上市·没有挂牌' like '挂牌上市·成长板·创新型'
  given otc_growth_board_listed_on = none
  expect clause 32 false
example '挂牌上市·没有称号' like '挂牌上市·成长板·创新型'
  given innovative_on = none, innovative_until = none
  expect clause 32 false
example '挂牌上市·先挂时没有称号、后挂时有' like '挂牌上市·成长板·创新型'
  given otc_growth_board_listed_on = 2022-06-01, neeq_base_listed_on = 2024-09-01
  expect clause 32 undetermined, otc_listed false, neeq_listed true
example '挂牌上市·一项已成、另一项未知' like '挂牌上市·成长板·创新型'
  given ipo_listed_on = unknown
  expect clause 32 undetermined
example '挂牌上市·挂牌时称号是否有效未知' like '挂牌上市·成长板·创新型'
  given innovative_until = unknown
  expect clause 32 unknown
example '挂牌上市·成长板·创新型·不在大足区' like '挂牌上市·成长板·创新型'
  given region = '荣昌区'
  expect clause 32 false
example '挂牌上市·成长板·创新型·区县未知' like '挂牌上市·成长板·创新型'
  given region = unknown
  expect clause 32 unknown

-- ---------------------------------------------------------------------------
-- 例：合计

example '合计·样样都有，金额仍未定'
  given as_of = 2024-06-30, region = '大足区', innovative_on = 2022-11-01, innovative_until = 2025-10-31,
        specialized_on = 2023-06-01, specialized_until = 2026-05-31, otc_srdi_board_listed_on = 2024-01-15,
        rd_expensed = 300万元, rd_super_deduction_filed = 300万元, smart_factory_level = 'district',
        new_mode_project = true, incubated_by_institute = true, first_set_product = true
  expect clause 25 undetermined, clause 29 undetermined, clause 30a undetermined, clause 30b undetermined,
         clause 31a undetermined, clause 31b undetermined, clause 32 undetermined, clause 14b unknown, amount = 0元
example '合计·空行只有区县'
  given as_of = 2024-06-30, region = '大足区'
  expect clause 25 false, clause 29 false, clause 30a false, clause 30b false, clause 31a false, clause 31b unknown,
         clause 32 false, clause 14b false, clause 28b unknown, placement none, amount = 0元
$zjtx$);

SELECT zjtx.store($zjtx$
-- 工信部企业〔2022〕63号《优质中小企业梯度培育管理暂行办法》，2022年8月1日起施行，
-- 2026年4月1日起由工信部企业〔2026〕2号代替。
-- 附件1 创新型中小企业评价标准；附件2 专精特新中小企业认定标准；附件3 专精特新“小巨人”企业认定标准。

policy miit-2022-63 '优质中小企业梯度培育管理暂行办法'
  number '工信部企业〔2022〕63号'
  issuer '工业和信息化部'
  in force from 2022-08-01 until 2026-04-01
  series miit-ladder
  note '数值按公开刊载的文本整理，未与工业和信息化部的原件核对；只有一种来源的数值在各项下另注'
  note R5 '“以上”“以下”“不低于”“不高于”“达到”均含本数；恰在两档分界上的，取高分一档'
  note '三类称号有效期均为三年，期满复核；2026年进行的“小巨人”复核仍用本办法附件3，2026年4月1日起由miit-2026-2重述，按日期取系列即可'
  note '各层级按各自附件分别判断，不以已有下一层级的称号为条件；逐级申请属于程序，由受理部门把关'
  note '期限无特别说明的指标用上一完整会计年度的数据'

fact legal_person boolean '独立法人'
fact size_class text '企业划型' in ('micro', 'small', 'medium', 'large')
fact revenue number 元 '上年度营业收入' at least 0
fact revenue_prev number 元 '前一年度营业收入' at least 0
fact main_revenue number 元 '上年度主营业务收入' at least 0
fact main_revenue_prev number 元 '前一年度主营业务收入' at least 0
fact main_revenue_prev2 number 元 '前两年度主营业务收入' at least 0
fact rd_expense number 元 '上年度研发费用' at least 0
fact rd_expense_prev number 元 '前一年度研发费用' at least 0
fact net_profit number 元 '上年度净利润'
fact total_assets number 元 '上年末资产总额' at least 0
fact total_liabilities number 元 '上年末负债总额' at least 0
fact equity_raised_2y number 元 '近2年新增股权融资' at least 0
fact equity_raised_3y number 元 '近3年新增股权融资' at least 0
fact employees number 人 '从业人员数' at least 0
fact rd_staff number 人 '研发人员数' at least 0
fact niche_years number 年 '从事特定细分市场年限' at least 0
fact product_field text '主导产品所属领域' in ('gap_filler', 'six_base', 'time_honored', 'key_chain_supplier', 'other')
fact strategic_emerging boolean '属战略性新兴产业'
fact key_field boolean '属小巨人重点领域'
fact chain_gap_filled boolean '补短板锻长板填空白取得实效'
fact chain_key_link boolean '处于产业链关键环节'
fact market_share number % '主导产品全国细分市场占有率' between 0 and 1
fact class1_ip_count number 项 'Ⅰ类知识产权数' at least 0
fact class1_ip_own number 项 '自主研发Ⅰ类知识产权数' at least 0
fact class1_ip_high_value number 项 '高价值Ⅰ类知识产权数' at least 0
fact class1_ip_in_use boolean 'Ⅰ类知识产权已应用见效'
fact class2_ip_count number 项 'Ⅱ类知识产权数' at least 0
fact rd_institution_level text '研发机构级别' in ('national', 'provincial', 'municipal', 'below_municipal', 'none')
fact has_rd_institution boolean '建有研发机构'
fact tech_demo_enterprise boolean '技术创新示范企业' null means none
fact sci_awards list (level text in ('national', 'provincial'), rank number, year number) '科技奖励' null means none
fact contest_rank number 名 '创客中国企业组名次' at least 1 null means none
fact digital_level number 级 '数字化水平' between 1 and 4
fact quality_award boolean '省级以上质量奖'
fact qms_certified boolean '质量管理体系认证'
fact product_certified_abroad boolean '产品通过发达国家和地区认证'
fact own_brand boolean '自主品牌'
fact standard_participation boolean '参与制修订标准'
fact it_supported_processes number 项 '信息系统支撑的核心业务数' at least 0
fact local_points number 分 '特色化得分' between 0 and 15
fact on_abnormal_list boolean '列入经营异常名录'
fact on_dishonesty_list boolean '列入严重失信主体名单'
fact major_incidents list of date '重大事故日期' null means none
fact tax_violations list of date '偷漏税等违法日期' null means none
fact product_prohibited boolean '产品属禁止限制淘汰类'
fact hightech_until date '高新技术企业有效期至' null means none
fact ip_demo_until date '知识产权优势或示范企业有效期至' null means none

-- ---------------------------------------------------------------------------
-- 共同条件

-- “具有独立法人资格，符合《中小企业划型标准规定》，未被列入经营异常名录或严重失信主体名单，
-- 提供的产品（服务）不属于国家禁止、限制或淘汰类，同时近三年未发生重大安全（含网络安全、数据安全）、
-- 质量、环境污染等事故以及偷漏税等违法违规行为”
define in_order '共同条件' =
      legal_person
  and size_class in ('micro', 'small', 'medium')
  and not on_abnormal_list
  and not on_dishonesty_list
  and not product_prohibited
  and count(major_incidents where it > as_of - 3年 and it <= as_of) = 0
  and count(tax_violations where it > as_of - 3年 and it <= as_of) = 0
  note '中小企业含微型企业'
  note '“近三年”自判断日往前推三年：满三年之日的事故不再计入，判断日当天的计入，判断日以后的不计入'

-- ---------------------------------------------------------------------------
-- 比率

define rd_ratio '上年度研发费用占营业收入比重' = rd_expense / revenue
define rd_ratio_prev '前一年度研发费用占营业收入比重' = rd_expense_prev / revenue_prev
define rd_mean_2y '近两年研发费用均值' = (rd_expense + rd_expense_prev) / 2
define main_share '上年度主营业务收入占营业收入比重' = main_revenue / revenue
define main_growth '上年度主营业务收入增长率' = main_revenue / main_revenue_prev - 1
define main_growth_2y '近2年主营业务收入平均增长率' =
  ((main_revenue / main_revenue_prev - 1) + (main_revenue_prev / main_revenue_prev2 - 1)) / 2
  note R3 '取两个年度增长率的算术平均，不是复合增长率；附件的计算公式未能核实'
define net_margin '上年度净利润率' = net_profit / revenue
define debt_ratio '上年末资产负债率' = total_liabilities / total_assets
define rd_staff_ratio '研发人员占比' = rd_staff / employees

-- ---------------------------------------------------------------------------
-- 附件1 创新型中小企业评价标准：“创新能力、成长性、专业化三类六个指标，满分为100分”

-- “1.与企业主导产品相关的有效知识产权数量（满分20分）：Ⅰ类高价值知识产权1项以上（20分）；
-- 自主研发的Ⅰ类知识产权1项以上（15分）；Ⅰ类知识产权1项以上（10分）；Ⅱ类知识产权1项以上（5分）；无（0分）”
score innovative_ip '知识产权（创新型）' =
  case when class1_ip_high_value >= 1项 then 20分
       when class1_ip_own >= 1项 then 15分
       when class1_ip_count >= 1项 then 10分
       when class2_ip_count >= 1项 then 5分
       else 0分 end
-- “2.上年度研发费用总额占营业收入总额比重（满分20分）”
score innovative_rd '研发费用占比（创新型）' =
  band(rd_ratio : >= 5% then 20分, >= 3% then 15分, >= 2% then 10分, >= 1% then 5分, else 0分)
-- “3.上年度主营业务收入增长率（满分20分）”
score innovative_growth '主营业务收入增长率（创新型）' =
  band(main_growth : >= 15% then 20分, >= 10% then 15分, >= 5% then 10分, >= 0% then 5分, else 0分)
-- “4.上年度资产负债率（满分10分）：55%以下（10分）；55%—75%（5分）；75%以上（0分）”
score innovative_debt '资产负债率（创新型）' =
  band(debt_ratio : <= 55% then 10分, <= 75% then 5分, else 0分)
-- “5.主导产品所属领域情况（满分10分）：属于《战略性新兴产业分类》（10分）；属于其他领域（5分）”
score innovative_field '主导产品领域（创新型）' =
  case when strategic_emerging then 10分 else 5分 end
-- “6.上年度主营业务收入总额占营业收入总额比重（满分20分）”
score innovative_share '主营业务收入占比（创新型）' =
  band(main_share : >= 70% then 20分, >= 60% then 15分, >= 55% then 10分, >= 50% then 5分, else 0分)

score innovative_capability '创新能力（创新型，满分40分）' = innovative_ip + innovative_rd
score innovative_growing '成长性（创新型，满分30分）' = innovative_growth + innovative_debt
score innovative_focus '专业化（创新型，满分30分）' = innovative_field + innovative_share
score innovative_score '创新型评价得分（满分100分）' =
  innovative_capability + innovative_growing + innovative_focus

-- “或满足下列条件之一：（一）近三年内获得过国家级、省级科技奖励。（二）获得高新技术企业、国家级技术创新示范企业、
-- 知识产权优势企业和知识产权示范企业等荣誉（均为有效期内）。（三）拥有经认定的省部级以上研发机构。
-- （四）近三年新增股权融资总额（合格机构投资者的实缴额）500万元以上。”
define innovative_direct '创新型直接条件' =
     any(sci_awards where year between year(as_of) - 3 and year(as_of) : level in ('national', 'provincial'))
  or as_of <= hightech_until
  or tech_demo_enterprise
  or as_of <= ip_demo_until
  or rd_institution_level in ('national', 'provincial')
  or equity_raised_3y >= 500万元
  note '“近三年”的科技奖励只知年份：自判断日所在年份往前数三年的获奖计入，判断日以后年份的不计入'
  note '“技术创新示范企业”须为国家级；该事实不分级别，只有市级称号的企业请勿据此认定，须另行核对'
  note '“等荣誉”未穷尽列举，此处只认列明的几种'

-- ---------------------------------------------------------------------------
-- 附件2 专精特新中小企业认定标准：“专业化、精细化、特色化和创新能力四类十三个指标，满分为100分”

-- “上年度主营业务收入总额占营业收入总额比重（满分5分）”
score specialized_share '主营业务收入占比（专精特新）' =
  band(main_share : >= 80% then 5分, >= 70% then 3分, >= 60% then 1分, else 0分)
-- “近2年主营业务收入平均增长率（满分10分）”
score specialized_growth '近2年平均增长率（专精特新）' =
  band(main_growth_2y : >= 10% then 10分, >= 8% then 8分, >= 6% then 6分, >= 4% then 4分, >= 0% then 2分, else 0分)
-- “从事特定细分市场年限（满分5分）：每满2年得1分，最高不超过5分”
score specialized_years '细分市场年限（专精特新）' =
  least(5分, floor(niche_years / 2年) * 1分)
-- “主导产品所属领域情况（满分5分）：在产业链供应链关键环节及关键领域‘补短板’‘锻长板’‘填空白’取得实际成效（5分）；
-- 属于工业‘六基’领域、中华老字号名录或企业主导产品服务关键产业链重点龙头企业（3分）；不属于以上情况（0分）”
score specialized_field '主导产品领域（专精特新）' =
  band(product_field : = 'gap_filler' then 5分, in ('six_base', 'time_honored', 'key_chain_supplier') then 3分, else 0分)
-- “数字化水平（满分5分）：三级以上（5分）；二级（3分）；一级（0分）”
score specialized_digital '数字化水平（专精特新）' =
  band(digital_level : >= 3级 then 5分, >= 2级 then 3分, else 0分)
-- “质量管理水平（每满足一项加3分，最高不超过5分）：省级以上质量奖荣誉；质量管理体系认证证书；自主品牌；参与制修订标准”
score specialized_quality '质量管理水平（专精特新）' =
  least(5分, 3分 * count_true(quality_award, qms_certified, own_brand, standard_participation))
-- “上年度净利润率（满分10分）”
score specialized_margin '净利润率（专精特新）' =
  band(net_margin : >= 10% then 10分, >= 8% then 8分, >= 6% then 6分, >= 4% then 4分, >= 2% then 2分, else 0分)
-- “上年度资产负债率（满分5分）”
score specialized_debt '资产负债率（专精特新）' =
  band(debt_ratio : <= 50% then 5分, <= 60% then 3分, <= 70% then 1分, else 0分)
-- “与企业主导产品相关的有效知识产权数量（满分10分）”
score specialized_ip '知识产权（专精特新）' =
  case when class1_ip_high_value >= 1项 then 10分
       when class1_ip_own >= 1项 then 8分
       when class1_ip_count >= 1项 then 6分
       when class2_ip_count >= 1项 then 2分
       else 0分 end
-- “上年度研发费用投入（满分10分）：研发费用总额500万元以上或占比10%以上（10分）；400—500万元或8%—10%（8分）；
-- 300—400万元或6%—8%（6分）；200—300万元或4%—6%（4分）；100—200万元或3%—4%（2分）；不属于以上情况（0分）”
score specialized_rd '研发费用投入（专精特新）' =
  greatest(band(rd_expense : >= 500万元 then 10分, >= 400万元 then 8分, >= 300万元 then 6分,
                             >= 200万元 then 4分, >= 100万元 then 2分, else 0分),
           band(rd_ratio : >= 10% then 10分, >= 8% then 8分, >= 6% then 6分,
                           >= 4% then 4分, >= 3% then 2分, else 0分))
  note '金额与占比取分高者；8分以下各档的数值只见于同一来源的公开文本，未能核实'
-- “上年度研发人员占比（满分5分）”
score specialized_rd_staff '研发人员占比（专精特新）' =
  band(rd_staff_ratio : >= 20% then 5分, >= 10% then 3分, >= 5% then 1分, else 0分)
  note '各档数值只见于同一来源的公开文本，未能核实'
-- “建立研发机构级别（满分10分）：国家级（10分）；省级（8分）；市级（4分）；市级以下（2分）；未建立研发机构（0分）”
score specialized_rd_institution '研发机构级别（专精特新）' =
  band(rd_institution_level : = 'national' then 10分, = 'provincial' then 8分, = 'municipal' then 4分,
                              = 'below_municipal' then 2分, else 0分)
  note '各档数值只见于同一来源的公开文本，未能核实'

score specialized_focus '专业化（专精特新，满分25分）' =
  specialized_share + specialized_growth + specialized_years + specialized_field
score specialized_refinement '精细化（专精特新，满分25分）' =
  specialized_digital + specialized_quality + specialized_margin + specialized_debt
-- “特色化指标（满分15分）：由省级中小企业主管部门结合本地产业状况和中小企业发展实际自主设定1—3个指标进行评价”
score specialized_local '特色化（专精特新，满分15分）' = local_points
  note '重庆市自定的特色化指标未能查得，得分由行中给出；未知时总分是一个区间，上下相差15分'
score specialized_capability '创新能力（专精特新，满分35分）' =
  specialized_ip + specialized_rd + specialized_rd_staff + specialized_rd_institution
score specialized_score '专精特新评价得分（满分100分）' =
  specialized_focus + specialized_refinement + specialized_local + specialized_capability

-- “或满足下列条件之一：1.近三年获得过省级科技奖励，并在获奖单位中排名前三；或获得国家级科技奖励，并在获奖单位中排名前五。
-- 2.近两年研发费用总额均值在1000万元以上。3.近两年新增股权融资总额（合格机构投资者的实缴额）6000万元以上。
-- 4.近三年进入‘创客中国’中小企业创新创业大赛全国500强企业组名单。”
define specialized_direct '专精特新直接条件' =
     any(sci_awards where year between year(as_of) - 3 and year(as_of) :
         level = 'provincial' and rank <= 3 or level = 'national' and rank <= 5)
  or rd_mean_2y >= 1000万元
  or equity_raised_2y >= 6000万元
  or contest_rank <= 500名
  note '“近三年”的科技奖励按年份计，同创新型'

-- ---------------------------------------------------------------------------
-- 附件3 专精特新“小巨人”企业认定标准：“需同时满足专、精、特、新、链、品六个方面指标”

-- “一、截至上年末，企业从事特定细分市场时间达到3年以上，主营业务收入总额占营业收入总额比重不低于70%，
-- 近2年主营业务收入平均增长率不低于5%。”
define giant_focus '专：专业化指标' =
  niche_years >= 3年 and main_share >= 70% and main_growth_2y >= 5%
-- “二、至少1项核心业务采用信息系统支撑。取得相关管理体系认证，或产品通过发达国家和地区产品认证。
-- 截至上年末，企业资产负债率不高于70%。”
define giant_refinement '精：精细化指标' =
  it_supported_processes >= 1项 and (qms_certified or product_certified_abroad) and debt_ratio <= 70%
  note '“相关管理体系认证”以质量管理体系认证判断；公司治理、信誉、技术水平等无数值的要求由评审认定'
-- “三、主导产品在全国细分市场占有率达到10%以上，且享有较高知名度和影响力。拥有直接面向市场并具有竞争优势的自主品牌。”
define giant_distinction '特：特色化指标' =
  market_share >= 10% and own_brand
  note '“较高知名度和影响力”“竞争优势”无数值，由评审认定'
-- “1.上年度营业收入总额在1亿元以上的企业，近2年研发费用总额占营业收入总额比重均不低于3%；
-- 上年度营业收入总额在5000万元—1亿元的企业，近2年研发费用总额占营业收入总额比重均不低于6%；
-- 上年度营业收入总额在5000万元以下的企业，同时满足近2年新增股权融资总额（合格机构投资者的实缴额）8000万元以上，
-- 且研发费用总额3000万元以上、研发人员占企业职工总数比重50%以上。”
define giant_rd '新：研发投入' =
     revenue >= 1亿元 and rd_ratio >= 3% and rd_ratio_prev >= 3%
  or revenue between 5000万元 and 1亿元 and rd_ratio >= 6% and rd_ratio_prev >= 6%
  or revenue <= 5000万元 and equity_raised_2y >= 8000万元 and rd_expense >= 3000万元 and rd_staff_ratio >= 50%
  note '恰为1亿元或5000万元的，“以上”“以下”都含本数，满足任一支即可'
  note '三支中的“研发费用总额3000万元以上”按上年度计'
-- “2.自建或与高等院校、科研机构联合建立研发机构……3.拥有2项以上与主导产品相关的Ⅰ类知识产权，且实际应用并已产生经济效益。”
define giant_general '新：一般性条件' =
  giant_rd and has_rd_institution and class1_ip_count >= 2项 and class1_ip_in_use
-- “创新直通条件。满足以下一项即可：1.近三年获得国家级科技奖励，并在获奖单位中排名前三。
-- 2.近三年进入‘创客中国’中小企业创新创业大赛全国50强企业组名单。”
define giant_direct '新：创新直通条件' =
     any(sci_awards where year between year(as_of) - 3 and year(as_of) : level = 'national' and rank <= 3)
  or contest_rank <= 50名
-- “四、创新能力指标：满足一般性条件或创新直通条件。”
define giant_innovation '新：创新能力指标' = giant_general or giant_direct
-- “五、位于产业链关键环节，围绕重点产业链实现关键基础技术和产品的产业化应用，发挥‘补短板’‘锻长板’‘填空白’等重要作用。”
define giant_chain '链：产业链配套指标' = chain_key_link and chain_gap_filled
-- “六、主导产品原则上属于以下重点领域：从事细分产品市场属于制造业核心基础零部件、元器件、关键软件、先进基础工艺、
-- 关键基础材料和产业技术基础；或符合制造强国战略十大重点产业领域；或属于网络强国建设的……领域”
define giant_product '品：主导产品所属领域指标' = key_field
  note '公开文本作“原则上属于”，只见于一种来源；因六个方面须同时满足，此处按必备条件，若按软条件读，只影响本项'

-- ---------------------------------------------------------------------------

ladder '优质中小企业梯度'
  -- 附件1“评价得分达到60分以上（其中创新能力指标得分不低于20分、成长性指标及专业化指标得分均不低于15分），
  -- 或满足下列条件之一”
  rung innovative '创新型中小企业'
    article '附件1'
    summary '共同条件之外，评价得分不低于60分且三类指标各达下限，或者满足一项直接条件'
    when in_order
     and (innovative_score >= 60分 and innovative_capability >= 20分
          and innovative_growing >= 15分 and innovative_focus >= 15分
          or innovative_direct)
  -- 附件2“同时满足以下四项条件：（一）从事特定细分市场时间达到2年以上。（二）上年度研发费用总额不低于100万元，
  -- 且占营业收入总额比重不低于3%。（三）上年度营业收入总额在1000万元以上，或上年度营业收入总额在1000万元以下，
  -- 但近2年新增股权融资总额（合格机构投资者的实缴额）达到2000万元以上。（四）评价得分达到60分以上或满足下列条件之一”
  rung specialized '专精特新中小企业'
    article '附件2'
    summary '共同条件之外，细分市场年限、研发费用、营业收入（或股权融资）达标，并且评价得分不低于60分或者满足一项直接条件'
    when in_order
     and niche_years >= 2年
     and rd_expense >= 100万元 and rd_ratio >= 3%
     and (revenue >= 1000万元 or equity_raised_2y >= 2000万元)
     and (specialized_score >= 60分 or specialized_direct)
    note '重庆市的特色化得分未知时，得分按区间判断：其余得分已够60分的通过，加15分仍不够的不通过，其间的未定'
  -- 附件3“专精特新‘小巨人’企业认定需同时满足专、精、特、新、链、品六个方面指标”
  rung little_giant '专精特新“小巨人”企业'
    article '附件3'
    summary '共同条件之外，专、精、特、新、链、品六个方面都要满足；不计总分'
    when in_order
     and giant_focus and giant_refinement and giant_distinction
     and giant_innovation and giant_chain and giant_product
    note '“链”“品”两项由评审认定，行中给出的是评审结论'


-- ---------------------------------------------------------------------------
-- 例：基准企业，三个层级都够，得分都是满分

example '小巨人'
  given as_of = 2025-06-30, legal_person = true, size_class = 'medium', on_abnormal_list = false,
        on_dishonesty_list = false, product_prohibited = false, revenue = 2亿元, revenue_prev = 1.6亿元,
        main_revenue = 1.8亿元, main_revenue_prev = 1.5亿元, main_revenue_prev2 = 1.25亿元, rd_expense = 1000万元,
        rd_expense_prev = 800万元, net_profit = 2000万元, total_assets = 1亿元, total_liabilities = 5000万元,
        equity_raised_2y = 0元, equity_raised_3y = 0元, employees = 200人, rd_staff = 40人, niche_years = 10年,
        product_field = 'gap_filler', strategic_emerging = true, key_field = true, chain_gap_filled = true,
        chain_key_link = true, market_share = 10%, class1_ip_count = 2项, class1_ip_own = 1项,
        class1_ip_high_value = 1项, class1_ip_in_use = true, class2_ip_count = 0项,
        rd_institution_level = 'national', has_rd_institution = true, digital_level = 3级, quality_award = true,
        qms_certified = true, own_brand = true, standard_participation = true, product_certified_abroad = false,
        it_supported_processes = 1项, local_points = 15分
  expect rung innovative true, rung specialized true, rung little_giant true, placement little_giant,
         innovative_capability = 40分, innovative_growing = 30分, innovative_focus = 30分, innovative_score = 100分,
         specialized_focus = 25分, specialized_refinement = 25分, specialized_local = 15分,
         specialized_capability = 35分, specialized_score = 100分, rd_ratio = 5%, rd_ratio_prev = 5%,
         rd_mean_2y = 900万元, main_share = 90%, main_growth = 20%, main_growth_2y = 20%, net_margin = 10%,
         debt_ratio = 50%, rd_staff_ratio = 20%, missing ()

-- ---------------------------------------------------------------------------
-- 例：共同条件，一次只改一项

example '共同条件·不是独立法人' like '小巨人'
  given legal_person = false
  expect in_order false, rung innovative false, rung specialized false, rung little_giant false, placement none
example '共同条件·大型企业' like '小巨人'
  given size_class = 'large'
  expect in_order false, rung innovative false, rung specialized false, rung little_giant false, placement none
example '共同条件·小型企业' like '小巨人'
  given size_class = 'small'
  expect in_order true, placement little_giant
example '共同条件·微型企业' like '小巨人'
  given size_class = 'micro'
  expect in_order true, placement little_giant
example '共同条件·列入经营异常名录' like '小巨人'
  given on_abnormal_list = true
  expect in_order false, rung innovative false, rung specialized false, rung little_giant false, placement none
example '共同条件·列入严重失信主体名单' like '小巨人'
  given on_dishonesty_list = true
  expect in_order false, rung innovative false, rung specialized false, rung little_giant false, placement none
example '共同条件·产品属禁止类' like '小巨人'
  given product_prohibited = true
  expect in_order false, rung innovative false, rung specialized false, rung little_giant false, placement none
example '共同条件·事故满三年之日' like '小巨人'
  given major_incidents = [2022-06-30]
  expect in_order true, placement little_giant
example '共同条件·事故差一日满三年' like '小巨人'
  given major_incidents = [2022-07-01]
  expect in_order false, rung innovative false, rung specialized false, rung little_giant false, placement none
example '共同条件·事故在判断日当天' like '小巨人'
  given major_incidents = [2025-06-30]
  expect in_order false, rung innovative false, rung specialized false, rung little_giant false, placement none
example '共同条件·事故在判断日以后' like '小巨人'
  given major_incidents = [2025-07-01]
  expect in_order true, placement little_giant
example '共同条件·事故一旧一新' like '小巨人'
  given major_incidents = [2019-01-01, 2023-01-01]
  expect in_order false, rung innovative false, rung specialized false, rung little_giant false, placement none
example '共同条件·偷漏税满三年之日' like '小巨人'
  given tax_violations = [2022-06-30]
  expect in_order true, placement little_giant
example '共同条件·偷漏税差一日满三年' like '小巨人'
  given tax_violations = [2022-07-01]
  expect in_order false, rung innovative false, rung specialized false, rung little_giant false, placement none
example '共同条件·偷漏税在判断日当天' like '小巨人'
  given tax_violations = [2025-06-30]
  expect in_order false, rung innovative false, rung specialized false, rung little_giant false, placement none
example '共同条件·偷漏税在判断日以后' like '小巨人'
  given tax_violations = [2025-07-01]
  expect in_order true, placement little_giant
example '共同条件·偷漏税一旧一新' like '小巨人'
  given tax_violations = [2019-01-01, 2023-01-01]
  expect in_order false, rung innovative false, rung specialized false, rung little_giant false, placement none
example '共同条件·没有事故时不需要判断日' like '小巨人'
  given as_of = unknown
  expect in_order true, placement little_giant
example '共同条件·有事故而判断日未知' like '小巨人'
  given as_of = unknown, major_incidents = [2022-07-01]
  expect in_order unknown, placement unknown
example '共同条件·企业划型未知' like '小巨人'
  given size_class = unknown
  expect in_order unknown, rung innovative unknown, rung specialized unknown, rung little_giant unknown,
         placement unknown
example '共同条件·只知列入失信名单即可否定'
  given on_dishonesty_list = true
  expect in_order false, rung innovative false, rung specialized false, rung little_giant false, placement none
example '什么都不知道'
  expect in_order unknown, rung innovative unknown, rung specialized unknown, rung little_giant unknown,
         placement unknown

-- ---------------------------------------------------------------------------
-- 例：创新型。基准恰为60分：创新能力20分、成长性15分、专业化25分，没有直接条件

example '创新型' like '小巨人'
  given revenue = 2亿元, main_revenue = 1.68亿元, main_revenue_prev = 1.6亿元, rd_expense = 600万元,
        total_liabilities = 7500万元, strategic_emerging = false, class1_ip_count = 0项, class1_ip_own = 0项,
        class1_ip_high_value = 0项, class2_ip_count = 1项, rd_institution_level = 'municipal'
  expect innovative_ip = 5分, innovative_rd = 15分, innovative_growth = 10分, innovative_debt = 5分,
         innovative_field = 5分, innovative_share = 20分, innovative_capability = 20分, innovative_growing = 15分,
         innovative_focus = 25分, innovative_score = 60分, innovative_direct false, rung innovative true,
         rung little_giant false
example '创新型·Ⅰ类高价值1项' like '创新型'
  given class1_ip_count = 1项, class1_ip_own = 1项, class1_ip_high_value = 1项
  expect innovative_ip = 20分, innovative_capability = 35分
example '创新型·自主研发Ⅰ类1项' like '创新型'
  given class1_ip_count = 1项, class1_ip_own = 1项
  expect innovative_ip = 15分, innovative_capability = 30分
example '创新型·受让的Ⅰ类1项' like '创新型'
  given class1_ip_count = 1项
  expect innovative_ip = 10分, innovative_capability = 25分
example '创新型·Ⅱ类1项' like '创新型'
  given class2_ip_count = 1项
  expect innovative_ip = 5分
example '创新型·没有知识产权' like '创新型'
  given class2_ip_count = 0项
  expect innovative_ip = 0分, innovative_capability = 15分
example '创新型·研发占比5%' like '创新型'
  given rd_expense = 1000万元
  expect rd_ratio = 5%, innovative_rd = 20分
example '创新型·研发占比4.99%' like '创新型'
  given rd_expense = 998万元
  expect rd_ratio = 4.99%, innovative_rd = 15分
example '创新型·研发占比3%' like '创新型'
  given rd_expense = 600万元
  expect rd_ratio = 3%, innovative_rd = 15分
example '创新型·研发占比2.99%' like '创新型'
  given rd_expense = 598万元
  expect rd_ratio = 2.99%, innovative_rd = 10分
example '创新型·研发占比2%' like '创新型'
  given rd_expense = 400万元
  expect rd_ratio = 2%, innovative_rd = 10分
example '创新型·研发占比1.99%' like '创新型'
  given rd_expense = 398万元
  expect rd_ratio = 1.99%, innovative_rd = 5分
example '创新型·研发占比1%' like '创新型'
  given rd_expense = 200万元
  expect rd_ratio = 1%, innovative_rd = 5分
example '创新型·研发占比0.99%' like '创新型'
  given rd_expense = 198万元
  expect rd_ratio = 0.99%, innovative_rd = 0分
example '创新型·研发占比0%' like '创新型'
  given rd_expense = 0万元
  expect rd_ratio = 0%, innovative_rd = 0分
example '创新型·主营增长15%' like '创新型'
  given main_revenue = 18400万元
  expect main_growth = 15%, innovative_growth = 20分
example '创新型·主营增长14.99%' like '创新型'
  given main_revenue = 18398.4万元
  expect main_growth = 14.99%, innovative_growth = 15分
example '创新型·主营增长10%' like '创新型'
  given main_revenue = 17600万元
  expect main_growth = 10%, innovative_growth = 15分
example '创新型·主营增长9.99%' like '创新型'
  given main_revenue = 17598.4万元
  expect main_growth = 9.99%, innovative_growth = 10分
example '创新型·主营增长5%' like '创新型'
  given main_revenue = 16800万元
  expect main_growth = 5%, innovative_growth = 10分
example '创新型·主营增长4.99%' like '创新型'
  given main_revenue = 16798.4万元
  expect main_growth = 4.99%, innovative_growth = 5分
example '创新型·主营增长0%' like '创新型'
  given main_revenue = 16000万元
  expect main_growth = 0%, innovative_growth = 5分
example '创新型·主营增长-0.01%' like '创新型'
  given main_revenue = 15998.4万元
  expect main_growth = -0.01%, innovative_growth = 0分
example '创新型·资产负债率55%' like '创新型'
  given total_liabilities = 5500万元
  expect debt_ratio = 55%, innovative_debt = 10分
example '创新型·资产负债率55.01%' like '创新型'
  given total_liabilities = 5501万元
  expect debt_ratio = 55.01%, innovative_debt = 5分
example '创新型·资产负债率75%' like '创新型'
  given total_liabilities = 7500万元
  expect debt_ratio = 75%, innovative_debt = 5分
example '创新型·资产负债率75.01%' like '创新型'
  given total_liabilities = 7501万元
  expect debt_ratio = 75.01%, innovative_debt = 0分
example '创新型·属战略性新兴产业' like '创新型'
  given strategic_emerging = true
  expect innovative_field = 10分, innovative_focus = 30分
example '创新型·不属战略性新兴产业' like '创新型'
  given strategic_emerging = false
  expect innovative_field = 5分
example '创新型·主营占比70%' like '创新型'
  given main_revenue = 14000万元
  expect main_share = 70%, innovative_share = 20分
example '创新型·主营占比69.99%' like '创新型'
  given main_revenue = 13998万元
  expect main_share = 69.99%, innovative_share = 15分
example '创新型·主营占比60%' like '创新型'
  given main_revenue = 12000万元
  expect main_share = 60%, innovative_share = 15分
example '创新型·主营占比59.99%' like '创新型'
  given main_revenue = 11998万元
  expect main_share = 59.99%, innovative_share = 10分
example '创新型·主营占比55%' like '创新型'
  given main_revenue = 11000万元
  expect main_share = 55%, innovative_share = 10分
example '创新型·主营占比54.99%' like '创新型'
  given main_revenue = 10998万元
  expect main_share = 54.99%, innovative_share = 5分
example '创新型·主营占比50%' like '创新型'
  given main_revenue = 10000万元
  expect main_share = 50%, innovative_share = 5分
example '创新型·主营占比49.99%' like '创新型'
  given main_revenue = 9998万元
  expect main_share = 49.99%, innovative_share = 0分
example '创新型·55分' like '创新型'
  given main_revenue = 1.3998亿元, main_revenue_prev = 1.3亿元
  expect innovative_capability = 20分, innovative_growing = 15分, innovative_focus = 20分, innovative_score = 55分,
         rung innovative false
example '创新型·创新能力15分，总分够也不行' like '创新型'
  given class2_ip_count = 0项, main_revenue = 1.84亿元, total_liabilities = 5500万元, strategic_emerging = true
  expect innovative_capability = 15分, innovative_score = 75分, rung innovative false
example '创新型·创新能力20分，其余同上' like '创新型·创新能力15分，总分够也不行'
  given class2_ip_count = 1项
  expect innovative_capability = 20分, innovative_score = 80分, rung innovative true
example '创新型·成长性10分，总分够也不行' like '创新型'
  given total_liabilities = 7501万元, rd_expense = 1000万元, class1_ip_high_value = 1项, strategic_emerging = true
  expect innovative_growing = 10分, innovative_score = 80分, rung innovative false
example '创新型·成长性15分，其余同上' like '创新型·成长性10分，总分够也不行'
  given total_liabilities = 7500万元
  expect innovative_growing = 15分, innovative_score = 85分, rung innovative true
example '创新型·专业化10分，总分够也不行' like '创新型'
  given main_revenue = 1亿元, main_revenue_prev = 0.8亿元, total_liabilities = 5500万元, rd_expense = 1000万元,
        class1_ip_high_value = 1项
  expect innovative_focus = 10分, innovative_score = 80分, rung innovative false
example '创新型·专业化15分，其余同上' like '创新型·专业化10分，总分够也不行'
  given main_revenue = 1.1亿元
  expect innovative_focus = 15分, innovative_score = 85分, rung innovative true
example '创新型直接·2022年省级科技奖励' like '创新型·55分'
  given sci_awards = [(level = 'provincial', rank = 9, year = 2022)]
  expect innovative_direct true, rung innovative true
example '创新型直接·2021年省级科技奖励' like '创新型·55分'
  given sci_awards = [(level = 'provincial', rank = 1, year = 2021)]
  expect innovative_direct false, rung innovative false
example '创新型直接·2025年国家级科技奖励' like '创新型·55分'
  given sci_awards = [(level = 'national', rank = 9, year = 2025)]
  expect innovative_direct true, rung innovative true
example '创新型直接·判断日以后年份的科技奖励' like '创新型·55分'
  given sci_awards = [(level = 'national', rank = 1, year = 2026)]
  expect innovative_direct false, rung innovative false
example '创新型直接·高新技术企业在最后一日' like '创新型·55分'
  given hightech_until = 2025-06-30
  expect innovative_direct true, rung innovative true
example '创新型直接·高新技术企业前一日到期' like '创新型·55分'
  given hightech_until = 2025-06-29
  expect innovative_direct false, rung innovative false
example '创新型直接·知识产权优势企业在最后一日' like '创新型·55分'
  given ip_demo_until = 2025-06-30
  expect innovative_direct true, rung innovative true
example '创新型直接·知识产权优势企业前一日到期' like '创新型·55分'
  given ip_demo_until = 2025-06-29
  expect innovative_direct false, rung innovative false
example '创新型直接·国家级技术创新示范企业' like '创新型·55分'
  given tech_demo_enterprise = true
  expect innovative_direct true, rung innovative true
example '创新型直接·不是技术创新示范企业' like '创新型·55分'
  given tech_demo_enterprise = false
  expect innovative_direct false, rung innovative false
example '创新型直接·国家级研发机构' like '创新型·55分'
  given rd_institution_level = 'national'
  expect innovative_direct true, rung innovative true
example '创新型直接·省级研发机构' like '创新型·55分'
  given rd_institution_level = 'provincial'
  expect innovative_direct true, rung innovative true
example '创新型直接·市级研发机构' like '创新型·55分'
  given rd_institution_level = 'municipal'
  expect innovative_direct false, rung innovative false
example '创新型直接·市级以下研发机构' like '创新型·55分'
  given rd_institution_level = 'below_municipal'
  expect innovative_direct false, rung innovative false
example '创新型直接·没有研发机构' like '创新型·55分'
  given rd_institution_level = 'none'
  expect innovative_direct false, rung innovative false
example '创新型直接·近3年股权融资500万元' like '创新型·55分'
  given equity_raised_3y = 500万元
  expect innovative_direct true, rung innovative true
example '创新型直接·近3年股权融资499.99万元' like '创新型·55分'
  given equity_raised_3y = 499.99万元
  expect innovative_direct false, rung innovative false
example '创新型直接·共同条件不免' like '创新型直接·高新技术企业在最后一日'
  given on_abnormal_list = true
  expect innovative_direct true, rung innovative false
example '创新型直接·各项都没有'
  given as_of = 2025-06-30, rd_institution_level = 'none', equity_raised_3y = 0元
  expect innovative_direct false
example '创新型·知识产权未知，加满也不影响结论' like '创新型'
  given class1_ip_count = unknown, class1_ip_own = unknown, class1_ip_high_value = unknown,
        class2_ip_count = unknown, rd_expense = 1000万元
  expect innovative_ip between 0分 and 20分, innovative_score between 60分 and 80分, rung innovative true
example '创新型·知识产权未知，结论未定' like '创新型'
  given class1_ip_count = unknown, class1_ip_own = unknown, class1_ip_high_value = unknown,
        class2_ip_count = unknown
  expect innovative_capability between 15分 and 35分, innovative_score between 55分 and 75分,
         rung innovative unknown
example '创新型·知识产权未知，加满也不够' like '创新型·专业化10分，总分够也不行'
  given class1_ip_count = unknown, class1_ip_own = unknown, class1_ip_high_value = unknown,
        class2_ip_count = unknown
  expect innovative_score between 60分 and 80分, rung innovative false
example '创新型·是否新兴产业未知，已够60分' like '创新型'
  given strategic_emerging = unknown
  expect innovative_field between 5分 and 10分, innovative_score between 60分 and 65分, rung innovative true
example '创新型·是否新兴产业未知，差5分' like '创新型·55分'
  given strategic_emerging = unknown
  expect innovative_score between 55分 and 60分, rung innovative unknown
example '创新型·得分不够而股权融资未知' like '创新型·55分'
  given equity_raised_3y = unknown
  expect innovative_direct unknown, rung innovative unknown
example '创新型·得分已够，股权融资未知也不妨' like '创新型'
  given equity_raised_3y = unknown
  expect innovative_direct unknown, rung innovative true
example '创新型·上年营业收入为零，比率未知' like '创新型'
  given revenue = 0元
  expect rd_ratio unknown, main_share unknown, innovative_rd between 0分 and 20分
example '创新型·前一年主营收入为零，增长率未知' like '创新型'
  given main_revenue_prev = 0元
  expect main_growth unknown, innovative_growth between 0分 and 20分, rung innovative unknown

-- ---------------------------------------------------------------------------
-- 例：专精特新。基准恰为60分：专业化10分、精细化17分、特色化12分、创新能力21分，没有直接条件

example '专精特新' like '小巨人'
  given revenue = 4000万元, revenue_prev = 4000万元, main_revenue = 2808.75万元, main_revenue_prev = 2625万元,
        main_revenue_prev2 = 2500万元, rd_expense = 120万元, rd_expense_prev = 120万元, net_profit = 240万元,
        total_liabilities = 6000万元, rd_staff = 20人, niche_years = 2年, product_field = 'other',
        class1_ip_count = 1项, class1_ip_own = 1项, class1_ip_high_value = 0项,
        rd_institution_level = 'provincial', digital_level = 2级, quality_award = false,
        standard_participation = false, local_points = 12分
  expect specialized_share = 3分, specialized_growth = 6分, specialized_years = 1分, specialized_field = 0分,
         specialized_focus = 10分, specialized_digital = 3分, specialized_quality = 5分, specialized_margin = 6分,
         specialized_debt = 3分, specialized_refinement = 17分, specialized_local = 12分, specialized_ip = 8分,
         specialized_rd = 2分, specialized_rd_staff = 3分, specialized_rd_institution = 8分,
         specialized_capability = 21分, specialized_score = 60分, specialized_direct false, rung specialized true,
         rung little_giant false, placement specialized
example '专精特新·主营占比80%' like '专精特新'
  given main_revenue = 3200万元
  expect main_share = 80%, specialized_share = 5分
example '专精特新·主营占比79.99%' like '专精特新'
  given main_revenue = 3199.6万元
  expect main_share = 79.99%, specialized_share = 3分
example '专精特新·主营占比70%' like '专精特新'
  given main_revenue = 2800万元
  expect main_share = 70%, specialized_share = 3分
example '专精特新·主营占比69.99%' like '专精特新'
  given main_revenue = 2799.6万元
  expect main_share = 69.99%, specialized_share = 1分
example '专精特新·主营占比60%' like '专精特新'
  given main_revenue = 2400万元
  expect main_share = 60%, specialized_share = 1分
example '专精特新·主营占比59.99%' like '专精特新'
  given main_revenue = 2399.6万元
  expect main_share = 59.99%, specialized_share = 0分
example '专精特新·两年平均增长10%' like '专精特新'
  given main_revenue = 3018.75万元
  expect main_growth_2y = 10%, specialized_growth = 10分
example '专精特新·两年平均增长9.99%' like '专精特新'
  given main_revenue = 3018.225万元
  expect main_growth_2y = 9.99%, specialized_growth = 8分
example '专精特新·两年平均增长8%' like '专精特新'
  given main_revenue = 2913.75万元
  expect main_growth_2y = 8%, specialized_growth = 8分
example '专精特新·两年平均增长7.99%' like '专精特新'
  given main_revenue = 2913.225万元
  expect main_growth_2y = 7.99%, specialized_growth = 6分
example '专精特新·两年平均增长6%' like '专精特新'
  given main_revenue = 2808.75万元
  expect main_growth_2y = 6%, specialized_growth = 6分
example '专精特新·两年平均增长5.99%' like '专精特新'
  given main_revenue = 2808.225万元
  expect main_growth_2y = 5.99%, specialized_growth = 4分
example '专精特新·两年平均增长4%' like '专精特新'
  given main_revenue = 2703.75万元
  expect main_growth_2y = 4%, specialized_growth = 4分
example '专精特新·两年平均增长3.99%' like '专精特新'
  given main_revenue = 2703.225万元
  expect main_growth_2y = 3.99%, specialized_growth = 2分
example '专精特新·两年平均增长0%' like '专精特新'
  given main_revenue = 2493.75万元
  expect main_growth_2y = 0%, specialized_growth = 2分
example '专精特新·两年平均增长-0.01%' like '专精特新'
  given main_revenue = 2493.225万元
  expect main_growth_2y = -0.01%, specialized_growth = 0分
example '专精特新·细分市场1.99年得分' like '专精特新'
  given niche_years = 1.99年
  expect specialized_years = 0分
example '专精特新·细分市场2年得分' like '专精特新'
  given niche_years = 2年
  expect specialized_years = 1分
example '专精特新·细分市场3.99年得分' like '专精特新'
  given niche_years = 3.99年
  expect specialized_years = 1分
example '专精特新·细分市场4年得分' like '专精特新'
  given niche_years = 4年
  expect specialized_years = 2分
example '专精特新·细分市场5.99年得分' like '专精特新'
  given niche_years = 5.99年
  expect specialized_years = 2分
example '专精特新·细分市场6年得分' like '专精特新'
  given niche_years = 6年
  expect specialized_years = 3分
example '专精特新·细分市场7.99年得分' like '专精特新'
  given niche_years = 7.99年
  expect specialized_years = 3分
example '专精特新·细分市场8年得分' like '专精特新'
  given niche_years = 8年
  expect specialized_years = 4分
example '专精特新·细分市场9.99年得分' like '专精特新'
  given niche_years = 9.99年
  expect specialized_years = 4分
example '专精特新·细分市场10年得分' like '专精特新'
  given niche_years = 10年
  expect specialized_years = 5分
example '专精特新·细分市场12年得分' like '专精特新'
  given niche_years = 12年
  expect specialized_years = 5分
example '专精特新·补短板填空白' like '专精特新'
  given product_field = 'gap_filler'
  expect specialized_field = 5分
example '专精特新·工业六基' like '专精特新'
  given product_field = 'six_base'
  expect specialized_field = 3分
example '专精特新·中华老字号' like '专精特新'
  given product_field = 'time_honored'
  expect specialized_field = 3分
example '专精特新·重点龙头配套' like '专精特新'
  given product_field = 'key_chain_supplier'
  expect specialized_field = 3分
example '专精特新·其他领域' like '专精特新'
  given product_field = 'other'
  expect specialized_field = 0分
example '专精特新·数字化4级' like '专精特新'
  given digital_level = 4级
  expect specialized_digital = 5分
example '专精特新·数字化3级' like '专精特新'
  given digital_level = 3级
  expect specialized_digital = 5分
example '专精特新·数字化2级' like '专精特新'
  given digital_level = 2级
  expect specialized_digital = 3分
example '专精特新·数字化1级' like '专精特新'
  given digital_level = 1级
  expect specialized_digital = 0分
example '专精特新·质量管理一项不满足' like '专精特新'
  given quality_award = false, qms_certified = false, own_brand = false, standard_participation = false
  expect specialized_quality = 0分
example '专精特新·质量管理只有质量奖' like '专精特新'
  given quality_award = true, qms_certified = false, own_brand = false, standard_participation = false
  expect specialized_quality = 3分
example '专精特新·质量管理只有体系认证' like '专精特新'
  given quality_award = false, qms_certified = true, own_brand = false, standard_participation = false
  expect specialized_quality = 3分
example '专精特新·质量管理只有自主品牌' like '专精特新'
  given quality_award = false, qms_certified = false, own_brand = true, standard_participation = false
  expect specialized_quality = 3分
example '专精特新·质量管理只有参与标准' like '专精特新'
  given quality_award = false, qms_certified = false, own_brand = false, standard_participation = true
  expect specialized_quality = 3分
example '专精特新·质量管理两项，封顶5分' like '专精特新'
  given quality_award = true, qms_certified = false, own_brand = false, standard_participation = true
  expect specialized_quality = 5分
example '专精特新·质量管理四项，仍是5分' like '专精特新'
  given quality_award = true, qms_certified = true, own_brand = true, standard_participation = true
  expect specialized_quality = 5分
example '专精特新·质量管理一项满足，一项未知' like '专精特新'
  given quality_award = unknown, qms_certified = true, own_brand = false, standard_participation = false
  expect specialized_quality between 3分 and 5分
example '专精特新·净利润率10%' like '专精特新'
  given net_profit = 400万元
  expect net_margin = 10%, specialized_margin = 10分
example '专精特新·净利润率9.99%' like '专精特新'
  given net_profit = 399.6万元
  expect net_margin = 9.99%, specialized_margin = 8分
example '专精特新·净利润率8%' like '专精特新'
  given net_profit = 320万元
  expect net_margin = 8%, specialized_margin = 8分
example '专精特新·净利润率7.99%' like '专精特新'
  given net_profit = 319.6万元
  expect net_margin = 7.99%, specialized_margin = 6分
example '专精特新·净利润率6%' like '专精特新'
  given net_profit = 240万元
  expect net_margin = 6%, specialized_margin = 6分
example '专精特新·净利润率5.99%' like '专精特新'
  given net_profit = 239.6万元
  expect net_margin = 5.99%, specialized_margin = 4分
example '专精特新·净利润率4%' like '专精特新'
  given net_profit = 160万元
  expect net_margin = 4%, specialized_margin = 4分
example '专精特新·净利润率3.99%' like '专精特新'
  given net_profit = 159.6万元
  expect net_margin = 3.99%, specialized_margin = 2分
example '专精特新·净利润率2%' like '专精特新'
  given net_profit = 80万元
  expect net_margin = 2%, specialized_margin = 2分
example '专精特新·净利润率1.99%' like '专精特新'
  given net_profit = 79.6万元
  expect net_margin = 1.99%, specialized_margin = 0分
example '专精特新·净利润率-5%' like '专精特新'
  given net_profit = -200万元
  expect net_margin = -5%, specialized_margin = 0分
example '专精特新·资产负债率50%' like '专精特新'
  given total_liabilities = 5000万元
  expect debt_ratio = 50%, specialized_debt = 5分
example '专精特新·资产负债率50.01%' like '专精特新'
  given total_liabilities = 5001万元
  expect debt_ratio = 50.01%, specialized_debt = 3分
example '专精特新·资产负债率60%' like '专精特新'
  given total_liabilities = 6000万元
  expect debt_ratio = 60%, specialized_debt = 3分
example '专精特新·资产负债率60.01%' like '专精特新'
  given total_liabilities = 6001万元
  expect debt_ratio = 60.01%, specialized_debt = 1分
example '专精特新·资产负债率70%' like '专精特新'
  given total_liabilities = 7000万元
  expect debt_ratio = 70%, specialized_debt = 1分
example '专精特新·资产负债率70.01%' like '专精特新'
  given total_liabilities = 7001万元
  expect debt_ratio = 70.01%, specialized_debt = 0分
example '专精特新·Ⅰ类高价值1项' like '专精特新'
  given class1_ip_high_value = 1项
  expect specialized_ip = 10分, specialized_capability = 23分
example '专精特新·自主研发Ⅰ类1项' like '专精特新'
  given class1_ip_own = 1项
  expect specialized_ip = 8分
example '专精特新·受让的Ⅰ类1项' like '专精特新'
  given class1_ip_own = 0项
  expect specialized_ip = 6分, specialized_capability = 19分
example '专精特新·Ⅱ类1项' like '专精特新'
  given class1_ip_count = 0项, class1_ip_own = 0项, class2_ip_count = 1项
  expect specialized_ip = 2分
example '专精特新·没有知识产权' like '专精特新'
  given class1_ip_count = 0项, class1_ip_own = 0项
  expect specialized_ip = 0分
example '专精特新·研发费用500万元，占比不到3%' like '专精特新'
  given rd_expense = 500万元, revenue = 2亿元
  expect specialized_rd = 10分
example '专精特新·研发费用499.99万元，占比不到3%' like '专精特新'
  given rd_expense = 499.99万元, revenue = 2亿元
  expect specialized_rd = 8分
example '专精特新·研发费用400万元，占比不到3%' like '专精特新'
  given rd_expense = 400万元, revenue = 2亿元
  expect specialized_rd = 8分
example '专精特新·研发费用399.99万元，占比不到3%' like '专精特新'
  given rd_expense = 399.99万元, revenue = 2亿元
  expect specialized_rd = 6分
example '专精特新·研发费用300万元，占比不到3%' like '专精特新'
  given rd_expense = 300万元, revenue = 2亿元
  expect specialized_rd = 6分
example '专精特新·研发费用299.99万元，占比不到3%' like '专精特新'
  given rd_expense = 299.99万元, revenue = 2亿元
  expect specialized_rd = 4分
example '专精特新·研发费用200万元，占比不到3%' like '专精特新'
  given rd_expense = 200万元, revenue = 2亿元
  expect specialized_rd = 4分
example '专精特新·研发费用199.99万元，占比不到3%' like '专精特新'
  given rd_expense = 199.99万元, revenue = 2亿元
  expect specialized_rd = 2分
example '专精特新·研发费用100万元，占比不到3%' like '专精特新'
  given rd_expense = 100万元, revenue = 2亿元
  expect specialized_rd = 2分
example '专精特新·研发费用99.99万元，占比不到3%' like '专精特新'
  given rd_expense = 99.99万元, revenue = 2亿元
  expect specialized_rd = 0分
example '专精特新·研发占比10%，金额不到100万元' like '专精特新'
  given rd_expense = 90万元, revenue = 900万元
  expect rd_ratio = 10%, specialized_rd = 10分
example '专精特新·研发占比9.99%，金额不到100万元' like '专精特新'
  given rd_expense = 89.91万元, revenue = 900万元
  expect rd_ratio = 9.99%, specialized_rd = 8分
example '专精特新·研发占比8%，金额不到100万元' like '专精特新'
  given rd_expense = 72万元, revenue = 900万元
  expect rd_ratio = 8%, specialized_rd = 8分
example '专精特新·研发占比7.99%，金额不到100万元' like '专精特新'
  given rd_expense = 71.91万元, revenue = 900万元
  expect rd_ratio = 7.99%, specialized_rd = 6分
example '专精特新·研发占比6%，金额不到100万元' like '专精特新'
  given rd_expense = 54万元, revenue = 900万元
  expect rd_ratio = 6%, specialized_rd = 6分
example '专精特新·研发占比5.99%，金额不到100万元' like '专精特新'
  given rd_expense = 53.91万元, revenue = 900万元
  expect rd_ratio = 5.99%, specialized_rd = 4分
example '专精特新·研发占比4%，金额不到100万元' like '专精特新'
  given rd_expense = 36万元, revenue = 900万元
  expect rd_ratio = 4%, specialized_rd = 4分
example '专精特新·研发占比3.99%，金额不到100万元' like '专精特新'
  given rd_expense = 35.91万元, revenue = 900万元
  expect rd_ratio = 3.99%, specialized_rd = 2分
example '专精特新·研发占比3%，金额不到100万元' like '专精特新'
  given rd_expense = 27万元, revenue = 900万元
  expect rd_ratio = 3%, specialized_rd = 2分
example '专精特新·研发占比2.99%，金额不到100万元' like '专精特新'
  given rd_expense = 26.91万元, revenue = 900万元
  expect rd_ratio = 2.99%, specialized_rd = 0分
example '专精特新·研发金额8分、占比4分取8分' like '专精特新'
  given rd_expense = 400万元, revenue = 1亿元
  expect rd_ratio = 4%, specialized_rd = 8分
example '专精特新·研发金额2分、占比10分取10分' like '专精特新'
  given rd_expense = 100万元, revenue = 1000万元
  expect rd_ratio = 10%, specialized_rd = 10分
example '专精特新·研发人员占比20%' like '专精特新'
  given employees = 10000人, rd_staff = 2000人
  expect rd_staff_ratio = 20%, specialized_rd_staff = 5分
example '专精特新·研发人员占比19.99%' like '专精特新'
  given employees = 10000人, rd_staff = 1999人
  expect rd_staff_ratio = 19.99%, specialized_rd_staff = 3分
example '专精特新·研发人员占比10%' like '专精特新'
  given employees = 10000人, rd_staff = 1000人
  expect rd_staff_ratio = 10%, specialized_rd_staff = 3分
example '专精特新·研发人员占比9.99%' like '专精特新'
  given employees = 10000人, rd_staff = 999人
  expect rd_staff_ratio = 9.99%, specialized_rd_staff = 1分
example '专精特新·研发人员占比5%' like '专精特新'
  given employees = 10000人, rd_staff = 500人
  expect rd_staff_ratio = 5%, specialized_rd_staff = 1分
example '专精特新·研发人员占比4.99%' like '专精特新'
  given employees = 10000人, rd_staff = 499人
  expect rd_staff_ratio = 4.99%, specialized_rd_staff = 0分
example '专精特新·研发机构国家级' like '专精特新'
  given rd_institution_level = 'national'
  expect specialized_rd_institution = 10分
example '专精特新·研发机构省级' like '专精特新'
  given rd_institution_level = 'provincial'
  expect specialized_rd_institution = 8分
example '专精特新·研发机构市级' like '专精特新'
  given rd_institution_level = 'municipal'
  expect specialized_rd_institution = 4分
example '专精特新·研发机构市级以下' like '专精特新'
  given rd_institution_level = 'below_municipal'
  expect specialized_rd_institution = 2分
example '专精特新·研发机构没有' like '专精特新'
  given rd_institution_level = 'none'
  expect specialized_rd_institution = 0分
example '专精特新·59.99分' like '专精特新'
  given local_points = 11.99分
  expect specialized_score = 59.99分, rung specialized false
example '专精特新·63分' like '专精特新'
  given local_points = 15分
  expect specialized_score = 63分, rung specialized true
example '专精特新·细分市场差一点满2年' like '专精特新·63分'
  given niche_years = 1.99年
  expect specialized_score = 62分, rung specialized false
example '专精特新·研发占比2.99%' like '专精特新·63分'
  given rd_expense = 119.6万元
  expect rd_ratio = 2.99%, rung specialized false
example '专精特新·研发占比3%' like '专精特新·63分'
  given rd_expense = 120万元
  expect rd_ratio = 3%, rung specialized true
example '专精特新·研发100万元、营业收入1000万元' like '专精特新·63分'
  given revenue = 1000万元, main_revenue = 702.1875万元, main_revenue_prev = 656.25万元, main_revenue_prev2 = 625万元,
        net_profit = 60万元, rd_expense = 100万元
  expect specialized_score = 71分, rung specialized true
example '专精特新·研发99.99万元' like '专精特新·研发100万元、营业收入1000万元'
  given rd_expense = 99.99万元
  expect specialized_score = 69分, rung specialized false
example '专精特新·营业收入999.99万元' like '专精特新·研发100万元、营业收入1000万元'
  given revenue = 999.99万元
  expect rung specialized false
example '专精特新·营业收入999.99万元，近2年融资2000万元' like '专精特新·研发100万元、营业收入1000万元'
  given revenue = 999.99万元, equity_raised_2y = 2000万元
  expect rung specialized true
example '专精特新·营业收入999.99万元，近2年融资1999.99万元' like '专精特新·研发100万元、营业收入1000万元'
  given revenue = 999.99万元, equity_raised_2y = 1999.99万元
  expect rung specialized false
example '专精特新·营业收入已够，融资未知也不妨' like '专精特新·研发100万元、营业收入1000万元'
  given equity_raised_2y = unknown
  expect rung specialized true
example '专精特新·营业收入不够而融资未知' like '专精特新·研发100万元、营业收入1000万元'
  given revenue = 999.99万元, equity_raised_2y = unknown
  expect rung specialized unknown
example '专精特新·48分' like '专精特新'
  given local_points = 0分
  expect specialized_score = 48分, specialized_direct false, rung specialized false
example '专精特新直接·省级奖第3名' like '专精特新·48分'
  given sci_awards = [(level = 'provincial', rank = 3, year = 2024)]
  expect specialized_direct true, rung specialized true
example '专精特新直接·省级奖第4名' like '专精特新·48分'
  given sci_awards = [(level = 'provincial', rank = 4, year = 2024)]
  expect specialized_direct false, rung specialized false
example '专精特新直接·国家级奖第5名' like '专精特新·48分'
  given sci_awards = [(level = 'national', rank = 5, year = 2024)]
  expect specialized_direct true, rung specialized true
example '专精特新直接·国家级奖第6名' like '专精特新·48分'
  given sci_awards = [(level = 'national', rank = 6, year = 2024)]
  expect specialized_direct false, rung specialized false
example '专精特新直接·2022年获奖' like '专精特新·48分'
  given sci_awards = [(level = 'national', rank = 1, year = 2022)]
  expect specialized_direct true, rung specialized true
example '专精特新直接·2021年获奖' like '专精特新·48分'
  given sci_awards = [(level = 'national', rank = 1, year = 2021)]
  expect specialized_direct false, rung specialized false
example '专精特新直接·判断日以后年份获奖' like '专精特新·48分'
  given sci_awards = [(level = 'national', rank = 1, year = 2026)]
  expect specialized_direct false, rung specialized false
example '专精特新直接·两项奖各差一点' like '专精特新·48分'
  given sci_awards = [(level = 'provincial', rank = 4, year = 2024), (level = 'provincial', rank = 1, year = 2021)]
  expect specialized_direct false, rung specialized false
example '专精特新直接·两年研发均值1000万元' like '专精特新·48分'
  given rd_expense_prev = 1880万元
  expect specialized_direct true, rung specialized true
example '专精特新直接·两年研发均值不到1000万元' like '专精特新·48分'
  given rd_expense_prev = 1879.99万元
  expect specialized_direct false, rung specialized false
example '专精特新直接·近2年融资6000万元' like '专精特新·48分'
  given equity_raised_2y = 6000万元
  expect specialized_direct true, rung specialized true
example '专精特新直接·近2年融资5999.99万元' like '专精特新·48分'
  given equity_raised_2y = 5999.99万元
  expect specialized_direct false, rung specialized false
example '专精特新直接·创客中国第500名' like '专精特新·48分'
  given contest_rank = 500名
  expect specialized_direct true, rung specialized true
example '专精特新直接·创客中国第501名' like '专精特新·48分'
  given contest_rank = 501名
  expect specialized_direct false, rung specialized false
example '专精特新直接·研发占比仍须3%' like '专精特新直接·创客中国第500名'
  given rd_expense = 119.6万元
  expect specialized_direct true, rung specialized false
example '专精特新直接·细分市场仍须2年' like '专精特新直接·创客中国第500名'
  given niche_years = 1.99年
  expect specialized_direct true, rung specialized false
example '专精特新直接·共同条件不免' like '专精特新直接·创客中国第500名'
  given product_prohibited = true
  expect specialized_direct true, rung specialized false
example '特色化未知·其余48分，结论未定' like '专精特新'
  given local_points = unknown
  expect specialized_local between 0分 and 15分, specialized_score between 48分 and 63分, rung specialized unknown,
         placement innovative
example '特色化未知·其余60分，已经通过' like '专精特新'
  given local_points = unknown, net_profit = 400万元, rd_institution_level = 'national',
        product_field = 'gap_filler', rd_staff = 20人, niche_years = 4年
  expect specialized_score between 60分 and 75分, rung specialized true, placement specialized
example '特色化未知·其余59分，结论未定' like '特色化未知·其余60分，已经通过'
  given niche_years = 3.99年
  expect specialized_score between 59分 and 74分, rung specialized unknown
example '特色化未知·其余45分，结论未定' like '专精特新'
  given local_points = unknown, digital_level = 1级
  expect specialized_score between 45分 and 60分, rung specialized unknown
example '特色化未知·其余44分，加满也不够' like '专精特新'
  given local_points = unknown, net_profit = 159.6万元
  expect specialized_score between 44分 and 59分, rung specialized false
example '特色化未知·有直接条件就不必知道' like '专精特新直接·创客中国第500名'
  given local_points = unknown
  expect specialized_score between 48分 and 63分, rung specialized true
example '专精特新·特色化得分超出范围即为未知' like '专精特新'
  given local_points = 16分
  expect specialized_local between 0分 and 15分, rung specialized unknown

-- ---------------------------------------------------------------------------
-- 例：小巨人，从基准企业起一次只改一项

example '小巨人·专·细分市场3年' like '小巨人'
  given niche_years = 3年
  expect giant_focus true, rung little_giant true
example '小巨人·专·细分市场差一点满3年' like '小巨人'
  given niche_years = 2.99年
  expect giant_focus false, rung little_giant false
example '小巨人·专·主营占比70%' like '小巨人'
  given main_revenue = 1.4亿元, main_revenue_prev = 1.2亿元, main_revenue_prev2 = 1.1亿元
  expect main_share = 70%, giant_focus true, rung little_giant true
example '小巨人·专·主营占比69.99%' like '小巨人'
  given main_revenue = 1.3998亿元, main_revenue_prev = 1.2亿元, main_revenue_prev2 = 1.1亿元
  expect main_share = 69.99%, giant_focus false, rung little_giant false
example '小巨人·专·两年平均增长5%' like '小巨人'
  given revenue = 1.2亿元, main_revenue = 1.1025亿元, main_revenue_prev = 1.05亿元, main_revenue_prev2 = 1亿元
  expect main_growth_2y = 5%, giant_focus true, rung little_giant true
example '小巨人·专·两年平均增长4.99%' like '小巨人'
  given revenue = 1.2亿元, main_revenue = 1.10229亿元, main_revenue_prev = 1.05亿元, main_revenue_prev2 = 1亿元
  expect main_growth_2y = 4.99%, giant_focus false, rung little_giant false
example '小巨人·专·算术平均5%，复合增长率不到5%' like '小巨人'
  given revenue = 1.2亿元, main_revenue = 1.1亿元, main_revenue_prev = 1.1亿元, main_revenue_prev2 = 1亿元
  expect main_growth_2y = 5%, giant_focus true, rung little_giant true
example '小巨人·精·没有信息系统支撑' like '小巨人'
  given it_supported_processes = 0项
  expect giant_refinement false, rung little_giant false
example '小巨人·精·只有境外产品认证' like '小巨人'
  given qms_certified = false, product_certified_abroad = true
  expect giant_refinement true, rung little_giant true
example '小巨人·精·两种认证都没有' like '小巨人'
  given qms_certified = false, product_certified_abroad = false
  expect giant_refinement false, rung little_giant false
example '小巨人·精·资产负债率70%' like '小巨人'
  given total_liabilities = 7000万元
  expect debt_ratio = 70%, giant_refinement true, rung little_giant true
example '小巨人·精·资产负债率70.01%' like '小巨人'
  given total_liabilities = 7001万元
  expect debt_ratio = 70.01%, giant_refinement false, rung little_giant false
example '小巨人·特·市场占有率10%' like '小巨人'
  given market_share = 10%
  expect giant_distinction true, rung little_giant true
example '小巨人·特·市场占有率9.99%' like '小巨人'
  given market_share = 9.99%
  expect giant_distinction false, rung little_giant false
example '小巨人·特·没有自主品牌' like '小巨人'
  given own_brand = false
  expect giant_distinction false, rung little_giant false
example '小巨人·新·收入1亿元、两年研发各3%' like '小巨人'
  given revenue = 1亿元, revenue_prev = 1亿元, main_revenue = 9000万元, main_revenue_prev = 8000万元,
        main_revenue_prev2 = 7000万元, rd_expense = 300万元, rd_expense_prev = 300万元
  expect giant_rd true, giant_innovation true, rung little_giant true
example '小巨人·新·收入1亿元、上年研发2.99%' like '小巨人·新·收入1亿元、两年研发各3%'
  given rd_expense = 299万元
  expect giant_rd false, giant_innovation false, rung little_giant false
example '小巨人·新·收入1亿元、前一年研发2.99%' like '小巨人·新·收入1亿元、两年研发各3%'
  given rd_expense_prev = 299万元
  expect giant_rd false, rung little_giant false
example '小巨人·新·收入9999.99万元、研发3%' like '小巨人·新·收入1亿元、两年研发各3%'
  given revenue = 9999.99万元
  expect giant_rd false, rung little_giant false
example '小巨人·新·收入9999.99万元、两年研发6%' like '小巨人·新·收入1亿元、两年研发各3%'
  given revenue = 9999.99万元, rd_expense = 600万元, rd_expense_prev = 600万元
  expect giant_rd true, rung little_giant true
example '小巨人·新·收入1亿元、研发6%，两支都满足' like '小巨人·新·收入1亿元、两年研发各3%'
  given rd_expense = 600万元, rd_expense_prev = 600万元
  expect giant_rd true, rung little_giant true
example '小巨人·新·收入10000.01万元、研发6%，按1亿元以上一支' like '小巨人·新·收入1亿元、两年研发各3%'
  given revenue = 10000.01万元, rd_expense = 601万元, rd_expense_prev = 600万元
  expect giant_rd true, rung little_giant true
example '小巨人·新·收入2亿元、上年研发2.99%，各支都不满足' like '小巨人'
  given rd_expense = 598万元
  expect giant_rd false, giant_innovation false, rung little_giant false
example '小巨人·新·收入5000万元、两年研发各6%' like '小巨人'
  given revenue = 5000万元, revenue_prev = 5000万元, main_revenue = 4500万元, main_revenue_prev = 4000万元,
        main_revenue_prev2 = 3500万元, rd_expense = 300万元, rd_expense_prev = 300万元
  expect giant_rd true, rung little_giant true
example '小巨人·新·收入5000万元、上年研发5.99%' like '小巨人·新·收入5000万元、两年研发各6%'
  given rd_expense = 299.5万元
  expect giant_rd false, rung little_giant false
example '小巨人·新·收入5000万元、前一年研发5.99%' like '小巨人·新·收入5000万元、两年研发各6%'
  given rd_expense_prev = 299.5万元
  expect giant_rd false, rung little_giant false
example '小巨人·新·收入4999.99万元、两年研发6%以上' like '小巨人·新·收入5000万元、两年研发各6%'
  given revenue = 4999.99万元
  expect giant_rd false, rung little_giant false
example '小巨人·新·收入5000万元，凭融资和研发人员' like '小巨人·新·收入5000万元、两年研发各6%'
  given rd_expense = 3000万元, rd_expense_prev = 100万元, equity_raised_2y = 8000万元, rd_staff = 100人
  expect rd_staff_ratio = 50%, giant_rd true, rung little_giant true
example '小巨人·新·收入5000.01万元，不能凭融资' like '小巨人·新·收入5000万元，凭融资和研发人员'
  given revenue = 5000.01万元
  expect giant_rd false, rung little_giant false
example '小巨人·新·收入4999.99万元，凭融资和研发人员' like '小巨人·新·收入5000万元，凭融资和研发人员'
  given revenue = 4999.99万元
  expect giant_rd true, rung little_giant true
example '小巨人·新·融资7999.99万元' like '小巨人·新·收入5000万元，凭融资和研发人员'
  given equity_raised_2y = 7999.99万元
  expect giant_rd false, rung little_giant false
example '小巨人·新·研发2999.99万元' like '小巨人·新·收入5000万元，凭融资和研发人员'
  given rd_expense = 2999.99万元
  expect giant_rd false, rung little_giant false
example '小巨人·新·研发人员49.99%' like '小巨人·新·收入5000万元，凭融资和研发人员'
  given employees = 10000人, rd_staff = 4999人
  expect rd_staff_ratio = 49.99%, giant_rd false, rung little_giant false
example '小巨人·新·研发人员50%' like '小巨人·新·收入5000万元，凭融资和研发人员'
  given employees = 10000人, rd_staff = 5000人
  expect rd_staff_ratio = 50%, giant_rd true, rung little_giant true
example '小巨人·新·没有研发机构' like '小巨人'
  given has_rd_institution = false
  expect giant_general false, giant_innovation false, rung little_giant false
example '小巨人·新·Ⅰ类知识产权2项' like '小巨人'
  given class1_ip_count = 2项
  expect giant_general true, rung little_giant true
example '小巨人·新·Ⅰ类知识产权1项' like '小巨人'
  given class1_ip_count = 1项
  expect giant_general false, rung little_giant false
example '小巨人·新·Ⅰ类知识产权未见效' like '小巨人'
  given class1_ip_in_use = false
  expect giant_general false, rung little_giant false
example '小巨人直通·国家级奖第3名' like '小巨人·新·没有研发机构'
  given sci_awards = [(level = 'national', rank = 3, year = 2024)]
  expect giant_direct true, giant_innovation true, rung little_giant true
example '小巨人直通·国家级奖第4名' like '小巨人·新·没有研发机构'
  given sci_awards = [(level = 'national', rank = 4, year = 2024)]
  expect giant_direct false, giant_innovation false, rung little_giant false
example '小巨人直通·省级奖第1名不算' like '小巨人·新·没有研发机构'
  given sci_awards = [(level = 'provincial', rank = 1, year = 2024)]
  expect giant_direct false, giant_innovation false, rung little_giant false
example '小巨人直通·2022年国家级奖' like '小巨人·新·没有研发机构'
  given sci_awards = [(level = 'national', rank = 1, year = 2022)]
  expect giant_direct true, giant_innovation true, rung little_giant true
example '小巨人直通·2021年国家级奖' like '小巨人·新·没有研发机构'
  given sci_awards = [(level = 'national', rank = 1, year = 2021)]
  expect giant_direct false, giant_innovation false, rung little_giant false
example '小巨人直通·判断日以后年份的国家级奖' like '小巨人·新·没有研发机构'
  given sci_awards = [(level = 'national', rank = 1, year = 2026)]
  expect giant_direct false, giant_innovation false, rung little_giant false
example '小巨人直通·创客中国第50名' like '小巨人·新·没有研发机构'
  given contest_rank = 50名
  expect giant_direct true, giant_innovation true, rung little_giant true
example '小巨人直通·创客中国第51名' like '小巨人·新·没有研发机构'
  given contest_rank = 51名
  expect giant_direct false, giant_innovation false, rung little_giant false
example '小巨人直通·其他五个方面不免' like '小巨人直通·创客中国第50名'
  given market_share = 9.99%
  expect giant_innovation true, rung little_giant false
example '小巨人·链·不在关键环节' like '小巨人'
  given chain_key_link = false
  expect giant_chain false, rung little_giant false
example '小巨人·链·未见补短板实效' like '小巨人'
  given chain_gap_filled = false
  expect giant_chain false, rung little_giant false
example '小巨人·品·不属重点领域' like '小巨人'
  given key_field = false
  expect giant_product false, rung little_giant false

-- ---------------------------------------------------------------------------
-- 例：位次

example '位次·小巨人六项都够而专精特新不够60分' like '小巨人'
  given local_points = 0分, net_profit = 0元, digital_level = 1级, rd_institution_level = 'municipal',
        product_field = 'other', niche_years = 3年, total_liabilities = 7000万元, rd_staff = 0人
  expect specialized_score = 46分, rung specialized false, rung little_giant true, placement little_giant
example '位次·只够创新型' like '小巨人'
  given niche_years = 1年
  expect rung innovative true, rung specialized false, rung little_giant false, placement innovative
example '位次·一个也不够' like '创新型·55分'
  given niche_years = 1年
  expect rung innovative false, rung specialized false, rung little_giant false, placement none
example '位次·最高一级未定时取已证明的' like '小巨人'
  given key_field = unknown
  expect rung specialized true, rung little_giant unknown, placement specialized, missing (key_field)
example '位次·较低一级未定不妨碍较高一级' like '位次·小巨人六项都够而专精特新不够60分'
  given local_points = unknown
  expect specialized_score between 46分 and 61分, rung specialized unknown, rung little_giant true,
         placement little_giant
example '位次·只剩特色化未知' like '专精特新'
  given local_points = unknown
  expect rung innovative true, rung specialized unknown, rung little_giant false, placement innovative,
         missing (local_points)
example '位次·都未证明而有未定的' like '创新型·55分'
  given niche_years = 1年, equity_raised_3y = unknown
  expect rung innovative unknown, rung specialized false, placement unknown, missing (equity_raised_3y)
$zjtx$);

SELECT zjtx.store($zjtx$
-- 工信部企业〔2026〕2号《优质中小企业梯度培育管理办法》，2026年4月1日起施行，代替工信部企业〔2022〕63号。
-- 附件1 专精特新中小企业认定标准；附件2 专精特新“小巨人”企业认定标准；附件3 部分指标和要求说明。
-- 第一级没有单独的附件：合并的新标准公布以前沿用2022年附件1；2026年“小巨人”复核沿用2022年附件3。
-- 沿用的两部分照2022年的写法重述，名称和文字都与miit-2022-63相同。

policy miit-2026-2 '优质中小企业梯度培育管理办法'
  number '工信部企业〔2026〕2号'
  issuer '工业和信息化部'
  in force from 2026-04-01
  series miit-ladder
  repeals '工信部企业〔2022〕63号'
  note '数值按公开转载的文本整理，未与工业和信息化部的原件核对；只有一种来源的数值在各项下另注'
  note R5 '“以上”“不低于”“不高于”“达到”均含本数'
  note '三类称号有效期均为三年，期满复核；2026年4月1日以前按2022年办法取得的称号，到有效期届满为止继续有效，只见于一种公开文本'
  note '沿用2022年附件1作为第一级标准，只见于一种公开文本；合并的新标准公布以后，本文件须随之修改'
  note '2026年“小巨人”复核沿用2022年标准，依据是当年的认定和复核通知；专精特新中小企业2026年的复核是否同样沿用，未能查实，此处一律用新标准'
  note '期限无特别说明的指标用上一完整会计年度的数据'

fact legal_person boolean '独立法人'
fact size_class text '企业划型' in ('micro', 'small', 'medium', 'large')
fact revenue number 元 '上年度营业收入' at least 0
fact revenue_prev number 元 '前一年度营业收入' at least 0
fact revenue_prev2 number 元 '前两年度营业收入' at least 0
fact main_revenue number 元 '上年度主营业务收入' at least 0
fact main_revenue_prev number 元 '前一年度主营业务收入' at least 0
fact main_revenue_prev2 number 元 '前两年度主营业务收入' at least 0
fact rd_expense number 元 '上年度研发费用' at least 0
fact rd_expense_prev number 元 '前一年度研发费用' at least 0
fact total_assets number 元 '上年末资产总额' at least 0
fact total_liabilities number 元 '上年末负债总额' at least 0
fact equity_raised_2y number 元 '近2年新增股权融资' at least 0
fact equity_raised_3y number 元 '近3年新增股权融资' at least 0
fact employees number 人 '从业人员数' at least 0
fact rd_staff number 人 '研发人员数' at least 0
fact niche_years number 年 '从事特定细分市场年限' at least 0
fact strategic_emerging boolean '属战略性新兴产业'
fact key_field boolean '属小巨人重点领域'
fact chain_gap_filled boolean '补短板锻长板填空白取得实效'
fact chain_key_link boolean '处于产业链关键环节'
fact market_share number % '主导产品全国细分市场占有率' between 0 and 1
fact domestic_rank number 名 '主导产品国内市场排名' at least 1
fact class1_ip_count number 项 'Ⅰ类知识产权数' at least 0
fact class1_ip_own number 项 '自主研发Ⅰ类知识产权数' at least 0
fact class1_ip_high_value number 项 '高价值Ⅰ类知识产权数' at least 0
fact class1_ip_in_use boolean 'Ⅰ类知识产权已应用见效'
fact class2_ip_count number 项 'Ⅱ类知识产权数' at least 0
fact rd_institution_level text '研发机构级别' in ('national', 'provincial', 'municipal', 'below_municipal', 'none')
fact has_rd_institution boolean '建有研发机构'
fact tech_demo_enterprise boolean '技术创新示范企业' null means none
fact sci_awards list (level text in ('national', 'provincial'), rank number, year number) '科技奖励' null means none
fact contest_rank number 名 '创客中国企业组名次' at least 1 null means none
fact qms_certified boolean '质量管理体系认证'
fact product_certified_abroad boolean '产品通过发达国家和地区认证'
fact own_brand boolean '自主品牌'
fact it_supported_processes number 项 '信息系统支撑的核心业务数' at least 0
fact development_score number 分 '专精特新发展评价得分' between 0 and 100
fact on_abnormal_list boolean '列入经营异常名录'
fact on_dishonesty_list boolean '列入严重失信主体名单'
fact major_incidents list of date '重大事故日期' null means none
fact tax_violations list of date '偷漏税等违法日期' null means none
fact product_prohibited boolean '产品属禁止限制淘汰类'
fact innovative_on date '创新型中小企业公告日' null means none
fact innovative_until date '创新型中小企业有效期至' null means none
fact specialized_on date '市级专精特新认定日' null means none
fact specialized_until date '市级专精特新有效期至' null means none
fact little_giant_on date '国家小巨人认定日' null means none
fact little_giant_until date '国家小巨人有效期至' null means none
fact hightech_until date '高新技术企业有效期至' null means none
fact tech_sme_until date '科技型中小企业入库有效期至' null means none
fact ip_demo_until date '知识产权优势或示范企业有效期至' null means none

-- ---------------------------------------------------------------------------
-- 共同条件，与2022年相同

-- “具有独立法人资格，符合《中小企业划型标准规定》，未被列入经营异常名录或严重失信主体名单，
-- 提供的产品（服务）不属于国家禁止、限制或淘汰类，同时近三年未发生重大安全（含网络安全、数据安全）、
-- 质量、环境污染等事故以及偷漏税等违法违规行为”
define in_order '共同条件' =
      legal_person
  and size_class in ('micro', 'small', 'medium')
  and not on_abnormal_list
  and not on_dishonesty_list
  and not product_prohibited
  and count(major_incidents where it > as_of - 3年 and it <= as_of) = 0
  and count(tax_violations where it > as_of - 3年 and it <= as_of) = 0
  note '中小企业含微型企业'
  note '“近三年”自判断日往前推三年：满三年之日的事故不再计入，判断日当天的计入，判断日以后的不计入'
  note '2026年办法附件3对近三年各类事故和违法的说明未能逐字核对，此处沿用2022年的条件'

-- ---------------------------------------------------------------------------
-- 比率

define rd_ratio '上年度研发费用占营业收入比重' = rd_expense / revenue
define rd_ratio_prev '前一年度研发费用占营业收入比重' = rd_expense_prev / revenue_prev
define main_share '上年度主营业务收入占营业收入比重' = main_revenue / revenue
define main_growth '上年度主营业务收入增长率' = main_revenue / main_revenue_prev - 1
define main_growth_2y '近2年主营业务收入平均增长率' =
  ((main_revenue / main_revenue_prev - 1) + (main_revenue_prev / main_revenue_prev2 - 1)) / 2
  note R3 '取两个年度增长率的算术平均，不是复合增长率；附件的计算公式未能核实'
define debt_ratio '上年末资产负债率' = total_liabilities / total_assets
define rd_staff_ratio '研发人员占比' = rd_staff / employees
define rd_sum_2y '近两年研发费用合计' = rd_expense + rd_expense_prev
define revenue_ratio_2y '上年度与前两年度营业收入之比' = revenue / revenue_prev2

-- ---------------------------------------------------------------------------
-- 第一级，沿用2022年附件1 创新型中小企业评价标准：“创新能力、成长性、专业化三类六个指标，满分为100分”

-- “1.与企业主导产品相关的有效知识产权数量（满分20分）：Ⅰ类高价值知识产权1项以上（20分）；
-- 自主研发的Ⅰ类知识产权1项以上（15分）；Ⅰ类知识产权1项以上（10分）；Ⅱ类知识产权1项以上（5分）；无（0分）”
score innovative_ip '知识产权（创新型）' =
  case when class1_ip_high_value >= 1项 then 20分
       when class1_ip_own >= 1项 then 15分
       when class1_ip_count >= 1项 then 10分
       when class2_ip_count >= 1项 then 5分
       else 0分 end
-- “2.上年度研发费用总额占营业收入总额比重（满分20分）”
score innovative_rd '研发费用占比（创新型）' =
  band(rd_ratio : >= 5% then 20分, >= 3% then 15分, >= 2% then 10分, >= 1% then 5分, else 0分)
-- “3.上年度主营业务收入增长率（满分20分）”
score innovative_growth '主营业务收入增长率（创新型）' =
  band(main_growth : >= 15% then 20分, >= 10% then 15分, >= 5% then 10分, >= 0% then 5分, else 0分)
-- “4.上年度资产负债率（满分10分）：55%以下（10分）；55%—75%（5分）；75%以上（0分）”
score innovative_debt '资产负债率（创新型）' =
  band(debt_ratio : <= 55% then 10分, <= 75% then 5分, else 0分)
-- “5.主导产品所属领域情况（满分10分）：属于《战略性新兴产业分类》（10分）；属于其他领域（5分）”
score innovative_field '主导产品领域（创新型）' =
  case when strategic_emerging then 10分 else 5分 end
-- “6.上年度主营业务收入总额占营业收入总额比重（满分20分）”
score innovative_share '主营业务收入占比（创新型）' =
  band(main_share : >= 70% then 20分, >= 60% then 15分, >= 55% then 10分, >= 50% then 5分, else 0分)

score innovative_capability '创新能力（创新型，满分40分）' = innovative_ip + innovative_rd
score innovative_growing '成长性（创新型，满分30分）' = innovative_growth + innovative_debt
score innovative_focus '专业化（创新型，满分30分）' = innovative_field + innovative_share
score innovative_score '创新型评价得分（满分100分）' =
  innovative_capability + innovative_growing + innovative_focus

-- “或满足下列条件之一：（一）近三年内获得过国家级、省级科技奖励。（二）获得高新技术企业、国家级技术创新示范企业、
-- 知识产权优势企业和知识产权示范企业等荣誉（均为有效期内）。（三）拥有经认定的省部级以上研发机构。
-- （四）近三年新增股权融资总额（合格机构投资者的实缴额）500万元以上。”
define innovative_direct '创新型直接条件' =
     any(sci_awards where year between year(as_of) - 3 and year(as_of) : level in ('national', 'provincial'))
  or as_of <= hightech_until
  or tech_demo_enterprise
  or as_of <= ip_demo_until
  or rd_institution_level in ('national', 'provincial')
  or equity_raised_3y >= 500万元
  note '“近三年”的科技奖励只知年份：自判断日所在年份往前数三年的获奖计入，判断日以后年份的不计入'
  note '“技术创新示范企业”须为国家级；该事实不分级别，只有市级称号的企业请勿据此认定，须另行核对'
  note '“等荣誉”未穷尽列举，此处只认列明的几种'

-- “科技和创新型中小企业”包括科技型中小企业和创新型中小企业
define innovative_title '科技型或者创新型中小企业称号有效' =
     as_of <= tech_sme_until
  or as_of between innovative_on and innovative_until
  note '科技型中小企业以入库有效期为准，创新型中小企业自公告之日起至有效期届满之日止，首尾两日都算'
define innovative_met '科技和创新型中小企业（称号有效或者符合评价标准）' =
     innovative_title
  or innovative_score >= 60分 and innovative_capability >= 20分
     and innovative_growing >= 15分 and innovative_focus >= 15分
  or innovative_direct
  note '没有称号而符合评价标准的，也看作站在第一级上；评价和公告属于程序'

-- ---------------------------------------------------------------------------
-- 附件1 专精特新中小企业认定标准，六项同时满足

-- （一）已获科技和创新型中小企业称号，截至上年末从事特定细分市场3年以上：innovative_met、niche_years
-- （二）上年度营业收入1500万元以上，不足的须近两年新增股权投资2000万元以上；主营占比80%以上；资产负债率不高于80%
define specialized_size '经营规模（专精特新）' =
  (revenue >= 1500万元 or equity_raised_2y >= 2000万元) and main_share >= 80% and debt_ratio <= 80%
  note '股权投资按合格机构投资者的实缴额计'
-- （三）近两年研发费用每年都在100万元以上，且每年占营业收入3%以上
define specialized_rd_2026 '研发费用（专精特新）' =
      rd_expense >= 100万元 and rd_expense_prev >= 100万元
  and rd_ratio >= 3% and rd_ratio_prev >= 3%
  note '100万元和3%都是两年每年的要求，以公开转载的文本为据'
-- （四）Ⅰ类知识产权1项以上，已应用见效；有省部级以上科技奖励或者研发机构的不考查
define specialized_class1 '知识产权（专精特新）' =
     class1_ip_count >= 1项 and class1_ip_in_use
  or any(sci_awards where year between year(as_of) - 3 and year(as_of) :
         level in ('national', 'provincial') and rank <= 3)
  or rd_institution_level in ('national', 'provincial')
  note '“与主导产品相关、实际应用并产生经济效益”见于两种公开转载的文本，未与原件核对'
  note '“近三年”的科技奖励按年份计，同创新型'
  note '一种公开转载的文本说明转入的Ⅰ类知识产权不计、企业须在权利人的前三名，未能核实；行中的项数含受让的，须另行核对'
-- （五）市场占有率较为靠前，没有数值；附件2的数值10%、国内前三名
define market_leading '市场占有率10%以上或者国内前三名' = market_share >= 10% or domestic_rank <= 3名
  note '“国内或者国际细分市场”：行中只有全国占有率和国内排名，凭国际占有率的须另行核对'
-- （六）专精特新发展评价得分50分以上
define specialized_met '符合专精特新中小企业认定标准' =
      innovative_met
  and niche_years >= 3年
  and specialized_size and specialized_rd_2026 and specialized_class1
  and development_score >= 50分
  note '得分由国家的培育平台计算，取本年度得分；复核企业近两年任意一年达到即可，复核时行中请给出较高的一年'

-- ---------------------------------------------------------------------------
-- 附件2 专精特新“小巨人”企业认定标准，七项同时满足

-- （一）已获专精特新中小企业称号，截至上年末从事特定细分市场3年以上
define specialized_held '专精特新中小企业（称号有效或者符合认定标准）' =
     as_of between specialized_on and specialized_until
  or specialized_met
  note '原文以“已获称号”为条件：称号有效的即可，不再按新标准重核；没有称号的看是否符合第二级标准，逐级申请属于程序'
-- （二）上年度营业收入5000万元以上，主营占比90%以上，近两年营业收入复合增长率5%以上（复核不考查），资产负债率不高于75%
define giant_size '经营规模（小巨人）' =
  revenue >= 5000万元 and main_share >= 90% and debt_ratio <= 75%
define giant_growth '近两年营业收入复合增长率不低于5%' = revenue_ratio_2y >= 105% * 105%
  note '两年复合增长率不低于5%，就是上年度与前两年度之比不低于1.05的平方；附件的计算公式未能核实'
define giant_under_review '有小巨人称号，属于复核' =
  little_giant_on <= as_of and year(little_giant_until) >= year(as_of)
  note '复核与新认定的区别，原文没有可供判断的日期：称号有效或者在判断日所在年份届满的，按复核，不问复合增长率'
-- （三）近两年研发费用合计1200万元以上，且每年占营业收入3%以上
define giant_rd_2026 '研发费用（小巨人）' = rd_sum_2y >= 1200万元 and rd_ratio >= 3% and rd_ratio_prev >= 3%
-- （四）Ⅰ类知识产权4项以上，已应用见效；有国家级科技奖励的不考查
define giant_class1 '知识产权（小巨人）' =
     class1_ip_count >= 4项 and class1_ip_in_use
  or any(sci_awards where year between year(as_of) - 3 and year(as_of) : level = 'national' and rank <= 3)
  note '“实际应用并产生经济效益”见于一种公开转载的文本，未与原件核对；2022年标准有同样的要求'
-- （五）市场占有率10%以上或者国内前三名：market_leading （六）位于产业链关键环节 （七）发展评价得分60分以上
define giant_met '符合小巨人企业认定标准' =
      specialized_held
  and niche_years >= 3年
  and giant_size and (giant_growth or giant_under_review)
  and giant_rd_2026 and giant_class1 and market_leading
  and chain_key_link
  and development_score >= 60分
  note '“较高知名度、影响力”没有数值，由评审认定'
  note '第（六）项一种公开转载的文本先列工业“六基”，再列产业链关键环节，两者的关系未能核实：此处只看是否处于关键环节，由评审认定'
  note '得分取本年度；复核企业近两年任意一年达到即可，复核时行中请给出较高的一年'

-- ---------------------------------------------------------------------------
-- 2026年“小巨人”复核，沿用2022年附件3的六个方面

define giant_review_due '2026年到期复核' =
  little_giant_on <= as_of and year(as_of) = 2026 and year(little_giant_until) = 2026
  note '限于称号在2026年届满、当年复核的企业；2027年起复核的用新标准。称号届满以后、复核结果公布以前，当年之内仍按复核'
  note '当年通知对复核对象的逐批列举未与原件核对'
-- “一、截至上年末，企业从事特定细分市场时间达到3年以上，主营业务收入总额占营业收入总额比重不低于70%，
-- 近2年主营业务收入平均增长率不低于5%。”
define giant_focus '专：专业化指标' =
  niche_years >= 3年 and main_share >= 70% and main_growth_2y >= 5%
-- “二、至少1项核心业务采用信息系统支撑。取得相关管理体系认证，或产品通过发达国家和地区产品认证。
-- 截至上年末，企业资产负债率不高于70%。”
define giant_refinement '精：精细化指标' =
  it_supported_processes >= 1项 and (qms_certified or product_certified_abroad) and debt_ratio <= 70%
  note '“相关管理体系认证”以质量管理体系认证判断；公司治理、信誉、技术水平等无数值的要求由评审认定'
-- “三、主导产品在全国细分市场占有率达到10%以上，且享有较高知名度和影响力。拥有直接面向市场并具有竞争优势的自主品牌。”
define giant_distinction '特：特色化指标' =
  market_share >= 10% and own_brand
  note '“较高知名度和影响力”“竞争优势”无数值，由评审认定'
-- “1.上年度营业收入总额在1亿元以上的企业，近2年研发费用总额占营业收入总额比重均不低于3%；
-- 上年度营业收入总额在5000万元—1亿元的企业，近2年研发费用总额占营业收入总额比重均不低于6%；
-- 上年度营业收入总额在5000万元以下的企业，同时满足近2年新增股权融资总额（合格机构投资者的实缴额）8000万元以上，
-- 且研发费用总额3000万元以上、研发人员占企业职工总数比重50%以上。”
define giant_rd '新：研发投入' =
     revenue >= 1亿元 and rd_ratio >= 3% and rd_ratio_prev >= 3%
  or revenue between 5000万元 and 1亿元 and rd_ratio >= 6% and rd_ratio_prev >= 6%
  or revenue <= 5000万元 and equity_raised_2y >= 8000万元 and rd_expense >= 3000万元 and rd_staff_ratio >= 50%
  note '恰为1亿元或5000万元的，“以上”“以下”都含本数，满足任一支即可'
  note '三支中的“研发费用总额3000万元以上”按上年度计'
-- “2.自建或与高等院校、科研机构联合建立研发机构……3.拥有2项以上与主导产品相关的Ⅰ类知识产权，且实际应用并已产生经济效益。”
define giant_general '新：一般性条件' =
  giant_rd and has_rd_institution and class1_ip_count >= 2项 and class1_ip_in_use
-- “创新直通条件。满足以下一项即可：1.近三年获得国家级科技奖励，并在获奖单位中排名前三。
-- 2.近三年进入‘创客中国’中小企业创新创业大赛全国50强企业组名单。”
define giant_direct '新：创新直通条件' =
     any(sci_awards where year between year(as_of) - 3 and year(as_of) : level = 'national' and rank <= 3)
  or contest_rank <= 50名
-- “四、创新能力指标：满足一般性条件或创新直通条件。”
define giant_innovation '新：创新能力指标' = giant_general or giant_direct
-- “五、位于产业链关键环节，围绕重点产业链实现关键基础技术和产品的产业化应用，发挥‘补短板’‘锻长板’‘填空白’等重要作用。”
define giant_chain '链：产业链配套指标' = chain_key_link and chain_gap_filled
-- “六、主导产品原则上属于以下重点领域：从事细分产品市场属于制造业核心基础零部件、元器件、关键软件、先进基础工艺、
-- 关键基础材料和产业技术基础；或符合制造强国战略十大重点产业领域；或属于网络强国建设的……领域”
define giant_product '品：主导产品所属领域指标' = key_field
  note '公开文本作“原则上属于”，只见于一种来源；因六个方面须同时满足，此处按必备条件，若按软条件读，只影响本项'
-- 六个方面同时满足
define giant_review_met '符合2026年复核所用的2022年小巨人标准' =
      giant_review_due
  and giant_focus and giant_refinement and giant_distinction
  and giant_innovation and giant_chain and giant_product

-- ---------------------------------------------------------------------------

ladder '优质中小企业梯度'
  rung innovative '科技和创新型中小企业'
    article '2022年附件1'
    summary '共同条件之外，是有效的科技型或者创新型中小企业，或者符合2022年的创新型评价标准'
    when in_order and innovative_met
    note '没有单独的附件；沿用2022年附件1，只见于一种公开文本'
  rung specialized '专精特新中小企业'
    article '附件1'
    summary '站在第一级上，细分市场3年，规模、研发费用、知识产权达标，发展评价得分不低于50分'
    when in_order and specialized_met
    should market_leading
    note '“市场占有率较为靠前”没有数值：达到小巨人的10%或者国内前三名的必属靠前；没有达到的只作提示，由评审认定，不因此不通过'
  rung little_giant '专精特新“小巨人”企业'
    article '附件2'
    summary '站在第二级上，规模、增长、研发费用、知识产权、市场地位、关键环节达标，发展评价得分不低于60分；2026年到期复核的也可以按2022年的六个方面'
    when in_order and (giant_met or giant_review_met)
    note '新认定只看附件2；2026年到期复核的企业，符合新标准或者2022年标准之一即可'

-- ---------------------------------------------------------------------------
-- 例：基准企业，三个层级都够，小巨人的各项多在界上

example '小巨人'
  given as_of = 2026-06-30, legal_person = true, size_class = 'medium', on_abnormal_list = false,
        on_dishonesty_list = false, product_prohibited = false, revenue = 2亿元, revenue_prev = 1.6亿元,
        revenue_prev2 = 1.5亿元, main_revenue = 1.8亿元, main_revenue_prev = 1.5亿元, main_revenue_prev2 = 1.25亿元,
        rd_expense = 1000万元, rd_expense_prev = 800万元, total_assets = 1亿元, total_liabilities = 5000万元,
        equity_raised_2y = 0元, equity_raised_3y = 0元, employees = 200人, rd_staff = 40人, niche_years = 3年,
        strategic_emerging = true, key_field = true, chain_gap_filled = true, chain_key_link = true,
        market_share = 10%, domestic_rank = 10名, class1_ip_count = 4项, class1_ip_own = 1项,
        class1_ip_high_value = 1项, class1_ip_in_use = true, class2_ip_count = 0项,
        rd_institution_level = 'national', has_rd_institution = true, qms_certified = true, own_brand = true,
        product_certified_abroad = false, it_supported_processes = 1项, development_score = 60分
  expect rung innovative true, rung specialized true, rung little_giant true, placement little_giant,
         innovative_capability = 40分, innovative_growing = 30分, innovative_focus = 30分, innovative_score = 100分,
         innovative_title false, innovative_met true, specialized_met true, specialized_held true, giant_met true,
         giant_under_review false, giant_review_due false, giant_review_met false, market_leading true,
         rd_ratio = 5%, rd_ratio_prev = 5%, rd_sum_2y = 1800万元, main_share = 90%, main_growth = 20%,
         main_growth_2y = 20%, debt_ratio = 50%, rd_staff_ratio = 20%, missing ()

-- ---------------------------------------------------------------------------
-- 例：共同条件，一次只改一项

example '共同条件·不是独立法人' like '小巨人'
  given legal_person = false
  expect in_order false, rung innovative false, rung specialized false, rung little_giant false, placement none
example '共同条件·大型企业' like '小巨人'
  given size_class = 'large'
  expect in_order false, rung innovative false, rung specialized false, rung little_giant false, placement none
example '共同条件·小型企业' like '小巨人'
  given size_class = 'small'
  expect in_order true, placement little_giant
example '共同条件·微型企业' like '小巨人'
  given size_class = 'micro'
  expect in_order true, placement little_giant
example '共同条件·列入经营异常名录' like '小巨人'
  given on_abnormal_list = true
  expect in_order false, rung innovative false, rung specialized false, rung little_giant false, placement none
example '共同条件·列入严重失信主体名单' like '小巨人'
  given on_dishonesty_list = true
  expect in_order false, rung innovative false, rung specialized false, rung little_giant false, placement none
example '共同条件·产品属禁止类' like '小巨人'
  given product_prohibited = true
  expect in_order false, rung innovative false, rung specialized false, rung little_giant false, placement none
example '共同条件·事故满三年之日' like '小巨人'
  given major_incidents = [2023-06-30]
  expect in_order true, placement little_giant
example '共同条件·事故差一日满三年' like '小巨人'
  given major_incidents = [2023-07-01]
  expect in_order false, rung innovative false, rung specialized false, rung little_giant false, placement none
example '共同条件·事故在判断日当天' like '小巨人'
  given major_incidents = [2026-06-30]
  expect in_order false, rung innovative false, rung specialized false, rung little_giant false, placement none
example '共同条件·事故在判断日以后' like '小巨人'
  given major_incidents = [2026-07-01]
  expect in_order true, placement little_giant
example '共同条件·事故一旧一新' like '小巨人'
  given major_incidents = [2020-01-01, 2024-01-01]
  expect in_order false, rung innovative false, rung specialized false, rung little_giant false, placement none
example '共同条件·偷漏税满三年之日' like '小巨人'
  given tax_violations = [2023-06-30]
  expect in_order true, placement little_giant
example '共同条件·偷漏税差一日满三年' like '小巨人'
  given tax_violations = [2023-07-01]
  expect in_order false, rung innovative false, rung specialized false, rung little_giant false, placement none
example '共同条件·偷漏税在判断日当天' like '小巨人'
  given tax_violations = [2026-06-30]
  expect in_order false, rung innovative false, rung specialized false, rung little_giant false, placement none
example '共同条件·偷漏税在判断日以后' like '小巨人'
  given tax_violations = [2026-07-01]
  expect in_order true, placement little_giant
example '共同条件·偷漏税一旧一新' like '小巨人'
  given tax_violations = [2020-01-01, 2024-01-01]
  expect in_order false, rung innovative false, rung specialized false, rung little_giant false, placement none
example '共同条件·没有事故时不需要判断日' like '小巨人'
  given as_of = unknown
  expect in_order true, placement little_giant
example '共同条件·有事故而判断日未知' like '小巨人'
  given as_of = unknown, major_incidents = [2023-07-01]
  expect in_order unknown, placement unknown
example '共同条件·企业划型未知' like '小巨人'
  given size_class = unknown
  expect in_order unknown, rung innovative unknown, rung specialized unknown, rung little_giant unknown,
         placement unknown
example '共同条件·只知列入失信名单即可否定'
  given on_dishonesty_list = true
  expect in_order false, rung innovative false, rung specialized false, rung little_giant false, placement none
example '什么都不知道'
  expect in_order unknown, rung innovative unknown, rung specialized unknown, rung little_giant unknown,
         placement unknown

-- ---------------------------------------------------------------------------
-- 例：创新型。基准恰为60分：创新能力20分、成长性15分、专业化25分，没有直接条件

example '创新型' like '小巨人'
  given revenue = 2亿元, main_revenue = 1.68亿元, main_revenue_prev = 1.6亿元, rd_expense = 600万元,
        total_liabilities = 7500万元, strategic_emerging = false, class1_ip_count = 0项, class1_ip_own = 0项,
        class1_ip_high_value = 0项, class2_ip_count = 1项, rd_institution_level = 'municipal'
  expect innovative_ip = 5分, innovative_rd = 15分, innovative_growth = 10分, innovative_debt = 5分,
         innovative_field = 5分, innovative_share = 20分, innovative_capability = 20分, innovative_growing = 15分,
         innovative_focus = 25分, innovative_score = 60分, innovative_direct false, rung innovative true,
         rung little_giant false
example '创新型·Ⅰ类高价值1项' like '创新型'
  given class1_ip_count = 1项, class1_ip_own = 1项, class1_ip_high_value = 1项
  expect innovative_ip = 20分, innovative_capability = 35分
example '创新型·自主研发Ⅰ类1项' like '创新型'
  given class1_ip_count = 1项, class1_ip_own = 1项
  expect innovative_ip = 15分, innovative_capability = 30分
example '创新型·受让的Ⅰ类1项' like '创新型'
  given class1_ip_count = 1项
  expect innovative_ip = 10分, innovative_capability = 25分
example '创新型·Ⅱ类1项' like '创新型'
  given class2_ip_count = 1项
  expect innovative_ip = 5分
example '创新型·没有知识产权' like '创新型'
  given class2_ip_count = 0项
  expect innovative_ip = 0分, innovative_capability = 15分
example '创新型·各档之上：一' like '创新型'
  given revenue = 11500万元, main_revenue = 8050万元, main_revenue_prev = 7000万元, rd_expense = 575万元,
        total_liabilities = 5500万元, strategic_emerging = true
  expect rd_ratio = 5%, main_growth = 15%, debt_ratio = 55%, main_share = 70%, innovative_rd = 20分,
         innovative_growth = 20分, innovative_debt = 10分, innovative_share = 20分, innovative_field = 10分
example '创新型·各档之下：一' like '创新型'
  given revenue = 11499万元, main_revenue = 8048.1501万元, main_revenue_prev = 6999万元, rd_expense = 573.8001万元,
        total_liabilities = 5501万元, strategic_emerging = false
  expect rd_ratio = 4.99%, main_growth = 14.99%, debt_ratio = 55.01%, main_share = 69.99%, innovative_rd = 15分,
         innovative_growth = 15分, innovative_debt = 5分, innovative_share = 15分, innovative_field = 5分
example '创新型·各档之上：二' like '创新型'
  given revenue = 11000万元, main_revenue = 6600万元, main_revenue_prev = 6000万元, rd_expense = 330万元,
        total_liabilities = 7500万元, strategic_emerging = true
  expect rd_ratio = 3%, main_growth = 10%, debt_ratio = 75%, main_share = 60%, innovative_rd = 15分,
         innovative_growth = 15分, innovative_debt = 5分, innovative_share = 15分, innovative_field = 10分
example '创新型·各档之下：二' like '创新型'
  given revenue = 10999万元, main_revenue = 6598.3001万元, main_revenue_prev = 5999万元, rd_expense = 328.8701万元,
        total_liabilities = 7501万元, strategic_emerging = false
  expect rd_ratio = 2.99%, main_growth = 9.99%, debt_ratio = 75.01%, main_share = 59.99%, innovative_rd = 10分,
         innovative_growth = 10分, innovative_debt = 0分, innovative_share = 10分, innovative_field = 5分
example '创新型·各档之上：三' like '创新型'
  given revenue = 10500万元, main_revenue = 5775万元, main_revenue_prev = 5500万元, rd_expense = 210万元,
        total_liabilities = 7500万元, strategic_emerging = true
  expect rd_ratio = 2%, main_growth = 5%, debt_ratio = 75%, main_share = 55%, innovative_rd = 10分,
         innovative_growth = 10分, innovative_debt = 5分, innovative_share = 10分, innovative_field = 10分
example '创新型·各档之下：三' like '创新型'
  given revenue = 10499万元, main_revenue = 5773.4001万元, main_revenue_prev = 5499万元, rd_expense = 208.9301万元,
        total_liabilities = 7501万元, strategic_emerging = false
  expect rd_ratio = 1.99%, main_growth = 4.99%, debt_ratio = 75.01%, main_share = 54.99%, innovative_rd = 5分,
         innovative_growth = 5分, innovative_debt = 0分, innovative_share = 5分, innovative_field = 5分
example '创新型·各档之上：四' like '创新型'
  given revenue = 10000万元, main_revenue = 5000万元, main_revenue_prev = 5000万元, rd_expense = 100万元,
        total_liabilities = 7500万元, strategic_emerging = true
  expect rd_ratio = 1%, main_growth = 0%, debt_ratio = 75%, main_share = 50%, innovative_rd = 5分,
         innovative_growth = 5分, innovative_debt = 5分, innovative_share = 5分, innovative_field = 10分
example '创新型·各档之下：四' like '创新型'
  given revenue = 9999万元, main_revenue = 4998.5001万元, main_revenue_prev = 4999万元, rd_expense = 98.9901万元,
        total_liabilities = 7501万元, strategic_emerging = false
  expect rd_ratio = 0.99%, main_growth = -0.01%, debt_ratio = 75.01%, main_share = 49.99%, innovative_rd = 0分,
         innovative_growth = 0分, innovative_debt = 0分, innovative_share = 0分, innovative_field = 5分
example '创新型·研发为零' like '创新型'
  given revenue = 10000万元, main_revenue = 5000万元, main_revenue_prev = 5000万元, rd_expense = 0万元,
        total_liabilities = 7500万元, strategic_emerging = false
  expect rd_ratio = 0%, main_growth = 0%, debt_ratio = 75%, main_share = 50%, innovative_rd = 0分,
         innovative_growth = 5分, innovative_debt = 5分, innovative_share = 5分, innovative_field = 5分
example '创新型·55分' like '创新型'
  given main_revenue = 1.3998亿元, main_revenue_prev = 1.3亿元
  expect innovative_capability = 20分, innovative_growing = 15分, innovative_focus = 20分, innovative_score = 55分,
         rung innovative false
example '创新型·创新能力15分，总分够也不行' like '创新型'
  given class2_ip_count = 0项, main_revenue = 1.84亿元, total_liabilities = 5500万元, strategic_emerging = true
  expect innovative_capability = 15分, innovative_score = 75分, rung innovative false
example '创新型·创新能力20分，其余同上' like '创新型·创新能力15分，总分够也不行'
  given class2_ip_count = 1项
  expect innovative_capability = 20分, innovative_score = 80分, rung innovative true
example '创新型·成长性10分，总分够也不行' like '创新型'
  given total_liabilities = 7501万元, rd_expense = 1000万元, class1_ip_high_value = 1项, strategic_emerging = true
  expect innovative_growing = 10分, innovative_score = 80分, rung innovative false
example '创新型·成长性15分，其余同上' like '创新型·成长性10分，总分够也不行'
  given total_liabilities = 7500万元
  expect innovative_growing = 15分, innovative_score = 85分, rung innovative true
example '创新型·专业化10分，总分够也不行' like '创新型'
  given main_revenue = 1亿元, main_revenue_prev = 0.8亿元, total_liabilities = 5500万元, rd_expense = 1000万元,
        class1_ip_high_value = 1项
  expect innovative_focus = 10分, innovative_score = 80分, rung innovative false
example '创新型·专业化15分，其余同上' like '创新型·专业化10分，总分够也不行'
  given main_revenue = 1.1亿元
  expect innovative_focus = 15分, innovative_score = 85分, rung innovative true
example '创新型直接·2023年省级科技奖励' like '创新型·55分'
  given sci_awards = [(level = 'provincial', rank = 9, year = 2023)]
  expect innovative_direct true, rung innovative true
example '创新型直接·2022年省级科技奖励' like '创新型·55分'
  given sci_awards = [(level = 'provincial', rank = 1, year = 2022)]
  expect innovative_direct false, rung innovative false
example '创新型直接·2026年国家级科技奖励' like '创新型·55分'
  given sci_awards = [(level = 'national', rank = 9, year = 2026)]
  expect innovative_direct true, rung innovative true
example '创新型直接·判断日以后年份的科技奖励' like '创新型·55分'
  given sci_awards = [(level = 'national', rank = 1, year = 2027)]
  expect innovative_direct false, rung innovative false
example '创新型直接·高新技术企业在最后一日' like '创新型·55分'
  given hightech_until = 2026-06-30
  expect innovative_direct true, rung innovative true
example '创新型直接·高新技术企业前一日到期' like '创新型·55分'
  given hightech_until = 2026-06-29
  expect innovative_direct false, rung innovative false
example '创新型直接·知识产权优势企业在最后一日' like '创新型·55分'
  given ip_demo_until = 2026-06-30
  expect innovative_direct true, rung innovative true
example '创新型直接·知识产权优势企业前一日到期' like '创新型·55分'
  given ip_demo_until = 2026-06-29
  expect innovative_direct false, rung innovative false
example '创新型直接·国家级技术创新示范企业' like '创新型·55分'
  given tech_demo_enterprise = true
  expect innovative_direct true, rung innovative true
example '创新型直接·不是技术创新示范企业' like '创新型·55分'
  given tech_demo_enterprise = false
  expect innovative_direct false, rung innovative false
example '创新型直接·国家级研发机构' like '创新型·55分'
  given rd_institution_level = 'national'
  expect innovative_direct true, rung innovative true
example '创新型直接·省级研发机构' like '创新型·55分'
  given rd_institution_level = 'provincial'
  expect innovative_direct true, rung innovative true
example '创新型直接·市级研发机构' like '创新型·55分'
  given rd_institution_level = 'municipal'
  expect innovative_direct false, rung innovative false
example '创新型直接·市级以下研发机构' like '创新型·55分'
  given rd_institution_level = 'below_municipal'
  expect innovative_direct false, rung innovative false
example '创新型直接·没有研发机构' like '创新型·55分'
  given rd_institution_level = 'none'
  expect innovative_direct false, rung innovative false
example '创新型直接·近3年股权融资500万元' like '创新型·55分'
  given equity_raised_3y = 500万元
  expect innovative_direct true, rung innovative true
example '创新型直接·近3年股权融资499.99万元' like '创新型·55分'
  given equity_raised_3y = 499.99万元
  expect innovative_direct false, rung innovative false
example '创新型直接·共同条件不免' like '创新型直接·高新技术企业在最后一日'
  given on_abnormal_list = true
  expect innovative_direct true, rung innovative false
example '创新型直接·各项都没有'
  given as_of = 2026-06-30, rd_institution_level = 'none', equity_raised_3y = 0元
  expect innovative_direct false
example '创新型·知识产权未知，加满也不影响结论' like '创新型'
  given class1_ip_count = unknown, class1_ip_own = unknown, class1_ip_high_value = unknown,
        class2_ip_count = unknown, rd_expense = 1000万元
  expect innovative_ip between 0分 and 20分, innovative_score between 60分 and 80分, rung innovative true
example '创新型·知识产权未知，结论未定' like '创新型'
  given class1_ip_count = unknown, class1_ip_own = unknown, class1_ip_high_value = unknown,
        class2_ip_count = unknown
  expect innovative_capability between 15分 and 35分, innovative_score between 55分 and 75分,
         rung innovative unknown
example '创新型·知识产权未知，加满也不够' like '创新型·专业化10分，总分够也不行'
  given class1_ip_count = unknown, class1_ip_own = unknown, class1_ip_high_value = unknown,
        class2_ip_count = unknown
  expect innovative_score between 60分 and 80分, rung innovative false
example '创新型·是否新兴产业未知，已够60分' like '创新型'
  given strategic_emerging = unknown
  expect innovative_field between 5分 and 10分, innovative_score between 60分 and 65分, rung innovative true
example '创新型·是否新兴产业未知，差5分' like '创新型·55分'
  given strategic_emerging = unknown
  expect innovative_score between 55分 and 60分, rung innovative unknown
example '创新型·得分不够而股权融资未知' like '创新型·55分'
  given equity_raised_3y = unknown
  expect innovative_direct unknown, rung innovative unknown
example '创新型·得分已够，股权融资未知也不妨' like '创新型'
  given equity_raised_3y = unknown
  expect innovative_direct unknown, rung innovative true
example '创新型·上年营业收入为零，比率未知' like '创新型'
  given revenue = 0元
  expect rd_ratio unknown, main_share unknown, innovative_rd between 0分 and 20分
example '创新型·前一年主营收入为零，增长率未知' like '创新型'
  given main_revenue_prev = 0元
  expect main_growth unknown, innovative_growth between 0分 and 20分, rung innovative unknown

-- ---------------------------------------------------------------------------
-- 例：第一级，凭称号

example '创新型称号·科技型在最后一日' like '创新型·55分'
  given tech_sme_until = 2026-06-30
  expect innovative_title true, innovative_met true, rung innovative true
example '创新型称号·科技型前一日到期' like '创新型·55分'
  given tech_sme_until = 2026-06-29
  expect innovative_title false, innovative_met false, rung innovative false
example '创新型称号·科技型是否入库未知' like '创新型·55分'
  given tech_sme_until = unknown
  expect innovative_title unknown, rung innovative unknown, missing (tech_sme_until)
example '创新型称号·公告当日' like '创新型·55分'
  given innovative_on = 2026-06-30, innovative_until = 2029-06-29
  expect innovative_title true, rung innovative true
example '创新型称号·公告前一日' like '创新型·55分'
  given innovative_on = 2026-07-01, innovative_until = 2029-06-30
  expect innovative_title false, rung innovative false
example '创新型称号·有效期最后一日' like '创新型·55分'
  given innovative_on = 2023-07-01, innovative_until = 2026-06-30
  expect innovative_title true, rung innovative true
example '创新型称号·有效期届满次日' like '创新型·55分'
  given innovative_on = 2023-06-30, innovative_until = 2026-06-29
  expect innovative_title false, rung innovative false
example '创新型称号·共同条件不免' like '创新型称号·科技型在最后一日'
  given product_prohibited = true
  expect innovative_met true, rung innovative false
example '创新型称号·各项指标未知也不妨'
  given as_of = 2026-06-30, legal_person = true, size_class = 'small', on_abnormal_list = false,
        on_dishonesty_list = false, product_prohibited = false, tech_sme_until = 2026-12-31
  expect rung innovative true, rung specialized unknown, rung little_giant unknown, placement innovative

-- ---------------------------------------------------------------------------
-- 例：专精特新，从基准企业起一次只改一项；基准的各项多在界上

example '专精特新' like '小巨人'
  given revenue = 1500万元, revenue_prev = 1500万元, revenue_prev2 = 1500万元, main_revenue = 1200万元,
        main_revenue_prev = 1000万元, main_revenue_prev2 = 900万元, rd_expense = 100万元, rd_expense_prev = 100万元,
        total_liabilities = 8000万元, market_share = 1%, domestic_rank = 20名, class1_ip_count = 1项,
        class1_ip_high_value = 0项, rd_institution_level = 'municipal', development_score = 50分
  expect innovative_score = 85分, innovative_direct false, main_share = 80%, debt_ratio = 80%, specialized_size true,
         specialized_rd_2026 true, specialized_class1 true, market_leading false, rung innovative true,
         rung specialized true, rung little_giant false, placement specialized
example '专精特新·不站在第一级上' like '专精特新'
  given main_revenue_prev = 1200万元
  expect innovative_growing = 5分, innovative_met false, rung innovative false, rung specialized false, placement none
example '专精特新·凭科技型称号站在第一级上' like '专精特新·不站在第一级上'
  given tech_sme_until = 2026-06-30
  expect innovative_met true, rung innovative true, rung specialized true
example '专精特新·科技型称号前一日到期' like '专精特新·不站在第一级上'
  given tech_sme_until = 2026-06-29
  expect innovative_met false, rung specialized false
example '专精特新·第一级未定' like '专精特新·不站在第一级上'
  given hightech_until = unknown
  expect rung innovative unknown, rung specialized unknown, missing (hightech_until)
example '专精特新·细分市场2.99年' like '专精特新'
  given niche_years = 2.99年
  expect rung specialized false, placement innovative
example '专精特新·营业收入1499.99万元' like '专精特新'
  given revenue = 1499.99万元
  expect specialized_size false, rung specialized false
example '专精特新·营业收入1499.99万元，近两年股权投资2000万元' like '专精特新·营业收入1499.99万元'
  given equity_raised_2y = 2000万元
  expect specialized_size true, rung specialized true
example '专精特新·营业收入1499.99万元，近两年股权投资1999.99万元' like '专精特新·营业收入1499.99万元'
  given equity_raised_2y = 1999.99万元
  expect specialized_size false, rung specialized false
example '专精特新·营业收入不够而股权投资未知' like '专精特新·营业收入1499.99万元'
  given equity_raised_2y = unknown
  expect specialized_size unknown, rung specialized unknown, missing (equity_raised_2y)
example '专精特新·营业收入已够，股权投资未知也不妨' like '专精特新'
  given equity_raised_2y = unknown
  expect specialized_size true, rung specialized true
example '专精特新·主营占比79.99%' like '专精特新'
  given main_revenue = 1199.85万元
  expect main_share = 79.99%, specialized_size false, rung specialized false
example '专精特新·资产负债率80.01%' like '专精特新'
  given total_liabilities = 8001万元
  expect debt_ratio = 80.01%, specialized_size false, rung specialized false
example '专精特新·上年度研发99.99万元' like '专精特新'
  given rd_expense = 99.99万元
  expect specialized_rd_2026 false, rung specialized false
example '专精特新·前一年度研发99.99万元' like '专精特新'
  given rd_expense_prev = 99.99万元
  expect specialized_rd_2026 false, rung specialized false
example '专精特新·两年研发占比各3%' like '专精特新'
  given rd_expense = 120万元, rd_expense_prev = 120万元, revenue = 4000万元, revenue_prev = 4000万元,
        main_revenue = 3200万元, main_revenue_prev = 2500万元
  expect rd_ratio = 3%, rd_ratio_prev = 3%, specialized_rd_2026 true, rung specialized true
example '专精特新·上年度研发占比2.99%' like '专精特新·两年研发占比各3%'
  given rd_expense = 119.6万元
  expect rd_ratio = 2.99%, specialized_rd_2026 false, rung innovative true, rung specialized false
example '专精特新·前一年度研发占比2.99%' like '专精特新·两年研发占比各3%'
  given rd_expense_prev = 119.6万元
  expect rd_ratio_prev = 2.99%, specialized_rd_2026 false, rung specialized false
example '专精特新·前一年度研发未知' like '专精特新'
  given rd_expense_prev = unknown
  expect specialized_rd_2026 unknown, rung specialized unknown, missing (rd_expense_prev)
example '专精特新·没有Ⅰ类知识产权' like '专精特新'
  given class1_ip_count = 0项
  expect specialized_class1 false, rung specialized false
example '专精特新·Ⅰ类知识产权未见效' like '专精特新'
  given class1_ip_in_use = false
  expect specialized_class1 false, rung specialized false
example '专精特新·是否见效未知' like '专精特新'
  given class1_ip_in_use = unknown
  expect specialized_class1 unknown, rung specialized unknown, missing (class1_ip_in_use)
example '专精特新免知识产权·省级奖第3名' like '专精特新·没有Ⅰ类知识产权'
  given sci_awards = [(level = 'provincial', rank = 3, year = 2025)]
  expect specialized_class1 true, rung specialized true
example '专精特新免知识产权·省级奖第4名' like '专精特新·没有Ⅰ类知识产权'
  given sci_awards = [(level = 'provincial', rank = 4, year = 2025)]
  expect specialized_class1 false, rung specialized false
example '专精特新免知识产权·国家级奖第3名' like '专精特新·没有Ⅰ类知识产权'
  given sci_awards = [(level = 'national', rank = 3, year = 2026)]
  expect specialized_class1 true, rung specialized true
example '专精特新免知识产权·2023年获奖' like '专精特新·没有Ⅰ类知识产权'
  given sci_awards = [(level = 'provincial', rank = 1, year = 2023)]
  expect specialized_class1 true, rung specialized true
example '专精特新免知识产权·2022年获奖' like '专精特新·没有Ⅰ类知识产权'
  given sci_awards = [(level = 'provincial', rank = 1, year = 2022)]
  expect specialized_class1 false, rung specialized false
example '专精特新免知识产权·判断日以后年份获奖' like '专精特新·没有Ⅰ类知识产权'
  given sci_awards = [(level = 'national', rank = 1, year = 2027)]
  expect specialized_class1 false, rung specialized false
example '专精特新免知识产权·省级研发机构' like '专精特新·没有Ⅰ类知识产权'
  given rd_institution_level = 'provincial'
  expect specialized_class1 true, rung specialized true
example '专精特新免知识产权·国家级研发机构' like '专精特新·没有Ⅰ类知识产权'
  given rd_institution_level = 'national'
  expect specialized_class1 true, rung specialized true
example '专精特新免知识产权·市级研发机构不免' like '专精特新·没有Ⅰ类知识产权'
  given rd_institution_level = 'municipal'
  expect specialized_class1 false, rung specialized false
example '专精特新·发展评价49.99分' like '专精特新'
  given development_score = 49.99分
  expect rung specialized false
example '专精特新·发展评价未知' like '专精特新'
  given development_score = unknown
  expect rung specialized unknown, rung little_giant false, placement innovative, missing (development_score)
example '专精特新·发展评价超出范围即为未知' like '专精特新'
  given development_score = 101分
  expect rung specialized unknown
example '专精特新·市场占有率不靠前，提示而不排除' like '专精特新'
  given market_share = 0%, domestic_rank = 4名
  expect market_leading false, rung specialized true
example '专精特新·市场占有率未知也不妨' like '专精特新'
  given market_share = unknown, domestic_rank = unknown
  expect market_leading unknown, rung specialized true
example '专精特新·共同条件不免' like '专精特新'
  given on_dishonesty_list = true
  expect specialized_met true, rung specialized false, placement none

-- ---------------------------------------------------------------------------
-- 例：小巨人，从基准企业起一次只改一项

example '小巨人·细分市场2.99年' like '小巨人'
  given niche_years = 2.99年, specialized_on = 2024-01-01, specialized_until = 2026-12-31
  expect specialized_held true, giant_met false, rung little_giant false
example '小巨人·营业收入5000万元' like '小巨人'
  given revenue = 5000万元, main_revenue = 4500万元, main_revenue_prev = 4000万元, revenue_prev = 4500万元,
        revenue_prev2 = 4000万元
  expect giant_size true, rung little_giant true
example '小巨人·营业收入4999.99万元' like '小巨人·营业收入5000万元'
  given revenue = 4999.99万元
  expect giant_size false, rung little_giant false, placement specialized
example '小巨人·主营占比89.99%' like '小巨人'
  given main_revenue = 1.7998亿元
  expect main_share = 89.99%, giant_size false, rung little_giant false
example '小巨人·资产负债率75%' like '小巨人'
  given total_liabilities = 7500万元
  expect debt_ratio = 75%, giant_size true, rung little_giant true
example '小巨人·资产负债率75.01%' like '小巨人'
  given total_liabilities = 7501万元
  expect debt_ratio = 75.01%, giant_size false, rung specialized true, rung little_giant false
example '小巨人·两年复合增长5%' like '小巨人'
  given revenue = 2.205亿元, revenue_prev2 = 2亿元, main_revenue = 2亿元
  expect revenue_ratio_2y = 110.25%, giant_growth true, rung little_giant true
example '小巨人·两年复合增长不到5%' like '小巨人·两年复合增长5%'
  given revenue = 2.2049亿元
  expect giant_growth false, rung little_giant false
example '小巨人·两年算术平均5%而复合不到5%' like '小巨人·两年复合增长5%'
  given revenue = 2.2亿元, revenue_prev = 2.2亿元
  expect revenue_ratio_2y = 110%, giant_growth false, rung little_giant false
example '小巨人·前两年度没有收入，增长未知' like '小巨人'
  given revenue_prev2 = 0元
  expect giant_growth unknown, rung little_giant unknown
example '小巨人·2027年复核，不问复合增长' like '小巨人·两年复合增长不到5%'
  given as_of = 2027-06-30, little_giant_on = 2024-07-01, little_giant_until = 2027-06-30
  expect giant_under_review true, giant_growth false, giant_review_due false, rung little_giant true
example '小巨人·2027年称号在当年届满之后' like '小巨人·2027年复核，不问复合增长'
  given as_of = 2027-12-31
  expect giant_under_review true, rung little_giant true
example '小巨人·称号在上一年届满，重新认定' like '小巨人·2027年复核，不问复合增长'
  given as_of = 2028-01-01
  expect giant_under_review false, rung little_giant false
example '小巨人·认定当日' like '小巨人·2027年复核，不问复合增长'
  given as_of = 2027-03-01, little_giant_on = 2027-03-01, little_giant_until = 2030-02-28
  expect giant_under_review true, rung little_giant true
example '小巨人·认定前一日' like '小巨人·认定当日'
  given as_of = 2027-02-28
  expect giant_under_review false, rung little_giant false
example '小巨人·复核仍问其他各项' like '小巨人·2027年复核，不问复合增长'
  given development_score = 59.99分
  expect giant_under_review true, rung little_giant false
example '小巨人·两年研发合计1200万元，各占3%' like '小巨人'
  given revenue = 2.4亿元, main_revenue = 2.16亿元, rd_expense = 720万元, rd_expense_prev = 480万元
  expect rd_sum_2y = 1200万元, rd_ratio = 3%, rd_ratio_prev = 3%, giant_rd_2026 true, rung little_giant true
example '小巨人·两年研发合计1199.99万元' like '小巨人'
  given rd_expense = 700万元, rd_expense_prev = 499.99万元
  expect rd_sum_2y = 1199.99万元, giant_rd_2026 false, rung specialized true, rung little_giant false
example '小巨人·上年度研发占比2.99%' like '小巨人'
  given rd_expense = 598万元, specialized_on = 2024-01-01, specialized_until = 2026-12-31
  expect rd_ratio = 2.99%, giant_rd_2026 false, rung little_giant false
example '小巨人·前一年度研发占比2.99%' like '小巨人'
  given rd_expense_prev = 478.4万元, specialized_on = 2024-01-01, specialized_until = 2026-12-31
  expect rd_ratio_prev = 2.99%, giant_rd_2026 false, rung little_giant false
example '小巨人·Ⅰ类知识产权3项' like '小巨人'
  given class1_ip_count = 3项
  expect giant_class1 false, rung specialized true, rung little_giant false
example '小巨人·Ⅰ类知识产权未见效' like '小巨人'
  given class1_ip_in_use = false
  expect giant_class1 false, rung specialized true, rung little_giant false
example '小巨人免知识产权·国家级奖第3名' like '小巨人·Ⅰ类知识产权3项'
  given sci_awards = [(level = 'national', rank = 3, year = 2025)]
  expect giant_class1 true, rung little_giant true
example '小巨人免知识产权·国家级奖第4名' like '小巨人·Ⅰ类知识产权3项'
  given sci_awards = [(level = 'national', rank = 4, year = 2025)]
  expect giant_class1 false, rung little_giant false
example '小巨人免知识产权·省级奖不免' like '小巨人·Ⅰ类知识产权3项'
  given sci_awards = [(level = 'provincial', rank = 1, year = 2025)]
  expect giant_class1 false, rung little_giant false
example '小巨人免知识产权·2023年获奖' like '小巨人·Ⅰ类知识产权3项'
  given sci_awards = [(level = 'national', rank = 1, year = 2023)]
  expect giant_class1 true, rung little_giant true
example '小巨人免知识产权·2022年获奖' like '小巨人·Ⅰ类知识产权3项'
  given sci_awards = [(level = 'national', rank = 1, year = 2022)]
  expect giant_class1 false, rung little_giant false
example '小巨人免知识产权·判断日以后年份获奖' like '小巨人·Ⅰ类知识产权3项'
  given sci_awards = [(level = 'national', rank = 1, year = 2027)]
  expect giant_class1 false, rung little_giant false
example '小巨人·市场占有率9.99%、国内第4名' like '小巨人'
  given market_share = 9.99%, domestic_rank = 4名
  expect market_leading false, rung specialized true, rung little_giant false
example '小巨人·市场占有率9.99%、国内第3名' like '小巨人'
  given market_share = 9.99%, domestic_rank = 3名
  expect market_leading true, rung little_giant true
example '小巨人·排名未知而占有率已够' like '小巨人'
  given domestic_rank = unknown
  expect market_leading true, rung little_giant true
example '小巨人·占有率未知而排名不够' like '小巨人'
  given market_share = unknown
  expect market_leading unknown, rung little_giant unknown, placement specialized, missing (market_share)
example '小巨人·不在关键环节' like '小巨人'
  given chain_key_link = false
  expect giant_met false, rung little_giant false
example '小巨人·发展评价59.99分' like '小巨人'
  given development_score = 59.99分
  expect rung specialized true, rung little_giant false
example '小巨人·发展评价未知' like '小巨人'
  given development_score = unknown
  expect rung specialized unknown, rung little_giant unknown, placement innovative, missing (development_score)
example '小巨人·前一年度研发99万元，不站在第二级上' like '小巨人'
  given revenue_prev = 3000万元, rd_expense_prev = 99万元, rd_expense = 1200万元
  expect giant_rd_2026 true, specialized_met false, specialized_held false, rung little_giant false
example '小巨人·凭专精特新称号，最后一日' like '小巨人·前一年度研发99万元，不站在第二级上'
  given specialized_on = 2023-07-01, specialized_until = 2026-06-30
  expect specialized_held true, rung specialized false, rung little_giant true, placement little_giant
example '小巨人·专精特新称号届满次日' like '小巨人·凭专精特新称号，最后一日'
  given specialized_until = 2026-06-29
  expect specialized_held false, rung little_giant false
example '小巨人·专精特新认定当日' like '小巨人·凭专精特新称号，最后一日'
  given specialized_on = 2026-06-30, specialized_until = 2029-06-29
  expect specialized_held true, rung little_giant true
example '小巨人·专精特新认定前一日' like '小巨人·凭专精特新称号，最后一日'
  given specialized_on = 2026-07-01, specialized_until = 2029-06-30
  expect specialized_held false, rung little_giant false
example '小巨人·一级也不站' like '小巨人'
  given rd_institution_level = 'municipal', main_revenue_prev = 1.8亿元, total_liabilities = 7500万元
  expect innovative_growing = 10分, innovative_met false, rung innovative false, rung specialized false,
         rung little_giant false, placement none

-- ---------------------------------------------------------------------------
-- 例：2026年到期复核。发展评价得分不够新标准，Ⅰ类知识产权2项，2022年的六个方面都够

example '复核' like '小巨人'
  given little_giant_on = 2023-07-01, little_giant_until = 2026-06-30, development_score = 49分,
        class1_ip_count = 2项, niche_years = 10年
  expect giant_under_review true, giant_review_due true, giant_met false, giant_review_met true,
         rung innovative true, rung specialized false, rung little_giant true, placement little_giant
example '复核·称号2026年1月1日届满' like '复核'
  given little_giant_until = 2026-01-01
  expect giant_review_due true, rung little_giant true
example '复核·称号2025年12月31日届满' like '复核'
  given little_giant_until = 2025-12-31
  expect giant_review_due false, rung little_giant false
example '复核·称号2026年12月31日届满' like '复核'
  given little_giant_until = 2026-12-31
  expect giant_review_due true, rung little_giant true
example '复核·称号2027年1月1日届满，不在2026年复核' like '复核'
  given little_giant_until = 2027-01-01
  expect giant_under_review true, giant_review_due false, rung little_giant false
example '复核·2026年最后一日' like '复核'
  given as_of = 2026-12-31
  expect giant_review_due true, rung little_giant true
example '复核·2027年第一日' like '复核'
  given as_of = 2027-01-01
  expect giant_review_due false, rung little_giant false
example '复核·2025年最后一日' like '复核'
  given as_of = 2025-12-31
  expect giant_review_due false, rung little_giant false
example '复核·没有称号的新认定' like '复核'
  given little_giant_on = none, little_giant_until = none
  expect giant_under_review false, giant_review_due false, rung little_giant false, placement innovative
example '复核·认定当日' like '复核'
  given as_of = 2026-01-15, little_giant_on = 2026-01-15
  expect giant_review_due true, rung little_giant true
example '复核·认定前一日' like '复核'
  given as_of = 2026-01-14, little_giant_on = 2026-01-15
  expect giant_review_due false, rung little_giant false
example '复核·是否有称号未知' like '复核'
  given little_giant_until = unknown
  expect giant_review_due unknown, rung little_giant unknown, missing (little_giant_until)
example '复核·符合新标准的不看2022年标准' like '复核'
  given development_score = 60分, class1_ip_count = 4项, own_brand = false
  expect giant_met true, giant_review_met false, rung little_giant true
example '复核·共同条件不免' like '复核'
  given legal_person = false
  expect giant_review_met true, rung little_giant false

-- ---------------------------------------------------------------------------
-- 例：2027年到期复核，发展评价得分不够新标准而按2023年的六个方面，一次只改一项

example '复核·专·细分市场3年' like '复核'
  given niche_years = 3年
  expect giant_focus true, rung little_giant true
example '复核·专·细分市场差一点满3年' like '复核'
  given niche_years = 2.99年
  expect giant_focus false, rung little_giant false
example '复核·专·主营占比70%' like '复核'
  given main_revenue = 1.4亿元, main_revenue_prev = 1.2亿元, main_revenue_prev2 = 1.1亿元
  expect main_share = 70%, giant_focus true, rung little_giant true
example '复核·专·主营占比69.99%' like '复核'
  given main_revenue = 1.3998亿元, main_revenue_prev = 1.2亿元, main_revenue_prev2 = 1.1亿元
  expect main_share = 69.99%, giant_focus false, rung little_giant false
example '复核·专·两年平均增长5%' like '复核'
  given revenue = 1.2亿元, main_revenue = 1.1025亿元, main_revenue_prev = 1.05亿元, main_revenue_prev2 = 1亿元
  expect main_growth_2y = 5%, giant_focus true, rung little_giant true
example '复核·专·两年平均增长4.99%' like '复核'
  given revenue = 1.2亿元, main_revenue = 1.10229亿元, main_revenue_prev = 1.05亿元, main_revenue_prev2 = 1亿元
  expect main_growth_2y = 4.99%, giant_focus false, rung little_giant false
example '复核·专·算术平均5%，复合增长率不到5%' like '复核'
  given revenue = 1.2亿元, main_revenue = 1.1亿元, main_revenue_prev = 1.1亿元, main_revenue_prev2 = 1亿元
  expect main_growth_2y = 5%, giant_focus true, rung little_giant true
example '复核·精·没有信息系统支撑' like '复核'
  given it_supported_processes = 0项
  expect giant_refinement false, rung little_giant false
example '复核·精·只有境外产品认证' like '复核'
  given qms_certified = false, product_certified_abroad = true
  expect giant_refinement true, rung little_giant true
example '复核·精·两种认证都没有' like '复核'
  given qms_certified = false, product_certified_abroad = false
  expect giant_refinement false, rung little_giant false
example '复核·精·资产负债率70%' like '复核'
  given total_liabilities = 7000万元
  expect debt_ratio = 70%, giant_refinement true, rung little_giant true
example '复核·精·资产负债率70.01%' like '复核'
  given total_liabilities = 7001万元
  expect debt_ratio = 70.01%, giant_refinement false, rung little_giant false
example '复核·特·市场占有率10%' like '复核'
  given market_share = 10%
  expect giant_distinction true, rung little_giant true
example '复核·特·市场占有率9.99%' like '复核'
  given market_share = 9.99%
  expect giant_distinction false, rung little_giant false
example '复核·特·没有自主品牌' like '复核'
  given own_brand = false
  expect giant_distinction false, rung little_giant false
example '复核·新·收入1亿元、两年研发各3%' like '复核'
  given revenue = 1亿元, revenue_prev = 1亿元, main_revenue = 9000万元, main_revenue_prev = 8000万元,
        main_revenue_prev2 = 7000万元, rd_expense = 300万元, rd_expense_prev = 300万元
  expect giant_rd true, giant_innovation true, rung little_giant true
example '复核·新·收入1亿元、上年研发2.99%' like '复核·新·收入1亿元、两年研发各3%'
  given rd_expense = 299万元
  expect giant_rd false, giant_innovation false, rung little_giant false
example '复核·新·收入1亿元、前一年研发2.99%' like '复核·新·收入1亿元、两年研发各3%'
  given rd_expense_prev = 299万元
  expect giant_rd false, rung little_giant false
example '复核·新·收入9999.99万元、研发3%' like '复核·新·收入1亿元、两年研发各3%'
  given revenue = 9999.99万元
  expect giant_rd false, rung little_giant false
example '复核·新·收入9999.99万元、两年研发6%' like '复核·新·收入1亿元、两年研发各3%'
  given revenue = 9999.99万元, rd_expense = 600万元, rd_expense_prev = 600万元
  expect giant_rd true, rung little_giant true
example '复核·新·收入1亿元、研发6%，两支都满足' like '复核·新·收入1亿元、两年研发各3%'
  given rd_expense = 600万元, rd_expense_prev = 600万元
  expect giant_rd true, rung little_giant true
example '复核·新·收入10000.01万元、研发6%，按1亿元以上一支' like '复核·新·收入1亿元、两年研发各3%'
  given revenue = 10000.01万元, rd_expense = 601万元, rd_expense_prev = 600万元
  expect giant_rd true, rung little_giant true
example '复核·新·收入2亿元、上年研发2.99%，各支都不满足' like '复核'
  given rd_expense = 598万元
  expect giant_rd false, giant_innovation false, rung little_giant false
example '复核·新·收入5000万元、两年研发各6%' like '复核'
  given revenue = 5000万元, revenue_prev = 5000万元, main_revenue = 4500万元, main_revenue_prev = 4000万元,
        main_revenue_prev2 = 3500万元, rd_expense = 300万元, rd_expense_prev = 300万元
  expect giant_rd true, rung little_giant true
example '复核·新·收入5000万元、上年研发5.99%' like '复核·新·收入5000万元、两年研发各6%'
  given rd_expense = 299.5万元
  expect giant_rd false, rung little_giant false
example '复核·新·收入5000万元、前一年研发5.99%' like '复核·新·收入5000万元、两年研发各6%'
  given rd_expense_prev = 299.5万元
  expect giant_rd false, rung little_giant false
example '复核·新·收入4999.99万元、两年研发6%以上' like '复核·新·收入5000万元、两年研发各6%'
  given revenue = 4999.99万元
  expect giant_rd false, rung little_giant false
example '复核·新·收入5000万元，凭融资和研发人员' like '复核·新·收入5000万元、两年研发各6%'
  given rd_expense = 3000万元, rd_expense_prev = 100万元, equity_raised_2y = 8000万元, rd_staff = 100人
  expect rd_staff_ratio = 50%, giant_rd true, rung little_giant true
example '复核·新·收入5000.01万元，不能凭融资' like '复核·新·收入5000万元，凭融资和研发人员'
  given revenue = 5000.01万元
  expect giant_rd false, rung little_giant false
example '复核·新·收入4999.99万元，凭融资和研发人员' like '复核·新·收入5000万元，凭融资和研发人员'
  given revenue = 4999.99万元
  expect giant_rd true, rung little_giant true
example '复核·新·融资7999.99万元' like '复核·新·收入5000万元，凭融资和研发人员'
  given equity_raised_2y = 7999.99万元
  expect giant_rd false, rung little_giant false
example '复核·新·研发2999.99万元' like '复核·新·收入5000万元，凭融资和研发人员'
  given rd_expense = 2999.99万元
  expect giant_rd false, rung little_giant false
example '复核·新·研发人员49.99%' like '复核·新·收入5000万元，凭融资和研发人员'
  given employees = 10000人, rd_staff = 4999人
  expect rd_staff_ratio = 49.99%, giant_rd false, rung little_giant false
example '复核·新·研发人员50%' like '复核·新·收入5000万元，凭融资和研发人员'
  given employees = 10000人, rd_staff = 5000人
  expect rd_staff_ratio = 50%, giant_rd true, rung little_giant true
example '复核·新·没有研发机构' like '复核'
  given has_rd_institution = false
  expect giant_general false, giant_innovation false, rung little_giant false
example '复核·新·Ⅰ类知识产权2项' like '复核'
  given class1_ip_count = 2项
  expect giant_general true, rung little_giant true
example '复核·新·Ⅰ类知识产权1项' like '复核'
  given class1_ip_count = 1项
  expect giant_general false, rung little_giant false
example '复核·新·Ⅰ类知识产权未见效' like '复核'
  given class1_ip_in_use = false
  expect giant_general false, rung little_giant false
example '复核直通·国家级奖第3名' like '复核·新·没有研发机构'
  given sci_awards = [(level = 'national', rank = 3, year = 2025)]
  expect giant_direct true, giant_innovation true, rung little_giant true
example '复核直通·国家级奖第4名' like '复核·新·没有研发机构'
  given sci_awards = [(level = 'national', rank = 4, year = 2025)]
  expect giant_direct false, giant_innovation false, rung little_giant false
example '复核直通·省级奖第1名不算' like '复核·新·没有研发机构'
  given sci_awards = [(level = 'provincial', rank = 1, year = 2025)]
  expect giant_direct false, giant_innovation false, rung little_giant false
example '复核直通·2023年国家级奖' like '复核·新·没有研发机构'
  given sci_awards = [(level = 'national', rank = 1, year = 2023)]
  expect giant_direct true, giant_innovation true, rung little_giant true
example '复核直通·2022年国家级奖' like '复核·新·没有研发机构'
  given sci_awards = [(level = 'national', rank = 1, year = 2022)]
  expect giant_direct false, giant_innovation false, rung little_giant false
example '复核直通·判断日以后年份的国家级奖' like '复核·新·没有研发机构'
  given sci_awards = [(level = 'national', rank = 1, year = 2027)]
  expect giant_direct false, giant_innovation false, rung little_giant false
example '复核直通·创客中国第50名' like '复核·新·没有研发机构'
  given contest_rank = 50名
  expect giant_direct true, giant_innovation true, rung little_giant true
example '复核直通·创客中国第51名' like '复核·新·没有研发机构'
  given contest_rank = 51名
  expect giant_direct false, giant_innovation false, rung little_giant false
example '复核直通·其他五个方面不免' like '复核直通·创客中国第50名'
  given market_share = 9.99%
  expect giant_innovation true, rung little_giant false
example '复核·链·不在关键环节' like '复核'
  given chain_key_link = false
  expect giant_chain false, rung little_giant false
example '复核·链·未见补短板实效' like '复核'
  given chain_gap_filled = false
  expect giant_chain false, rung little_giant false
example '复核·品·不属重点领域' like '复核'
  given key_field = false
  expect giant_product false, rung little_giant false

-- ---------------------------------------------------------------------------
-- 例：位次

example '位次·只够第一级' like '小巨人'
  given niche_years = 1年
  expect rung innovative true, rung specialized false, rung little_giant false, placement innovative
example '位次·一个也不够' like '创新型·55分'
  expect rung innovative false, rung specialized false, rung little_giant false, placement none
example '位次·最高一级未定时取已证明的' like '小巨人'
  given chain_key_link = unknown
  expect rung specialized true, rung little_giant unknown, placement specialized, missing (chain_key_link)
example '位次·都未证明而有未定的' like '创新型·55分'
  given niche_years = 1年, equity_raised_3y = unknown
  expect rung innovative unknown, rung specialized false, placement unknown, missing (equity_raised_3y)
$zjtx$);

SELECT zjtx.store($zjtx$
-- 渝北府办发〔2024〕34号《渝北区促进“专精特新”中小企业发展若干政策措施》，2024年12月12日印发。
-- 全文二十条：能按行判断的写成条款和目标，没有定出数额的只判断资格，其余列为服务。

policy yubei-2024-34 '渝北区促进“专精特新”中小企业发展若干政策措施'
  number '渝北府办发〔2024〕34号'
  issuer '重庆市渝北区人民政府办公室'
  region '渝北区'
  issued 2024-12-12
  in force from 2024-12-12
  -- “《……若干政策措施》的通知》（渝北府办发〔2022〕38号）同时废止”
  repeals '渝北府办发〔2022〕38号'
  covers 'YB-00'
  note R10 '文中没有施行日和失效日：自印发之日起施行，至被废止为止；题名没有年份，不据以推定失效日'
  note R5 '“超过”不含本数；“以后（包括2022年）”“不超过”含本数'
  note R18 '“区内企业”按行中的注册区县判断，原文未写须何时在区内；迁入、迁出的企业由兑付机关核对'
  note '金额是按本文件应得的数，不扣除已按渝北府办发〔2022〕38号或者本文件兑付的部分'
  note R16 '没有定出数额的支持，资格可以判断的照判，金额一律未定，不按零计'
  note '各条奖补可以并得：原文没有就高或者不重复享受的规定'
  note '没有写明对象的各条，按题名和首部以“专精特新”企业为对象；写明中小企业、小微企业的，从其所写'

fact region text '注册区县'
fact industry_tags list of text '产业领域标签' null means none
fact size_class text '企业划型' in ('micro', 'small', 'medium', 'large')
fact main_revenue number 元 '上年度主营业务收入' at least 0
fact main_revenue_prev number 元 '前一年度主营业务收入' at least 0
fact rd_expense number 元 '上年度研发费用' at least 0
fact standard_participation boolean '参与制修订标准'
fact specialized_on date '市级专精特新认定日' null means none
fact specialized_until date '市级专精特新有效期至' null means none
fact specialized_reviews list (passed_on date, growth_2y number) '市级专精特新复核' null means none
fact little_giant_on date '国家小巨人认定日' null means none
fact little_giant_until date '国家小巨人有效期至' null means none
fact little_giant_reviews list (passed_on date, growth_2y number) '国家小巨人复核' null means none
fact tech_sme_until date '科技型中小企业入库有效期至' null means none
fact leases list (owner text in ('state', 'private'), area number 平方米, rent number 元, months number 月) '厂房租赁' null means none
fact otc_growth_board_listed_on date 'OTC成长板挂牌日' null means none
fact otc_srdi_board_listed_on date 'OTC专精特新板挂牌日' null means none
fact neeq_kernel_passed_on date '新三板券商内核通过日' null means none
fact neeq_filing_submitted_on date '新三板挂牌备案报送日' null means none
fact neeq_base_listed_on date '新三板基础层首次挂牌日' null means none
fact neeq_innovation_listed_on date '新三板创新层首次挂牌日' null means none
fact neeq_select_listed_on date '新三板精选层首次挂牌日' null means none
fact ipo_tutoring_report_on date '辅导报告提交日' null means none
fact ipo_tutoring_accepted_on date '辅导验收备案日' null means none
fact ipo_application_accepted_on date '上市申请受理日' null means none
fact ipo_listed_on date '首发上市日' null means none
fact ipo_market text '首发上市板块' in ('main', 'star', 'chinext', 'bse', 'overseas') null means none
fact six_taxes_two_fees number 元 '六税两费应纳税额' at least 0 null means 0
fact vat_small_scale boolean '增值税小规模纳税人'
fact small_low_profit boolean '小型微利企业'
fact rd_expensed number 元 '费用化研发支出' at least 0
fact rd_intangible_cost number 元 '研发形成无形资产成本' at least 0 null means 0
fact smart_factory_level text '数字化车间智能工厂绿色工厂认定' in ('national', 'municipal', 'district') null means none
fact new_mode_project boolean '新模式新场景项目' null means none
fact tech_task_project boolean '重大创新攻关项目' null means none
fact invention_patent_funded boolean '发明专利或标准化项目' null means none
fact gov_procurement_bid number 元 '政府采购投标报价' at least 0 null means none

-- ---------------------------------------------------------------------------

-- 首部“‘专精特新’中小企业（包含市级‘专精特新’企业、国家专精特新‘小巨人’企业）”
define titled '“专精特新”企业' =
     as_of between specialized_on and specialized_until
  or as_of between little_giant_on and little_giant_until
  article '首部'
  covers 'YB-01'
  note R9 '只含市级“专精特新”和国家“小巨人”，不含创新型中小企业'
  note '自认定之日起至有效期届满之日止，首尾两日都算'

-- 5、7.“区内企业”
define local '区内企业' = region = '渝北区'
  note R18 '以行中的注册区县为准'

-- 首部、4、14. 目标的计数：计数以目标年的12月31日为判断日
define counted_specialized '全区市级“专精特新”企业' =
  local and as_of between specialized_on and specialized_until
  note R18 '“全区”以行中的注册区县为准'
define counted_giant '全区国家“小巨人”企业' =
  local and as_of between little_giant_on and little_giant_until
  note R18 '“全区”以行中的注册区县为准'
define auto_electronics '区内汽车电子企业' = local and any(industry_tags : it = '汽车电子')
  note '按产业领域标签“汽车电子”认定；原文没有限于规模以上企业，也没有说明汽车电子企业的口径'
define counted_listed '全区上市“专精特新”企业' = local and titled and ipo_listed_on <= as_of
  note R2 '在北京证券交易所上市的计入；原文此处没有写“境内”，境外上市的也计入'
  note R19 '在新三板、重庆OTC挂牌不是上市，不计入'
  note '“累计”：不论何年上市，到判断日仍有称号的计入；上市之后称号失效的是否仍算累计数，原文没有写明'

-- 3.“上年度生产产值（主营业务收入）增速”
define growth '上年度主营业务收入增速' = main_revenue / main_revenue_prev - 1
  note R4 '“生产产值”之后括注“主营业务收入”，以主营业务收入为准'

-- 3.“每家企业减免额度不超过50万元/年”
define rent_cap '每家企业每年减免或补贴的上限' = 50万元

-- 5.“首次复核通过”
define specialized_first_review '市级专精特新首次复核日' =
  min(specialized_reviews where passed_on > specialized_on : passed_on)
define giant_first_review '国家小巨人首次复核日' =
  min(little_giant_reviews where passed_on > little_giant_on : passed_on)

-- ---------------------------------------------------------------------------
-- 首部“力争到2025年，全区市级‘专精特新’企业达到180家，国家专精特新‘小巨人’企业达到23家”
target preamble-specialized '全区市级“专精特新”企业' 家 stock 2025: 180
  count where counted_specialized
  subject region
  article '首部'
  covers 'YB-02'
  summary '到2025年末，全区有效的市级“专精特新”企业达到180家'
  note '“到2025年”以2025年12月31日为准；“小巨人”仍有市级称号的一并计入'
target preamble-giant '全区国家专精特新“小巨人”企业' 家 stock 2025: 23
  count where counted_giant
  subject region
  article '首部'
  covers 'YB-03'
  summary '到2025年末，全区有效的国家“小巨人”企业达到23家'

-- ---------------------------------------------------------------------------
-- 1.“强化招商引资。” 2.“引导集聚发展。”
service 1 '招商引资'
  subject region
  article '1'
  covers 'YB-04'
  summary '围绕全区现代制造业集群和汽车、电子等支柱产业延链、补链、强链招商，并抢先引进元宇宙、人工智能、生物医药等前沿领域的初创企业'
service 2 '集聚发展孵化园区'
  subject platform
  article '2'
  covers 'YB-05'
  summary '鼓励国有平台公司和民营企业用标准厂房、楼宇建“专精特新”孵化园区，重点打造汽车电子及智能终端、软件和信息服务业两类科技型初创企业园区'

-- ---------------------------------------------------------------------------
-- 3.“保障生产用房。对上年度生产产值（主营业务收入）增速超过20%的市级‘专精特新’企业和国家专精特新‘小巨人’企业
-- 给予房租补贴。其中租用国有厂房（楼宇）且租金超过20元/平方米·月的，……按照5元/平方米·月的标准对企业给予减免，
-- 每家企业减免额度不超过50万元/年；利用社会闲置厂房（楼宇）的，……参照租用国有厂房（楼宇）的减免标准……给予补贴。”
clause 3 '保障生产用房' subsidy per year
  article '3'
  covers 'YB-06', 'YB-07', 'YB-08'
  summary '主营业务收入增速超过20%的“专精特新”企业，租金超过每平方米每月20元的厂房每平方米每月减免或补贴5元，每家每年以50万元为限'
  when local and titled and growth > 20%
  pay  sum(leases where rent > 20元 : 5元 * area * months)
  cap  rent_cap
  note R5 '增速恰为20%、租金恰为20元的，都不是“超过”'
  note R6 '国有厂房和社会厂房合用一个50万元的上限：原文为“每家企业”'
  note R18 '本条未写“区内企业”，但减免和补贴由区内平台公司、镇街和区经信委作出，以区内企业为限'
  note R21 '称号以判断日有效为准；金额按判断日所在年度的租赁计算，月数为当年实租月数'
  note '社会厂房“参照减免标准”：20元、5元、50万元三个数都适用；是否“闲置”由审核单位认定'
  note '国有厂房由平台公司或镇街直接减免，社会厂房由区经信委付款；此处合计，不分付款方'

-- ---------------------------------------------------------------------------
-- 4.“聚焦汽车电子。……力争到2025年区内汽车电子企业专精特新普及率达到40%。”
service 4a '汽车电子产业园和企业培育'
  subject platform
  article '4'
  covers 'YB-09'
  summary '打造市级汽车电子重点关键产业园，引导企业围绕智能座舱、自动驾驶和辅助驾驶、大小三电等领域开发新品、拓展市场和挂牌上市'
target 4b '汽车电子企业专精特新普及率' % stock 2025: 40%
  count where titled of auto_electronics
  subject region
  article '4'
  covers 'YB-10'
  summary '到2025年末，区内汽车电子企业中有“专精特新”称号的占40%'
  note R9 '分子为有“专精特新”称号的，不含创新型中小企业；分母为区内汽车电子企业'

-- ---------------------------------------------------------------------------
-- 5.“对2022年以后（包括2022年）获得市级‘专精特新’和国家专精特新‘小巨人’的区内企业给予奖励，
-- 其中市级‘专精特新’企业给予10万元、国家专精特新‘小巨人’企业给予50万元；以后每次通过复核且近2年生产产值（主营业务收入）
-- 平均增长率超过10%的企业，再分别给予5万元、25万元奖励。对于2022年以前认定的……，首次复核通过后分别给予10万元、
-- 50万元奖励；以后每次通过复核且近2年……平均增长率超过10%的企业，再分别给予5万元、25万元奖励。”
clause 5-specialized '市级“专精特新”认定和复核奖励' reward
  article '5'
  summary '2022年起认定的给10万元，以后每次复核增长超过10%的给5万元；2022年以前认定的首次复核给10万元，以后各次同样给5万元'
  when local
  note R3 '“近2年平均增长率”是两个年度增长率的算术平均，由行中逐次复核给出'
  note R4 '增长率按主营业务收入计算'
  note R8 '市级和国家级两个称号各奖一次，可以叠加'
  note R18 '以行中的注册区县为准'
  note R22 '因认定或者通过复核而得，称号后来失效不影响已得的奖励'
  note '先于本次认定的复核不计：称号失效后重新认定的，从新的认定日起算“首次”和“以后每次”'
  stage recognised '认定' on specialized_on
    when specialized_on >= 2022-01-01
    pay 10万元
    covers 'YB-11'
  stage first-review '2022年以前认定的首次复核' each specialized_reviews on passed_on
    when specialized_on < 2022-01-01 and passed_on = specialized_first_review
    pay 10万元
    covers 'YB-15'
    note R7 '首次复核不要求增长率'
    note '首次复核早于本措施的，原文没有日期限制，此处计入；是否补发须由兑付机关确认'
  stage review '以后每次复核' each specialized_reviews on passed_on
    when passed_on > specialized_on
     and (specialized_on >= 2022-01-01 or passed_on > specialized_first_review)
     and growth_2y > 10%
    pay 5万元
    covers 'YB-13', 'YB-17'
    note R5 '恰为10%不是“超过”'
    note R7 '2022年起认定的，第一次复核也要求增长率超过10%'

-- 5.（续）国家专精特新“小巨人”：50万元、25万元
clause 5-giant '国家“小巨人”认定和复核奖励' reward
  article '5'
  summary '2022年起认定的给50万元，以后每次复核增长超过10%的给25万元；2022年以前认定的首次复核给50万元，以后各次同样给25万元'
  when local
  note R3 '“近2年平均增长率”是两个年度增长率的算术平均，由行中逐次复核给出'
  note R4 '增长率按主营业务收入计算'
  note R8 '市级和国家级两个称号各奖一次，可以叠加'
  note R18 '以行中的注册区县为准'
  note R22 '因认定或者通过复核而得，称号后来失效不影响已得的奖励'
  note '先于本次认定的复核不计：称号失效后重新认定的，从新的认定日起算“首次”和“以后每次”'
  stage recognised '认定' on little_giant_on
    when little_giant_on >= 2022-01-01
    pay 50万元
    covers 'YB-12'
  stage first-review '2022年以前认定的首次复核' each little_giant_reviews on passed_on
    when little_giant_on < 2022-01-01 and passed_on = giant_first_review
    pay 50万元
    covers 'YB-16'
    note R7 '首次复核不要求增长率'
    note '首次复核早于本措施的，原文没有日期限制，此处计入；是否补发须由兑付机关确认'
  stage review '以后每次复核' each little_giant_reviews on passed_on
    when passed_on > little_giant_on
     and (little_giant_on >= 2022-01-01 or passed_on > giant_first_review)
     and growth_2y > 10%
    pay 25万元
    covers 'YB-14', 'YB-18'
    note R5 '恰为10%不是“超过”'
    note R7 '2022年起认定的，第一次复核也要求增长率超过10%'

-- ---------------------------------------------------------------------------
-- 6.“用好专项资金。调整优化全区工业和信息化政策，对‘专精特新’企业实施智能化改造、绿色化改造给予重点支持。
-- 对‘专精特新’企业运用新一代信息技术，发展数字化管理、定制、服务等新模式和新场景，给予重点支持。”
clause 6a '智能化、绿色化改造重点支持' subsidy
  article '6'
  covers 'YB-19'
  summary '“专精特新”企业实施智能化改造、绿色化改造的，由区工业和信息化政策给予重点支持'
  when local and titled and smart_factory_level in ('national', 'municipal', 'district')
  pay undetermined
  note R16 '原文没有数额，条件和标准由区工业和信息化政策另定'
  note R18 '支持出自“全区工业和信息化政策”，以区内企业为限'
  note '以获得数字化车间、智能工厂、绿色工厂认定为实施改造的凭据，不分级别；正在改造而尚未认定的，行中看不出，须另行核对'
clause 6b '新模式、新场景重点支持' subsidy
  article '6'
  covers 'YB-20'
  summary '“专精特新”企业运用新一代信息技术发展数字化管理、定制、服务等新模式和新场景的，给予重点支持'
  when local and titled and new_mode_project
  pay undetermined
  note R16 '原文没有数额，条件和标准由区工业和信息化政策另定'
  note R18 '同6a，以区内企业为限'

-- ---------------------------------------------------------------------------
-- 7.“区内‘专精特新’企业在重庆市OTC成长板、专精特新板挂牌的，给予60万元奖励。”
clause 7-otc '重庆OTC挂牌奖励' reward cap 60万元
  article '7'
  covers 'YB-21'
  summary '“专精特新”企业在重庆OTC成长板或者专精特新板挂牌，给60万元；两板都挂的只给一次'
  when local and titled
  note R18 '以行中的注册区县为准'
  note R20 '称号以挂牌之日有效为准，后来失效不影响'
  note '两板挂牌任一即可，合计只给60万元：原文只有一个60万元；其中一次挂牌时还没有称号的，按另一次判断'
  stage growth-board '成长板挂牌' on otc_growth_board_listed_on pay 60万元
  stage srdi-board '专精特新板挂牌' on otc_srdi_board_listed_on pay 60万元

-- 7.“在新三板挂牌的，分阶段给予300万元奖励，其中：通过券商内核并报送挂牌备案文件给予100万元奖励；
-- 首次为基础层或创新层成功挂牌后给予100万元奖励；首次在精选层成功挂牌后给予200万元奖励。”
clause 7-neeq '新三板挂牌奖励' reward cap 300万元
  article '7'
  covers 'YB-22'
  summary '“专精特新”企业在新三板挂牌，报送备案、挂牌、进入精选层三个阶段分别给100万元、100万元、200万元，合计以300万元为限'
  when local and titled
  note R1 '三个阶段相加是400万元，原文总额是300万元：按阶段累计，合计以300万元封顶，矛盾保留可见'
  note R18 '以行中的注册区县为准'
  note R20 '称号以各阶段之日有效为准，后来失效不影响'
  stage filed '通过内核并报送备案' on latest(neeq_kernel_passed_on, neeq_filing_submitted_on) pay 100万元
    covers 'YB-23'
    note '两件事都完成之日才算'
  stage listed '基础层或创新层首次挂牌' on earliest(neeq_base_listed_on, neeq_innovation_listed_on) pay 100万元
    covers 'YB-24'
    note '“首次”：两层合计一次，由基础层调入创新层的不再奖励'
  stage select '精选层首次挂牌' on neeq_select_listed_on pay 200万元
    covers 'YB-25'
    note R2 '精选层已于2021年11月平移为北京证券交易所，此阶段今后无从发生；在北交所上市的按首发上市奖励'

-- 7.“在境内首发上市的，分阶段给予1000万元奖励，其中：进入首次公开发行股票辅导程序，向重庆证监局提交《股票发行上市辅导报告》
-- 并通过辅导验收备案后给予200万元奖励；向证监会或交易所提交拟发行股票上市的申请被受理后给予300万元奖励；
-- 企业完成首发上市后给予500万元奖励。”
clause 7-ipo '境内首发上市奖励' reward cap 1000万元
  article '7'
  covers 'YB-26'
  summary '“专精特新”企业在境内首发上市，辅导验收、申请受理、完成上市三个阶段分别给200万元、300万元、500万元'
  when local and titled
  note R2 '北京证券交易所属于境内'
  note R18 '以行中的注册区县为准'
  note R20 '称号以各阶段之日有效为准，后来失效不影响'
  note '前两个阶段尚无上市板块，只要求不是境外上市；后来改在境外上市的不属于“在境内首发上市”，已兑付的由兑付机关处理'
  note '撤回后重新申请的只给一次'
  stage tutoring '提交辅导报告并通过辅导验收' on latest(ipo_tutoring_report_on, ipo_tutoring_accepted_on)
    when not (ipo_market = 'overseas')
    pay 200万元
    covers 'YB-27'
    note '两件事都完成之日才算'
  stage accepted '上市申请被受理' on ipo_application_accepted_on
    when not (ipo_market = 'overseas')
    pay 300万元
    covers 'YB-28'
  stage listed '完成首发上市' on ipo_listed_on
    when ipo_market in ('main', 'star', 'chinext', 'bse')
    pay 500万元
    covers 'YB-29'
    note '已上市而没有填写板块的，无从知道是否境内，不给予'

-- ---------------------------------------------------------------------------
-- 8.“自2022年1月1日起至2024年12月31日，小微‘专精特新’企业在50%税额幅度内减征‘六税两费’”
clause 8a '小微企业“六税两费”减征' tax per year
  article '8'
  covers 'YB-30'
  summary '小微“专精特新”企业2022年至2024年的六税两费减征一半'
  when local and titled
   and (small_low_profit or vat_small_scale)
   and as_of between 2022-01-01 and 2024-12-31
  pay  six_taxes_two_fees * 50%
  note R15 '印发时距期限届满只有19天；期限按原文为2022年1月1日至2024年12月31日，此后国家的同一优惠另行适用，不与本条相加'
  note '“小微”原文没有定义，按税法口径：小型微利企业或者增值税小规模纳税人，不看企业划型'
  note '“50%税额幅度内”是上限，此处按减征50%计算'

-- 8.“科技型中小‘专精特新’企业开展研发活动中实际发生的研发费用，未形成无形资产计入当期损益的，
-- 在按规定据实扣除的基础上，自2022年1月1日起，再按照实际发生额的100%在税前扣除”
clause 8b '研发费用加计扣除（费用化部分；为扣除额，不是税款）' tax per year
  article '8'
  covers 'YB-31'
  summary '科技型中小“专精特新”企业计入当期损益的研发费用，在据实扣除之外再扣除100%；金额是税前扣除额，不是少缴的税'
  when local and titled
   and as_of <= tech_sme_until
   and as_of >= 2022-01-01
  pay  rd_expensed * 100%
  note R15 '本项只有起日“自2022年1月1日起”：2024年12月31日的止日只写在“六税两费”一句，不及于本项；国家的加计扣除是同一优惠，不与本条相加'
  note '科技型中小企业和称号都以判断日有效为准'

-- 8.“形成无形资产的，按照无形资产200%在税前摊销。”
clause 8c '研发费用加计摊销（无形资产部分；为摊销总额，不是税款）' tax
  article '8'
  covers 'YB-32'
  summary '科技型中小“专精特新”企业研发形成的无形资产，按成本的200%在税前摊销；金额是可摊销的总额，不是当年摊销额，也不是少缴的税'
  when local and titled
   and as_of <= tech_sme_until
   and as_of >= 2022-01-01
  pay  rd_intangible_cost * 200%
  note R15 '起日和止日同8b；国家的加计摊销是同一优惠，不与本条相加'
  note '原文“按照无形资产200%”缺“成本”二字，按无形资产成本的200%'

-- ---------------------------------------------------------------------------
-- 9.“夯实科技支撑。……对新能源及智能网联汽车、高端装备、新材料等领域重大创新攻关项目给予重点资金支持，
-- 落实研发补贴政策，破解产业链卡脖子技术瓶颈，填补国内空白。”
clause 9a '重大创新攻关项目重点资金支持' subsidy
  article '9'
  covers 'YB-33'
  summary '承担新能源及智能网联汽车、高端装备、新材料等领域重大创新攻关项目的，给予重点资金支持'
  when local and titled and tech_task_project
  pay undetermined
  note R16 '原文没有数额，立项和标准由区科技局另定'
  note '本条没有写明对象，按题名和首部以区内“专精特新”企业为限；若按不限称号读，只少一个条件'
  note '列举的领域之后有“等”字，是否属于重大创新攻关项目由立项认定'
clause 9b '研发补贴' subsidy
  article '9'
  covers 'YB-34'
  summary '落实研发补贴政策：有研发费用的“专精特新”企业可按研发补贴政策申报'
  when local and titled and rd_expense > 0元
  pay undetermined
  note R16 '原文没有条件和数额，只说落实另有的研发补贴政策：此处只判断有无研发费用，是否合于该政策须另行核对'
  note '本条没有写明对象，按题名和首部以区内“专精特新”企业为限'

-- 10.“加强资源共享。” 11.“做好孵化培育。” 12.“强化基金支持。” 13.“优化金融产品。”
service 10 '资源共享'
  subject enterprise
  article '10'
  covers 'YB-35'
  summary '推动“专精特新”企业与研发机构、检验检测机构搭建交流平台、组建技术创新联盟，共享设备并开展产学研供需对接'
service 11 '孵化培育'
  subject platform
  article '11'
  covers 'YB-36'
  summary '支持中小企业孵化器建设，围绕战略性新兴产业建成一批要素、培训、产供销与生活配套齐全的科技型初创企业孵化载体'
service 12 '基金支持'
  subject enterprise
  article '12'
  covers 'YB-37'
  summary '参投市级“专精特新”专项发展基金，引导政府产业基金和社会资本重点投向“专精特新”企业'
service 13 '金融产品'
  subject enterprise
  article '13'
  covers 'YB-38'
  summary '鼓励银行为“专精特新”企业定制额度高、利率低的产品，推广无还本续贷，加大中长期融资，并为再贷款、再贴现开通绿色通道'

-- 14.“强化上市培育。……力争到2025年全区上市‘专精特新’企业数量累计达5家。”
service 14a '上市培育平台和储备库'
  subject enterprise
  article '14'
  covers 'YB-39'
  summary '搭建上市培育服务平台，动态遴选有成长力的“专精特新”企业进入拟上市企业储备库，开展投融资对接和一对一上市辅导'
  note '“有成长力”没有数值，由遴选单位认定'
target 14b '全区上市“专精特新”企业累计' 家 stock 2025: 5
  count where counted_listed
  subject region
  article '14'
  covers 'YB-40'
  summary '到2025年末，全区上市的“专精特新”企业累计达到5家'

-- 15.“建立联系机制。” 16.“发挥三方作用。” 17.“加强人才引培。……对‘专精特新’企业实现培训服务全覆盖。”
service 15 '服务专员'
  subject enterprise
  article '15'
  covers 'YB-41'
  summary '一企一策一人，为每家“专精特新”企业配一名服务专员，及时发现和解决生产经营中的困难'
service 16 '第三方服务'
  subject enterprise
  article '16'
  covers 'YB-42'
  summary '通过政府购买服务、重庆市“专精特新”服务包和市场竞争，组织第三方平台和专家上门提供法律、管理、专利、政务代办和人才培养服务'
service 17a '人才评定和引培'
  subject enterprise
  article '17'
  covers 'YB-43'
  summary '为“专精特新”企业做专业人才评定，按区临空英才办法落实政策，并以校企合作、柔性引才和专场招聘会帮助引才'
  note '《渝北区临空英才培育引进实施办法》另有规定，本措施没有写出条件和数额'
target 17b '“专精特新”企业培训服务覆盖率' % stock 2025: 100%, 2026: 100%, 2027: 100%
  article '17'
  covers 'YB-44'
  summary '培训服务覆盖全部“专精特新”企业'
  note '“全覆盖”即100%；原文没有写明期限：自印发次年起列三年，以后在本措施废止之前相同'
  note '哪些企业受过培训，行中没有，不能计数'

-- 18.“增强品牌建设。……对‘专精特新’企业发明专利和参与标准化工作按政策给予扶持。”
service 18a '质量品牌'
  subject enterprise
  article '18'
  covers 'YB-45'
  summary '推荐“专精特新”企业申报中国质量奖、重庆市市长质量奖等，推动提升产品质量、标准化建设和质量管理体系认证'
clause 18b '发明专利和标准化扶持' subsidy
  article '18'
  covers 'YB-46'
  summary '“专精特新”企业有发明专利或者参与标准化工作的，按有关政策给予扶持'
  when local and titled and (invention_patent_funded or standard_participation)
  pay undetermined
  note R16 '“按政策给予扶持”，原文没有数额，条件和标准见另有的政策'
  note R18 '由区市场监管局扶持，以区内企业为限'

-- 19.“做好政府采购。对适宜由中小企业提供的政府采购项目，预留份额面向中小企业采购。
-- 对于未预留份额专门面向中小企业采购的采购项目，对符合规定的小微企业报价给予价格扣除，用扣除后的价格参加评审。”
service 19a '政府采购预留份额'
  subject enterprise
  article '19'
  covers 'YB-47'
  summary '适宜由中小企业提供的政府采购项目，预留份额面向中小企业采购'
  note '对象是中小企业，不限于“专精特新”企业；份额由国家的政府采购办法规定'
clause 19b '小微企业报价扣除（用于评审，不是付款）' subsidy
  article '19'
  covers 'YB-48'
  summary '没有预留份额的政府采购项目，小微企业的报价先作价格扣除再参加评审'
  when size_class in ('micro', 'small') and gov_procurement_bid > 0元
  pay undetermined
  note R16 '扣除比例由国家的政府采购办法规定，原文没有写；扣除只用于评审，不是付给企业的款项'
  note '对象是小微企业，不要求“专精特新”称号，也不限于区内企业；“小微”按企业划型，与第8条的税法口径不同'
  note '是否属于没有预留份额的项目、是否“符合规定”，由采购人和评审认定'

-- 20.“突出示范效应。每年遴选10家‘专精特新’企业，做好宣传报道，树立标杆。”
target 20 '每年遴选的“专精特新”示范企业' 家 flow 2025: 10, 2026: 10, 2027: 10
  subject region
  article '20'
  covers 'YB-49'
  summary '每年遴选10家“专精特新”企业宣传报道、树立标杆，并加大对“专精特新”企业的宣传引导'
  note '“每年遴选10家”就是10家；原文没有写明起止年份：自印发次年起列三年，以后在本措施废止之前相同'
  note '遴选结果行中没有，不能计数'

-- ---------------------------------------------------------------------------
-- 例：第3条

example '房租'
  given as_of = 2025-06-30, region = '渝北区', specialized_on = 2023-01-01, specialized_until = 2025-12-31,
        main_revenue = 1300万元, main_revenue_prev = 1000万元, rd_expense = 0元, standard_participation = false,
        leases = [(owner = 'state', area = 1000平方米, rent = 21元, months = 12月)]
  expect titled true, growth = 30%, clause 3 true, clause 3 = 6万元, clause 5-specialized = 10万元, amount = 16万元,
         missing ()
example '房租·增速恰为20%' like '房租'
  given main_revenue = 1200万元
  expect growth = 20%, clause 3 false, clause 3 = 0元, amount = 10万元
example '房租·增速20.01%' like '房租'
  given main_revenue = 1200.1万元
  expect growth = 20.01%, clause 3 true, clause 3 = 6万元
example '房租·上一年没有收入，增速未知' like '房租'
  given main_revenue_prev = 0元
  expect growth unknown, clause 3 unknown, clause 3 between 0元 and 6万元, amount between 10万元 and 16万元
example '房租·收入未知' like '房租'
  given main_revenue = unknown
  expect clause 3 unknown, clause 3 between 0元 and 6万元, missing (main_revenue)
example '房租·不在渝北区' like '房租'
  given region = '大足区'
  expect clause 3 false, clause 5-specialized false, amount = 0元
example '房租·区县未知' like '房租'
  given region = unknown
  expect clause 3 unknown, clause 3 between 0元 and 6万元, amount between 0元 and 16万元, missing (region)
example '房租·认定当日' like '房租'
  given as_of = 2023-01-01
  expect titled true, clause 3 = 6万元
example '房租·认定前一日' like '房租'
  given as_of = 2022-12-31
  expect titled false, clause 3 false, amount = 0元
example '房租·有效期最后一日' like '房租'
  given as_of = 2025-12-31
  expect titled true, clause 3 = 6万元
example '房租·有效期届满次日' like '房租'
  given as_of = 2026-01-01
  expect titled false, clause 3 false, amount = 10万元
example '房租·判断日未知' like '房租'
  given as_of = unknown
  expect titled unknown, clause 3 unknown, clause 3 between 0元 and 6万元
example '房租·没有称号' like '房租'
  given specialized_on = none, specialized_until = none
  expect titled false, clause 3 false, amount = 0元
example '房租·只有小巨人称号' like '房租·没有称号'
  given little_giant_on = 2024-07-01, little_giant_until = 2027-06-30
  expect titled true, clause 3 = 6万元, clause 5-giant = 50万元, amount = 56万元
example '房租·小巨人认定当日' like '房租·只有小巨人称号'
  given as_of = 2024-07-01
  expect titled true, clause 3 true
example '房租·小巨人认定前一日' like '房租·只有小巨人称号'
  given as_of = 2024-06-30
  expect titled false, clause 3 false
example '房租·小巨人有效期最后一日' like '房租·只有小巨人称号'
  given as_of = 2027-06-30
  expect titled true, clause 3 true
example '房租·小巨人有效期届满次日' like '房租·只有小巨人称号'
  given as_of = 2027-07-01
  expect titled false, clause 3 false
example '房租·市级失效而小巨人有效' like '房租'
  given as_of = 2026-03-01, little_giant_on = 2024-07-01, little_giant_until = 2027-06-30
  expect titled true, clause 3 = 6万元
example '房租·租金恰为20元' like '房租'
  given leases = [(owner = 'state', area = 1000平方米, rent = 20元, months = 12月)]
  expect clause 3 true, clause 3 = 0元
example '房租·租金20.01元' like '房租'
  given leases = [(owner = 'state', area = 1000平方米, rent = 20.01元, months = 12月)]
  expect clause 3 = 6万元
example '房租·租金未知' like '房租'
  given leases = [(owner = 'state', area = 1000平方米, months = 12月)]
  expect clause 3 true, clause 3 between 0元 and 6万元
example '房租·社会厂房同样计算' like '房租'
  given leases = [(owner = 'private', area = 1000平方米, rent = 21元, months = 12月)]
  expect clause 3 = 6万元
example '房租·社会厂房租金恰为20元' like '房租'
  given leases = [(owner = 'private', area = 1000平方米, rent = 20元, months = 12月)]
  expect clause 3 = 0元
example '房租·所有人未知不影响' like '房租'
  given leases = [(area = 1000平方米, rent = 21元, months = 12月)]
  expect clause 3 = 6万元
example '房租·只租7个月' like '房租'
  given leases = [(owner = 'state', area = 1000平方米, rent = 21元, months = 7月)]
  expect clause 3 = 3.5万元
example '房租·没有租赁' like '房租'
  given leases = none
  expect clause 3 true, clause 3 = 0元
example '房租·两处一处够一处不够' like '房租'
  given leases = [(owner = 'state', area = 1000平方米, rent = 21元, months = 12月),
        (owner = 'private', area = 500平方米, rent = 20元, months = 12月)]
  expect clause 3 = 6万元
example '房租·恰为50万元' like '房租'
  given leases = [(owner = 'state', area = 10000平方米, rent = 21元, months = 10月)]
  expect clause 3 = 50万元
example '房租·8333.33平方米一整年' like '房租'
  given leases = [(owner = 'state', area = 8333.33平方米, rent = 21元, months = 12月)]
  expect clause 3 = 499999.80元
example '房租·8333.34平方米一整年，封顶' like '房租'
  given leases = [(owner = 'state', area = 8333.34平方米, rent = 21元, months = 12月)]
  expect clause 3 = 50万元
example '房租·10000平方米一整年，封顶' like '房租'
  given leases = [(owner = 'state', area = 10000平方米, rent = 21元, months = 12月)]
  expect clause 3 = 50万元, amount = 60万元
example '房租·国有和社会合用一个上限' like '房租'
  given leases = [(owner = 'state', area = 5000平方米, rent = 21元, months = 12月),
        (owner = 'private', area = 5000平方米, rent = 21元, months = 12月)]
  expect clause 3 = 50万元
example '房租·国有和社会相加不到上限' like '房租'
  given leases = [(owner = 'state', area = 4000平方米, rent = 21元, months = 12月),
        (owner = 'private', area = 4000平方米, rent = 21元, months = 12月)]
  expect clause 3 = 48万元
example '房租·零头四舍五入到分' like '房租'
  given leases = [(owner = 'state', area = 100.001平方米, rent = 21元, months = 1月)]
  expect clause 3 = 500.01元
example '房租·租金未知但已封顶' like '房租'
  given leases = [(owner = 'state', area = 10000平方米, rent = 21元, months = 12月),
        (owner = 'private', area = 100平方米, months = 12月)]
  expect clause 3 = 50万元

-- ---------------------------------------------------------------------------
-- 例：第5条，市级

example '市级认定'
  given as_of = 2025-06-30, region = '渝北区', specialized_on = 2022-01-01, specialized_until = 2024-12-31
  expect clause 5-specialized true, clause 5-specialized = 10万元, clause 5-specialized stage recognised = 10万元,
         clause 5-specialized stage first-review = 0元, clause 5-specialized stage review = 0元,
         specialized_first_review none
example '市级认定·2021年12月31日认定，尚无复核' like '市级认定'
  given specialized_on = 2021-12-31
  expect clause 5-specialized false, clause 5-specialized = 0元, clause 5-specialized stage recognised = 0元
example '市级认定·2022年1月1日当日' like '市级认定'
  given as_of = 2022-01-01
  expect clause 5-specialized true, clause 5-specialized = 10万元
example '市级认定·认定前一日' like '市级认定'
  given as_of = 2021-12-31
  expect clause 5-specialized false, clause 5-specialized = 0元
example '市级认定·称号有效最后一日' like '市级认定'
  given as_of = 2024-12-31
  expect clause 5-specialized = 10万元
example '市级认定·称号失效次日，奖励仍在' like '市级认定'
  given as_of = 2025-01-01
  expect titled false, clause 5-specialized = 10万元
example '市级认定·从未认定' like '市级认定'
  given specialized_on = none, specialized_until = none
  expect clause 5-specialized false, clause 5-specialized = 0元
example '市级认定·从未认定却有复核记录' like '市级认定'
  given specialized_on = none, specialized_until = none,
        specialized_reviews = [(passed_on = 2024-06-30, growth_2y = 20%)]
  expect clause 5-specialized false, clause 5-specialized = 0元
example '市级认定·不在渝北区' like '市级认定'
  given region = '巴南区'
  expect clause 5-specialized false, clause 5-specialized = 0元
example '市级认定·区县未知' like '市级认定'
  given region = unknown
  expect clause 5-specialized unknown, clause 5-specialized between 0元 and 10万元, missing (region)
example '市级认定·判断日未知' like '市级认定'
  given as_of = unknown
  expect clause 5-specialized unknown, clause 5-specialized between 0元 and 10万元
example '市级复核' like '市级认定'
  given specialized_reviews = [(passed_on = 2025-01-15, growth_2y = 10.01%)]
  expect clause 5-specialized = 15万元, clause 5-specialized stage recognised = 10万元,
         clause 5-specialized stage first-review = 0元, clause 5-specialized stage review = 5万元,
         specialized_first_review = 2025-01-15
example '市级复核·增长恰为10%' like '市级认定'
  given specialized_reviews = [(passed_on = 2025-01-15, growth_2y = 10%)]
  expect clause 5-specialized = 10万元, clause 5-specialized stage review = 0元
example '市级复核·增长未知' like '市级认定'
  given specialized_reviews = [(passed_on = 2025-01-15)]
  expect clause 5-specialized true, clause 5-specialized between 10万元 and 15万元
example '市级复核·通过当日' like '市级复核'
  given as_of = 2025-01-15
  expect clause 5-specialized = 15万元
example '市级复核·通过前一日' like '市级复核'
  given as_of = 2025-01-14
  expect clause 5-specialized = 10万元, clause 5-specialized stage review = 0元
example '市级复核·两次都超过10%' like '市级认定'
  given as_of = 2028-06-30,
        specialized_reviews = [(passed_on = 2025-01-15, growth_2y = 12%), (passed_on = 2028-01-15, growth_2y = 11%)]
  expect clause 5-specialized = 20万元, clause 5-specialized stage review = 10万元
example '市级复核·两次只有一次超过10%' like '市级认定'
  given as_of = 2028-06-30,
        specialized_reviews = [(passed_on = 2025-01-15, growth_2y = 12%), (passed_on = 2028-01-15, growth_2y = 10%)]
  expect clause 5-specialized = 15万元, clause 5-specialized stage review = 5万元
example '市级复核·两次只到第一次' like '市级复核·两次都超过10%'
  given as_of = 2026-06-30
  expect clause 5-specialized = 15万元
example '市级复核·先于认定的旧复核不计' like '市级认定'
  given specialized_reviews = [(passed_on = 2021-06-30, growth_2y = 20%)]
  expect clause 5-specialized = 10万元, clause 5-specialized stage first-review = 0元,
         clause 5-specialized stage review = 0元
example '市级复核·认定当日的记录不是以后的复核' like '市级认定'
  given specialized_reviews = [(passed_on = 2022-01-01, growth_2y = 20%)]
  expect clause 5-specialized = 10万元, clause 5-specialized stage review = 0元
example '市级复核·不在渝北区' like '市级复核'
  given region = '巴南区'
  expect clause 5-specialized false, clause 5-specialized = 0元
example '市级旧认定' like '市级认定'
  given as_of = 2028-06-30, specialized_on = 2021-12-31, specialized_until = 2024-12-31,
        specialized_reviews = [(passed_on = 2024-11-30, growth_2y = 0%)]
  expect clause 5-specialized true, clause 5-specialized = 10万元, clause 5-specialized stage recognised = 0元,
         clause 5-specialized stage first-review = 10万元, clause 5-specialized stage review = 0元,
         specialized_first_review = 2024-11-30
example '市级旧认定·首次复核增长20%也只是10万元' like '市级旧认定'
  given specialized_reviews = [(passed_on = 2024-11-30, growth_2y = 20%)]
  expect clause 5-specialized = 10万元, clause 5-specialized stage review = 0元
example '市级旧认定·首次复核增长为负' like '市级旧认定'
  given specialized_reviews = [(passed_on = 2024-11-30, growth_2y = -5%)]
  expect clause 5-specialized = 10万元
example '市级旧认定·首次复核增长未知也不妨' like '市级旧认定'
  given specialized_reviews = [(passed_on = 2024-11-30)]
  expect clause 5-specialized true, clause 5-specialized = 10万元
example '市级旧认定·首次复核当日' like '市级旧认定'
  given as_of = 2024-11-30
  expect clause 5-specialized = 10万元
example '市级旧认定·首次复核前一日' like '市级旧认定'
  given as_of = 2024-11-29
  expect clause 5-specialized false, clause 5-specialized = 0元
example '市级旧认定·第二次复核10.01%' like '市级旧认定'
  given specialized_reviews = [(passed_on = 2024-11-30, growth_2y = 0%), (passed_on = 2027-11-30, growth_2y = 10.01%)]
  expect clause 5-specialized = 15万元, clause 5-specialized stage first-review = 10万元,
         clause 5-specialized stage review = 5万元
example '市级旧认定·第二次复核恰为10%' like '市级旧认定'
  given specialized_reviews = [(passed_on = 2024-11-30, growth_2y = 0%), (passed_on = 2027-11-30, growth_2y = 10%)]
  expect clause 5-specialized = 10万元, clause 5-specialized stage review = 0元
example '市级旧认定·列出的次序颠倒也一样' like '市级旧认定'
  given specialized_reviews = [(passed_on = 2027-11-30, growth_2y = 10.01%), (passed_on = 2024-11-30, growth_2y = 0%)]
  expect clause 5-specialized = 15万元, clause 5-specialized stage first-review = 10万元,
         clause 5-specialized stage review = 5万元
example '市级旧认定·三次复核' like '市级旧认定'
  given as_of = 2031-06-30,
        specialized_reviews = [(passed_on = 2024-11-30, growth_2y = 0%), (passed_on = 2027-11-30, growth_2y = 15%), (passed_on = 2030-11-30, growth_2y = 15%)]
  expect clause 5-specialized = 20万元, clause 5-specialized stage review = 10万元
example '市级旧认定·先于认定的旧复核不是首次复核' like '市级旧认定'
  given specialized_reviews = [(passed_on = 2019-11-30, growth_2y = 20%), (passed_on = 2024-11-30, growth_2y = 0%)]
  expect clause 5-specialized = 10万元, clause 5-specialized stage first-review = 10万元,
         specialized_first_review = 2024-11-30
example '市级旧认定·认定当日的记录不是首次复核' like '市级旧认定'
  given specialized_reviews = [(passed_on = 2021-12-31, growth_2y = 20%), (passed_on = 2024-11-30, growth_2y = 0%)]
  expect clause 5-specialized = 10万元, clause 5-specialized stage first-review = 10万元,
         specialized_first_review = 2024-11-30
example '市级旧认定·首次复核早于本措施也计入' like '市级旧认定'
  given specialized_on = 2018-06-30, specialized_reviews = [(passed_on = 2021-06-30, growth_2y = 0%)]
  expect clause 5-specialized = 10万元, clause 5-specialized stage first-review = 10万元
example '市级旧认定·复核通过日未知' like '市级旧认定'
  given as_of = 2024-11-30, specialized_reviews = [(growth_2y = 0%)]
  expect clause 5-specialized unknown, clause 5-specialized between 0元 and 10万元

-- ---------------------------------------------------------------------------
-- 例：第5条，小巨人

example '小巨人认定'
  given as_of = 2025-06-30, region = '渝北区', little_giant_on = 2022-01-01, little_giant_until = 2024-12-31
  expect clause 5-giant true, clause 5-giant = 50万元, clause 5-giant stage recognised = 50万元,
         clause 5-giant stage first-review = 0元, clause 5-giant stage review = 0元, giant_first_review none
example '小巨人认定·2021年12月31日认定，尚无复核' like '小巨人认定'
  given little_giant_on = 2021-12-31
  expect clause 5-giant false, clause 5-giant = 0元, clause 5-giant stage recognised = 0元
example '小巨人认定·2022年1月1日当日' like '小巨人认定'
  given as_of = 2022-01-01
  expect clause 5-giant true, clause 5-giant = 50万元
example '小巨人认定·认定前一日' like '小巨人认定'
  given as_of = 2021-12-31
  expect clause 5-giant false, clause 5-giant = 0元
example '小巨人认定·称号有效最后一日' like '小巨人认定'
  given as_of = 2024-12-31
  expect clause 5-giant = 50万元
example '小巨人认定·称号失效次日，奖励仍在' like '小巨人认定'
  given as_of = 2025-01-01
  expect titled false, clause 5-giant = 50万元
example '小巨人认定·从未认定' like '小巨人认定'
  given little_giant_on = none, little_giant_until = none
  expect clause 5-giant false, clause 5-giant = 0元
example '小巨人认定·从未认定却有复核记录' like '小巨人认定'
  given little_giant_on = none, little_giant_until = none,
        little_giant_reviews = [(passed_on = 2024-06-30, growth_2y = 20%)]
  expect clause 5-giant false, clause 5-giant = 0元
example '小巨人认定·不在渝北区' like '小巨人认定'
  given region = '巴南区'
  expect clause 5-giant false, clause 5-giant = 0元
example '小巨人认定·区县未知' like '小巨人认定'
  given region = unknown
  expect clause 5-giant unknown, clause 5-giant between 0元 and 50万元, missing (region)
example '小巨人认定·判断日未知' like '小巨人认定'
  given as_of = unknown
  expect clause 5-giant unknown, clause 5-giant between 0元 and 50万元
example '小巨人复核' like '小巨人认定'
  given little_giant_reviews = [(passed_on = 2025-01-15, growth_2y = 10.01%)]
  expect clause 5-giant = 75万元, clause 5-giant stage recognised = 50万元, clause 5-giant stage first-review = 0元,
         clause 5-giant stage review = 25万元, giant_first_review = 2025-01-15
example '小巨人复核·增长恰为10%' like '小巨人认定'
  given little_giant_reviews = [(passed_on = 2025-01-15, growth_2y = 10%)]
  expect clause 5-giant = 50万元, clause 5-giant stage review = 0元
example '小巨人复核·增长未知' like '小巨人认定'
  given little_giant_reviews = [(passed_on = 2025-01-15)]
  expect clause 5-giant true, clause 5-giant between 50万元 and 75万元
example '小巨人复核·通过当日' like '小巨人复核'
  given as_of = 2025-01-15
  expect clause 5-giant = 75万元
example '小巨人复核·通过前一日' like '小巨人复核'
  given as_of = 2025-01-14
  expect clause 5-giant = 50万元, clause 5-giant stage review = 0元
example '小巨人复核·两次都超过10%' like '小巨人认定'
  given as_of = 2028-06-30,
        little_giant_reviews = [(passed_on = 2025-01-15, growth_2y = 12%), (passed_on = 2028-01-15, growth_2y = 11%)]
  expect clause 5-giant = 100万元, clause 5-giant stage review = 50万元
example '小巨人复核·两次只有一次超过10%' like '小巨人认定'
  given as_of = 2028-06-30,
        little_giant_reviews = [(passed_on = 2025-01-15, growth_2y = 12%), (passed_on = 2028-01-15, growth_2y = 10%)]
  expect clause 5-giant = 75万元, clause 5-giant stage review = 25万元
example '小巨人复核·两次只到第一次' like '小巨人复核·两次都超过10%'
  given as_of = 2026-06-30
  expect clause 5-giant = 75万元
example '小巨人复核·先于认定的旧复核不计' like '小巨人认定'
  given little_giant_reviews = [(passed_on = 2021-06-30, growth_2y = 20%)]
  expect clause 5-giant = 50万元, clause 5-giant stage first-review = 0元, clause 5-giant stage review = 0元
example '小巨人复核·认定当日的记录不是以后的复核' like '小巨人认定'
  given little_giant_reviews = [(passed_on = 2022-01-01, growth_2y = 20%)]
  expect clause 5-giant = 50万元, clause 5-giant stage review = 0元
example '小巨人复核·不在渝北区' like '小巨人复核'
  given region = '巴南区'
  expect clause 5-giant false, clause 5-giant = 0元
example '小巨人旧认定' like '小巨人认定'
  given as_of = 2028-06-30, little_giant_on = 2021-12-31, little_giant_until = 2024-12-31,
        little_giant_reviews = [(passed_on = 2024-11-30, growth_2y = 0%)]
  expect clause 5-giant true, clause 5-giant = 50万元, clause 5-giant stage recognised = 0元,
         clause 5-giant stage first-review = 50万元, clause 5-giant stage review = 0元,
         giant_first_review = 2024-11-30
example '小巨人旧认定·首次复核增长20%也只是50万元' like '小巨人旧认定'
  given little_giant_reviews = [(passed_on = 2024-11-30, growth_2y = 20%)]
  expect clause 5-giant = 50万元, clause 5-giant stage review = 0元
example '小巨人旧认定·首次复核增长为负' like '小巨人旧认定'
  given little_giant_reviews = [(passed_on = 2024-11-30, growth_2y = -5%)]
  expect clause 5-giant = 50万元
example '小巨人旧认定·首次复核增长未知也不妨' like '小巨人旧认定'
  given little_giant_reviews = [(passed_on = 2024-11-30)]
  expect clause 5-giant true, clause 5-giant = 50万元
example '小巨人旧认定·首次复核当日' like '小巨人旧认定'
  given as_of = 2024-11-30
  expect clause 5-giant = 50万元
example '小巨人旧认定·首次复核前一日' like '小巨人旧认定'
  given as_of = 2024-11-29
  expect clause 5-giant false, clause 5-giant = 0元
example '小巨人旧认定·第二次复核10.01%' like '小巨人旧认定'
  given little_giant_reviews = [(passed_on = 2024-11-30, growth_2y = 0%), (passed_on = 2027-11-30, growth_2y = 10.01%)]
  expect clause 5-giant = 75万元, clause 5-giant stage first-review = 50万元, clause 5-giant stage review = 25万元
example '小巨人旧认定·第二次复核恰为10%' like '小巨人旧认定'
  given little_giant_reviews = [(passed_on = 2024-11-30, growth_2y = 0%), (passed_on = 2027-11-30, growth_2y = 10%)]
  expect clause 5-giant = 50万元, clause 5-giant stage review = 0元
example '小巨人旧认定·列出的次序颠倒也一样' like '小巨人旧认定'
  given little_giant_reviews = [(passed_on = 2027-11-30, growth_2y = 10.01%), (passed_on = 2024-11-30, growth_2y = 0%)]
  expect clause 5-giant = 75万元, clause 5-giant stage first-review = 50万元, clause 5-giant stage review = 25万元
example '小巨人旧认定·三次复核' like '小巨人旧认定'
  given as_of = 2031-06-30,
        little_giant_reviews = [(passed_on = 2024-11-30, growth_2y = 0%), (passed_on = 2027-11-30, growth_2y = 15%), (passed_on = 2030-11-30, growth_2y = 15%)]
  expect clause 5-giant = 100万元, clause 5-giant stage review = 50万元
example '小巨人旧认定·先于认定的旧复核不是首次复核' like '小巨人旧认定'
  given little_giant_reviews = [(passed_on = 2019-11-30, growth_2y = 20%), (passed_on = 2024-11-30, growth_2y = 0%)]
  expect clause 5-giant = 50万元, clause 5-giant stage first-review = 50万元, giant_first_review = 2024-11-30
example '小巨人旧认定·认定当日的记录不是首次复核' like '小巨人旧认定'
  given little_giant_reviews = [(passed_on = 2021-12-31, growth_2y = 20%), (passed_on = 2024-11-30, growth_2y = 0%)]
  expect clause 5-giant = 50万元, clause 5-giant stage first-review = 50万元, giant_first_review = 2024-11-30
example '小巨人旧认定·首次复核早于本措施也计入' like '小巨人旧认定'
  given little_giant_on = 2018-06-30, little_giant_reviews = [(passed_on = 2021-06-30, growth_2y = 0%)]
  expect clause 5-giant = 50万元, clause 5-giant stage first-review = 50万元
example '小巨人旧认定·复核通过日未知' like '小巨人旧认定'
  given as_of = 2024-11-30, little_giant_reviews = [(growth_2y = 0%)]
  expect clause 5-giant unknown, clause 5-giant between 0元 and 50万元

-- ---------------------------------------------------------------------------
-- 例：第5条，两个称号

example '两个称号都奖' like '市级认定'
  given little_giant_on = 2024-07-01, little_giant_until = 2027-06-30
  expect clause 5-specialized = 10万元, clause 5-giant = 50万元, amount = 60万元
example '两个称号·小巨人认定前一日' like '两个称号都奖'
  given as_of = 2024-06-30
  expect clause 5-giant = 0元, amount = 10万元
example '两个称号·都通过复核' like '两个称号都奖'
  given as_of = 2028-06-30, specialized_reviews = [(passed_on = 2025-01-15, growth_2y = 12%)],
        little_giant_reviews = [(passed_on = 2027-07-15, growth_2y = 12%)]
  expect clause 5-specialized = 15万元, clause 5-giant = 75万元, amount = 90万元
example '两个称号·市级在前认定、小巨人在后认定' like '两个称号都奖'
  given specialized_on = 2020-12-31, specialized_until = 2026-12-31,
        specialized_reviews = [(passed_on = 2023-12-31, growth_2y = 0%)]
  expect clause 5-specialized = 10万元, clause 5-giant = 50万元, amount = 60万元

-- ---------------------------------------------------------------------------
-- 例：第7条，重庆OTC

example '成长板'
  given as_of = 2025-06-30, region = '渝北区', specialized_on = 2021-06-01, specialized_until = 2024-05-31,
        otc_growth_board_listed_on = 2024-05-31
  expect titled false, clause 7-otc true, clause 7-otc = 60万元, clause 7-otc stage growth-board = 60万元,
         clause 7-otc stage srdi-board = 0元, amount = 60万元
example '成长板·挂牌时称号已失效一日' like '成长板'
  given otc_growth_board_listed_on = 2024-06-01
  expect clause 7-otc false, clause 7-otc = 0元
example '成长板·认定当日挂牌' like '成长板'
  given otc_growth_board_listed_on = 2021-06-01
  expect clause 7-otc = 60万元
example '成长板·认定前一日挂牌' like '成长板'
  given otc_growth_board_listed_on = 2021-05-31
  expect clause 7-otc false, clause 7-otc = 0元
example '成长板·挂牌当日判断' like '成长板'
  given as_of = 2024-05-31
  expect clause 7-otc = 60万元
example '成长板·挂牌前一日判断' like '成长板'
  given as_of = 2024-05-30
  expect clause 7-otc false, clause 7-otc = 0元
example '成长板·小巨人挂牌' like '成长板'
  given specialized_on = none, specialized_until = none, little_giant_on = 2021-06-01,
        little_giant_until = 2024-05-31
  expect clause 7-otc = 60万元
example '成长板·不在渝北区' like '成长板'
  given region = '巴南区'
  expect clause 7-otc false, clause 7-otc = 0元
example '成长板·区县未知' like '成长板'
  given region = unknown
  expect clause 7-otc unknown, clause 7-otc between 0元 and 60万元
example '成长板·没有挂牌' like '成长板'
  given otc_growth_board_listed_on = none
  expect clause 7-otc false, clause 7-otc = 0元
example '成长板·挂牌日未知' like '成长板'
  given otc_growth_board_listed_on = unknown
  expect clause 7-otc unknown, clause 7-otc between 0元 and 60万元
example '专精特新板' like '成长板'
  given otc_growth_board_listed_on = none, otc_srdi_board_listed_on = 2024-05-31
  expect clause 7-otc = 60万元, clause 7-otc stage srdi-board = 60万元
example '专精特新板·挂牌当日' like '专精特新板'
  given as_of = 2024-05-31
  expect clause 7-otc = 60万元
example '专精特新板·挂牌前一日' like '专精特新板'
  given as_of = 2024-05-30
  expect clause 7-otc = 0元
example '专精特新板·挂牌时称号已失效一日' like '专精特新板'
  given otc_srdi_board_listed_on = 2024-06-01
  expect clause 7-otc false, clause 7-otc = 0元
example '两板都挂只给一次' like '成长板'
  given otc_srdi_board_listed_on = 2023-05-31
  expect clause 7-otc = 60万元, clause 7-otc stage growth-board = 60万元, clause 7-otc stage srdi-board = 60万元,
         amount = 60万元
example '两板先后·先挂时没有称号、后挂时有' like '成长板'
  given otc_growth_board_listed_on = 2020-01-15, otc_srdi_board_listed_on = 2023-05-31
  expect clause 7-otc stage growth-board = 0元, clause 7-otc stage srdi-board = 60万元, clause 7-otc = 60万元

-- ---------------------------------------------------------------------------
-- 例：第7条，新三板

example '新三板'
  given as_of = 2025-06-30, region = '渝北区', little_giant_on = 2021-06-01, little_giant_until = 2024-05-31,
        neeq_kernel_passed_on = 2022-03-01, neeq_filing_submitted_on = 2022-04-01
  expect titled false, clause 7-neeq true, clause 7-neeq = 100万元, clause 7-neeq stage filed = 100万元,
         clause 7-neeq stage listed = 0元, clause 7-neeq stage select = 0元
example '新三板·只通过内核' like '新三板'
  given neeq_filing_submitted_on = none
  expect clause 7-neeq false, clause 7-neeq = 0元
example '新三板·只报送备案' like '新三板'
  given neeq_kernel_passed_on = none
  expect clause 7-neeq false, clause 7-neeq = 0元
example '新三板·内核日未知' like '新三板'
  given neeq_kernel_passed_on = unknown
  expect clause 7-neeq unknown, clause 7-neeq between 0元 and 100万元
example '新三板·后一件事当日' like '新三板'
  given as_of = 2022-04-01
  expect clause 7-neeq = 100万元
example '新三板·后一件事前一日' like '新三板'
  given as_of = 2022-03-31
  expect clause 7-neeq false, clause 7-neeq = 0元
example '新三板·内核在备案之后，以内核日为准' like '新三板'
  given neeq_kernel_passed_on = 2022-05-01, as_of = 2022-04-30
  expect clause 7-neeq = 0元
example '新三板·称号在两件事之间才有' like '新三板'
  given little_giant_on = 2022-03-15
  expect clause 7-neeq = 100万元
example '新三板·称号在后一件事次日才有' like '新三板'
  given little_giant_on = 2022-04-02
  expect clause 7-neeq false, clause 7-neeq = 0元
example '新三板·称号在后一件事当日届满' like '新三板'
  given little_giant_until = 2022-04-01
  expect clause 7-neeq = 100万元
example '新三板·称号在两件事之间届满' like '新三板'
  given little_giant_until = 2022-03-31
  expect clause 7-neeq false, clause 7-neeq = 0元
example '新三板·不在渝北区' like '新三板'
  given region = '巴南区'
  expect clause 7-neeq false, clause 7-neeq = 0元
example '新三板·没有称号' like '新三板'
  given little_giant_on = none, little_giant_until = none
  expect clause 7-neeq false, clause 7-neeq = 0元
example '新三板·基础层' like '新三板'
  given neeq_base_listed_on = 2022-06-01
  expect clause 7-neeq = 200万元, clause 7-neeq stage listed = 100万元
example '新三板·直接挂创新层' like '新三板'
  given neeq_innovation_listed_on = 2022-06-01
  expect clause 7-neeq = 200万元, clause 7-neeq stage listed = 100万元
example '新三板·基础层调入创新层只奖一次' like '新三板·基础层'
  given neeq_innovation_listed_on = 2023-06-01
  expect clause 7-neeq = 200万元, clause 7-neeq stage listed = 100万元
example '新三板·首次挂牌时没有称号，调层时有' like '新三板·基础层'
  given neeq_base_listed_on = 2021-01-15, neeq_innovation_listed_on = 2023-06-01
  expect clause 7-neeq stage listed = 0元, clause 7-neeq = 100万元
example '新三板·挂牌当日' like '新三板·基础层'
  given as_of = 2022-06-01
  expect clause 7-neeq = 200万元
example '新三板·挂牌前一日' like '新三板·基础层'
  given as_of = 2022-05-31
  expect clause 7-neeq = 100万元
example '新三板·只有挂牌没有备案记录' like '新三板·基础层'
  given neeq_kernel_passed_on = none, neeq_filing_submitted_on = none
  expect clause 7-neeq true, clause 7-neeq = 100万元
example '新三板·三个阶段封顶300万元' like '新三板·基础层'
  given neeq_select_listed_on = 2023-06-01
  expect clause 7-neeq stage filed = 100万元, clause 7-neeq stage listed = 100万元,
         clause 7-neeq stage select = 200万元, clause 7-neeq = 300万元, amount = 300万元
example '新三板·精选层当日' like '新三板·三个阶段封顶300万元'
  given as_of = 2023-06-01
  expect clause 7-neeq = 300万元
example '新三板·精选层前一日' like '新三板·三个阶段封顶300万元'
  given as_of = 2023-05-31
  expect clause 7-neeq = 200万元
example '新三板·备案加精选层恰为300万元' like '新三板·三个阶段封顶300万元'
  given neeq_base_listed_on = none
  expect clause 7-neeq = 300万元
example '新三板·只有精选层' like '新三板·三个阶段封顶300万元'
  given neeq_base_listed_on = none, neeq_kernel_passed_on = none, neeq_filing_submitted_on = none
  expect clause 7-neeq = 200万元
example '新三板·精选层时称号已失效' like '新三板·三个阶段封顶300万元'
  given neeq_select_listed_on = 2024-06-01
  expect clause 7-neeq stage select = 0元, clause 7-neeq = 200万元
example '新三板·封顶之后未知的一项不影响' like '新三板·三个阶段封顶300万元'
  given neeq_select_listed_on = 2023-06-01, little_giant_on = 2022-01-01, neeq_base_listed_on = 2022-06-01,
        neeq_innovation_listed_on = unknown
  expect clause 7-neeq = 300万元

-- ---------------------------------------------------------------------------
-- 例：第7条，境内首发上市

example '首发上市'
  given as_of = 2025-06-30, region = '渝北区', specialized_on = 2021-06-01, specialized_until = 2024-05-31,
        ipo_tutoring_report_on = 2022-03-01, ipo_tutoring_accepted_on = 2022-09-01,
        ipo_application_accepted_on = 2022-12-01, ipo_listed_on = 2023-09-01, ipo_market = 'star'
  expect titled false, clause 7-ipo true, clause 7-ipo stage tutoring = 200万元,
         clause 7-ipo stage accepted = 300万元, clause 7-ipo stage listed = 500万元, clause 7-ipo = 1000万元,
         amount = 1000万元
example '首发上市·主板' like '首发上市'
  given ipo_market = 'main'
  expect clause 7-ipo = 1000万元
example '首发上市·创业板' like '首发上市'
  given ipo_market = 'chinext'
  expect clause 7-ipo = 1000万元
example '首发上市·北京证券交易所' like '首发上市'
  given ipo_market = 'bse'
  expect clause 7-ipo = 1000万元
example '首发上市·境外' like '首发上市'
  given ipo_market = 'overseas'
  expect clause 7-ipo false, clause 7-ipo = 0元, clause 7-ipo stage tutoring = 0元,
         clause 7-ipo stage accepted = 0元, clause 7-ipo stage listed = 0元
example '首发上市·板块没有填写，上市一项不给' like '首发上市'
  given ipo_market = none
  expect clause 7-ipo stage tutoring = 200万元, clause 7-ipo stage accepted = 300万元,
         clause 7-ipo stage listed = 0元, clause 7-ipo = 500万元
example '首发上市·板块未知' like '首发上市'
  given ipo_market = unknown
  expect clause 7-ipo unknown, clause 7-ipo between 0元 and 1000万元
example '首发上市·尚未上市' like '首发上市'
  given ipo_listed_on = none, ipo_market = none
  expect clause 7-ipo true, clause 7-ipo = 500万元
example '首发上市·只通过辅导' like '首发上市·尚未上市'
  given ipo_application_accepted_on = none
  expect clause 7-ipo = 200万元
example '首发上市·只提交辅导报告' like '首发上市·尚未上市'
  given ipo_application_accepted_on = none, ipo_tutoring_accepted_on = none
  expect clause 7-ipo false, clause 7-ipo = 0元
example '首发上市·没有辅导报告日' like '首发上市·尚未上市'
  given ipo_application_accepted_on = none, ipo_tutoring_report_on = none
  expect clause 7-ipo false, clause 7-ipo = 0元
example '首发上市·申请受理而没有辅导记录' like '首发上市·尚未上市'
  given ipo_tutoring_report_on = none, ipo_tutoring_accepted_on = none
  expect clause 7-ipo = 300万元
example '首发上市·辅导验收前一日' like '首发上市'
  given as_of = 2022-08-31
  expect clause 7-ipo = 0元
example '首发上市·辅导验收当日' like '首发上市'
  given as_of = 2022-09-01
  expect clause 7-ipo = 200万元
example '首发上市·受理前一日' like '首发上市'
  given as_of = 2022-11-30
  expect clause 7-ipo = 200万元
example '首发上市·受理当日' like '首发上市'
  given as_of = 2022-12-01
  expect clause 7-ipo = 500万元
example '首发上市·上市前一日' like '首发上市'
  given as_of = 2023-08-31
  expect clause 7-ipo = 500万元
example '首发上市·上市当日' like '首发上市'
  given as_of = 2023-09-01
  expect clause 7-ipo = 1000万元
example '首发上市·称号在受理前一日届满' like '首发上市'
  given specialized_until = 2022-11-30
  expect clause 7-ipo stage tutoring = 200万元, clause 7-ipo stage accepted = 0元, clause 7-ipo stage listed = 0元,
         clause 7-ipo = 200万元
example '首发上市·称号在受理当日届满' like '首发上市'
  given specialized_until = 2022-12-01
  expect clause 7-ipo = 500万元
example '首发上市·称号在上市当日取得' like '首发上市'
  given specialized_on = 2023-09-01
  expect clause 7-ipo stage tutoring = 0元, clause 7-ipo stage listed = 500万元, clause 7-ipo = 500万元
example '首发上市·称号在上市次日取得' like '首发上市'
  given specialized_on = 2023-09-02
  expect clause 7-ipo false, clause 7-ipo = 0元
example '首发上市·不在渝北区' like '首发上市'
  given region = '巴南区'
  expect clause 7-ipo false, clause 7-ipo = 0元
example '首发上市·没有称号' like '首发上市'
  given specialized_on = none, specialized_until = none
  expect clause 7-ipo false, clause 7-ipo = 0元
example '首发上市·与新三板、OTC可以并得' like '首发上市'
  given neeq_kernel_passed_on = 2021-07-01, neeq_filing_submitted_on = 2021-07-15,
        neeq_base_listed_on = 2021-09-01, otc_growth_board_listed_on = 2021-06-15
  expect clause 7-otc = 60万元, clause 7-neeq = 200万元, clause 7-ipo = 1000万元, amount = 1260万元

-- ---------------------------------------------------------------------------
-- 例：第8条

example '六税两费'
  given as_of = 2024-06-30, region = '渝北区', specialized_on = 2020-01-01, specialized_until = 2028-12-31,
        small_low_profit = true, vat_small_scale = false, six_taxes_two_fees = 10万元,
        tech_sme_until = 2024-12-31, rd_expensed = 300万元, rd_intangible_cost = 80万元
  expect clause 8a true, clause 8a = 5万元, clause 8b true, clause 8b = 300万元, clause 8c true, clause 8c = 160万元,
         amount = 0元
example '六税两费·起日前一日' like '六税两费'
  given as_of = 2021-12-31
  expect clause 8a false, clause 8a = 0元
example '六税两费·起日当日' like '六税两费'
  given as_of = 2022-01-01
  expect clause 8a true, clause 8a = 5万元
example '六税两费·止日当日' like '六税两费'
  given as_of = 2024-12-31
  expect clause 8a true, clause 8a = 5万元
example '六税两费·止日次日' like '六税两费'
  given as_of = 2025-01-01
  expect clause 8a false, clause 8a = 0元
example '六税两费·小规模纳税人' like '六税两费'
  given small_low_profit = false, vat_small_scale = true
  expect clause 8a true, clause 8a = 5万元
example '六税两费·两样都不是' like '六税两费'
  given small_low_profit = false, vat_small_scale = false
  expect clause 8a false, clause 8a = 0元
example '六税两费·一样是、另一样未知' like '六税两费'
  given vat_small_scale = unknown
  expect clause 8a true, clause 8a = 5万元
example '六税两费·一样不是、另一样未知' like '六税两费'
  given small_low_profit = false, vat_small_scale = unknown
  expect clause 8a unknown, clause 8a between 0元 and 5万元
example '六税两费·没有应纳税额' like '六税两费'
  given six_taxes_two_fees = 0元
  expect clause 8a true, clause 8a = 0元
example '六税两费·应纳税额未知' like '六税两费'
  given six_taxes_two_fees = unknown
  expect clause 8a true
example '六税两费·零头四舍五入到分' like '六税两费'
  given six_taxes_two_fees = 12345.67元
  expect clause 8a = 6172.84元
example '六税两费·没有称号' like '六税两费'
  given specialized_on = none, specialized_until = none
  expect clause 8a false, clause 8b false, clause 8c false
example '六税两费·称号届满次日' like '六税两费'
  given specialized_until = 2024-06-29
  expect clause 8a false, clause 8b false, clause 8c false
example '六税两费·称号有效最后一日' like '六税两费'
  given specialized_until = 2024-06-30
  expect clause 8a true, clause 8b true, clause 8c true
example '六税两费·小巨人' like '六税两费'
  given specialized_on = none, specialized_until = none, little_giant_on = 2022-01-01,
        little_giant_until = 2024-12-31
  expect clause 8a true, clause 8b true, clause 8c true, amount = 50万元
example '六税两费·不在渝北区' like '六税两费'
  given region = '巴南区'
  expect clause 8a false, clause 8b false, clause 8c false
example '加计扣除' like '六税两费'
  given as_of = 2025-06-30, tech_sme_until = 2025-06-30
  expect clause 8a false, clause 8b true, clause 8b = 300万元, clause 8c true, clause 8c = 160万元
example '加计扣除·入库前一日到期' like '加计扣除'
  given tech_sme_until = 2025-06-29
  expect clause 8b false, clause 8b = 0元, clause 8c false, clause 8c = 0元
example '加计扣除·不是科技型中小企业' like '加计扣除'
  given tech_sme_until = none
  expect clause 8b false, clause 8c false
example '加计扣除·是否入库未知' like '加计扣除'
  given tech_sme_until = unknown
  expect clause 8b unknown, clause 8b between 0元 and 300万元, clause 8c unknown, clause 8c between 0元 and 160万元
example '加计扣除·起日当日' like '加计扣除'
  given as_of = 2022-01-01
  expect clause 8b true, clause 8c true
example '加计扣除·起日前一日' like '加计扣除'
  given as_of = 2021-12-31
  expect clause 8b false, clause 8c false
example '加计扣除·没有形成无形资产' like '加计扣除'
  given rd_intangible_cost = 0元
  expect clause 8c true, clause 8c = 0元
example '加计扣除·费用化支出为零' like '加计扣除'
  given rd_expensed = 0元
  expect clause 8b true, clause 8b = 0元
example '加计扣除·费用化支出未知' like '加计扣除'
  given rd_expensed = unknown
  expect clause 8b true, clause 8c = 160万元
example '加计扣除·税收不计入奖补合计' like '加计扣除'
  given main_revenue = 1300万元, main_revenue_prev = 1000万元,
        leases = [(owner = 'state', area = 1000平方米, rent = 21元, months = 12月)]
  expect clause 8b = 300万元, clause 3 = 6万元, amount = 6万元

-- ---------------------------------------------------------------------------
-- 例：第6、9、18、19条，没有定出数额的支持

example '支持'
  given as_of = 2025-06-30, region = '渝北区', specialized_on = 2023-01-01, specialized_until = 2025-12-31,
        smart_factory_level = 'district', new_mode_project = true, tech_task_project = true, rd_expense = 0.01元,
        invention_patent_funded = true, standard_participation = false, size_class = 'small',
        gov_procurement_bid = 0.01元
  expect clause 6a undetermined, clause 6b undetermined, clause 9a undetermined, clause 9b undetermined,
         clause 18b undetermined, clause 19b undetermined, amount = 10万元
example '支持·称号有效最后一日' like '支持'
  given as_of = 2025-12-31
  expect clause 6a true, clause 6b true, clause 9a true, clause 9b true, clause 18b true, clause 19b true
example '支持·称号届满次日' like '支持'
  given as_of = 2026-01-01
  expect clause 6a false, clause 6b false, clause 9a false, clause 9b false, clause 18b false, clause 19b true,
         clause 6a = 0元, amount = 10万元
example '支持·认定当日' like '支持'
  given as_of = 2023-01-01
  expect clause 6a true, clause 6b true, clause 9a true, clause 9b true, clause 18b true, clause 19b true
example '支持·认定前一日' like '支持'
  given as_of = 2022-12-31
  expect clause 6a false, clause 6b false, clause 9a false, clause 9b false, clause 18b false, clause 19b true
example '支持·没有称号' like '支持'
  given specialized_on = none, specialized_until = none
  expect clause 6a false, clause 6b false, clause 9a false, clause 9b false, clause 18b false, clause 19b true
example '支持·只有小巨人称号' like '支持·没有称号'
  given little_giant_on = 2024-07-01, little_giant_until = 2027-06-30
  expect clause 6a true, clause 6b true, clause 9a true, clause 9b true, clause 18b true, amount = 50万元
example '支持·不在渝北区' like '支持'
  given region = '大足区'
  expect clause 6a false, clause 6b false, clause 9a false, clause 9b false, clause 18b false, clause 19b true
example '支持·区县未知' like '支持'
  given region = unknown
  expect clause 6a unknown, clause 6b unknown, clause 9a unknown, clause 9b unknown, clause 18b unknown,
         clause 19b true
example '支持·判断日未知' like '支持'
  given as_of = unknown
  expect clause 6a unknown, clause 6b unknown, clause 9a unknown, clause 9b unknown, clause 18b unknown,
         clause 19b true
example '支持·各项都没有' like '支持'
  given smart_factory_level = none, new_mode_project = none, tech_task_project = none, rd_expense = 0元,
        invention_patent_funded = none, gov_procurement_bid = none
  expect clause 6a false, clause 6b false, clause 9a false, clause 9b false, clause 18b false, clause 19b false,
         amount = 10万元
example '支持·各项都未知' like '支持'
  given smart_factory_level = unknown, new_mode_project = unknown, tech_task_project = unknown,
        rd_expense = unknown, invention_patent_funded = unknown, gov_procurement_bid = unknown
  expect clause 6a unknown, clause 6b unknown, clause 9a unknown, clause 9b unknown, clause 18b unknown,
         clause 19b unknown, amount = 10万元
example '支持·市级认定的工厂' like '支持'
  given smart_factory_level = 'municipal'
  expect clause 6a true
example '支持·国家级认定的工厂' like '支持'
  given smart_factory_level = 'national'
  expect clause 6a true
example '支持·没有认定的工厂' like '支持'
  given smart_factory_level = none
  expect clause 6a false
example '支持·不是新模式、攻关项目，也没有专利项目' like '支持'
  given new_mode_project = false, tech_task_project = false, invention_patent_funded = false
  expect clause 6b false, clause 9a false, clause 18b false
example '支持·只参与标准' like '支持'
  given invention_patent_funded = none, standard_participation = true
  expect clause 18b true
example '支持·有专利项目，是否参与标准未知' like '支持'
  given standard_participation = unknown
  expect clause 18b true
example '支持·没有专利项目，是否参与标准未知' like '支持'
  given invention_patent_funded = none, standard_participation = unknown
  expect clause 18b unknown
example '报价扣除·微型' like '支持'
  given size_class = 'micro'
  expect clause 19b true
example '报价扣除·中型' like '支持'
  given size_class = 'medium'
  expect clause 19b false
example '报价扣除·大型' like '支持'
  given size_class = 'large'
  expect clause 19b false
example '报价扣除·划型未知' like '支持'
  given size_class = unknown
  expect clause 19b unknown
example '报价扣除·没有投标，划型未知也不妨' like '支持'
  given size_class = unknown, gov_procurement_bid = none
  expect clause 19b false
example '报价扣除·报价为零' like '支持'
  given gov_procurement_bid = 0元
  expect clause 19b false

-- ---------------------------------------------------------------------------
-- 例：目标的计数，判断日为目标年的12月31日

example '计数'
  given as_of = 2025-12-31, region = '渝北区', industry_tags = ['新能源', '汽车电子'],
        specialized_on = 2022-12-31, specialized_until = 2025-12-31,
        little_giant_on = 2022-12-31, little_giant_until = 2025-12-31, ipo_listed_on = 2025-12-31
  expect counted_specialized true, counted_giant true, auto_electronics true, titled true, counted_listed true
example '计数·届满次日' like '计数'
  given as_of = 2026-01-01
  expect counted_specialized false, counted_giant false, auto_electronics true, titled false, counted_listed false
example '计数·认定当日' like '计数'
  given as_of = 2022-12-31
  expect counted_specialized true, counted_giant true, auto_electronics true, counted_listed false
example '计数·认定前一日' like '计数'
  given as_of = 2022-12-30
  expect counted_specialized false, counted_giant false, auto_electronics true, counted_listed false
example '计数·上市前一日' like '计数'
  given as_of = 2025-12-30
  expect counted_specialized true, counted_giant true, counted_listed false
example '计数·没有上市' like '计数'
  given ipo_listed_on = none
  expect counted_listed false
example '计数·上市日未知' like '计数'
  given ipo_listed_on = unknown
  expect counted_listed unknown
example '计数·境外上市也计入' like '计数'
  given ipo_market = 'overseas'
  expect counted_listed true
example '计数·新三板挂牌不计入' like '计数'
  given ipo_listed_on = none, neeq_base_listed_on = 2023-06-01
  expect counted_listed false
example '计数·只有市级称号' like '计数'
  given little_giant_on = none, little_giant_until = none
  expect counted_specialized true, counted_giant false, titled true, counted_listed true
example '计数·只有小巨人称号' like '计数'
  given specialized_on = none, specialized_until = none
  expect counted_specialized false, counted_giant true, titled true, counted_listed true
example '计数·没有称号' like '计数·只有小巨人称号'
  given little_giant_on = none, little_giant_until = none
  expect counted_giant false, auto_electronics true, titled false, counted_listed false
example '计数·不在渝北区' like '计数'
  given region = '大足区'
  expect counted_specialized false, counted_giant false, auto_electronics false, counted_listed false
example '计数·区县未知' like '计数'
  given region = unknown
  expect counted_specialized unknown, counted_giant unknown, auto_electronics unknown, counted_listed unknown
example '计数·标签不是汽车电子' like '计数'
  given industry_tags = ['新能源', '汽车零部件']
  expect auto_electronics false
example '计数·没有标签' like '计数'
  given industry_tags = none
  expect auto_electronics false
example '计数·标签未知' like '计数'
  given industry_tags = unknown
  expect auto_electronics unknown

-- ---------------------------------------------------------------------------
-- 例：合计

example '合计·空行只有区县'
  given as_of = 2025-06-30, region = '渝北区'
  expect clause 3 false, clause 5-specialized false, clause 5-giant false, clause 7-otc false,
         clause 7-neeq false, clause 7-ipo false, clause 8a false, clause 8b false, clause 8c false,
         clause 6a false, clause 6b false, clause 9a false, clause 9b false, clause 18b false, clause 19b false,
         amount = 0元
example '合计·房租、两个称号和挂牌' like '房租'
  given little_giant_on = 2024-07-01, little_giant_until = 2027-06-30, otc_srdi_board_listed_on = 2024-10-01
  expect clause 3 = 6万元, clause 5-specialized = 10万元, clause 5-giant = 50万元, clause 7-otc = 60万元, amount = 126万元
example '合计·已定的加未定的' like '房租'
  given main_revenue = unknown, little_giant_on = 2024-07-01, little_giant_until = 2027-06-30
  expect amount between 60万元 and 66万元
$zjtx$);
