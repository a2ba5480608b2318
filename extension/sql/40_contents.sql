-- The contents of documents: functions of a policy, and views of all stored policies.

CREATE FUNCTION zjtx.facts(policy zjtx.policy,
	OUT name text, OUT type text, OUT unit text, OUT label text,
	OUT low text, OUT high text, OUT "values" text[], OUT labels jsonb, OUT null_means text, OUT fixed boolean, OUT by_year boolean) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_facts' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100000;
COMMENT ON FUNCTION zjtx.facts(zjtx.policy) IS
'The facts that a policy declares, and the fields of its lists as list.field. low and high: the declared range. values: the values that a text can have. labels: an object with an array of labels for each value that has any, NULL if none has; the first label is shown to people. null_means: unknown, none or 0. fixed: whether the fact cannot be changed. by_year: whether it has a value for each year. Also listed is what a row can say that no statement declares: what was paid of a line for other periods (paid of CODE), whether a selection selects the row (its code), the values of populations, and what a budget leaves of a line (allotted of CODE). The fact as_of, which every policy has, is not listed.';

CREATE FUNCTION zjtx.clauses(policy zjtx.policy,
	OUT code text, OUT title text, OUT kind text, OUT subject text, OUT per_year boolean,
	OUT stages text[], OUT pay text, OUT cap text, OUT article text, OUT summary text,
	OUT cap_in_all text, OUT in_group text) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_clauses' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100000;
COMMENT ON FUNCTION zjtx.clauses(zjtx.policy) IS
'The clauses of a policy. pay and cap are expressions as written; pay is "undetermined" when the text has no figure. For a clause that pays in stages, pay is NULL and stages has their codes. cap_in_all: the cap over all periods, as written. in_group: the group of which the clause is a member, else NULL.';

CREATE FUNCTION zjtx.groups(policy zjtx.policy,
	OUT code text, OUT title text, OUT pays text, OUT members text[], OUT per_year boolean,
	OUT cap text, OUT cap_in_all text, OUT in_group text, OUT article text, OUT summary text) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_groups' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100000;
COMMENT ON FUNCTION zjtx.groups(zjtx.policy) IS
'The groups of a policy: clauses that are paid together. pays: "best of" if the highest member is paid, "sum of" if all are. members: the codes of clauses and groups. per_year: whether the members are. cap and cap_in_all: expressions as written, in 元; cap_in_all is over all periods. in_group: the group of which it is itself a member, else NULL. No rows for NULL.';

CREATE FUNCTION zjtx.scores(policy zjtx.policy,
	OUT score text, OUT indicator text, OUT step int, OUT condition text, OUT points numeric, OUT most numeric) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_scores' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100000;
COMMENT ON FUNCTION zjtx.scores(zjtx.policy) IS
'The scores of a policy, a row for each step of each indicator; for a series, those of each version. score: the name of a score that is in no other''s sum. indicator: the score that gives these points, or the addend as written. step: 1, 2, … within the indicator. condition: when the step is reached, as written; of the first that holds, in a band or a case. points: what it gives, in 分; NULL if that is no literal. most: the most that the indicator can give; NULL if it has no bound.';

CREATE FUNCTION zjtx.definitions(policy zjtx.policy,
	OUT name text, OUT title text, OUT kind text, OUT type text, OUT unit text,
	OUT expression text, OUT value text, OUT list text) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_definitions' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100000;
COMMENT ON FUNCTION zjtx.definitions(zjtx.policy) IS
'The definitions and scores of a policy, and the values of its populations; for a series, those of each version. kind: definition, score or population. type: number, boolean, text or date. unit: the unit of a number, NULL if it has none. expression: as written. value: what it comes to, as text, if that is the same for every row (a number in unit, a date in ISO form), else NULL. list: the list over whose elements it is defined, NULL for a definition over the row. zjtx.value(e, policy -> name) asks for a number, e |= (policy -> name) for a boolean.';

