-- The ledger of the enterprises that have or had a title: judged on 2024-12-16,
-- paid in two batches, judged again by triggers where facts were corrected, and
-- on 2024-12-31.  The facts at the end are those of 2-enterprises.sql.

create view titled_on_day as
select * from enterprise_on_day where specialized_on is not null or little_giant_on is not null;
comment on view titled_on_day is '有过称号的企业:the enterprises that have or had a title, for the day of zjtx.as_of; the account "rewards" of the ledger is kept for it';

create table correction (
  enterprise_id integer,
  corrected_on  date,
  reason        text not null,
  primary key (enterprise_id, corrected_on)
);
comment on table  correction is '数据更正:what was found wrong in the warehouse, and why it was changed';
comment on column correction.enterprise_id is 'the enterprise; no reference, as its number may be what was wrong';
comment on column correction.corrected_on  is '更正日';
comment on column correction.reason        is '更正原因';

create table application (
  application_id integer primary key,
  name           text not null,
  credit_code    text not null,
  clause         text not null,
  claimed        numeric(16,2),
  applied_on     date not null
);
comment on table  application is '申报:what enterprises applied for, as they typed it';
comment on column application.application_id is '申报编号';
comment on column application.name           is '企业名称, as typed';
comment on column application.credit_code    is '统一社会信用代码, as typed';
comment on column application.clause         is 'the clause of yubei-2024-34';
comment on column application.claimed        is '申报金额, 元';
comment on column application.applied_on     is '申报日期';

create function pg_temp.u(id integer, about text) returns float8
  language sql immutable strict parallel safe
  return ((hashtextextended(about, id) >> 11) & ((1::bigint << 53) - 1)) / (1::bigint << 53)::float8;

-- What will turn out to be wrong: an enterprise that has moved away, a lease
-- that has ended, a review of somebody else, a report that is sent back, and an
-- enterprise whose papers were filed under a second number.
update enterprise set region = '渝北区', street = '回兴街道' where enterprise_id = 1988;
insert into lease values (21816, 9, 'state', 1500, 25.0, 12);
insert into review values (114, 'specialized', '2024-11-20', 0.15);
update finance set main_revenue = 38000000 where enterprise_id = 27879 and year = 2022;
insert into enterprise
select (jsonb_populate_record(e, '{"enterprise_id": 53001, "credit_code": "91500112ZJ0000955x"}')).* from enterprise as e
where enterprise_id = 955;
update finance set enterprise_id = 53001 where enterprise_id = 955;
update title   set enterprise_id = 53001 where enterprise_id = 955;
update review  set enterprise_id = 53001 where enterprise_id = 955;
update listing set enterprise_id = 53001 where enterprise_id = 955;
update lease   set enterprise_id = 53001 where enterprise_id = 955;

set zjtx.as_of = '2024-12-16';
call zjtx.sweep('titled_on_day', 'enterprise_id', '{yubei-2024-34}', account => 'rewards');

-- Who applied did so before the first batch; some typed it twice, or not quite right.
insert into application
select row_number() over (order by applied_on, enterprise_id, code, copy), name, credit_code, code, claimed, applied_on
from (select e.enterprise_id, o.code, copy, o.owed as claimed,
             date '2024-12-12' + floor(9 * pg_temp.u(e.enterprise_id, 'applied' || code))::integer + copy as applied_on,
             case when copy = 0 then e.name
                  when pg_temp.u(e.enterprise_id, 'typed') < 0.5 then replace(e.name, '重庆', '重庆市') else ' ' || e.name end as name,
             case when copy = 0 then e.credit_code else replace(e.credit_code, 'ZJ', 'zj') end as credit_code
      from (select key::integer as enterprise_id, code, sum(owed) as owed
            from zjtx.owed where code in ('3', '5-specialized', '5-giant', '7-otc', '7-neeq', '7-ipo') group by 1, 2) as o
      join enterprise as e on e.enterprise_id = o.enterprise_id
      cross join generate_series(0, 1) as copy
      where pg_temp.u(e.enterprise_id, 'applies' || code) < 0.72
        and (copy = 0 or pg_temp.u(e.enterprise_id, 'applies twice' || code) < 0.03)) as a
