-- Judging enterprises and recording changes.

CREATE FUNCTION zjtx.watch() RETURNS trigger
	AS 'MODULE_PATHNAME', 'zjtx_watch' LANGUAGE C;
COMMENT ON FUNCTION zjtx.watch() IS
'Trigger function that judges the enterprises whose rows were written and adds the changes to zjtx.ledger. The trigger must be AFTER INSERT, UPDATE or DELETE, for each row, or for each statement with transition tables. Arguments: a view with one row for each enterprise, its key column (view_column=table_column if the names differ), the names of stored policies, and optionally notify=channel and account=name. The function reads the view with the rights of the writing role and writes the ledger with the rights of the ledger''s owner, so EXECUTE must be granted explicitly.';

CREATE PROCEDURE zjtx.sweep(relation regclass, key text, policies text[],
	as_of date DEFAULT NULL, account text DEFAULT NULL, due boolean DEFAULT false)
	AS 'MODULE_PATHNAME', 'zjtx_sweep' LANGUAGE C;
COMMENT ON PROCEDURE zjtx.sweep(regclass, text, text[], date, text, boolean) IS
'Judges all rows of a view, and all enterprises that were judged before and no longer exist, and adds the changes to zjtx.ledger. It records what became due because time passed or a document changed. Arguments: the view, its key column, the names of stored policies, the day judged (default: zjtx.as_of or the date of the transaction), and the name of the account (default: the account of the view). Enterprises whose digest in zjtx.judged is the same as at their last comparison with the ledger are not compared again. It works in batches of 10,000 enterprises, reports each batch, and commits it outside a transaction block. It judges enterprises that other transactions have locked last, waits for those transactions, and reports the number. It skips and counts rows without a key. It reads the view with the rights of the caller; row security that would hide rows is an error. With due, it judges only the enterprises whose answers time alone can have changed since the last sweep with due (zjtx.judged.next_change), those that a trigger judged or that were paid something since, and all if a document changed, if other policies are named, or if the day is earlier than that of the last sweep with due; a row that no trigger judged is found only by a sweep without due.';
