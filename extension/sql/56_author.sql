-- Functions for the authors of policies, in a schema of their own.

CREATE SCHEMA zjtx_author;
COMMENT ON SCHEMA zjtx_author IS 'Functions for the authors of policies: from an official text to a document.';
GRANT USAGE ON SCHEMA zjtx_author TO PUBLIC;

CREATE FUNCTION zjtx_author.outline(source text,
	OUT path text, OUT level int, OUT kind text, OUT heading text, OUT wording text,
	OUT offices text[], OUT quantities text[], OUT at int, OUT length int) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_outline' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 100;
COMMENT ON FUNCTION zjtx_author.outline(text) IS
'The items of an official text, in its order. Every character of the text belongs to exactly one row: at is the first byte, from 0, and length the number of bytes, with the blanks that follow. kind: header (before the first item), part (the title and preamble of a part of the text, such as an annex), heading (an item that is only a heading, and the first row of a table), item, row (of a table), closing (signature, list of annexes, copies), markup (HTML and front matter) or warning (what was not read with certainty; length is 0 and wording says why). path: the numbers as the text nests them, such as 二/(四)/18 or 附件/12; a second item of the same numbers has (2) behind; NULL without a number. level: the depth of the number, 0 without one. heading: the words of a heading, the first sentence if it is short, or the title. wording: the text behind the number without line breaks and page numbers. offices: those named as responsible. quantities: the numbers with units, as written. No rows for an empty text.';
