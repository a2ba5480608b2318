\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(28);

-- The extension's objects in the catalogues.

CREATE TEMP VIEW members AS
	SELECT d.classid, d.objid, pg_describe_object(d.classid, d.objid, 0) AS object, d.classid::regclass::text
	AS catalogue
	FROM pg_depend d JOIN pg_extension x ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = x.oid
	WHERE x.extname = 'zjtx' AND d.deptype = 'e'
	-- From 17 on, array types and row types are members themselves.
	AND NOT (d.classid = 'pg_type'::regclass AND d.objid IN (SELECT typarray FROM pg_type UNION ALL SELECT reltype
	FROM pg_class WHERE relkind <> 'c'));
CREATE TEMP VIEW functions AS SELECT p.* FROM pg_proc p JOIN members m ON m.classid = 'pg_proc'::regclass
	AND m.objid = p.oid;
CREATE TEMP VIEW operators AS SELECT o.* FROM pg_operator o JOIN members m ON m.classid = 'pg_operator'::regclass
	AND m.objid = o.oid;
CREATE TEMP VIEW relations AS SELECT c.* FROM pg_class c JOIN members m ON m.classid = 'pg_class'::regclass
	AND m.objid = c.oid;

SELECT cmp_ok((SELECT count(*) FROM members), '>', 50::bigint, 'the extension has members');
SELECT is_empty('SELECT object FROM members WHERE obj_description(objid, catalogue::name) IS NULL',
	'every object has a comment');
SELECT is_empty('SELECT object FROM members WHERE obj_description(objid, catalogue::name) !~ ''^[A-Z].*\.$''',
	'which is a sentence');
SELECT is_empty($$SELECT relname, attname FROM relations c JOIN pg_attribute a ON attrelid = c.oid
	WHERE relkind IN ('r', 'v', 'c') AND attnum > 0 AND NOT attisdropped
	AND col_description(c.oid, attnum) IS NULL$$,
	'so has every column of a table, view or type');
SELECT is_empty($$SELECT tgname FROM relations c JOIN pg_trigger t ON tgrelid = c.oid WHERE NOT tgisinternal
	AND obj_description(t.oid, 'pg_trigger') IS NULL$$,
	'and every trigger');
SELECT is_empty($$SELECT object FROM members WHERE object !~ 'zjtx' AND classid IN ('pg_proc'::regclass,
	'pg_class'::regclass, 'pg_type'::regclass, 'pg_operator'::regclass)
	AND objid NOT IN (SELECT oid FROM functions WHERE pronamespace = 'zjtx'::regnamespace UNION ALL SELECT oid
	FROM relations WHERE relnamespace = 'zjtx'::regnamespace
	UNION ALL SELECT oid FROM operators WHERE oprnamespace = 'zjtx'::regnamespace UNION ALL SELECT oid FROM pg_type
	WHERE typnamespace = 'zjtx'::regnamespace)
	AND objid NOT IN (SELECT oid FROM functions
		WHERE pronamespace IN ('zjtx_author'::regnamespace, 'zjtx_internal'::regnamespace))$$,
	'everything is in the schema zjtx, or is a function in zjtx_author or zjtx_internal');

-- What only PostgreSQL calls is in zjtx_internal; what people call is not.

CREATE TEMP VIEW called AS
	SELECT unnest(ARRAY[typinput, typoutput, typreceive, typsend]) AS f FROM pg_type
	UNION SELECT castfunc FROM pg_cast
	UNION SELECT unnest(ARRAY[aggtransfn, aggfinalfn, aggcombinefn]) FROM pg_aggregate
	UNION SELECT amproc FROM pg_amproc
	UNION SELECT oprcode FROM pg_operator JOIN pg_amop ON amopopr = pg_operator.oid
	UNION SELECT prosupport FROM pg_proc
	UNION SELECT tgfoid FROM pg_trigger JOIN relations c ON tgrelid = c.oid
	UNION SELECT evtfoid FROM pg_event_trigger;
SELECT is_empty($$SELECT f.oid::regprocedure FROM functions f JOIN called c ON c.f = f.oid
	WHERE pronamespace <> 'zjtx_internal'::regnamespace$$, 'what PostgreSQL calls is in zjtx_internal');
SELECT is((SELECT string_agg(DISTINCT proname, ' ' ORDER BY proname) FROM functions
	WHERE pronamespace = 'zjtx_internal'::regnamespace
	AND oid NOT IN (SELECT f FROM called) AND proname !~ '_facts$'),
	'bare eligible_lines paid_before policy_ne policy_stands policy_version quoted recorded_amount '
	'recorded_selected stands unit_of '
	'verdict_amount verdict_eligible verdict_ne verdict_placement verdict_total version_of_library',
	'beside it, what the planner, views and other functions write');
SELECT is_empty($$SELECT oid::regprocedure FROM functions WHERE pronamespace <> 'zjtx_internal'::regnamespace
	AND (proname ~ '_(facts|support)$' OR obj_description(oid, 'pg_proc') ~ 'by hand')$$, 'and all of that is there');

-- Functions.

SELECT is_empty($$SELECT oid::regprocedure FROM functions WHERE proparallel <> 's' AND proname NOT IN ('store',
	'guard_policies', 'policies_changed', 'progress', 'check_table', 'publish', 'guard_ledger', 'after_upgrade', 'lint',
	'watch', 'sweep', 'fill', 'refill', 'settle', 'withdraw', 'move_key', 'accounts_changed', 'paid_before', 'allot',
	'population', 'record_allotment', 'recorded_selected', 'recorded_amount', 'guard_allotments', 'impact',
	'publish_allotment')
	AND prorettype <> 'event_trigger'::regtype$$,
	'every function is PARALLEL SAFE but those that write or look at tables by name');
