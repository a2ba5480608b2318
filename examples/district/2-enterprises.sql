-- 53,000 enterprises, the same ones on every run and machine: whatever looks
-- random is a hash of the enterprise's number and of the thing asked about.
-- The years 2020 to 2023 are on file and the day judged is 2024-12-31, when
-- every clause of the district's policy is in force.

begin;
set local client_min_messages = warning;

-- Dice, dropped at the end.  u is uniform in [0, 1), z normal with mean 0 and
-- deviation 1, pick one of a list.
create schema dice;

create function dice.u(id integer, about text) returns float8
  language sql immutable strict parallel safe
  return ((hashtextextended(about, id) >> 11) & ((1::bigint << 53) - 1)) / (1::bigint << 53)::float8;

create function dice.z(id integer, about text) returns float8
  language sql immutable strict parallel safe
  return sqrt(-2 * ln(1 - dice.u(id, about || '/r'))) * cos(2 * pi() * dice.u(id, about || '/a'));

create function dice.pick(id integer, about text, choices text[]) returns text
  language sql immutable strict parallel safe
  return choices[1 + floor(dice.u(id, about) * cardinality(choices))::integer];

-- The kinds of enterprise behind the figures.  share is a share of the
-- district; money is in 元; the chances are of having one at all.
create temp table kind on commit drop as
select *, sum(share) over (order by ord) - share as from_share, sum(share) over (order by ord) as to_share
from (values
  --   kind          share    revenue  spread  growth        R&D            main   debt  niche
  (1, 'giant'     , 0.0012, 160000000, 0.65, 0.15, 0.13, 0.060, 0.020, 1.00, 0.93, 0.46,  9),
  (2, 'specialized',0.0065,  52000000, 0.80, 0.13, 0.17, 0.055, 0.020, 1.00, 0.88, 0.50,  6),
  (3, 'innovative', 0.0150,  16000000, 0.90, 0.09, 0.20, 0.045, 0.020, 0.98, 0.82, 0.53,  4),
  (4, 'tech'      , 0.0600,   4200000, 1.10, 0.05, 0.24, 0.022, 0.015, 0.55, 0.80, 0.55,  4),
  (5, 'large'     , 0.0012,1500000000, 0.80, 0.03, 0.10, 0.015, 0.010, 0.60, 0.85, 0.62, 12),
  (6, 'ordinary'  , 0.9161,    380000, 1.55, 0.02, 0.28, 0.010, 0.010, 0.04, 0.85, 0.58,  3)
) as k (ord, kind, share, revenue, spread, growth, growth_spread, rd, rd_spread, rd_chance, main, debt, niche);

create temp table draft on commit drop as
select id, kind.*,
       -- the day of registration: the titled are older
       date '2024-12-20' - (case when kind in ('giant', 'large') then 2900 when kind = 'specialized' then 2300
                                 when kind = 'innovative' then 1700 else 180 end
                            + 6000 * power(dice.u(id, 'established'), 1.1))::integer as established_on,
       kind.revenue * exp(spread * dice.z(id, 'revenue')) as revenue_2023,
       greatest(-0.75, case when dice.u(id, 'growth 20%') < 0.02 then 0.20
                            else round((kind.growth + growth_spread * dice.z(id, 'growth'))::numeric, 3) end) as growth_2023,
       greatest(-0.75, round((kind.growth + growth_spread * dice.z(id, 'growth before'))::numeric, 3)) as growth_2022,
       greatest(-0.75, round((kind.growth + growth_spread * dice.z(id, 'growth long before'))::numeric, 3)) as growth_2021,
       case when dice.u(id, 'does R&D') < rd_chance then greatest(0.001, rd + rd_spread * dice.z(id, 'R&D')) else 0 end as rd_ratio,
       least(1, main + 0.07 * dice.z(id, 'main')) as main_ratio,
       least(1.6, greatest(0.03, debt + 0.17 * dice.z(id, 'debt'))) as debt_ratio
from generate_series(1, 53000) as id
join kind on dice.u(id, 'kind') >= from_share and dice.u(id, 'kind') < to_share;

create unique index on draft (id);
analyze draft;