CREATE FUNCTION zjtx.rungs(policy zjtx.policy,
	OUT level int, OUT code text, OUT title text, OUT article text, OUT summary text) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_rungs' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100000;
COMMENT ON FUNCTION zjtx.rungs(zjtx.policy) IS
'The rungs of a policy''s ladder, starting with the lowest (level 1); for a series, the rungs of each version.';

CREATE FUNCTION zjtx.targets(policy zjtx.policy,
	OUT code text, OUT indicator text, OUT unit text, OUT measure text,
	OUT year int, OUT goal numeric, OUT goal_shown text, OUT at_most boolean, OUT counted text, OUT note text) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_targets' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100000;
COMMENT ON FUNCTION zjtx.targets(zjtx.policy) IS
'The targets of a policy: a row for each year with a goal, or one row with a NULL year for a goal of every year. measure: stock or flow. goal: a number in unit; shares are fractions. goal_shown: the goal as text, such as 10% or 2.5万家. at_most: whether the goal is an upper bound. counted: the condition for counting a row, as written. note: the notes of the target.';

CREATE FUNCTION zjtx.notes(policy zjtx.policy,
	OUT kind text, OUT code text, OUT note text, OUT content text) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_notes' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100000;
COMMENT ON FUNCTION zjtx.notes(zjtx.policy) IS
'The notes of a policy: the kind and code of the statement that the note belongs to, the code of the note such as R6, and its text.';

CREATE FUNCTION zjtx.header(policy zjtx.policy,
	OUT code text, OUT title text, OUT "number" text, OUT issuer text, OUT region text,
	OUT issued date, OUT in_force_from date, OUT in_force_until date, OUT series text,
	OUT repeals text[], OUT uses text[], OUT source text) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_header' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100000;
COMMENT ON FUNCTION zjtx.header(zjtx.policy) IS
'The header of a policy, one row for each document. in_force_until is the first day on which the document is no longer in force, NULL if none is given.';

CREATE FUNCTION zjtx.provisions(policy zjtx.policy,
	OUT code text, OUT article text, OUT title text, OUT kind text, OUT subject text,
	OUT catalogue text[], OUT summary text, OUT wording text, OUT offices text[], OUT statement text) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_provisions' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100000;
COMMENT ON FUNCTION zjtx.provisions(zjtx.policy) IS
'The provisions of a policy: a row for the document and for each table, clause, stage, group, population, selection, budget, rung, target and service, and for each definition that covers an item of the text or has a wording. kind: the kind of statement, or of clause. subject: whose row the provision reads. catalogue: the items of the text that it covers. wording: the sentence of the article. offices: who decides and pays, NULL if none is named; a stage without offices has those of its clause. statement: the source text.';

CREATE VIEW zjtx.provisions AS
	SELECT p.code AS policy, v.* FROM zjtx.policies p, LATERAL zjtx.provisions(p.doc) v WHERE NOT p.draft;
COMMENT ON VIEW zjtx.provisions IS 'The provisions of stored policies.';
COMMENT ON COLUMN zjtx.provisions.policy IS 'The code of the stored policy.';
COMMENT ON COLUMN zjtx.provisions.code IS 'The code of the document, clause, group, selection, budget, rung, target or service, the name of a table, definition or population; for a stage clause/stage.';
COMMENT ON COLUMN zjtx.provisions.article IS 'The article of the document, as written, or NULL.';
COMMENT ON COLUMN zjtx.provisions.title IS 'The title, or NULL.';
COMMENT ON COLUMN zjtx.provisions.kind IS 'The kind: policy, table, definition, the kind of a clause (eligibility, reward, subsidy, tax, points), stage, group, population, selection, budget, rung, target or service.';
COMMENT ON COLUMN zjtx.provisions.subject IS 'Whose row the provision reads: enterprise, platform or region.';
COMMENT ON COLUMN zjtx.provisions.catalogue IS 'The items of the text that the provision covers.';
COMMENT ON COLUMN zjtx.provisions.summary IS 'A summary, or NULL.';
COMMENT ON COLUMN zjtx.provisions.wording IS 'The sentence of the article, or NULL.';
COMMENT ON COLUMN zjtx.provisions.offices IS 'Who decides and pays, or NULL if none is named.';
COMMENT ON COLUMN zjtx.provisions.statement IS 'The source text.';

