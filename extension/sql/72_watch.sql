-- Judging what changed.

CREATE FUNCTION zjtx.watch() RETURNS trigger
	AS 'MODULE_PATHNAME', 'zjtx_watch' LANGUAGE C;
COMMENT ON FUNCTION zjtx.watch() IS
'A trigger that judges the enterprises whose rows were written and adds what changed to zjtx.ledger: AFTER INSERT, UPDATE or DELETE, for each row, or for each statement with transition tables. Its arguments are a view with one row for an enterprise, its key column (view_column=table_column where the names differ), the names of stored policies, and, where wanted, notify=channel. The view is read with the rights of who writes, the ledger written with those of its owner, so only who is granted it may make such triggers.';

CREATE PROCEDURE zjtx.sweep(relation regclass, key text, VARIADIC policies text[])
	AS 'MODULE_PATHNAME', 'zjtx_sweep' LANGUAGE C;
COMMENT ON PROCEDURE zjtx.sweep(regclass, text, text[]) IS
'Judges every row of a view, and every enterprise that was judged before and is gone, and adds what changed to zjtx.ledger: what became due by the passing of a day or the change of a document. The arguments are those of zjtx.watch. 10,000 enterprises at a time, each time reported and, outside a transaction block, committed. The view is read with the rights of the caller, and row security that hides rows from the caller is an error.';
