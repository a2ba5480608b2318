-- A document that never changes: facts and ledger agree in every snapshot.
\set id random(1, :firms)
SELECT 1 / (count(*) = 0)::int FROM astray(:id, 'load-fixed') AS a (policy text, code text, stage text, unit text,
	period int, payable boolean, amount numeric);
