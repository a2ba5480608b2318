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
