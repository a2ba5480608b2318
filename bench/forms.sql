-- Policies in a table, and queries that ask a policy otherwise than by its name.

set search_path = public, zjtx;

create table policy_column as select doc as p, doc::text as t from policies where code = 'yubei-2024-34';
create unlogged table paid as select * from rewarded where id <= 50000;
vacuum analyze paid;
select publish('paid', 'yubei-2024-34'::text, 'published');
