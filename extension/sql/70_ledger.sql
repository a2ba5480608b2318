-- What the watched enterprises are owed, as changes.

CREATE TABLE zjtx.accounts (
	account text PRIMARY KEY,
	relation oid NOT NULL,
	relation_name text NOT NULL,
	key_column text NOT NULL,
	key_number smallint NOT NULL,
	system_identifier bigint NOT NULL,
	database oid NOT NULL,
	formerly oid[] NOT NULL DEFAULT '{}',
	swept_at timestamptz,
	UNIQUE (system_identifier, database, relation)
);
COMMENT ON TABLE zjtx.accounts IS
'A row for each account of the ledger: the view or table whose enterprises it is about. Written by zjtx.watch and zjtx.sweep, and by an event trigger where something gets another name. A relation is found by its OID where system_identifier and database are those of this database, else by its qualified name.';
COMMENT ON COLUMN zjtx.accounts.account IS 'The account''s name: the qualified name of the relation when it was first watched, unless another was given.';
COMMENT ON COLUMN zjtx.accounts.relation IS 'The OID of the relation, in its database.';
COMMENT ON COLUMN zjtx.accounts.relation_name IS 'The qualified name that the relation has now.';
COMMENT ON COLUMN zjtx.accounts.key_column IS 'The relation''s key column.';
COMMENT ON COLUMN zjtx.accounts.key_number IS 'The number of the key column, which it keeps under another name.';
COMMENT ON COLUMN zjtx.accounts.system_identifier IS 'The cluster in which the OIDs are valid, as pg_control_system() shows it.';
COMMENT ON COLUMN zjtx.accounts.database IS 'The OID of the database in which that of the relation is valid.';
COMMENT ON COLUMN zjtx.accounts.formerly IS 'The OIDs of relations of this database that had the account before: none of them gets a new one unasked.';
COMMENT ON COLUMN zjtx.accounts.swept_at IS 'When the last sweep began, else NULL.';
COMMENT ON INDEX zjtx.accounts_system_identifier_database_relation_key IS 'A relation has one account.';
SELECT pg_catalog.pg_extension_config_dump('zjtx.accounts', '');

CREATE FUNCTION zjtx.accounts_changed() RETURNS trigger
	AS 'MODULE_PATHNAME', 'zjtx_accounts_changed' LANGUAGE C;
COMMENT ON FUNCTION zjtx.accounts_changed() IS
'Makes every session look up its accounts again.';
CREATE TRIGGER changed AFTER INSERT OR UPDATE OR DELETE ON zjtx.accounts
	FOR EACH ROW EXECUTE FUNCTION zjtx.accounts_changed();
ALTER TABLE zjtx.accounts ENABLE ALWAYS TRIGGER changed;
COMMENT ON TRIGGER changed ON zjtx.accounts IS 'Makes every session look up its accounts again.';
CREATE TRIGGER changed_truncate AFTER TRUNCATE ON zjtx.accounts
	FOR EACH STATEMENT EXECUTE FUNCTION zjtx.accounts_changed();
ALTER TABLE zjtx.accounts ENABLE ALWAYS TRIGGER changed_truncate;
COMMENT ON TRIGGER changed_truncate ON zjtx.accounts IS 'Makes every session look up its accounts again.';

