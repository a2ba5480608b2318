-- Texts of an office's tables as booleans, numbers and days.

CREATE FUNCTION zjtx.to_yes(value text) RETURNS boolean
	AS 'MODULE_PATHNAME', 'zjtx_to_yes' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.to_yes(text) IS
'A cell of an office''s table as a boolean: 是 有 √ Y 1 and the like are true, 否 无 × N 0 and the like are false. NULL for an empty cell, for "-" and "/", and for any other text.';

CREATE FUNCTION zjtx.to_amount(value text) RETURNS numeric
	AS 'MODULE_PATHNAME', 'zjtx_to_amount' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.to_amount(text) IS
'A cell of an office''s table as a number: 1,234.5万元 is 12345000, 12.5% is 0.125, 137人 is 137. Money is in 元; other units are dropped, not converted. NULL for an empty cell, for "-", "/" and 无, and for any other text, such as one in a foreign currency or in scientific notation.';

CREATE FUNCTION zjtx.to_amount(value text, unit text) RETURNS numeric
	AS 'MODULE_PATHNAME', 'zjtx_to_amount_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.to_amount(text, text) IS
'As to_amount(text), for a column whose heading names the unit, such as 万元 or %: a number without a unit is in that one, a number with a unit is in its own. Error 22023 for a unit that is not one.';

CREATE FUNCTION zjtx.to_day(value text) RETURNS date
	AS 'MODULE_PATHNAME', 'zjtx_to_day' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.to_day(text) IS
'A cell of an office''s table as a date: 2024/3/1, 2024-3-1, 2024.3.1, 2024年3月1日, 二〇二四年三月一日, 20240301, with or without a time of day, and a spreadsheet''s serial number of five digits. Years are 1900 to 2999. NULL for an empty cell, for "-", "/" and 无, and for any other text, such as a month without a day.';
