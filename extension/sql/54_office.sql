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