CREATE TABLE zjtx.ledger (
	id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	account text NOT NULL,
	key text NOT NULL,
	policy text NOT NULL,
	code text NOT NULL,
	stage text,
	period int,
	unit text,
	payable boolean NOT NULL CHECK (NOT payable OR unit OPERATOR(pg_catalog.=) '元'),
	kind text NOT NULL CHECK (kind OPERATOR(pg_catalog.=) ANY (ARRAY['owed', 'lapsed', 'undecided', 'reached', 'lost', 'withdrawn', 'moved', 'paid'])),
	old numeric NOT NULL CHECK (old OPERATOR(pg_catalog.>=) 0),
	new numeric NOT NULL CHECK (new OPERATOR(pg_catalog.>=) 0),
	difference numeric GENERATED ALWAYS AS (new OPERATOR(pg_catalog.-) old) STORED,
	paid numeric NOT NULL DEFAULT 0.00 CHECK (paid OPERATOR(pg_catalog.=) 0 OR kind OPERATOR(pg_catalog.=) ANY (ARRAY['paid', 'moved']) AND payable),
	judged_on date NOT NULL,
	at timestamptz NOT NULL DEFAULT pg_catalog.now(),
	by name NOT NULL DEFAULT session_user,
	note text
);
COMMENT ON TABLE zjtx.ledger IS
'A row for each change of what a watched enterprise is owed, and for each payment. Written by zjtx.watch, zjtx.sweep, zjtx.settle, zjtx.withdraw and zjtx.move_key, and never changed. The differences of a line add up to its present standing.';
COMMENT ON COLUMN zjtx.ledger.id IS 'The number of the entry, in the order of writing.';
COMMENT ON COLUMN zjtx.ledger.account IS 'The account, which zjtx.accounts has: the view or table of enterprises that is watched.';
COMMENT ON COLUMN zjtx.ledger.key IS 'The enterprise''s key in it, as text: numbers without trailing zeros, char(n) without padding, dates and UUIDs in ISO form, bytea as hex, true or false.';
COMMENT ON COLUMN zjtx.ledger.policy IS 'The policy, by the name under which it is watched: code, series, code/clause or code/rung.';
COMMENT ON COLUMN zjtx.ledger.code IS 'The clause or rung.';
COMMENT ON COLUMN zjtx.ledger.stage IS 'The stage of a clause that pays in stages, else NULL.';
COMMENT ON COLUMN zjtx.ledger.period IS 'The year of a yearly clause, else NULL.';
COMMENT ON COLUMN zjtx.ledger.unit IS '元 or 分; NULL for what has no amount and stands at 1 while it is satisfied, at 0 else.';
COMMENT ON COLUMN zjtx.ledger.payable IS 'Whether it is of a reward or subsidy, which is paid out; false for taxes, points and what has no amount.';
COMMENT ON COLUMN zjtx.ledger.kind IS
'owed: a rise. lapsed: a fall. undecided: a fall because facts became unknown. reached, lost: of what has no amount. withdrawn: taken back by zjtx.withdraw. moved: from one key to another, by zjtx.move_key. paid: a payment.';
COMMENT ON COLUMN zjtx.ledger.old IS 'The standing before.';
COMMENT ON COLUMN zjtx.ledger.new IS 'The standing after: what is proved to be owed, the least while facts are unknown. Never below zero.';
COMMENT ON COLUMN zjtx.ledger.difference IS 'new - old; 0 for a payment.';
COMMENT ON COLUMN zjtx.ledger.paid IS 'What was paid, in 元; negative where a payment is taken back or moves to another key; else 0.';
COMMENT ON COLUMN zjtx.ledger.judged_on IS 'The day judged: the row''s as_of, else zjtx.as_of, else the date of the transaction; of a payment its day.';
COMMENT ON COLUMN zjtx.ledger.at IS 'The time of the transaction.';
COMMENT ON COLUMN zjtx.ledger.by IS 'The user of the session.';
COMMENT ON COLUMN zjtx.ledger.note IS 'What zjtx.settle, zjtx.withdraw or zjtx.move_key was given as a note.';
COMMENT ON SEQUENCE zjtx.ledger_id_seq IS 'Numbers the entries.';
CREATE INDEX ledger_lines ON zjtx.ledger (account, key);
COMMENT ON INDEX zjtx.ledger_lines IS 'Finds the entries of an enterprise.';
SELECT pg_catalog.pg_extension_config_dump('zjtx.ledger', '');
SELECT pg_catalog.pg_extension_config_dump('zjtx.ledger_id_seq', '');