-- Names: two syllables before the trade, one of 86,400 combinations each.
insert into enterprise (enterprise_id, name, credit_code, region, street, formerly_yubei, established_on, legal_person, industry_tags,
                        size_class, listed_status, employees, rd_staff,
                        on_abnormal_list, on_dishonesty_list, product_prohibited,
                        vat_small_scale, small_low_profit, six_taxes_two_fees, six_taxes_cut_rate, earlier_event_confirmed,
                        hardtech_pool, pool_entered_on, pool_left_on, pool_base_revenue)
select id,
       '重庆' || (array['渝','嘉','巴','缙','云','瑞','恒','信','华','盛','鼎','宏','泰','安','捷','创','科','新','博','汇',
                        '正','远','明','佳','兴','隆','海','凯','迅','天','启','睿','中','国','长','江','金','山','东','南',
                        '西','北','利','德','仁','和','润','泽','丰','源','众','联','合','力','强','永','久','卓','越','锦'])[
                       1 + combination % 60]
              || (array['达','飞','腾','拓','锐','航','辰','星','耀','峰','岭','川','帆','易','通','顺','诚','邦','凡','诺',
                        '特','姆','科','维','智','能','芯','光','电','磁','晶','材','旭','昊','宇','宙','晖','朗','荣','昌',
                        '茂','林','森','松','柏','竹','梅','兰','菊','荷','翔','鹏','鹤','鸿','雁','骏','驰','骋','跃','迈'])[
                       1 + combination / 60 % 60]
              || trade[1 + combination / 3600]
              || case when kind in ('giant', 'large') and dice.u(id, 'form') < 0.6 then '股份有限公司'
                      when kind = 'ordinary' and dice.u(id, 'form') < 0.1 then '经营部' else '有限公司' end,
       '91500112ZJ' || lpad(id::text, 7, '0') || 'X',
       case when dice.u(id, 'region') < 0.004 then null
            when dice.u(id, 'region') < 0.930 then '渝北区'
            else dice.pick(id, 'other region', array['江北区', '巴南区', '北碚区', '大足区', '两江新区']) end,
       -- industry gathers in some streets, shops in others
       case when dice.u(id, 'region') >= 0.004 and dice.u(id, 'region') < 0.930 and dice.u(id, 'street unknown') >= 0.01
            then dice.pick(id, 'street', case kind when 'ordinary'
                 then array['龙溪街道', '龙溪街道', '龙溪街道', '龙山街道', '龙山街道', '龙塔街道', '龙塔街道', '双龙湖街道', '双龙湖街道', '双龙湖街道',
                            '回兴街道', '回兴街道', '双凤桥街道', '双凤桥街道', '宝圣湖街道', '仙桃街道', '王家街道', '玉峰山镇', '洛碛镇', '石船镇']
                 else array['仙桃街道', '仙桃街道', '仙桃街道', '仙桃街道', '回兴街道', '回兴街道', '回兴街道', '双凤桥街道', '双凤桥街道', '双凤桥街道',
                            '宝圣湖街道', '宝圣湖街道', '王家街道', '王家街道', '玉峰山镇', '双龙湖街道', '龙溪街道', '龙山街道', '洛碛镇', '石船镇'] end) end,
       case when dice.u(id, 'region') >= 0.930 and dice.pick(id, 'other region', array['江北区', '巴南区', '北碚区', '大足区', '两江新区']) = '两江新区'
                 and dice.u(id, 'formerly') < 0.6 then dice.u(id, 'formerly') < 0.4 end,
       established_on,
       case when dice.u(id, 'legal person') < 0.003 then null
            else kind <> 'ordinary' or dice.u(id, 'legal person') >= 0.12 end,
       case when kind <> 'ordinary' and dice.u(id, 'tags') < 0.8
            then array[dice.pick(id, 'tag', array['汽车电子', '智能网联', '新能源', '新材料', '高端装备', '集成电路', '软件信息', '生物医药'])]
                 || case when dice.u(id, 'tags') < 0.15 then array['绿色制造'] end end,
       case when dice.u(id, 'size unknown') < 0.01 then null
            when employees >= 1000 and revenue_2023 >= 400000000 then 'large'
            when employees >=  300 and revenue_2023 >=  20000000 then 'medium'
            when employees >=   20 and revenue_2023 >=   3000000 then 'small'
            else 'micro' end,
       'unlisted',                -- set below for those that are
       case when dice.u(id, 'employees unknown') < 0.01 then null else employees end,
       case when dice.u(id, 'R&D staff unknown') < 0.02 then null
            when rd_ratio = 0 then 0
            else least(employees, ceil(employees * least(0.7, greatest(0.02, 2.2 * rd_ratio + 0.06 + 0.06 * dice.z(id, 'R&D staff')))))::integer end,
       case when dice.u(id, 'abnormal') < 0.002 then null
            else dice.u(id, 'abnormal') > (case kind when 'ordinary' then 0.965 else 0.995 end) end,
       case when dice.u(id, 'dishonest') < 0.001 then null else dice.u(id, 'dishonest') > 0.997 end,
       case when dice.u(id, 'prohibited') < 0.002 then null else dice.u(id, 'prohibited') > 0.998 end,
       case when dice.u(id, 'small scale') < 0.01 then null else revenue_2023 < 5000000 end,
       case when dice.u(id, 'low profit') < 0.01 then null
            else employees <= 300 and revenue_2023 < 50000000 and dice.u(id, 'low profit') < 0.97 end,
       case when dice.u(id, 'taxes due') < 0.85 then round((revenue_2023 * 0.0035 * exp(0.5 * dice.z(id, 'six taxes')))::numeric, 2) end,
       case when dice.u(id, 'taxes due') < 0.85 and dice.u(id, 'tax cut') < 0.96 then 0.5 end,
       -- asked of those alone that may have something from before the measures
       case when kind in ('giant', 'specialized', 'innovative') and dice.u(id, 'confirmed') < 0.7 then dice.u(id, 'confirmed') < 0.6 end,
       in_pool and dice.u(id, 'pool left') >= 0.1,
       case when in_pool then pool_entered_on end,
       case when in_pool and dice.u(id, 'pool left') < 0.08 then least(pool_entered_on + 150 + floor(150 * dice.u(id, 'pool left day'))::integer, date '2024-12-31') end,
       -- the report of 2024 is still to come
       case when in_pool and pool_entered_on < '2024-01-01' then round(revenue_2023::numeric, 2) end
