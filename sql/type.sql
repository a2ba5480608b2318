\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(29);

-- The type keeps the text exactly, byte for byte.

CREATE TEMP TABLE written (what text, source text);
INSERT INTO written VALUES
	('a rule of one expression', 'revenue <= 1亿元 and rd_expense / revenue >= 5%'),
	('white space before and after', E'  \t\n a > 1 \n\n  '),
	('a comment before, within and after', E'-- 第一条\na > 1 -- 大于一\n -- the end'),
	('a comment as the last line, without a line end', E'a > 1\n-- the end'),
	('lines that end as on Windows', E'policy p ''题名''\r\nfact a number\r\nclause 1 when a > 1 -- 注\r\n'),
	('full-width punctuation and digits', '（收入＞１００万元）　且　地区　属于　（‘渝北区’，‘江北区’）'),
	('capitals, tabs and a semicolon', E'POLICY p ''T'';\n\tFact A number;\n\tClause 1 When A > 1;'),
	('a byte order mark', U&'\FEFFa > 1'),
	('quotes that are doubled', 'name = ''it''''s'''),
	('backslashes', E'name = ''C:\\new\\table''');

SELECT is(source::policy::text, source, 'the text comes back unchanged: ' || what) FROM written;

SELECT is(convert_from(zjtx_internal.policy_send(source::policy), 'UTF8'), source, 'what is sent is the text: ' || what)
FROM written WHERE what IN ('lines that end as on Windows', 'full-width punctuation and digits');

-- Binary input is read and checked like text input. The test builds a row in the format of COPY BINARY.

CREATE TEMP TABLE received (doc policy);
CREATE FUNCTION pg_temp.receive(bytes bytea) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	stream bytea := '\x5047434f50590aff0d0a00'::bytea || int4send(0) || int4send(0)
		|| int2send(1::int2) || int4send(length(bytes)) || bytes || int2send((-1)::int2);
	escaped text := (SELECT string_agg('\' || (b >> 6) || (b >> 3 & 7) || (b & 7), '' ORDER BY i)
		FROM generate_series(0, length(stream) - 1) i, get_byte(stream, i) b);
BEGIN
	TRUNCATE received;
	EXECUTE format('COPY received FROM PROGRAM %L (FORMAT binary)', 'printf ''' || escaped || '''');
	RETURN (SELECT doc::text FROM received);
END $$;

SELECT is(pg_temp.receive(zjtx_internal.policy_send(source::policy)), source, 'sent and received unchanged: ' || what)
FROM written WHERE what IN ('a comment before, within and after', 'lines that end as on Windows',
	'full-width punctuation and digits');

SELECT is(pg_temp.error_of($$SELECT pg_temp.receive(convert_to('收入 >> 1', 'UTF8'))$$),
	E'22P02: invalid zjtx.policy at line 1, column 5: unexpected ">"\n'
	'DETAIL: Expected a name, text in quotes, a number, a date, true, false, case, band, tiers, ''('', ''-''.',
	'what is received is checked as text is');
SELECT throws_ok($$SELECT pg_temp.receive('\x61203e203100')$$, '22021', NULL, 'a zero byte is refused on the wire');
SELECT throws_ok($$SELECT pg_temp.receive('\x61203e2027ff27')$$, '22021', NULL,
	'bytes that are no UTF-8 are refused on the wire');
SELECT is(pg_temp.error_of($$SELECT pg_temp.receive('')$$) ~ '^22P02: invalid zjtx.policy at line 1, column 1', true,
	'an empty text is no policy on the wire either');

-- Large documents and their storage.

CREATE TEMP TABLE library (name text, doc policy);
INSERT INTO library SELECT 'compresses',
	(E'policy big ''大''\nfact a number\nclause 1 when a > 1\n' || repeat(E'-- 注释\n', 100000))::policy;
INSERT INTO library SELECT 'does not compress',
	(E'policy big ''大''\nfact a number\nclause 1 when a > 1\n'
	 || (SELECT string_agg('-- ' || md5(i::text) || md5((-i)::text), E'\n') FROM generate_series(1, 15500) i))::policy;
SELECT is(name || ': ' || (octet_length(doc::text) > 1000000)::text, name || ': true',
	'a document of a megabyte is stored') FROM library ORDER BY name;
SELECT is((SELECT pg_column_size(doc) < 50000 FROM library WHERE name = 'compresses'), true,
	'a document is compressed');
SELECT is((SELECT pg_column_size(doc) > 500000 FROM library WHERE name = 'does not compress'), true,
	'and stored out of line');
SELECT is((SELECT right(doc::text, 64) FROM library WHERE name = 'does not compress'), md5('15500') || md5('-15500'),
	'a document that lies out of line comes back to its end');
SELECT is((SELECT count(*) FILTER (WHERE '{"a": 2}'::jsonb |= doc) FROM library), 2::bigint, 'and can be asked');

-- In dumps, and inside other types.

CREATE TEMP TABLE restored (doc policy);
DO $$
DECLARE
	statement text;
BEGIN
	FOR statement IN SELECT format('INSERT INTO restored VALUES (%L)', source::policy) FROM written LOOP
		EXECUTE statement;
	END LOOP;
END $$;
SELECT is((SELECT array_agg(doc::text) FROM restored), (SELECT array_agg(source) FROM written),
	'dumped and restored unchanged');
SELECT is((SELECT array_agg(doc)::text[] FROM restored), (SELECT array_agg(source) FROM written),
	'an array of policies');
CREATE DOMAIN pg_temp.rule AS policy CHECK (value IS NOT NULL);
SELECT is('{"a": 2}'::jsonb |= 'a > 1'::pg_temp.rule, true, 'a domain over the type');
SELECT is(NULL::text::policy IS NULL, true, 'NULL is NULL');

SELECT * FROM finish();
ROLLBACK;
