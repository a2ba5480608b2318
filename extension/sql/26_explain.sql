-- Explanations of a policy's answers.  The forms are those of 20_questions.sql.

CREATE FUNCTION zjtx.explain(e record, policy zjtx.policy) RETURNS text
	AS 'MODULE_PATHNAME', 'zjtx_explain_row' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.explain(record, zjtx.policy) IS
'Explains the policy''s answers for the row: a line for each condition with √, × or ?, the value found and the value needed, the band reached and its points, and the stages, amounts, caps, citations and notes. Conditions that did not matter are folded. In Chinese if the title of the document (or the text of a single expression, apart from units) has Chinese characters, else in English. NULL for a NULL policy.';

CREATE FUNCTION zjtx.explain(e record, policy text) RETURNS text
	AS 'MODULE_PATHNAME', 'zjtx_explain_row_name' LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.explain(record, text) IS
'Explains the policy''s answers for the row: a line for each condition with √, × or ?, the value found and the value needed, the band reached and its points, and the stages, amounts, caps, citations and notes. Conditions that did not matter are folded. In Chinese if the title of the document (or the text of a single expression, apart from units) has Chinese characters, else in English. NULL for a NULL policy. The policy is given by the name of a stored one: code, series, code/clause or code/rung; an unknown name is an error (42704).';

CREATE FUNCTION zjtx.explain(e jsonb, policy zjtx.policy) RETURNS text
	AS 'MODULE_PATHNAME', 'zjtx_explain_jsonb' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.explain(jsonb, zjtx.policy) IS
'Explains the policy''s answers for the row: a line for each condition with √, × or ?, the value found and the value needed, the band reached and its points, and the stages, amounts, caps, citations and notes. Conditions that did not matter are folded. In Chinese if the title of the document (or the text of a single expression, apart from units) has Chinese characters, else in English. NULL for a NULL policy.';

CREATE FUNCTION zjtx.explain(e jsonb, policy text) RETURNS text
	AS 'MODULE_PATHNAME', 'zjtx_explain_jsonb_name' LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.explain(jsonb, text) IS
'Explains the policy''s answers for the row: a line for each condition with √, × or ?, the value found and the value needed, the band reached and its points, and the stages, amounts, caps, citations and notes. Conditions that did not matter are folded. In Chinese if the title of the document (or the text of a single expression, apart from units) has Chinese characters, else in English. NULL for a NULL policy. The policy is given by the name of a stored one: code, series, code/clause or code/rung; an unknown name is an error (42704).';

CREATE FUNCTION zjtx.explain_json(e record, policy zjtx.policy) RETURNS jsonb
	AS 'MODULE_PATHNAME', 'zjtx_explain_json_row' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.explain_json(record, zjtx.policy) IS
'The content of zjtx.explain as jsonb: an array with one object for the policy, or for each version of a series that may be in force. The children of an object are its clauses, rungs, stages and conditions, each with kind, truth, the value found, its column or key, and the value needed. NULL for a NULL policy.';

CREATE FUNCTION zjtx.explain_json(e record, policy text) RETURNS jsonb
	AS 'MODULE_PATHNAME', 'zjtx_explain_json_row_name' LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.explain_json(record, text) IS
'The content of zjtx.explain as jsonb: an array with one object for the policy, or for each version of a series that may be in force. The children of an object are its clauses, rungs, stages and conditions, each with kind, truth, the value found, its column or key, and the value needed. NULL for a NULL policy. The policy is given by the name of a stored one: code, series, code/clause or code/rung; an unknown name is an error (42704).';

CREATE FUNCTION zjtx.explain_json(e jsonb, policy zjtx.policy) RETURNS jsonb
	AS 'MODULE_PATHNAME', 'zjtx_explain_json_jsonb' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.explain_json(jsonb, zjtx.policy) IS
'The content of zjtx.explain as jsonb: an array with one object for the policy, or for each version of a series that may be in force. The children of an object are its clauses, rungs, stages and conditions, each with kind, truth, the value found, its column or key, and the value needed. NULL for a NULL policy.';

CREATE FUNCTION zjtx.explain_json(e jsonb, policy text) RETURNS jsonb
	AS 'MODULE_PATHNAME', 'zjtx_explain_json_jsonb_name' LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.explain_json(jsonb, text) IS
'The content of zjtx.explain as jsonb: an array with one object for the policy, or for each version of a series that may be in force. The children of an object are its clauses, rungs, stages and conditions, each with kind, truth, the value found, its column or key, and the value needed. NULL for a NULL policy. The policy is given by the name of a stored one: code, series, code/clause or code/rung; an unknown name is an error (42704).';