from (select *,
             -- 7919 has no factor in common with 86400, so no name comes twice
             id * 7919::bigint % 86400 as combination,
             case when kind = 'ordinary'
                  then array['商贸','贸易','物流','餐饮管理','建筑劳务','装饰工程','广告传媒','企业管理咨询','物业管理','汽车服务','酒店管理','教育咨询',
                             '园林绿化','建材','服饰','食品','农业开发','电子商务','文化传播','人力资源','运输','房地产经纪','家政服务','医药零售']
                  else array['汽车电子','智能装备','机械制造','新材料','仪器仪表','自动化技术','软件技术','半导体','模具','新能源科技','生物技术','医疗器械',
                             '环保技术','轨道交通装备','精密铸造','电机','传感技术','网联科技','航空部件','信息技术','齿轮','电池科技','检测技术','机器人'] end as trade,
             greatest(1, round(revenue_2023 / (case kind when 'ordinary' then 220000 when 'large' then 1300000 else 480000 end)
                               * exp(0.5 * dice.z(id, 'employees'))))::integer as employees,
             kind in ('giant', 'specialized', 'innovative') and dice.u(id, 'pool') < 0.12 as in_pool,
             date '2023-07-01' + floor(500 * dice.u(id, 'pool day'))::integer as pool_entered_on
      from draft) as d;

-- The annual reports.  2022 and 2023 grow from 2021 so that a growth of exactly
-- 20% is exactly 20%; 2020 is 2021 taken back by its growth.
insert into finance
select id, year, revenue,
       case when dice.u(id, 'main unknown ' || year) >= main_unknown then main_revenue end,
       round(main_revenue * 1.02, 2),
       case when dice.u(id, 'R&D unknown ' || year) >= 0.012 then rd_expense end,
       case when dice.u(id, 'R&D unknown ' || year) >= 0.012 then round(rd_expense * 1.1, 2) end,
       case when dice.u(id, 'R&D split unknown ' || year) >= 0.05 then rd_expense - rd_intangible_cost end,
       nullif(rd_intangible_cost, 0),
       case when rd_expense > 0 and dice.u(id, 'filed ' || year) < 0.8 then round(rd_expense * 0.9, 2) else 0 end,
       case when dice.u(id, 'profit unknown ' || year) >= 0.02 then net_profit end,
       case when dice.u(id, 'profit unknown ' || year) >= 0.02 then round(net_profit * 1.08, 2) end,
       case when dice.u(id, 'balance unknown ' || year) >= 0.03 then total_assets end,
       case when dice.u(id, 'balance unknown ' || year) >= 0.03 then round(total_assets * debt_ratio::numeric, 2) end