CREATE FUNCTION zjtx.guard_ledger() RETURNS trigger
	AS 'MODULE_PATHNAME', 'zjtx_guard_ledger' LANGUAGE C;
COMMENT ON FUNCTION zjtx.guard_ledger() IS
'Refuses to change or delete entries of zjtx.ledger, to everybody but a superuser.';
CREATE TRIGGER guard BEFORE UPDATE OR DELETE OR TRUNCATE ON zjtx.ledger
	FOR EACH STATEMENT EXECUTE FUNCTION zjtx.guard_ledger();
ALTER TABLE zjtx.ledger ENABLE ALWAYS TRIGGER guard;
COMMENT ON TRIGGER guard ON zjtx.ledger IS 'Entries are added and never changed.';

-- Each judging writes the enterprise's row: a page with room keeps the new version beside the old.
CREATE TABLE zjtx.judged (
	account text,
	key text,
	judged_on date NOT NULL,
	at timestamptz NOT NULL,
	PRIMARY KEY (account, key)
) WITH (fillfactor = 70);
COMMENT ON TABLE zjtx.judged IS
'A row for each watched enterprise, written before it is judged: so two sessions that change facts of one enterprise wait for each other.';
COMMENT ON COLUMN zjtx.judged.account IS 'The account, which zjtx.accounts has: the view or table of enterprises that is watched.';
COMMENT ON COLUMN zjtx.judged.key IS 'The enterprise''s key in it, as text: numbers without trailing zeros, char(n) without padding, dates and UUIDs in ISO form, bytea as hex, true or false.';
COMMENT ON COLUMN zjtx.judged.judged_on IS 'The day of the last judging, where the row had no as_of of its own.';
COMMENT ON COLUMN zjtx.judged.at IS 'The time of the transaction that judged last, or recorded a payment.';
SELECT pg_catalog.pg_extension_config_dump('zjtx.judged', '');

CREATE VIEW zjtx.owed AS
SELECT l.account, l.key, l.policy, l.code, l.stage, l.period,
	pg_catalog.sum(l.difference) AS owed, pg_catalog.sum(l.paid) AS paid,
	greatest(pg_catalog.sum(l.difference) OPERATOR(pg_catalog.-) pg_catalog.sum(l.paid), 0.00) AS due,
	greatest(pg_catalog.sum(l.paid) OPERATOR(pg_catalog.-) pg_catalog.sum(l.difference), 0.00) AS overpaid
FROM zjtx.ledger l
WHERE l.payable
GROUP BY l.account, l.key, l.policy, l.code, l.stage, l.period
HAVING pg_catalog.sum(l.difference) OPERATOR(pg_catalog.<>) 0 OR pg_catalog.sum(l.paid) OPERATOR(pg_catalog.<>) 0;
COMMENT ON VIEW zjtx.owed IS
'For each enterprise and line of a policy that is a reward or subsidy, in 元: what is owed, what was paid, what is still due, and what was paid beyond what is owed. Lines at which nothing is owed and nothing was paid are left out.';
COMMENT ON COLUMN zjtx.owed.account IS 'The account, which zjtx.accounts has: the view or table of enterprises that is watched.';
COMMENT ON COLUMN zjtx.owed.key IS 'The enterprise''s key in it, as text: numbers without trailing zeros, char(n) without padding, dates and UUIDs in ISO form, bytea as hex, true or false.';
COMMENT ON COLUMN zjtx.owed.policy IS 'The policy, by the name under which it is watched.';
COMMENT ON COLUMN zjtx.owed.code IS 'The clause.';
COMMENT ON COLUMN zjtx.owed.stage IS 'The stage of a clause that pays in stages, else NULL.';
COMMENT ON COLUMN zjtx.owed.period IS 'The year of a yearly clause, else NULL.';
COMMENT ON COLUMN zjtx.owed.owed IS 'What is proved to be owed, in 元.';
COMMENT ON COLUMN zjtx.owed.paid IS 'What was paid, in 元.';
COMMENT ON COLUMN zjtx.owed.due IS 'What is owed and not paid, in 元; never below zero.';
COMMENT ON COLUMN zjtx.owed.overpaid IS 'What was paid and is not owed, in 元; never below zero.';

