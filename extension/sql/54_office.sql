-- Conversion of spreadsheet cells, as text, to booleans, numbers and dates.

CREATE FUNCTION zjtx.to_yes(value text) RETURNS boolean
	AS 'MODULE_PATHNAME', 'zjtx_to_yes' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.to_yes(text) IS
'Reads a spreadsheet cell as a boolean: 是 有 √ Y 1 and similar are true, 否 无 × N 0 and similar are false. NULL for an empty cell, for "-" and "/", and for any other text.';

CREATE FUNCTION zjtx.to_amount(value text) RETURNS numeric
	AS 'MODULE_PATHNAME', 'zjtx_to_amount' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.to_amount(text) IS
'Reads a spreadsheet cell as a number: 1,234.5万元 is 12345000, 12.5% is 0.125, 137人 is 137. Money is returned in 元; other units are ignored, not converted. NULL for an empty cell, for "-", "/" and 无, and for any other text, such as foreign currencies and scientific notation.';

CREATE FUNCTION zjtx.to_amount(value text, unit text) RETURNS numeric
	AS 'MODULE_PATHNAME', 'zjtx_to_amount_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.to_amount(text, text) IS
'Like to_amount(text), for a column whose heading gives the unit, such as 万元 or %. A number without a unit is in that unit; a number with a unit is in its own. An unknown unit is an error (22023).';

CREATE FUNCTION zjtx.to_day(value text) RETURNS date
	AS 'MODULE_PATHNAME', 'zjtx_to_day' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.to_day(text) IS
'Reads a spreadsheet cell as a date: 2024/3/1, 2024-3-1, 2024.3.1, 2024年3月1日, 二〇二四年三月一日 or 20240301, with or without a time of day, or a five-digit serial number of a spreadsheet. Accepts the years 1900 to 2999. NULL for an empty cell, for "-", "/" and 无, and for any other text, such as a month without a day.';

CREATE FUNCTION zjtx.to_text(value text) RETURNS text
	AS 'MODULE_PATHNAME', 'zjtx_to_text' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.to_text(text) IS
'Reads a spreadsheet cell as a text: without spaces and invisible characters at both ends, and with full-width letters and digits as ordinary ones. NULL for an empty cell and for "-" and "/".';

CREATE FUNCTION zjtx.to_amount(value text, unit text, unreadable numeric) RETURNS numeric
	AS 'MODULE_PATHNAME', 'zjtx_to_amount_or' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.to_amount(text, text, numeric) IS
'Like to_amount(text, unit), but returns the third argument for a text that cannot be read. NaN is then an unknown value even where NULL means none. unit can be NULL.';

CREATE FUNCTION zjtx.to_day(value text, unreadable date) RETURNS date
	AS 'MODULE_PATHNAME', 'zjtx_to_day_or' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.to_day(text, date) IS
'Like to_day(text), but returns the second argument for a text that cannot be read. infinity is then an unknown day even where NULL means none.';
