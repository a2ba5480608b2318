-- Functions for the authors of policies: a document in its editor.

CREATE FUNCTION zjtx_author.diagnose(document text,
	OUT severity text, OUT line int, OUT "column" int, OUT length int, OUT message text, OUT hint text) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_diagnose' LANGUAGE C STABLE STRICT PARALLEL SAFE COST 100000 ROWS 10;
COMMENT ON FUNCTION zjtx_author.diagnose(text) IS
'What is wrong with the text of a document, in the order of the text; a text that cannot be read is a row, no error. severity: error (the text cannot be read; an example fails), warning (a finding of zjtx.lint) or info (a bound without an example on it or on one side). line, column: where it begins, from 1, in characters. length: in characters. message: in the language of the document; why it cannot be read in that of lc_messages. hint: how to correct it, NULL where nothing is known. Documents that the text uses are taken from zjtx.policies. No rows for a document that is in order, and for NULL.';

CREATE FUNCTION zjtx_author.reformat(document text, language text DEFAULT NULL) RETURNS text
	AS 'MODULE_PATHNAME', 'zjtx_reformat' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION zjtx_author.reformat(text, text) IS
'The text of a document laid out: each statement begins a line, its parts are indented, and words are one space apart; other line breaks, comments and texts in quotes stay as they are. language: en or zh for keywords, functions and names of the language (as_of, this_year, last_year, it) in English or Chinese, NULL to leave them as they are; another language is an error (22023), as is a text that is no policy (22P02). What the document says does not change, and the layout of the result is the result. NULL for NULL.';

CREATE FUNCTION zjtx_author.render(policy zjtx.policy) RETURNS text
	AS 'MODULE_PATHNAME', 'zjtx_render' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION zjtx_author.render(zjtx.policy) IS
'A policy as one page of HTML for people, in the language of the document: the wording of each provision next to its rule, bands as tables, definitions, targets, facts, notes and examples. The page needs no other file, every text is escaped, and its content security policy forbids scripts. NULL for NULL.';