from (select id, kind, year, revenue, debt_ratio,
             case kind when 'ordinary' then 0.02 else 0.01 end as main_unknown,
             round(revenue * main_ratio::numeric, 2) as main_revenue,
             round(revenue * rd_year, 2) as rd_expense,
             case when dice.u(id, 'intangible') < 0.25 then round(revenue * rd_year * 0.3, 2) else 0 end as rd_intangible_cost,
             round(revenue * (0.06 + 0.05 * dice.z(id, 'margin ' || year))::numeric, 2) as net_profit,
             round(revenue * (0.6 + 1.4 * dice.u(id, 'assets'))::numeric + 20000, 2) as total_assets
      from (select id, kind, year, main_ratio, debt_ratio,
                   (case when rd_ratio = 0 then 0 else greatest(0.0005, rd_ratio * (1 + 0.12 * dice.z(id, 'R&D ' || year))) end)::numeric(7,5) as rd_year,
                   -- hundreds of 元 in 2021, so the later ones are exact to the 分
                   case year when 2020 then first_year / (1 + growth_2021)
                             when 2021 then first_year
                             when 2022 then first_year * (1 + growth_2022)
                             else first_year * (1 + growth_2022) * (1 + growth_2023) end::numeric(16,2) as revenue
            from (select *, case when dice.u(id, 'idle') < 0.003 and kind = 'ordinary' then 0
                                 else round((revenue_2023 / (1 + growth_2023) / (1 + growth_2022))::numeric, -2) end as first_year
                  from draft) as d,
                 generate_series(2020, 2023) as year
            where year >= extract(year from established_on)) as y) as f;

insert into financing
select id, date '2021-03-01' + floor(1090 * dice.u(id, 'raised on'))::integer,
       case when dice.u(id, 'undisclosed') >= 0.06
            then round(exp(16.6 + 1.0 * dice.z(id, 'raised'))::numeric, -4) end
from draft
where dice.u(id, 'raised at all') < (case kind when 'giant' then 0.35 when 'specialized' then 0.14
                                               when 'innovative' then 0.07 when 'tech' then 0.008 else 0 end);