CREATE FUNCTION zjtx.standing(day date,
	OUT account text, OUT key text, OUT policy text, OUT code text, OUT stage text, OUT period int, OUT unit text,
	OUT payable boolean, OUT standing numeric, OUT paid numeric) RETURNS SETOF record
	LANGUAGE SQL STABLE PARALLEL SAFE ROWS 1000
	BEGIN ATOMIC
		SELECT l.account, l.key, l.policy, l.code, l.stage, l.period, l.unit, l.payable,
			coalesce((pg_catalog.array_agg(l.new ORDER BY l.id DESC) FILTER (WHERE l.kind OPERATOR(pg_catalog.<>) 'paid'))[1], 0),
			pg_catalog.sum(l.paid)
		FROM zjtx.ledger l
		WHERE l.judged_on OPERATOR(pg_catalog.<=) standing.day
		GROUP BY l.account, l.key, l.policy, l.code, l.stage, l.period, l.unit, l.payable
		HAVING coalesce((pg_catalog.array_agg(l.new ORDER BY l.id DESC) FILTER (WHERE l.kind OPERATOR(pg_catalog.<>) 'paid'))[1], 0) OPERATOR(pg_catalog.<>) 0
			OR pg_catalog.sum(l.paid) OPERATOR(pg_catalog.<>) 0;
	END;
COMMENT ON FUNCTION zjtx.standing(date) IS
'Where each line stood at the end of a day: as its last entry says that was judged for the day or one before it; and what was paid until then. Lines at zero are left out; no rows for NULL.';

CREATE FUNCTION zjtx.settle(account text, key text, policy text, code text, stage text, period int,
	amount numeric, note text DEFAULT NULL) RETURNS numeric
	AS 'MODULE_PATHNAME', 'zjtx_settle' LANGUAGE C VOLATILE;
COMMENT ON FUNCTION zjtx.settle(text, text, text, text, text, int, numeric, text) IS
'Records that an amount, in 元, was paid on a line of zjtx.owed, and returns what is due after it. More than is due is an error, also where a part was paid on the same line of another name of the policy. A negative amount takes a payment back, wholly or in part, and needs a note. stage and period are NULL where the line has none. It writes the ledger with the rights of its owner, so only who is granted it may call it.';

CREATE FUNCTION zjtx.withdraw(account text, key text, policy text, code text, stage text, period int, note text) RETURNS numeric
	AS 'MODULE_PATHNAME', 'zjtx_withdraw' LANGUAGE C VOLATILE;
COMMENT ON FUNCTION zjtx.withdraw(text, text, text, text, text, int, text) IS
'Takes back what stands on a line of the ledger, of an earlier period or of an enterprise that is gone, and returns what was paid on it, in 元, which is now overpaid. A line that is judged by a row of the relation, without a period or of the year judged, is an error. stage and period are NULL where the line has none. The relation is read with the rights of the caller, the ledger written with those of its owner, so only who is granted it may call it.';

CREATE FUNCTION zjtx.move_key(account text, old text, new text, note text) RETURNS bigint
	AS 'MODULE_PATHNAME', 'zjtx_move_key' LANGUAGE C VOLATILE;
COMMENT ON FUNCTION zjtx.move_key(text, text, text, text) IS
'Carries what stands and what was paid to the corrected key of an enterprise, and returns the number of lines. A key that the relation still has, and a new one that has entries from before the old one fell or payments, are errors. The relation is read with the rights of the caller, the ledger written with those of its owner, so only who is granted it may call it.';
