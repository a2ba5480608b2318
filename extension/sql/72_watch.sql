-- Judging what changed.

CREATE FUNCTION zjtx.watch() RETURNS trigger
	AS 'MODULE_PATHNAME', 'zjtx_watch' LANGUAGE C;
COMMENT ON FUNCTION zjtx.watch() IS
'A trigger that judges the enterprises whose rows were written and adds what changed to zjtx.ledger: AFTER INSERT, UPDATE or DELETE, for each row, or for each statement with transition tables. Its arguments are a view with one row for an enterprise, its key column (view_column=table_column where the names differ), the names of stored policies, and, where wanted, notify=channel and account=name. The view is read with the rights of who writes, the ledger written with those of its owner, so only who is granted it may make such triggers.';

CREATE PROCEDURE zjtx.sweep(relation regclass, key text, policies text[],
	as_of date DEFAULT NULL, account text DEFAULT NULL)
	AS 'MODULE_PATHNAME', 'zjtx_sweep' LANGUAGE C;
COMMENT ON PROCEDURE zjtx.sweep(regclass, text, text[], date, text) IS
'Judges every row of a view, and every enterprise that was judged before and is gone, and adds what changed to zjtx.ledger: what became due by the passing of a day or the change of a document. The arguments are the relation, its key column, the names of stored policies, the day judged in the place of zjtx.as_of, and the account''s name where it is not found by the relation. 10,000 enterprises at a time, each time reported and, outside a transaction block, committed. Enterprises that other transactions have locked are judged at the end, when these have ended, and counted; so are rows without a key, which are skipped. The view is read with the rights of the caller, and row security that hides rows from the caller is an error.';
