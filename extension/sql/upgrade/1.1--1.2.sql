-- What changed since 1.1, in the parts of the install script.

-- 40, 70: every operator and function is named with its schema.  In a schema zjtx that somebody
-- had filled before, others could have come in their place.
CREATE OR REPLACE FUNCTION zjtx.in_force(day date,
	OUT policy text, OUT title text, OUT series text, OUT in_force daterange) RETURNS SETOF record
	LANGUAGE SQL STABLE STRICT PARALLEL SAFE
	BEGIN ATOMIC
		SELECT p.code, p.title, p.series, p.in_force
		FROM zjtx.policies p, LATERAL zjtx.header(p.doc) h
		WHERE p.in_force OPERATOR(pg_catalog.@>) in_force.day
		AND NOT EXISTS (
			SELECT FROM zjtx.policies q, LATERAL zjtx.header(q.doc) g
			WHERE (h.number OPERATOR(pg_catalog.=) ANY (g.repeals) OR p.code OPERATOR(pg_catalog.=) ANY (g.repeals))
			AND pg_catalog.lower(q.in_force) OPERATOR(pg_catalog.<=) in_force.day)
		ORDER BY p.code;
	END;

ALTER TABLE zjtx.ledger
	DROP CONSTRAINT ledger_check, ADD CONSTRAINT ledger_check CHECK (NOT payable OR unit OPERATOR(pg_catalog.=) '元'),
	DROP CONSTRAINT ledger_kind_check, ADD CONSTRAINT ledger_kind_check
		CHECK (kind OPERATOR(pg_catalog.=) ANY (ARRAY['owed', 'lapsed', 'undecided', 'reached', 'lost', 'paid'])),
	DROP CONSTRAINT ledger_old_check, ADD CONSTRAINT ledger_old_check CHECK (old OPERATOR(pg_catalog.>=) 0),
	DROP CONSTRAINT ledger_new_check, ADD CONSTRAINT ledger_new_check CHECK (new OPERATOR(pg_catalog.>=) 0),
	DROP CONSTRAINT ledger_check1, ADD CONSTRAINT ledger_check1
		CHECK (paid OPERATOR(pg_catalog.=) 0 OR kind OPERATOR(pg_catalog.=) 'paid' AND payable);

CREATE OR REPLACE VIEW zjtx.owed AS
SELECT l.relation, l.key, l.policy, l.code, l.stage, l.period,
	pg_catalog.sum(l.difference) AS owed, pg_catalog.sum(l.paid) AS paid,
	greatest(pg_catalog.sum(l.difference) OPERATOR(pg_catalog.-) pg_catalog.sum(l.paid), 0.00) AS due,
	greatest(pg_catalog.sum(l.paid) OPERATOR(pg_catalog.-) pg_catalog.sum(l.difference), 0.00) AS overpaid
FROM zjtx.ledger l
WHERE l.payable
GROUP BY l.relation, l.key, l.policy, l.code, l.stage, l.period
HAVING pg_catalog.sum(l.difference) OPERATOR(pg_catalog.<>) 0 OR pg_catalog.sum(l.paid) OPERATOR(pg_catalog.<>) 0;

CREATE OR REPLACE FUNCTION zjtx.standing(day date,
	OUT relation text, OUT key text, OUT policy text, OUT code text, OUT stage text, OUT period int, OUT unit text,
	OUT payable boolean, OUT standing numeric, OUT paid numeric) RETURNS SETOF record
	LANGUAGE SQL STABLE PARALLEL SAFE ROWS 1000
	BEGIN ATOMIC
		SELECT l.relation, l.key, l.policy, l.code, l.stage, l.period, l.unit, l.payable,
			coalesce((pg_catalog.array_agg(l.new ORDER BY l.id DESC) FILTER (WHERE l.kind OPERATOR(pg_catalog.<>) 'paid'))[1], 0),
			pg_catalog.sum(l.paid)
		FROM zjtx.ledger l
		WHERE l.judged_on OPERATOR(pg_catalog.<=) standing.day
		GROUP BY l.relation, l.key, l.policy, l.code, l.stage, l.period, l.unit, l.payable
		HAVING coalesce((pg_catalog.array_agg(l.new ORDER BY l.id DESC) FILTER (WHERE l.kind OPERATOR(pg_catalog.<>) 'paid'))[1], 0) OPERATOR(pg_catalog.<>) 0
			OR pg_catalog.sum(l.paid) OPERATOR(pg_catalog.<>) 0;
	END;

-- 80
-- Array types are the extension's own, as their elements' types are: postgres_fdw sends to a
-- shard only what is.  PostgreSQL 17 sees to it by itself.
DO $$
DECLARE
	array_type oid;