where claimed > 0;

-- The first batch: titles, in full.  The second: listings in full, rents by half.
do $$
declare
  line record;
begin
  for line in select * from zjtx.owed where due > 0 order by key::integer, code, stage loop
    if line.code in ('5-specialized', '5-giant') and pg_temp.u(line.key::integer, 'first batch' || line.code) < 0.55 then
      perform zjtx.settle('rewards', line.key, line.policy, line.code, line.stage, line.period, line.due, '2024年第一批');
    end if;
  end loop;
  perform set_config('zjtx.as_of', '2024-12-23', false);
  for line in select * from zjtx.owed where due > 0 order by key::integer, code, stage loop
    if line.code like '7-%' and pg_temp.u(line.key::integer, 'second batch' || line.code) < 0.5 then
      perform zjtx.settle('rewards', line.key, line.policy, line.code, line.stage, line.period, line.due, '2024年第二批');
    elsif line.code = '3' and pg_temp.u(line.key::integer, 'second batch' || line.code) < 0.6 then
      perform zjtx.settle('rewards', line.key, line.policy, line.code, line.stage, line.period, round(line.due / 2, 2), '2024年第二批，先付一半');
    end if;
  end loop;
end
$$;

-- From here on what is written is judged at once.
create trigger judge after insert or update or delete on enterprise
  for each row execute function zjtx.watch('titled_on_day', 'enterprise_id', 'yubei-2024-34', 'account=rewards');
create trigger judge after insert or update or delete on finance
  for each row execute function zjtx.watch('titled_on_day', 'enterprise_id', 'yubei-2024-34', 'account=rewards');
create trigger judge after insert or update or delete on title
  for each row execute function zjtx.watch('titled_on_day', 'enterprise_id', 'yubei-2024-34', 'account=rewards');
create trigger judge after insert or update or delete on review
  for each row execute function zjtx.watch('titled_on_day', 'enterprise_id', 'yubei-2024-34', 'account=rewards');
create trigger judge after insert or update or delete on listing
  for each row execute function zjtx.watch('titled_on_day', 'enterprise_id', 'yubei-2024-34', 'account=rewards');
create trigger judge after insert or update or delete on lease
  for each row execute function zjtx.watch('titled_on_day', 'enterprise_id', 'yubei-2024-34', 'account=rewards');

set zjtx.as_of = '2024-12-24';
update enterprise set region = '江北区', street = null where enterprise_id = 1988;
set zjtx.as_of = '2024-12-25';
delete from lease where enterprise_id = 21816 and no = 9;
delete from review where enterprise_id = 114 and passed_on = '2024-11-20';
set zjtx.as_of = '2024-12-27';
update finance set main_revenue = null where enterprise_id = 27879 and year = 2022;
update finance set enterprise_id = 955 where enterprise_id = 53001;
update title   set enterprise_id = 955 where enterprise_id = 53001;
update review  set enterprise_id = 955 where enterprise_id = 53001;
update listing set enterprise_id = 955 where enterprise_id = 53001;
update lease   set enterprise_id = 955 where enterprise_id = 53001;
delete from enterprise where enterprise_id = 53001;
do $$ begin perform zjtx.move_key('rewards', '53001', '955', '同一企业登记了两个编号，并入955号'); end $$;
insert into correction values
  (1988,  '2024-12-24', '住所已迁往江北区'),
  (21816, '2024-12-25', '租赁合同已于年初解除'),
  (114,   '2024-12-25', '复核记录属于另一家企业'),
  (27879, '2024-12-27', '2022年主营业务收入有误，退回重报'),
  (53001, '2024-12-27', '与955号是同一家企业，编号登记错误');

set zjtx.as_of = '2024-12-31';
call zjtx.sweep('titled_on_day', 'enterprise_id', '{yubei-2024-34}', account => 'rewards');
reset zjtx.as_of;

analyze application;
analyze correction;
