-- Event triggers for changes and drops of objects in the database.

CREATE FUNCTION zjtx_internal.before_drop() RETURNS event_trigger
	AS 'MODULE_PATHNAME', 'zjtx_before_drop' LANGUAGE C;
COMMENT ON FUNCTION zjtx_internal.before_drop() IS
'Refuses to drop the extension or parts of it while zjtx.ledger has entries or zjtx.policies has documents that were not shipped (2BP01), unless zjtx.allow_drop is on.';
CREATE EVENT TRIGGER zjtx_before_drop ON ddl_command_start
	WHEN TAG IN ('DROP EXTENSION', 'DROP SCHEMA', 'DROP OWNED', 'DROP TABLE', 'DROP VIEW', 'DROP MATERIALIZED VIEW',
		'DROP FOREIGN TABLE', 'DROP SEQUENCE', 'DROP TYPE', 'DROP DOMAIN', 'DROP FUNCTION', 'DROP PROCEDURE', 'DROP ROUTINE',
		'DROP AGGREGATE', 'DROP OPERATOR', 'DROP OPERATOR CLASS', 'DROP OPERATOR FAMILY', 'DROP COLLATION', 'DROP CAST',
		'DROP LANGUAGE', 'DROP ACCESS METHOD', 'DROP FOREIGN DATA WRAPPER', 'DROP SERVER')
	EXECUTE FUNCTION zjtx_internal.before_drop();
ALTER EVENT TRIGGER zjtx_before_drop ENABLE ALWAYS;
COMMENT ON EVENT TRIGGER zjtx_before_drop IS
'Refuses to drop the extension while its tables hold data that CREATE EXTENSION does not restore.';

CREATE FUNCTION zjtx_internal.after_alter() RETURNS event_trigger
	AS 'MODULE_PATHNAME', 'zjtx_after_alter' LANGUAGE C;
COMMENT ON FUNCTION zjtx_internal.after_alter() IS
'Updates zjtx.accounts after a rename, and warns about objects whose questions now read other columns than before.';
CREATE EVENT TRIGGER zjtx_after_alter ON ddl_command_end
	WHEN TAG IN ('ALTER TABLE', 'ALTER VIEW', 'ALTER MATERIALIZED VIEW', 'ALTER FOREIGN TABLE', 'ALTER INDEX', 'ALTER TYPE',
		'ALTER SCHEMA', 'ALTER EXTENSION')
	EXECUTE FUNCTION zjtx_internal.after_alter();
ALTER EVENT TRIGGER zjtx_after_alter ENABLE ALWAYS;
COMMENT ON EVENT TRIGGER zjtx_after_alter IS
'Updates zjtx.accounts after a rename, and warns about objects whose questions now read other columns than before.';

CREATE FUNCTION zjtx_internal.after_drop() RETURNS event_trigger
	AS 'MODULE_PATHNAME', 'zjtx_after_drop' LANGUAGE C;
COMMENT ON FUNCTION zjtx_internal.after_drop() IS
'Warns about objects whose questions read a dropped column.';
CREATE EVENT TRIGGER zjtx_after_drop ON sql_drop
	WHEN TAG IN ('ALTER TABLE', 'ALTER FOREIGN TABLE', 'ALTER TYPE', 'DROP TYPE', 'DROP DOMAIN', 'DROP TABLE', 'DROP FUNCTION',
		'DROP SCHEMA', 'DROP EXTENSION', 'DROP OWNED', 'DROP COLLATION')
	EXECUTE FUNCTION zjtx_internal.after_drop();
ALTER EVENT TRIGGER zjtx_after_drop ENABLE ALWAYS;
COMMENT ON EVENT TRIGGER zjtx_after_drop IS 'Warns about objects whose questions read a dropped column.';
