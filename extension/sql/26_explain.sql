-- Explanations of a policy's answers.  The forms are those of 20_questions.sql.

-- @for forms
CREATE FUNCTION zjtx.explain(e @e@, policy @p@) RETURNS text
	AS 'MODULE_PATHNAME', 'zjtx_explain_@form@' LANGUAGE C @volatile@ PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.explain(@e@, @p@) IS
'Explains the policy''s answers for the row: a line for each condition with √, × or ?, the value found and the value needed, the band reached and its points, and the stages, amounts, caps, citations and notes. Conditions that did not matter are folded. In Chinese if the title of the document (or the text of a single expression, apart from units) has Chinese characters, else in English. NULL for a NULL policy.@stored@';
-- @end

-- @for forms
CREATE FUNCTION zjtx.explain_json(e @e@, policy @p@) RETURNS jsonb
	AS 'MODULE_PATHNAME', 'zjtx_explain_json_@form@' LANGUAGE C @volatile@ PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.explain_json(@e@, @p@) IS
'The content of zjtx.explain as jsonb: an array with one object for the policy, or for each version of a series that may be in force. The children of an object are its clauses, rungs, stages and conditions, each with kind, truth, the value found, its column or key, and the value needed. NULL for a NULL policy.@stored@';
-- @end
