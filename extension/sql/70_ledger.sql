-- What the watched enterprises are owed, as changes.

CREATE TABLE zjtx.ledger (
	id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	relation text NOT NULL,
	key text NOT NULL,
	policy text NOT NULL,
	code text NOT NULL,
	stage text,
	period int,
	unit text,
	payable boolean NOT NULL CHECK (NOT payable OR unit OPERATOR(pg_catalog.=) '元'),
	kind text NOT NULL CHECK (kind OPERATOR(pg_catalog.=) ANY (ARRAY['owed', 'lapsed', 'undecided', 'reached', 'lost', 'paid'])),
	old numeric NOT NULL CHECK (old OPERATOR(pg_catalog.>=) 0),
	new numeric NOT NULL CHECK (new OPERATOR(pg_catalog.>=) 0),
	difference numeric GENERATED ALWAYS AS (new OPERATOR(pg_catalog.-) old) STORED,
	paid numeric NOT NULL DEFAULT 0.00 CHECK (paid OPERATOR(pg_catalog.=) 0 OR kind OPERATOR(pg_catalog.=) 'paid' AND payable),
	judged_on date NOT NULL,
	at timestamptz NOT NULL DEFAULT pg_catalog.now(),
	by name NOT NULL DEFAULT session_user,
	note text
);
COMMENT ON TABLE zjtx.ledger IS
'A row for each change of what a watched enterprise is owed, and for each payment. Written by zjtx.watch, zjtx.sweep and zjtx.settle, and never changed. The differences of a line add up to its present standing.';
COMMENT ON COLUMN zjtx.ledger.id IS 'The number of the entry, in the order of writing.';
COMMENT ON COLUMN zjtx.ledger.relation IS 'The view or table of enterprises that is watched, by its qualified name.';
COMMENT ON COLUMN zjtx.ledger.key IS 'The enterprise''s key in it, as text.';
COMMENT ON COLUMN zjtx.ledger.policy IS 'The policy, by the name under which it is watched: code, series, code/clause or code/rung.';
COMMENT ON COLUMN zjtx.ledger.code IS 'The clause or rung.';
COMMENT ON COLUMN zjtx.ledger.stage IS 'The stage of a clause that pays in stages, else NULL.';
COMMENT ON COLUMN zjtx.ledger.period IS 'The year of a yearly clause, else NULL.';
COMMENT ON COLUMN zjtx.ledger.unit IS '元 or 分; NULL for what has no amount and stands at 1 while it is satisfied, at 0 else.';
COMMENT ON COLUMN zjtx.ledger.payable IS 'Whether it is of a reward or subsidy, which is paid out; false for taxes, points and what has no amount.';
COMMENT ON COLUMN zjtx.ledger.kind IS
'owed: a rise. lapsed: a fall. undecided: a fall because facts became unknown. reached, lost: of what has no amount. paid: a payment.';
COMMENT ON COLUMN zjtx.ledger.old IS 'The standing before.';
COMMENT ON COLUMN zjtx.ledger.new IS 'The standing after: what is proved to be owed, the least while facts are unknown. Never below zero.';
COMMENT ON COLUMN zjtx.ledger.difference IS 'new - old; 0 for a payment.';
COMMENT ON COLUMN zjtx.ledger.paid IS 'What was paid, in 元; negative where a payment is taken back; else 0.';
COMMENT ON COLUMN zjtx.ledger.judged_on IS 'The day judged: the row''s as_of, else zjtx.as_of, else the date of the transaction; of a payment its day.';
COMMENT ON COLUMN zjtx.ledger.at IS 'The time of the transaction.';
COMMENT ON COLUMN zjtx.ledger.by IS 'The user of the session.';
COMMENT ON COLUMN zjtx.ledger.note IS 'What zjtx.settle was given as a note.';
COMMENT ON SEQUENCE zjtx.ledger_id_seq IS 'Numbers the entries.';
CREATE INDEX ledger_lines ON zjtx.ledger (relation, key);
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
	relation text,
	key text,
	judged_on date NOT NULL,
	at timestamptz NOT NULL,
	PRIMARY KEY (relation, key)
) WITH (fillfactor = 70);
COMMENT ON TABLE zjtx.judged IS
'A row for each watched enterprise, written before it is judged: so two sessions that change facts of one enterprise wait for each other.';
COMMENT ON COLUMN zjtx.judged.relation IS 'The view or table of enterprises that is watched, by its qualified name.';
COMMENT ON COLUMN zjtx.judged.key IS 'The enterprise''s key in it, as text.';
COMMENT ON COLUMN zjtx.judged.judged_on IS 'The day of the last judging, where the row had no as_of of its own.';
COMMENT ON COLUMN zjtx.judged.at IS 'The time of the transaction that judged last, or recorded a payment.';
SELECT pg_catalog.pg_extension_config_dump('zjtx.judged', '');

