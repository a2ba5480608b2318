-- Why a policy answers as it does: of a row or a jsonb object, to a policy value or a
-- stored name. The forms are those of the questions.

CREATE FUNCTION zjtx.explain(e record, policy zjtx.policy) RETURNS text
	AS 'MODULE_PATHNAME', 'zjtx_explain_row' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.explain(record, zjtx.policy) IS
'Why the policy answers as it does for the row, in Chinese where the title of the document is (of a rule of one expression: its text, units aside), else in English; a line for each condition: √ × or ?, what was found and what is needed, the band reached and the points, stages, amounts and caps, the citation and the notes. What did not matter is folded. NULL where the policy is NULL.';

CREATE FUNCTION zjtx.explain(e record, policy text) RETURNS text
	AS 'MODULE_PATHNAME', 'zjtx_explain_row_name' LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.explain(record, text) IS
'Why the policy answers as it does for the row, in Chinese where the title of the document is (of a rule of one expression: its text, units aside), else in English; a line for each condition: √ × or ?, what was found and what is needed, the band reached and the points, stages, amounts and caps, the citation and the notes. What did not matter is folded. NULL where the policy is NULL. The policy is a stored name: code, series, code/clause or code/rung.';

CREATE FUNCTION zjtx.explain(e jsonb, policy zjtx.policy) RETURNS text
	AS 'MODULE_PATHNAME', 'zjtx_explain_jsonb' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.explain(jsonb, zjtx.policy) IS
'Why the policy answers as it does for the row, in Chinese where the title of the document is (of a rule of one expression: its text, units aside), else in English; a line for each condition: √ × or ?, what was found and what is needed, the band reached and the points, stages, amounts and caps, the citation and the notes. What did not matter is folded. NULL where the policy is NULL.';

CREATE FUNCTION zjtx.explain(e jsonb, policy text) RETURNS text
	AS 'MODULE_PATHNAME', 'zjtx_explain_jsonb_name' LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.explain(jsonb, text) IS
'Why the policy answers as it does for the row, in Chinese where the title of the document is (of a rule of one expression: its text, units aside), else in English; a line for each condition: √ × or ?, what was found and what is needed, the band reached and the points, stages, amounts and caps, the citation and the notes. What did not matter is folded. NULL where the policy is NULL. The policy is a stored name: code, series, code/clause or code/rung.';

CREATE FUNCTION zjtx.explain_json(e record, policy zjtx.policy) RETURNS jsonb
	AS 'MODULE_PATHNAME', 'zjtx_explain_json_row' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.explain_json(record, zjtx.policy) IS
'What zjtx.explain says, for programs: an array with an object for the policy (each version of a series that may be in force), and in it, as children, its clauses, rungs, stages and conditions: kind, truth, what was found, where, and what is needed. NULL where the policy is NULL.';

CREATE FUNCTION zjtx.explain_json(e record, policy text) RETURNS jsonb
	AS 'MODULE_PATHNAME', 'zjtx_explain_json_row_name' LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.explain_json(record, text) IS
'What zjtx.explain says, for programs: an array with an object for the policy (each version of a series that may be in force), and in it, as children, its clauses, rungs, stages and conditions: kind, truth, what was found, where, and what is needed. NULL where the policy is NULL. The policy is a stored name: code, series, code/clause or code/rung.';

CREATE FUNCTION zjtx.explain_json(e jsonb, policy zjtx.policy) RETURNS jsonb
	AS 'MODULE_PATHNAME', 'zjtx_explain_json_jsonb' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.explain_json(jsonb, zjtx.policy) IS
'What zjtx.explain says, for programs: an array with an object for the policy (each version of a series that may be in force), and in it, as children, its clauses, rungs, stages and conditions: kind, truth, what was found, where, and what is needed. NULL where the policy is NULL.';

CREATE FUNCTION zjtx.explain_json(e jsonb, policy text) RETURNS jsonb
	AS 'MODULE_PATHNAME', 'zjtx_explain_json_jsonb_name' LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.explain_json(jsonb, text) IS
'What zjtx.explain says, for programs: an array with an object for the policy (each version of a series that may be in force), and in it, as children, its clauses, rungs, stages and conditions: kind, truth, what was found, where, and what is needed. NULL where the policy is NULL. The policy is a stored name: code, series, code/clause or code/rung.';