-- ip is how many class I rights; those in house and of high value are among them.
insert into survey
select id,
       case when dice.u(id, 'niche unknown') >= 0.01
            then least(year_age, greatest(0, round(niche + 2.5 * dice.z(id, 'niche'))))::integer end,
       case when kind = 'ordinary' then 'other'
            when dice.u(id, 'field unknown') < 0.02 then null
            when dice.u(id, 'field') < strong * 0.22 then 'gap_filler'
            when dice.u(id, 'field') < strong * 0.50 then 'six_base'
            when dice.u(id, 'field') < strong * 0.85 then 'key_chain_supplier'
            when dice.u(id, 'field') > 0.99 then 'time_honored' else 'other' end,
       case when dice.u(id, 'emerging unknown') < 0.01 then null else dice.u(id, 'emerging') < 0.03 + 0.70 * strong end,
       case when dice.u(id, 'key field unknown') < 0.01 then null else dice.u(id, 'key field') < 0.01 + 0.94 * strong end,
       case when candidate and dice.u(id, 'gap unknown') >= 0.04 then dice.u(id, 'gap') < 0.90 * strong
            when kind = 'ordinary' then false end,
       case when candidate and dice.u(id, 'link unknown') >= 0.04 then dice.u(id, 'link') < 0.92 * strong
            when kind = 'ordinary' then false end,
       case when candidate and dice.u(id, 'share unknown') >= 0.08
            then least(0.95, greatest(0.001, 0.20 * strong * strong * exp(0.55 * dice.z(id, 'share'))))::numeric(5,4) end,
       case when candidate and dice.u(id, 'rank unknown') >= 0.30
            then greatest(1, round(22 - 20 * strong + 6 * dice.z(id, 'rank')))::integer end,
       case when candidate then dice.u(id, 'hard tech') < 0.6 * strong when kind = 'ordinary' then false end,
       case when ip_known then ip end,
       case when ip_known then floor(ip * (0.5 + 0.5 * dice.u(id, 'own ip')))::integer end,
       case when ip_known then floor(ip * 0.5 * dice.u(id, 'valued ip'))::integer end,
       case when ip_known and dice.u(id, 'ip use unknown') >= 0.03 then ip > 0 and dice.u(id, 'ip use') < 0.93 end,
       case when ip_known then case when ip > 0 or dice.u(id, 'class 2') < 0.03 + 0.6 * strong
                                    then floor(1 + 20 * strong * dice.u(id, 'class 2 count'))::integer else 0 end end,
       case when kind = 'ordinary' then 'none'
            when dice.u(id, 'institution unknown') < 0.02 then null
            when dice.u(id, 'institution') < 0.06 * strong then 'national'
            when dice.u(id, 'institution') < 0.40 * strong * strong then 'provincial'
            when dice.u(id, 'institution') < 0.60 * strong then 'municipal'
            when dice.u(id, 'institution') < 0.98 * strong then 'below_municipal' else 'none' end,
       case when kind = 'ordinary' then false
            when dice.u(id, 'institution unknown') < 0.02 then null else dice.u(id, 'institution') < 0.98 * strong end,
       case when dice.u(id, 'tech center') < 0.04 * strong then 'national'
            when dice.u(id, 'tech center') < 0.30 * strong * strong then 'municipal' else 'none' end,
       case when dice.u(id, 'tech demo') < 0.01 * strong then 'national'
            when dice.u(id, 'tech demo') < 0.04 * strong then 'municipal' else 'none' end,
       case when candidate and dice.u(id, 'contest') < 0.05 * strong then 1 + floor(700 * dice.u(id, 'contest rank'))::integer end,
       case when candidate or dice.u(id, 'digital unknown') < 0.3
            then least(4, greatest(1, round(1.1 + 1.8 * strong + 0.6 * dice.z(id, 'digital'))))::integer end,
       case when kind = 'ordinary' then false else dice.u(id, 'quality award') < 0.07 * strong end,
       case when kind = 'ordinary' then dice.u(id, 'qms') < 0.03
            when dice.u(id, 'qms unknown') < 0.02 then null else dice.u(id, 'qms') < 0.25 + 0.72 * strong end,
       case when candidate then dice.u(id, 'abroad') < 0.45 * strong when kind = 'ordinary' then false end,
       case when kind = 'ordinary' then dice.u(id, 'brand') < 0.05
            when dice.u(id, 'brand unknown') < 0.02 then null else dice.u(id, 'brand') < 0.30 + 0.67 * strong end,
       case when kind = 'ordinary' then false
            when dice.u(id, 'standards unknown') < 0.03 then null else dice.u(id, 'standards') < 0.55 * strong end,
       case when candidate or dice.u(id, 'systems known') < 0.5
            then greatest(0, round(4 * strong + 1.2 * dice.z(id, 'systems')))::integer end,
       -- only those that applied to the city were given these points
       case when candidate and dice.u(id, 'local unknown') >= 0.35
            then least(15, greatest(0, round((6 + 6 * strong + 2.5 * dice.z(id, 'local'))::numeric, 1))) end,
       case when candidate and dice.u(id, 'development unknown') >= 0.20
            then least(100, greatest(0, round((30 + 40 * strong + 9 * dice.z(id, 'development'))::numeric, 1))) end,
       case when dice.u(id, 'smart') < 0.03 * strong then 'national'
            when dice.u(id, 'smart') < 0.14 * strong then 'municipal'
            when dice.u(id, 'smart') < 0.20 * strong then 'district' end,
       case when kind = 'ordinary' then false when dice.u(id, 'retrofit known') < 0.5 then dice.u(id, 'retrofit') < 0.4 * strong end,
       case when dice.u(id, 'new mode') < 0.06 * strong then true end,
       case when dice.u(id, 'task') < 0.04 * strong then true end,
       case when kind = 'ordinary' then false when dice.u(id, 'subsidy known') < 0.4 then dice.u(id, 'subsidy') < 0.6 end,
       case when candidate and dice.u(id, 'incubated') < 0.03 then true end,
       case when dice.u(id, 'first set') < 0.05 * strong then true end,
       case when dice.u(id, 'patent fund') < 0.25 * strong then true end,
       case when kind = 'ordinary' then false when dice.u(id, 'patents known') < 0.9 then dice.u(id, 'patents') < 0.2 + 0.7 * strong end,
       case when dice.u(id, 'bid') < 0.004 then round((revenue_2023 * 0.1)::numeric, 2) end,
       case when dice.u(id, 'bid') < 0.004 and dice.u(id, 'reserved known') < 0.8 then dice.u(id, 'reserved') < 0.6 end
