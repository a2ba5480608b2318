-- Prints one line for each property of the extension's objects.  Databases with the same output have the same
-- objects.
SET search_path = '';
WITH members AS (
	SELECT classid, objid FROM pg_catalog.pg_depend
	WHERE refclassid = 'pg_catalog.pg_extension'::regclass AND deptype = 'e'
	AND refobjid = (SELECT oid FROM pg_catalog.pg_extension WHERE extname = 'zjtx')),
parts AS (
	SELECT classid, objid, 0 AS objsubid FROM members
	UNION ALL SELECT 'pg_catalog.pg_class'::regclass, indexrelid, 0 FROM pg_catalog.pg_index, members
		WHERE classid = 'pg_catalog.pg_class'::regclass AND indrelid = objid
	UNION ALL SELECT 'pg_catalog.pg_class'::regclass, attrelid, attnum FROM pg_catalog.pg_attribute, members
		WHERE classid = 'pg_catalog.pg_class'::regclass AND attrelid = objid AND attnum > 0
	UNION ALL SELECT 'pg_catalog.pg_trigger'::regclass, t.oid, 0 FROM pg_catalog.pg_trigger t, members
		WHERE classid = 'pg_catalog.pg_class'::regclass AND tgrelid = objid
	UNION ALL SELECT 'pg_catalog.pg_constraint'::regclass, c.oid, 0 FROM pg_catalog.pg_constraint c, members
		WHERE classid = 'pg_catalog.pg_class'::regclass AND conrelid = objid),
lines AS (
	SELECT pg_catalog.pg_describe_object(classid, objid, objsubid) AS object, 'comment' AS what,
		coalesce(pg_catalog.col_description(objid, nullif(objsubid, 0)), pg_catalog.obj_description(objid,
		classid::regclass::name)) AS value FROM parts
	UNION ALL SELECT objid::regprocedure::text, 'function', CASE WHEN prokind = 'a'
	THEN (SELECT concat_ws(' ', aggtransfn, aggfinalfn, aggcombinefn, aggserialfn, aggdeserialfn,
			aggtranstype::regtype, aggfinalmodify, agginitval) FROM pg_catalog.pg_aggregate WHERE aggfnoid = objid)
			ELSE pg_catalog.pg_get_functiondef(objid) END
		|| concat_ws(' ', '', proparallel, provolatile, prosupport, proacl, pg_catalog.pg_get_userbyid(proowner))
		FROM members, pg_catalog.pg_proc p WHERE classid = 'pg_catalog.pg_proc'::regclass AND p.oid = objid
	UNION ALL SELECT objid::regoperator::text, 'operator', concat_ws(' ', oprcode, oprresult::regtype,
	oprcom::regoperator, oprnegate::regoperator, oprrest, oprjoin)
		FROM members, pg_catalog.pg_operator o WHERE classid = 'pg_catalog.pg_operator'::regclass AND o.oid = objid
	UNION ALL SELECT objid::regtype::text, 'type', concat_ws(' ', typinput, typoutput, typreceive, typsend, typstorage,
	typlen, typalign, typtype, typcategory, typnotnull, typdefault, typacl)
		FROM members, pg_catalog.pg_type t WHERE classid = 'pg_catalog.pg_type'::regclass AND t.oid = objid
	UNION ALL SELECT pg_catalog.pg_describe_object(classid, objid, 0), 'cast', concat_ws(' ', castfunc::regprocedure,
	castcontext, castmethod)
		FROM members, pg_catalog.pg_cast c WHERE classid = 'pg_catalog.pg_cast'::regclass AND c.oid = objid
	UNION ALL SELECT objid::regclass::text, 'relation', concat_ws(' ', relkind, relpersistence, relreplident,
	relrowsecurity, reloptions, relacl, (SELECT pg_catalog.pg_get_expr(polqual, polrelid) FROM pg_catalog.pg_policy
	WHERE polrelid = objid LIMIT 1))
		FROM members, pg_catalog.pg_class r WHERE classid = 'pg_catalog.pg_class'::regclass AND r.oid = objid
	UNION ALL SELECT objid::regclass::text, 'view', pg_catalog.pg_get_viewdef(objid) FROM members, pg_catalog.pg_class r
	WHERE classid = 'pg_catalog.pg_class'::regclass AND r.oid = objid AND relkind IN ('v', 'm')
	UNION ALL SELECT pg_catalog.pg_describe_object(classid, p.objid, objsubid), 'column',
	concat_ws(' ', attnum, pg_catalog.format_type(atttypid, atttypmod), attnotnull, attidentity, attgenerated,
	attstorage, attacl,
		(SELECT pg_catalog.pg_get_expr(adbin, adrelid) FROM pg_catalog.pg_attrdef WHERE adrelid = attrelid
		AND adnum = attnum))
		FROM parts p, pg_catalog.pg_attribute a WHERE classid = 'pg_catalog.pg_class'::regclass AND attrelid = p.objid
		AND attnum = objsubid AND objsubid > 0
	UNION ALL SELECT objid::regclass::text, 'index', pg_catalog.pg_get_indexdef(objid) || indisreplident::text
	FROM parts, pg_catalog.pg_index WHERE classid = 'pg_catalog.pg_class'::regclass AND indexrelid = objid
	UNION ALL SELECT pg_catalog.pg_describe_object(classid, objid, 0), 'trigger', pg_catalog.pg_get_triggerdef(objid) ||
	tgenabled::text FROM parts, pg_catalog.pg_trigger t WHERE classid = 'pg_catalog.pg_trigger'::regclass
	AND t.oid = objid
	UNION ALL SELECT pg_catalog.pg_describe_object(classid, objid, 0), 'constraint',
	pg_catalog.pg_get_constraintdef(objid) FROM parts WHERE classid = 'pg_catalog.pg_constraint'::regclass
	UNION ALL SELECT evtname, 'event trigger', concat_ws(' ', evtevent, evtfoid::regprocedure, evtenabled, evttags)
	FROM members, pg_catalog.pg_event_trigger e WHERE classid = 'pg_catalog.pg_event_trigger'::regclass
	AND e.oid = objid
	UNION ALL SELECT pg_catalog.unnest(extconfig)::regclass::text, 'dumped', pg_catalog.unnest(extcondition)
	FROM pg_catalog.pg_extension WHERE extname = 'zjtx'
	UNION ALL SELECT 'schema ' || nspname, 'rights', nspacl::text FROM pg_catalog.pg_namespace WHERE nspname ~ '^zjtx'
	UNION ALL SELECT code, 'shipped', concat_ws(' ', title, series, in_force, shipped, pg_catalog.md5(doc::text))
	FROM zjtx.policies)
SELECT object || ' | ' || what || ' | ' || coalesce(pg_catalog.replace(value, E'\n', ' '), 'NULL') FROM lines
	ORDER BY 1;