CREATE VIEW zjtx.targets AS
	SELECT p.code AS policy, t.* FROM zjtx.policies p, LATERAL zjtx.targets(p.doc) t WHERE NOT p.draft;
COMMENT ON VIEW zjtx.targets IS 'The targets of stored policies, a row for each year.';
COMMENT ON COLUMN zjtx.targets.policy IS 'The code of the stored policy.';
COMMENT ON COLUMN zjtx.targets.code IS 'The code of the target.';
COMMENT ON COLUMN zjtx.targets.indicator IS 'What is counted or measured.';
COMMENT ON COLUMN zjtx.targets.unit IS 'The unit of goal.';
COMMENT ON COLUMN zjtx.targets.measure IS 'Either stock or flow.';
COMMENT ON COLUMN zjtx.targets.year IS 'The year of the goal; NULL for a goal of every year.';
COMMENT ON COLUMN zjtx.targets.goal IS 'The goal in unit; a share is a fraction.';
COMMENT ON COLUMN zjtx.targets.goal_shown IS 'The goal as written, such as 10% or 2.5万家.';
COMMENT ON COLUMN zjtx.targets.at_most IS 'Whether the goal is an upper bound.';
COMMENT ON COLUMN zjtx.targets.counted IS 'The condition for counting a row, as written, or NULL.';
COMMENT ON COLUMN zjtx.targets.note IS 'The notes of the target, or NULL.';

CREATE VIEW zjtx.notes AS
	SELECT p.code AS policy, n.* FROM zjtx.policies p, LATERAL zjtx.notes(p.doc) n WHERE NOT p.draft;
COMMENT ON VIEW zjtx.notes IS 'The notes of stored policies: readings, contradictions, inferences.';
COMMENT ON COLUMN zjtx.notes.policy IS 'The code of the stored policy.';
COMMENT ON COLUMN zjtx.notes.kind IS 'The kind of the statement that the note belongs to.';
COMMENT ON COLUMN zjtx.notes.code IS 'The code of that statement.';
COMMENT ON COLUMN zjtx.notes.note IS 'The code of the note, such as R6, or NULL.';
COMMENT ON COLUMN zjtx.notes.content IS 'The text of the note.';

CREATE FUNCTION zjtx.in_force(day date,
	OUT policy text, OUT title text, OUT series text, OUT in_force daterange) RETURNS SETOF record
	LANGUAGE SQL STABLE STRICT PARALLEL SAFE
	BEGIN ATOMIC
		SELECT p.code, p.title, p.series, p.in_force
		FROM zjtx.policies p
		WHERE p.in_force OPERATOR(pg_catalog.@>) in_force.day AND NOT p.draft
		AND NOT EXISTS (
			SELECT FROM zjtx.policies q
			WHERE NOT q.draft AND (p."number" OPERATOR(pg_catalog.=) ANY (q.repeals) OR p.code OPERATOR(pg_catalog.=) ANY (q.repeals))
			AND pg_catalog.lower(q.in_force) OPERATOR(pg_catalog.<=) in_force.day)
		ORDER BY p.code;
	END;
COMMENT ON FUNCTION zjtx.in_force(date) IS
'The stored policies in force on a day. The day is in the range in_force, and no stored policy that is in force from that day or earlier repeals the policy by number or code. No rows for NULL.';

CREATE VIEW zjtx.facts AS
	SELECT p.code AS policy, f.* FROM zjtx.policies p, LATERAL zjtx.facts(p.doc) f WHERE NOT p.draft;