SELECT is_empty($$SELECT oid::regprocedure FROM functions WHERE regexp_replace(proname, '_facts$', '') IN ('eligible',
	'placement', 'amount', 'amount_range', 'missing', 'assess', 'judge') AND provolatile <> CASE
	WHEN 'zjtx.policy'::regtype = ANY (proargtypes) THEN 'i' ELSE 's' END::"char"$$,
	'a question to a value is IMMUTABLE, one to a name STABLE');
SELECT is((SELECT count(*) FROM functions WHERE proname IN ('eligible', 'placement', 'amount', 'amount_range',
	'missing', 'assess', 'judge')), 30::bigint,
	'seven questions of four forms, and two to every policy in force');
SELECT is((SELECT count(*) FROM functions WHERE proname IN ('eligible_facts', 'placement_facts', 'amount_facts',
	'amount_range_facts', 'missing_facts', 'judge_facts', 'assess_facts')), 14::bigint,
	'and of the two that the planner writes');
SELECT is_empty($$SELECT oid::regprocedure FROM functions WHERE regexp_replace(proname, '_facts$', '') IN ('eligible',
	'placement', 'amount', 'amount_range', 'missing', 'assess', 'judge') AND proisstrict$$,
	'none is STRICT: a NULL row is a row');
SELECT is_empty($$SELECT oid::regprocedure FROM functions WHERE 'zjtx.policy'::regtype = ANY (proargtypes)
	AND provolatile <> 'i' AND proname NOT IN ('progress', 'check_table', 'publish', 'impact', 'allot', 'population',
	'publish_allotment')
	AND 'text'::regtype <> ALL (proargtypes)$$,
	'what looks at nothing but its arguments is IMMUTABLE');
SELECT is_empty($$SELECT oid::regprocedure FROM functions WHERE prosecdef$$, 'no function has the rights of its owner');
SELECT is_empty($$SELECT oid::regprocedure FROM functions WHERE proname !~ '^(policy|verdict|(tally|budget)_state)_'
	AND prorettype NOT IN ('trigger'::regtype, 'event_trigger'::regtype) AND pronargs > 0 AND proargnames IS NULL$$,
	'arguments have names');

-- Operators.

SELECT bag_eq('SELECT oprname::text, count(*)::int FROM operators GROUP BY 1', $$VALUES ('|=', 4), ('|^', 4), ('|#', 4),
	('|!', 4), ('->', 1), ('=', 2), ('<>', 2), ('<', 2), ('<=', 2), ('>', 2), ('>=', 2)$$,
	'four operators of four forms, the arrow, and the comparisons of policies and of verdicts');
SELECT is_empty($$SELECT oid::regoperator FROM operators WHERE oprname ~ '[?]'$$,
	'no operator has a question mark, which drivers take for a parameter');
SELECT is_empty($$SELECT o.oid::regoperator FROM operators o JOIN functions f ON f.oid = o.oprcode
	WHERE obj_description(o.oid, 'pg_operator') IS DISTINCT FROM obj_description(f.oid, 'pg_proc')
	AND oprname <> '->'$$,
	'an operator says what its function says');

-- The type, and privileges.

SELECT is((SELECT concat(typstorage, typlen, typcategory) FROM pg_type WHERE oid = 'zjtx.policy'::regtype), 'x-1U',
	'a policy is of any length, and compressed');
SELECT is_empty($$SELECT t.oid::regtype FROM pg_type t WHERE typnamespace = 'zjtx'::regnamespace AND typisdefined
	AND (typsend = 0 OR typreceive = 0)$$,
	'every type has a binary form');
SELECT is_empty($$SELECT t.oid::regtype FROM pg_type t JOIN members m ON m.classid = 'pg_type'::regclass
	AND m.objid = t.oid
	WHERE t.typarray NOT IN (SELECT objid FROM pg_depend WHERE classid = 'pg_type'::regclass AND deptype = 'e')$$,
	'the arrays of the extension''s types are its own');
SELECT is_empty($$SELECT aggfnoid::regprocedure FROM pg_aggregate JOIN functions f ON f.oid = aggfnoid
	WHERE aggcombinefn = 0 OR aggtranstype = 'internal'::regtype AND (aggserialfn = 0 OR aggdeserialfn = 0)
	OR aggfinalmodify <> 'r'$$,
	'what an aggregate has added up can be sent and added up further');
SELECT is(array(SELECT c.relname::text FROM relations c WHERE relkind IN ('r', 'v')
	AND NOT has_table_privilege('public', c.oid, 'SELECT') ORDER BY c.relname), '{accounts,allotments,judged,ledger,owed}',
	'everybody reads the tables and views, but not what enterprises are owed');
SELECT is_empty($$SELECT c.oid::regclass FROM relations c WHERE has_table_privilege('public', c.oid,
	'INSERT, UPDATE, DELETE, TRUNCATE')$$,
	'nobody else writes them');
SELECT is((SELECT extconfig::regclass[]::text[] FROM pg_extension WHERE extname = 'zjtx') @> '{policies}', true,
	'what users store is dumped');

-- Reading a document takes milliseconds; the planner must not put it inside a loop as if it were free.

SELECT is((SELECT string_agg(oid::regprocedure::text, ', ' ORDER BY proname) FROM functions
	WHERE proretset AND provolatile = 'i' AND proargtypes[0] = 'policy'::regtype AND pronargs = 1 AND procost < 100000),
	NULL, 'functions that read a document say what that costs');

SELECT * FROM finish();
ROLLBACK;