from (select *,
             -- how far along the enterprise is, 0 to 1
             case kind when 'giant' then 1.0 when 'specialized' then 0.75 when 'innovative' then 0.5
                       when 'tech' then 0.2 when 'large' then 0.5 else 0 end as strong,
             kind in ('giant', 'specialized', 'innovative') as candidate,
             dice.u(id, 'ip unknown') >= (case kind when 'ordinary' then 0.006 else 0.02 end) as ip_known,
             case when dice.u(id, 'has ip') < (case kind when 'ordinary' then 0.002 when 'tech' then 0.35 else 0.96 end)
                  then 1 + floor((case kind when 'giant' then 22 when 'specialized' then 11 when 'innovative' then 5
                                            when 'large' then 20 else 3 end) * power(dice.u(id, 'ip'), 1.5))::integer
                  else 0 end as ip,
             (2024 - extract(year from established_on))::integer as year_age
      from draft) as d;

-- Titles come in batches, are valid for three years, and for three more with
-- each review.  Those that were not reviewed in time have lapsed.
create temp table round on commit drop as
select id, kind as enterprise_kind, title, batch::date as awarded_on, first_review, second_review
from (select id, kind, 'specialized' as title,
             dice.pick(id, 'batch', case when kind = 'giant'
                 then array['2018-12-20', '2018-12-20', '2019-12-10', '2019-12-10', '2020-12-08', '2020-12-08', '2021-11-30', '2022-01-24']
                 else array['2018-12-20', '2019-12-10', '2020-12-08', '2021-11-30', '2021-11-30', '2022-01-24', '2022-09-28',
                            '2022-09-28', '2023-07-14', '2023-07-14', '2024-07-05', '2024-07-05'] end) as batch,
             dice.u(id, 'first review') < 0.86 as first_review, dice.u(id, 'second review') < 0.88 as second_review
      from draft
      where kind = 'giant' or kind = 'specialized' and dice.u(id, 'titled') < 0.80
                           or kind = 'innovative' and dice.u(id, 'titled') < 0.03
      union all
      select id, kind, 'little_giant',
             dice.pick(id, 'giant batch', array['2019-06-05', '2020-11-13', '2021-07-19', '2021-07-19', '2022-08-08', '2022-08-08',
                                                '2023-07-14', '2023-07-14', '2024-09-02']),
             dice.u(id, 'first giant review') < 0.90, dice.u(id, 'second giant review') < 0.90
      from draft
      where kind = 'giant' and dice.u(id, 'giant titled') < 0.85) as r;

insert into review
select id, title, passed_on, growth_2y
from round,
     lateral (values (1, least(awarded_on + 1096 - floor(60 * dice.u(id, title || ' early'))::integer,
                               -- the batch of January 2022 was reviewed ahead of time
                               case awarded_on when '2022-01-24' then date '2024-12-18' else 'infinity' end)),
                     (2, awarded_on + 2192 - floor(60 * dice.u(id, title || ' early'))::integer)) as time (nth, passed_on),
     lateral (select case when dice.u(id, title || ' review growth unknown' || nth) >= 0.10
                          then round((0.11 + 0.13 * dice.z(id, title || ' review growth' || nth))::numeric, 4) end as growth_2y) as growth
where first_review and (nth = 1 or second_review) and passed_on <= '2024-12-31';

insert into title
select id, title, awarded_on,
       (awarded_on + make_interval(years => 3 + 3 * (select count(*)::integer from review as r
                                                     where r.enterprise_id = id and r.title = round.title)))::date - 1
from round;

insert into title
select id, title, awarded_on,
       case when years > 0 then (awarded_on + make_interval(years => years))::date - 1 end