COMMENT ON VIEW zjtx.facts IS 'The facts that stored policies declare.';
COMMENT ON COLUMN zjtx.facts.policy IS 'The code of the stored policy.';
COMMENT ON COLUMN zjtx.facts.name IS 'The name of the fact; list.field for the field of a list.';
COMMENT ON COLUMN zjtx.facts.type IS 'One of number, boolean, text, date or list.';
COMMENT ON COLUMN zjtx.facts.unit IS 'The unit of a number, or NULL.';
COMMENT ON COLUMN zjtx.facts.label IS 'The name shown to people, or NULL.';
COMMENT ON COLUMN zjtx.facts.low IS 'The lower end of the declared range, or NULL.';
COMMENT ON COLUMN zjtx.facts.high IS 'The upper end of the declared range, or NULL.';
COMMENT ON COLUMN zjtx.facts."values" IS 'The values that a text can have, or NULL.';
COMMENT ON COLUMN zjtx.facts.labels IS 'An object with an array of labels for each value that has any, or NULL.';
COMMENT ON COLUMN zjtx.facts.null_means IS 'The meaning of NULL: unknown, none or 0.';
COMMENT ON COLUMN zjtx.facts.fixed IS 'Whether the fact cannot be changed.';
COMMENT ON COLUMN zjtx.facts.by_year IS 'Whether the fact has a value for each year.';

CREATE VIEW zjtx.clauses AS
	SELECT p.code AS policy, c.* FROM zjtx.policies p, LATERAL zjtx.clauses(p.doc) c WHERE NOT p.draft;
COMMENT ON VIEW zjtx.clauses IS 'The clauses of stored policies.';
COMMENT ON COLUMN zjtx.clauses.policy IS 'The code of the stored policy.';
COMMENT ON COLUMN zjtx.clauses.code IS 'The code of the clause.';
COMMENT ON COLUMN zjtx.clauses.title IS 'The title, or NULL.';
COMMENT ON COLUMN zjtx.clauses.kind IS 'One of eligibility, reward, subsidy, tax or points.';
COMMENT ON COLUMN zjtx.clauses.subject IS 'Whose row the clause reads: enterprise, platform or region.';
COMMENT ON COLUMN zjtx.clauses.per_year IS 'Whether the clause pays per year.';
COMMENT ON COLUMN zjtx.clauses.stages IS 'The codes of the stages.';
COMMENT ON COLUMN zjtx.clauses.pay IS 'The amount as written; "undetermined" without a figure; NULL if the clause pays nothing or in stages.';
COMMENT ON COLUMN zjtx.clauses.cap IS 'The cap as written, or NULL.';
COMMENT ON COLUMN zjtx.clauses.article IS 'The article of the document, as written, or NULL.';
COMMENT ON COLUMN zjtx.clauses.summary IS 'A summary, or NULL.';
COMMENT ON COLUMN zjtx.clauses.cap_in_all IS 'The cap over all periods as written, or NULL.';
COMMENT ON COLUMN zjtx.clauses.in_group IS 'The group of which the clause is a member, or NULL.';

CREATE VIEW zjtx.groups AS
	SELECT p.code AS policy, v.* FROM zjtx.policies p, LATERAL zjtx.groups(p.doc) v WHERE NOT p.draft;
