-- The table "scaled": the first so many of a table's enterprises, or all of them over and over
-- under other numbers.
--
-- psql variables: source, the table; from and to, which numbers; base, how many rows it has.

set search_path = public, zjtx;

select 'insert into scaled select e.id + :base * k' ||
	string_agg(', e.' || quote_ident(attname), '' order by attnum) ||
	' from generate_series((:from - 1) / :base, (:to - 1) / :base) as k, ' || :'source' || ' e' ||
	' where e.id + :base * k between :from and :to' as fill
from pg_attribute where attrelid = :'source'::regclass and attnum > 1 and not attisdropped \gset
:fill;