from draft,
     lateral (values
       ('innovative', greatest(established_on + 400, date '2022-03-01' + floor(1000 * dice.u(id, 'innovative on'))::integer), 3,
                      case kind when 'innovative' then 0.70 when 'specialized' then 0.45 when 'tech' then 0.04 else 0 end),
       ('champion',   date '2022-11-25', 3, case kind when 'giant' then 0.06 else 0 end),
       ('gazelle',    date '2023-05-18', 0, case kind when 'giant' then 0.15 when 'specialized' then 0.05 else 0 end),
       ('unicorn',    date '2024-03-29', 0, case kind when 'giant' then 0.02 else 0 end),
       ('hightech',   date '2021-10-12' + 365 * floor(4 * dice.u(id, 'hightech on'))::integer, 3,
                      case kind when 'giant' then 0.97 when 'specialized' then 0.88 when 'innovative' then 0.55
                                when 'tech' then 0.16 when 'large' then 0.30 else 0 end),
       ('tech_sme',   date '2024-04-01' + floor(200 * dice.u(id, 'tech sme on'))::integer, 1,
                      case kind when 'giant' then 0.40 when 'specialized' then 0.60 when 'innovative' then 0.60
                                when 'tech' then 0.25 else 0 end),
       ('ip_demo',    date '2022-10-20', 3, case kind when 'giant' then 0.18 when 'specialized' then 0.05 else 0 end)
     ) as t (title, awarded_on, years, chance)
where dice.u(id, 'title ' || title) < chance and awarded_on between established_on and '2024-12-31';

-- The way to an exchange.  Most who go it hold a title; some began before they
-- had one, which the district does not reward.
create temp table way on commit drop as
select id, market, reached,
       date '2020-06-01' + floor(1500 * dice.u(id, 'listing day'))::integer as begun_on
from (select id, market,
             1 + floor(4 * dice.u(id, 'listing progress'))::integer as reached,
             row_number() over (partition by id order by dice.u(id, 'way ' || market)) as n
      from draft,
           lateral (values ('otc',  case kind when 'giant' then 0.20 when 'specialized' then 0.12 when 'innovative' then 0.03 when 'tech' then 0.002 else 0 end),
                           ('neeq', case kind when 'giant' then 0.20 when 'specialized' then 0.05 when 'innovative' then 0.008 else 0 end),
                           ('ipo',  case kind when 'giant' then 0.25 when 'specialized' then 0.02 when 'large' then 0.08 else 0 end)) as w (market, chance)
      where dice.u(id, 'way ' || market) < chance) as w
where n = 1;

insert into listing
select id, step, reached_on,
       case when step = 'ipo_listed' then dice.pick(id, 'exchange', array['star', 'chinext', 'chinext', 'bse', 'main', 'overseas']) end
from way,
     lateral (values ('otc',  1, case when dice.u(id, 'otc board') < 0.5 then 'otc_growth_board' else 'otc_srdi_board' end, begun_on + 500),
                     ('otc',  4, 'otc_srdi_board', begun_on + 700),
                     ('neeq', 1, 'neeq_kernel', begun_on),
                     ('neeq', 2, 'neeq_filing', begun_on + 45),
                     ('neeq', 3, case when dice.u(id, 'layer') < 0.7 then 'neeq_base' else 'neeq_innovation' end, begun_on + 210),
                     -- the select layer closed when it became the Beijing exchange
                     ('neeq', 4, case when begun_on + 260 <= '2021-11-12' then 'neeq_select' else 'neeq_innovation' end, begun_on + 260),
                     ('ipo',  1, 'ipo_tutoring_report', begun_on),
                     ('ipo',  2, 'ipo_tutoring_accepted', begun_on + 240),
                     ('ipo',  3, 'ipo_application_accepted', begun_on + 330),
                     ('ipo',  4, 'ipo_listed', begun_on + 690)) as step (way, nth, step, reached_on)
where step.way = way.market and nth <= reached and reached_on <= '2024-12-31'
on conflict do nothing;

update enterprise as e
set listed_status = l.status
from (select enterprise_id,
             coalesce(max(market),
                      case when bool_or(step in ('neeq_base', 'neeq_innovation', 'neeq_select')) then 'neeq'
                           when bool_or(step like 'otc%') then 'otc' else 'unlisted' end) as status
      from listing group by enterprise_id) as l
where l.enterprise_id = e.enterprise_id;

-- Steps that are planned: what comes next on the way, in 2025.
insert into listing
select id, step, date '2025-01-15' + floor(320 * dice.u(id, 'planned day'))::integer,
       case when step = 'ipo_listed' then dice.pick(id, 'exchange', array['star', 'chinext', 'chinext', 'bse', 'main', 'overseas']) end
