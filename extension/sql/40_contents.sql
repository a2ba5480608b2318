-- What documents hold: functions of a policy, and views over all stored ones.

CREATE FUNCTION zjtx.facts(policy zjtx.policy,
	OUT name text, OUT type text, OUT unit text, OUT label text,
	OUT low text, OUT high text, OUT "values" text[], OUT null_means text) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_facts' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.facts(zjtx.policy) IS
'The facts that a policy declares, and the fields of its lists (list.field): type, unit, label, range or values, and what NULL means. as_of, which is always there, is left out.';

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
	OUT year int, OUT goal numeric, OUT counted text) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_targets' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.targets(zjtx.policy) IS
'The targets of a policy, a row for each year that has a goal: unit, stock or flow, the goal, and the condition under which a row is counted, as written.';

CREATE FUNCTION zjtx.notes(policy zjtx.policy,
	OUT kind text, OUT code text, OUT note text, OUT content text) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_notes' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.notes(zjtx.policy) IS
'The notes of a policy: on which statement (kind and code) each stands, its own code such as R6, and what it says.';

CREATE VIEW zjtx.facts AS
	SELECT p.code AS policy, f.* FROM zjtx.policies p, LATERAL zjtx.facts(p.doc) f;
COMMENT ON VIEW zjtx.facts IS 'The facts that stored policies declare.';

CREATE VIEW zjtx.clauses AS
	SELECT p.code AS policy, c.* FROM zjtx.policies p, LATERAL zjtx.clauses(p.doc) c;
COMMENT ON VIEW zjtx.clauses IS 'The clauses of stored policies.';

CREATE VIEW zjtx.rungs AS
	SELECT p.code AS policy, r.* FROM zjtx.policies p, LATERAL zjtx.rungs(p.doc) r;
COMMENT ON VIEW zjtx.rungs IS 'The rungs of stored policies.';

GRANT SELECT ON zjtx.facts, zjtx.clauses, zjtx.rungs TO PUBLIC;