BEGIN
	FOR array_type IN
		SELECT t.typarray FROM pg_catalog.pg_depend d
		JOIN pg_catalog.pg_extension x ON x.oid OPERATOR(pg_catalog.=) d.refobjid
		JOIN pg_catalog.pg_type t ON t.oid OPERATOR(pg_catalog.=) d.objid
		WHERE x.extname OPERATOR(pg_catalog.=) 'zjtx' AND d.deptype OPERATOR(pg_catalog.=) 'e'
			AND d.refclassid OPERATOR(pg_catalog.=) 'pg_catalog.pg_extension'::pg_catalog.regclass
			AND d.classid OPERATOR(pg_catalog.=) 'pg_catalog.pg_type'::pg_catalog.regclass
			AND t.typarray OPERATOR(pg_catalog.<>) 0::pg_catalog.oid
			AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend a WHERE a.classid OPERATOR(pg_catalog.=) d.classid
				AND a.objid OPERATOR(pg_catalog.=) t.typarray AND a.deptype OPERATOR(pg_catalog.=) 'e')
	LOOP
		EXECUTE pg_catalog.format('ALTER EXTENSION zjtx ADD TYPE %s', array_type::pg_catalog.regtype);
	END LOOP;
END $$;
-- 24
ALTER FUNCTION zjtx.assess(record, zjtx.policy) SUPPORT zjtx.question_support;
ALTER FUNCTION zjtx.assess(record, text) SUPPORT zjtx.question_support;

CREATE FUNCTION zjtx.assess_facts(p zjtx.policy, names text, VARIADIC facts "any",
	OUT policy text, OUT clause text, OUT stage text, OUT title text, OUT kind text, OUT eligible boolean,
	OUT amount numeric, OUT low numeric, OUT high numeric, OUT unit text, OUT period int, OUT status text,
	OUT missing text[], OUT reservations text[], OUT citation text) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_assess_facts' LANGUAGE C IMMUTABLE PARALLEL SAFE ROWS 20
	SUPPORT zjtx.facts_support;
COMMENT ON FUNCTION zjtx.assess_facts(zjtx.policy, text, "any") IS
'A row for each clause, stage and rung of the policy, by just the columns that the policy reads: the planner puts it in the place of assess(e, p), whose answers it gives. names are the facts of the arguments behind it; a fact that is not named is unknown.';

CREATE FUNCTION zjtx.assess_facts(p text, names text, VARIADIC facts "any",
	OUT policy text, OUT clause text, OUT stage text, OUT title text, OUT kind text, OUT eligible boolean,
	OUT amount numeric, OUT low numeric, OUT high numeric, OUT unit text, OUT period int, OUT status text,
	OUT missing text[], OUT reservations text[], OUT citation text) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_assess_facts_name' LANGUAGE C STABLE PARALLEL SAFE ROWS 20
	SUPPORT zjtx.facts_support;
COMMENT ON FUNCTION zjtx.assess_facts(text, text, "any") IS
'A row for each clause, stage and rung of the policy, by just the columns that the policy reads: the planner puts it in the place of assess(e, p), whose answers it gives. names are the facts of the arguments behind it; a fact that is not named is unknown.';

-- 25: it adds up some thirty lines, and the planner is to know when workers are worth their while.
ALTER FUNCTION zjtx.tally_add(internal, zjtx.verdict) COST 100;

-- 90
-- These are called by PostgreSQL alone.
REVOKE ALL ON FUNCTION zjtx.guard_policies(), zjtx.policies_changed(), zjtx.guard_ledger() FROM PUBLIC;
REVOKE ALL ON FUNCTION zjtx.question_support(internal), zjtx.facts_support(internal),
	zjtx.policy_recv(internal), zjtx.verdict_recv(internal), zjtx.tally_add(internal, zjtx.verdict),
	zjtx.tally_combine(internal, internal), zjtx.tally_serialize(internal),
	zjtx.tally_deserialize(bytea, internal), zjtx.tally_final(internal) FROM PUBLIC;

-- The extension is trusted: whoever may create objects in the database can install it, and then owns
-- the extension but not what is in it.  He may do what its owner could, and pass it on, but change or
-- delete an entry of the ledger; he inserts where a dump of his is restored.
GRANT SELECT, INSERT, UPDATE, DELETE ON zjtx.policies TO @extowner@ WITH GRANT OPTION;
GRANT SELECT ON zjtx.ledger, zjtx.judged, zjtx.owed TO @extowner@ WITH GRANT OPTION;
GRANT INSERT ON zjtx.ledger, zjtx.judged TO @extowner@;
GRANT SELECT, UPDATE ON SEQUENCE zjtx.ledger_id_seq TO @extowner@;
GRANT EXECUTE ON FUNCTION zjtx.watch() TO @extowner@ WITH GRANT OPTION;
GRANT EXECUTE ON PROCEDURE zjtx.sweep(regclass, text, text[]) TO @extowner@ WITH GRANT OPTION;
GRANT EXECUTE ON FUNCTION zjtx.settle(regclass, text, text, text, text, int, numeric, text) TO @extowner@ WITH GRANT OPTION;