from way,
     lateral (values ('otc',  2, 'otc_srdi_board'),
                     ('neeq', 2, 'neeq_filing'), ('neeq', 3, 'neeq_base'),
                     ('ipo',  2, 'ipo_tutoring_accepted'), ('ipo', 3, 'ipo_application_accepted'), ('ipo', 4, 'ipo_listed')) as next (way, nth, step)
where next.way = way.market and nth = reached + 1 and begun_on + 400 < '2025-01-01' and dice.u(id, 'planned') < 0.5
on conflict do nothing;

insert into lease
select id, no, owner,
       case when dice.u(id, 'area unknown' || no) >= 0.03
            then round((exp(7.3 + 0.8 * dice.z(id, 'area' || no)) * (case kind when 'giant' then 3 when 'specialized' then 1.8 when 'ordinary' then 0.25 else 1 end))::numeric, 1) end,
       case when dice.u(id, 'rent unknown' || no) < 0.03 then null
            when dice.u(id, 'rent of 20' || no) < 0.06 then 20.00
            else round(greatest(8, (case owner when 'state' then 21 else 25 end) + 6 * dice.z(id, 'rent' || no))::numeric, 1) end,
       case when dice.u(id, 'whole year' || no) < 0.75 then 12 else 1 + floor(11 * dice.u(id, 'months' || no))::integer end,
       case when owner = 'private' and dice.u(id, 'idle known' || no) < 0.9 then dice.u(id, 'idle before' || no) < 0.6 end
from draft, generate_series(1, 2) as no,
     lateral (select case when dice.u(id, 'owner' || no) < 0.35 then 'state' else 'private' end as owner) as o
where dice.u(id, 'lease' || no) < (case kind when 'giant' then 0.60 when 'specialized' then 0.60 when 'innovative' then 0.45
                                             when 'tech' then 0.30 when 'large' then 0.15 else 0.10 end) / (no * no);

insert into award
select id, 2019 + floor(6 * dice.u(id, 'award year'))::integer,
       case when dice.u(id, 'award level') < 0.12 then 'national' else 'provincial' end,
       1 + floor(9 * dice.u(id, 'award rank'))::integer
from draft
where dice.u(id, 'award') < (case kind when 'giant' then 0.20 when 'specialized' then 0.05 when 'innovative' then 0.015 when 'large' then 0.10 else 0 end);

insert into incident
select id, what, date '2019-01-01' + floor(2180 * dice.u(id, what || ' day'))::integer
from draft, lateral (values ('major_incident', 0.0008), ('larger_accident', 0.0012), ('serious_violation', 0.001),
                            ('tax_violation', 0.006)) as i (what, chance)
where dice.u(id, what) < chance;

-- What the text leaves open is asked for those alone that it concerns.
insert into confirmation
select id, fact, dice.u(id, fact) < yes
from draft, lateral (values ('in_directory', 0.5, kind in ('giant', 'specialized', 'innovative')),
                            ('smart_factory_built', 0.3, kind in ('giant', 'specialized', 'innovative', 'large')),
                            ('innovative_enterprise_confirmed', 0.5, kind in ('innovative', 'tech')),
                            ('listing_step_confirmed', 0.5, kind in ('giant', 'specialized')),
                            ('digital_support_confirmed', 0.4, kind in ('giant', 'specialized', 'innovative')),
                            ('rd_reward_confirmed', 0.6, kind in ('giant', 'specialized', 'innovative', 'tech'))) as c (fact, yes, concerned)
where concerned and dice.u(id, fact || ' looked into') < 0.4;

insert into platform
select id, dice.pick(id, 'platform kind', array['public_service', 'startup_base', 'incubator']),
       dice.pick(id, 'platform level', array['national', 'municipal', 'municipal', 'district', 'district']),
       case when dice.u(id, 'platform assessment') < 0.7 then dice.pick(id, 'platform grade', array['优秀', '良好', '合格']) end
from draft
where kind in ('tech', 'ordinary') and dice.u(id, 'platform') < 0.0008;

create index on enterprise (region);
create index on enterprise (name);
create index on title (kind, valid_until);

drop schema dice cascade;
commit;

vacuum analyze;
