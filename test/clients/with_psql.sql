-- Asks zjtx through psql: prepared statements, variables, errors.  Each output line is a check.
\set ON_ERROR_STOP off
\set QUIET on
\pset tuples_only on
\pset format unaligned
create function pg_temp.ok(what text, same boolean) returns text
return case when same then 'ok ' else 'not ok ' end || what;

prepare by_name(text) as select array_agg(e |= $1 order by id) as answers from enterprise e;
prepare by_policy(zjtx.policy) as select array_agg(e |= $1 order by id) as answers from enterprise e;
prepare by_text as select array_agg(zjtx.eligible(e, $1) order by id) as answers from enterprise e;
prepare constant as select array_agg(e |= 'grants/1' order by id) as answers from enterprise e;

execute by_name('grants/1') \gset
select pg_temp.ok('a name as a parameter', :'answers' = '{t,NULL,f,t}');
execute by_policy('revenue >= 100万元') \gset
select pg_temp.ok('a policy as a parameter', :'answers' = '{t,f,f,NULL}');
select pg_temp.ok('a parameter without a type is a name', parameter_types = '{text}'::regtype[])
from pg_prepared_statements where name = 'by_text';
\set part grants/2
select array_agg(e |= :'part' order by id) as answers from enterprise e \gset
select pg_temp.ok('a variable as a name', :'answers' = '{t,f,f,f}');
\set rule 'revenue >= 100万元'
select array_agg(e |= :'rule'::zjtx.policy order by id) as answers from enterprise e \gset
select pg_temp.ok('a variable as a policy', :'answers' = '{t,f,f,NULL}');

set plan_cache_mode = force_generic_plan;
execute constant \gset
select pg_temp.ok('a name in the statement', :'answers' = '{t,NULL,f,t}');
select store(document) from law where name = 'new' \gset
execute constant \gset
select pg_temp.ok('judged by the new law', :'answers' = '{f,NULL,t,f}');
execute by_name('grants/1') \gset
select pg_temp.ok('judged by the new law, as a parameter', :'answers' = '{f,NULL,t,f}');
select store(document) from law where name = 'old' \gset
execute constant \gset
select pg_temp.ok('and by the old one again', :'answers' = '{t,NULL,f,t}');

\set VERBOSITY sqlstate
select e |= 'grant' from enterprise e;
select pg_temp.ok('an unknown name', :'LAST_ERROR_SQLSTATE' = '42704');
select 'revenue >'::zjtx.policy;
select pg_temp.ok('no policy', :'LAST_ERROR_SQLSTATE' = '22P02');
select pg_temp.ok('the message',
	:'LAST_ERROR_MESSAGE' = 'invalid zjtx.policy at line 1, column 10: the text ends too early');
