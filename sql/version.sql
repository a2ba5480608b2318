\set ECHO none
\i sql/tap.psql
BEGIN;
SELECT plan(6);
SET LOCAL search_path = public, zjtx;

-- zjtx_version() tells the versions of the library and of the SQL objects, and what is wrong if they differ.
SELECT matches(library, '^[0-9]+[.][0-9]+$', 'the library has a version') FROM zjtx_version();
SELECT is(objects, library, 'and so have the objects') FROM zjtx_version();
SELECT is(message, NULL, 'nothing is wrong') FROM zjtx_version();
SELECT is(l.message,
	'The library and the SQL objects are of different builds: begin a new session, or create the extension '
	'again.', 'another build') FROM zjtx_version() v, zjtx_internal.version_of_library(v.objects, 'another') l;
UPDATE pg_extension SET extversion = '0.9' WHERE extname = 'zjtx';
SELECT is(message, 'The library has version ' || library
	|| ' and the SQL objects have version 0.9: ALTER EXTENSION zjtx '
	'UPDATE, and begin new sessions.', 'objects of another version'), is(objects, '0.9', 'which is told')
	FROM zjtx_version();

SELECT * FROM finish();
ROLLBACK;
