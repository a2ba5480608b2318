-- What documents hold: functions of a policy, and views over all stored ones.

CREATE FUNCTION zjtx.facts(policy zjtx.policy,
	OUT name text, OUT type text, OUT unit text, OUT label text,
	OUT low text, OUT high text, OUT "values" text[], OUT labels jsonb, OUT null_means text, OUT fixed boolean) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_facts' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.facts(zjtx.policy) IS
'The facts that a policy declares, and the fields of its lists (list.field): type, unit, label, range or values, the labels of values (an object: for each value that has some, an array of them, of which the first is shown; NULL where no value has one), what NULL means, and whether nobody can change it. as_of, which is always there, is left out.';

CREATE FUNCTION zjtx.clauses(policy zjtx.policy,
	OUT code text, OUT title text, OUT kind text, OUT subject text, OUT per_year boolean,
	OUT stages text[], OUT pay text, OUT cap text, OUT article text, OUT summary text) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_clauses' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.clauses(zjtx.policy) IS
'The clauses of a policy. pay and cap are as written, "undetermined" where the text has no figure; a clause that pays in stages has their codes instead of pay.';

CREATE FUNCTION zjtx.rungs(policy zjtx.policy,
	OUT level int, OUT code text, OUT title text, OUT article text, OUT summary text) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_rungs' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.rungs(zjtx.policy) IS
'The rungs of a policy''s ladder, from the lowest; of a series, those of each version.';

CREATE FUNCTION zjtx.targets(policy zjtx.policy,
	OUT code text, OUT indicator text, OUT unit text, OUT measure text,
	OUT year int, OUT goal numeric, OUT goal_shown text, OUT at_most boolean, OUT counted text, OUT note text) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_targets' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.targets(zjtx.policy) IS
'The targets of a policy, a row for each year that has a goal, or one row without a year for a goal of every year: unit, stock or flow, the goal (a share is a fraction), how people read it (10%, 2.5万家) and whether it is an upper bound, the condition under which a row is counted, as written, and the notes.';

CREATE FUNCTION zjtx.notes(policy zjtx.policy,
	OUT kind text, OUT code text, OUT note text, OUT content text) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_notes' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.notes(zjtx.policy) IS
'The notes of a policy: on which statement (kind and code) each stands, its own code such as R6, and what it says.';

CREATE FUNCTION zjtx.header(policy zjtx.policy,
	OUT code text, OUT title text, OUT number text, OUT issuer text, OUT region text,
	OUT issued date, OUT in_force_from date, OUT in_force_until date, OUT series text,
	OUT repeals text[], OUT source text) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_header' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.header(zjtx.policy) IS
'What the header of a policy says. in_force_until is the first day on which it is no longer in force.';

CREATE FUNCTION zjtx.provisions(policy zjtx.policy,
	OUT code text, OUT article text, OUT title text, OUT kind text, OUT subject text,
	OUT catalogue text[], OUT summary text, OUT wording text, OUT offices text[], OUT statement text) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_provisions' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.provisions(zjtx.policy) IS
'The provisions of a policy: the document itself, the definitions, clauses (by their kind) and stages, rungs, targets and services, each with its article, whose row it reads, the items of the text that it covers, the sentence of the article (wording), who decides and pays (offices: a stage has those of its clause where it names none; NULL where none is named), and the statement as written. A definition is listed where it covers an item or has a wording.';

CREATE VIEW zjtx.provisions AS
	SELECT p.code AS policy, v.* FROM zjtx.policies p, LATERAL zjtx.provisions(p.doc) v;
COMMENT ON VIEW zjtx.provisions IS 'The provisions of stored policies.';

CREATE VIEW zjtx.targets AS
	SELECT p.code AS policy, t.* FROM zjtx.policies p, LATERAL zjtx.targets(p.doc) t;
COMMENT ON VIEW zjtx.targets IS 'The targets of stored policies, year by year.';

CREATE VIEW zjtx.notes AS
	SELECT p.code AS policy, n.* FROM zjtx.policies p, LATERAL zjtx.notes(p.doc) n;
COMMENT ON VIEW zjtx.notes IS 'The notes of stored policies: readings, contradictions, what is inferred.';

CREATE FUNCTION zjtx.in_force(day date,
	OUT policy text, OUT title text, OUT series text, OUT in_force daterange) RETURNS SETOF record
	LANGUAGE SQL STABLE STRICT PARALLEL SAFE
	BEGIN ATOMIC
		SELECT p.code, p.title, p.series, p.in_force
		FROM zjtx.policies p, LATERAL zjtx.header(p.doc) h
		WHERE p.in_force OPERATOR(pg_catalog.@>) in_force.day
		AND NOT EXISTS (
			SELECT FROM zjtx.policies q, LATERAL zjtx.header(q.doc) g
			WHERE (h.number OPERATOR(pg_catalog.=) ANY (g.repeals) OR p.code OPERATOR(pg_catalog.=) ANY (g.repeals))
			AND pg_catalog.lower(q.in_force) OPERATOR(pg_catalog.<=) in_force.day)
		ORDER BY p.code;
	END;
COMMENT ON FUNCTION zjtx.in_force(date) IS
'The stored policies that are in force on a day: the day is in their range, and no stored policy has repealed them (by number or code) by then.';

CREATE VIEW zjtx.facts AS
	SELECT p.code AS policy, f.* FROM zjtx.policies p, LATERAL zjtx.facts(p.doc) f;
COMMENT ON VIEW zjtx.facts IS 'The facts that stored policies declare.';

CREATE VIEW zjtx.clauses AS
	SELECT p.code AS policy, c.* FROM zjtx.policies p, LATERAL zjtx.clauses(p.doc) c;
COMMENT ON VIEW zjtx.clauses IS 'The clauses of stored policies.';

CREATE VIEW zjtx.rungs AS
	SELECT p.code AS policy, r.* FROM zjtx.policies p, LATERAL zjtx.rungs(p.doc) r;
COMMENT ON VIEW zjtx.rungs IS 'The rungs of stored policies.';