CREATE VIEW zjtx.owed AS
SELECT l.relation, l.key, l.policy, l.code, l.stage, l.period,
	pg_catalog.sum(l.difference) AS owed, pg_catalog.sum(l.paid) AS paid,
	greatest(pg_catalog.sum(l.difference) OPERATOR(pg_catalog.-) pg_catalog.sum(l.paid), 0.00) AS due,
	greatest(pg_catalog.sum(l.paid) OPERATOR(pg_catalog.-) pg_catalog.sum(l.difference), 0.00) AS overpaid
FROM zjtx.ledger l
WHERE l.payable
GROUP BY l.relation, l.key, l.policy, l.code, l.stage, l.period
HAVING pg_catalog.sum(l.difference) OPERATOR(pg_catalog.<>) 0 OR pg_catalog.sum(l.paid) OPERATOR(pg_catalog.<>) 0;
COMMENT ON VIEW zjtx.owed IS
'For each enterprise and line of a policy that is a reward or subsidy, in 元: what is owed, what was paid, what is still due, and what was paid beyond what is owed. Lines at which nothing is owed and nothing was paid are left out.';
COMMENT ON COLUMN zjtx.owed.relation IS 'The view or table of enterprises that is watched, by its qualified name.';
COMMENT ON COLUMN zjtx.owed.key IS 'The enterprise''s key in it, as text.';
COMMENT ON COLUMN zjtx.owed.policy IS 'The policy, by the name under which it is watched.';
COMMENT ON COLUMN zjtx.owed.code IS 'The clause.';
COMMENT ON COLUMN zjtx.owed.stage IS 'The stage of a clause that pays in stages, else NULL.';
COMMENT ON COLUMN zjtx.owed.period IS 'The year of a yearly clause, else NULL.';
COMMENT ON COLUMN zjtx.owed.owed IS 'What is proved to be owed, in 元.';
COMMENT ON COLUMN zjtx.owed.paid IS 'What was paid, in 元.';
COMMENT ON COLUMN zjtx.owed.due IS 'What is owed and not paid, in 元; never below zero.';
COMMENT ON COLUMN zjtx.owed.overpaid IS 'What was paid and is not owed, in 元; never below zero.';

CREATE FUNCTION zjtx.standing(day date,
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
COMMENT ON FUNCTION zjtx.standing(date) IS
'Where each line stood at the end of a day: as its last entry says that was judged for the day or one before it; and what was paid until then. Lines at zero are left out; no rows for NULL.';

CREATE FUNCTION zjtx.settle(relation regclass, key text, policy text, code text, stage text, period int,
	amount numeric, note text DEFAULT NULL) RETURNS numeric
	AS 'MODULE_PATHNAME', 'zjtx_settle' LANGUAGE C VOLATILE;
COMMENT ON FUNCTION zjtx.settle(regclass, text, text, text, text, int, numeric, text) IS
'Records that an amount, in 元, was paid on a line of zjtx.owed, and returns what is due after it. More than is due is an error. A negative amount takes a payment back, wholly or in part, and needs a note. stage and period are NULL where the line has none. It writes the ledger with the rights of its owner, so only who is granted it may call it.';