COMMENT ON VIEW zjtx.groups IS 'The groups of stored policies: clauses of which the highest is paid, or which have a common cap.';
COMMENT ON COLUMN zjtx.groups.policy IS 'The code of the stored policy.';
COMMENT ON COLUMN zjtx.groups.code IS 'The code of the group.';
COMMENT ON COLUMN zjtx.groups.title IS 'The title, or NULL.';
COMMENT ON COLUMN zjtx.groups.pays IS 'best of if the highest member is paid, sum of if all are.';
COMMENT ON COLUMN zjtx.groups.members IS 'The codes of the members: clauses and groups.';
COMMENT ON COLUMN zjtx.groups.per_year IS 'Whether the members are paid per year.';
COMMENT ON COLUMN zjtx.groups.cap IS 'The common cap in 元, as written, or NULL.';
COMMENT ON COLUMN zjtx.groups.cap_in_all IS 'The cap over all periods in 元, as written, or NULL.';
COMMENT ON COLUMN zjtx.groups.in_group IS 'The group of which the group is a member, or NULL.';
COMMENT ON COLUMN zjtx.groups.article IS 'The article, as written, or NULL.';
COMMENT ON COLUMN zjtx.groups.summary IS 'The summary, or NULL.';

CREATE VIEW zjtx.scores AS
	SELECT p.code AS policy, s.* FROM zjtx.policies p, LATERAL zjtx.scores(p.doc) s WHERE NOT p.draft;
COMMENT ON VIEW zjtx.scores IS 'The scores of stored policies, a row for each step of each indicator.';
COMMENT ON COLUMN zjtx.scores.policy IS 'The code of the stored policy.';
COMMENT ON COLUMN zjtx.scores.score IS 'The name of a score that is in no other''s sum.';
COMMENT ON COLUMN zjtx.scores.indicator IS 'The name of the score within it that gives these points, or the addend as written.';
COMMENT ON COLUMN zjtx.scores.step IS 'The number of the step within the indicator.';
COMMENT ON COLUMN zjtx.scores.condition IS 'When the step is reached, as written; in a band or a case, the first that holds counts.';
COMMENT ON COLUMN zjtx.scores.points IS 'The points that the step gives, in 分; NULL if they are no literal.';
COMMENT ON COLUMN zjtx.scores.most IS 'The most points that the indicator can give; NULL if it has no bound.';

CREATE VIEW zjtx.definitions AS
	SELECT p.code AS policy, d.* FROM zjtx.policies p, LATERAL zjtx.definitions(p.doc) d WHERE NOT p.draft;
COMMENT ON VIEW zjtx.definitions IS 'The definitions and scores of stored policies, and the values of their populations.';
COMMENT ON COLUMN zjtx.definitions.policy IS 'The code of the stored policy.';
COMMENT ON COLUMN zjtx.definitions.name IS 'The name of the definition, score or value.';
COMMENT ON COLUMN zjtx.definitions.title IS 'The title, or NULL.';
COMMENT ON COLUMN zjtx.definitions.kind IS 'One of definition, score or population.';
COMMENT ON COLUMN zjtx.definitions.type IS 'One of number, boolean, text or date.';
COMMENT ON COLUMN zjtx.definitions.unit IS 'The unit of a number, or NULL.';
COMMENT ON COLUMN zjtx.definitions.expression IS 'The expression, as written.';
COMMENT ON COLUMN zjtx.definitions.value IS 'The value as text, if it is the same for every row, else NULL; a number is in unit.';
COMMENT ON COLUMN zjtx.definitions.list IS 'The list over whose elements it is defined; NULL for a definition over the row.';

CREATE VIEW zjtx.rungs AS
	SELECT p.code AS policy, r.* FROM zjtx.policies p, LATERAL zjtx.rungs(p.doc) r WHERE NOT p.draft;
COMMENT ON VIEW zjtx.rungs IS 'The rungs of stored policies.';
COMMENT ON COLUMN zjtx.rungs.policy IS 'The code of the stored policy.';
COMMENT ON COLUMN zjtx.rungs.level IS 'The position on the ladder, 1 for the lowest rung.';
COMMENT ON COLUMN zjtx.rungs.code IS 'The code of the rung.';
COMMENT ON COLUMN zjtx.rungs.title IS 'The title, or NULL.';
COMMENT ON COLUMN zjtx.rungs.article IS 'The article of the document, as written, or NULL.';
COMMENT ON COLUMN zjtx.rungs.summary IS 'A summary, or NULL.';
