-- A district's warehouse in the form such warehouses have: one table for the
-- enterprises, and child tables for what comes in years, in events or in lists.
-- 3-facts.sql brings them together in one view.

create table enterprise (
  enterprise_id   integer primary key,
  name            text not null,
  credit_code     text not null unique,
  region          text,
  street          text,
  formerly_yubei  boolean,
  established_on  date,
  legal_person    boolean,
  industry_tags   text[],
  size_class      text,
  listed_status   text,
  employees       integer check (employees >= 0),
  rd_staff        integer check (rd_staff >= 0),
  on_abnormal_list   boolean,
  on_dishonesty_list boolean,
  product_prohibited boolean,
  vat_small_scale    boolean,
  small_low_profit   boolean,
  six_taxes_two_fees numeric(16,2),
  six_taxes_cut_rate numeric(4,3) check (six_taxes_cut_rate between 0 and 0.5),
  earlier_event_confirmed boolean,
  hardtech_pool      boolean,
  pool_entered_on    date,
  pool_left_on       date,
  pool_base_revenue  numeric(16,2)
);
comment on table  enterprise is '企业:every enterprise of the district, its registration and its standing with the tax office';
comment on column enterprise.enterprise_id      is 'number of the enterprise in this warehouse';
comment on column enterprise.name               is '企业名称, put together from syllables: any likeness is chance';
comment on column enterprise.credit_code        is '统一社会信用代码, not a real one';
comment on column enterprise.region             is '注册区县';
comment on column enterprise.street             is '街道（镇）, of 渝北区; NULL: in another district, or not on file';
comment on column enterprise.formerly_yubei     is '住所在2025年11月6日以前的渝北区范围内; NULL: not looked into, as only 两江新区 and 北碚区 need it';
comment on column enterprise.established_on     is '成立日期';
comment on column enterprise.legal_person       is '独立法人';
comment on column enterprise.industry_tags      is '产业领域标签';
comment on column enterprise.size_class         is '企业划型: micro, small, medium, large';
comment on column enterprise.listed_status      is '上市状态: unlisted, otc, neeq, bse, star, chinext, main, overseas';
comment on column enterprise.employees          is '从业人员数';
comment on column enterprise.rd_staff           is '研发人员数';
comment on column enterprise.on_abnormal_list   is '列入经营异常名录';
comment on column enterprise.on_dishonesty_list is '列入严重失信主体名单';
comment on column enterprise.product_prohibited is '产品属禁止限制淘汰类';
comment on column enterprise.vat_small_scale    is '增值税小规模纳税人';
comment on column enterprise.small_low_profit   is '小型微利企业';
comment on column enterprise.six_taxes_two_fees is '六税两费应纳税额, 元; NULL: none payable';
comment on column enterprise.six_taxes_cut_rate is '六税两费实际减征幅度, a fraction: 50% is 0.5; NULL: not on file';
comment on column enterprise.earlier_event_confirmed is '本措施印发前的事项经政策兑现部门确认可以享受; NULL: not decided, or nothing to decide';
comment on column enterprise.hardtech_pool      is '在硬科技企业帮扶库';
comment on column enterprise.pool_entered_on    is '入库日期';
comment on column enterprise.pool_left_on       is '移出帮扶库日期';
comment on column enterprise.pool_base_revenue  is '入库基期营业收入, that of the year of entry, 元; NULL: not reported yet';

create table finance (
  enterprise_id integer references enterprise,
  year          integer,
  revenue       numeric(16,2) check (revenue >= 0),
  main_revenue  numeric(16,2) check (main_revenue >= 0),
  output_value  numeric(16,2),
  rd_expense    numeric(16,2),
  rd_investment numeric(16,2),
  rd_expensed   numeric(16,2),
  rd_intangible_cost       numeric(16,2),
  rd_super_deduction_filed numeric(16,2),
  net_profit        numeric(16,2),
  taxable_income    numeric(16,2),
  total_assets      numeric(16,2),
  total_liabilities numeric(16,2),
  primary key (enterprise_id, year)
);
comment on table  finance is '财务年报:one row for an enterprise and year, in 元; NULL: not reported';
comment on column finance.enterprise_id      is 'the enterprise';
comment on column finance.year               is '会计年度';
comment on column finance.revenue            is '营业收入';
comment on column finance.main_revenue       is '主营业务收入';
comment on column finance.output_value       is '生产产值';
comment on column finance.rd_expense         is '研发费用';
comment on column finance.rd_investment      is '研发投入';
comment on column finance.rd_expensed        is '费用化研发支出';
comment on column finance.rd_intangible_cost is '研发形成无形资产成本';
comment on column finance.rd_super_deduction_filed is '研发费用加计扣除备案额';
comment on column finance.net_profit         is '净利润';
comment on column finance.taxable_income     is '应纳税所得额';
comment on column finance.total_assets       is '年末资产总额';
comment on column finance.total_liabilities  is '年末负债总额';

create table financing (
  enterprise_id integer references enterprise,
  paid_on       date,
  amount        numeric(16,2),
  primary key (enterprise_id, paid_on)
);
comment on table  financing is '股权融资:equity paid in by qualified institutional investors';
comment on column financing.enterprise_id is 'the enterprise';
comment on column financing.paid_on       is '到账日期';
comment on column financing.amount        is '实缴金额, 元; NULL: not disclosed';

create table survey (
  enterprise_id            integer primary key references enterprise,
  niche_years              integer,
  product_field            text,
  strategic_emerging       boolean,
  key_field                boolean,
  chain_gap_filled         boolean,
  chain_key_link           boolean,
  market_share             numeric(5,4) check (market_share between 0 and 1),
  domestic_rank            integer,
  has_hard_tech            boolean,
  class1_ip_count          integer,
  class1_ip_own            integer,
  class1_ip_high_value     integer,
  class1_ip_in_use         boolean,
  class2_ip_count          integer,
  rd_institution_level     text,
  has_rd_institution       boolean,
  tech_center_level        text,
  tech_demo_level          text,
  contest_rank             integer,
  digital_level            smallint,
  quality_award            boolean,
  qms_certified            boolean,
  product_certified_abroad boolean,
  own_brand                boolean,
  standard_participation   boolean,
  it_supported_processes   integer,
  local_points             numeric(4,1),
  development_score        numeric(4,1),
  smart_factory_level      text,
  smart_green_retrofit     boolean,
  new_mode_project         boolean,
  tech_task_project        boolean,
  rd_subsidy_confirmed     boolean,
  incubated_by_institute   boolean,
  first_set_product        boolean,
  invention_patent_funded  boolean,
  has_invention_patent     boolean,
  gov_procurement_bid      numeric(16,2),
  bid_not_reserved         boolean
);
comment on table  survey is '创新与专业化调查:product, technology and quality as the last survey found them; NULL: not asked or not answered';
comment on column survey.enterprise_id            is 'the enterprise';
comment on column survey.niche_years              is '从事特定细分市场年限';
comment on column survey.product_field            is '主导产品所属领域: gap_filler, six_base, time_honored, key_chain_supplier, other';
comment on column survey.strategic_emerging       is '属战略性新兴产业';
comment on column survey.key_field                is '属小巨人重点领域';
comment on column survey.chain_gap_filled         is '补短板锻长板填空白取得实效';
comment on column survey.chain_key_link           is '处于产业链关键环节';
comment on column survey.market_share             is '主导产品全国细分市场占有率, a fraction: 10% is 0.10';
comment on column survey.domestic_rank            is '主导产品国内市场排名';
comment on column survey.has_hard_tech            is '自主研发硬科技';
comment on column survey.class1_ip_count          is 'Ⅰ类知识产权数';
comment on column survey.class1_ip_own            is '自主研发Ⅰ类知识产权数';
comment on column survey.class1_ip_high_value     is '高价值Ⅰ类知识产权数';
comment on column survey.class1_ip_in_use         is 'Ⅰ类知识产权已应用见效';
comment on column survey.class2_ip_count          is 'Ⅱ类知识产权数';
comment on column survey.rd_institution_level     is '研发机构级别: national, provincial, municipal, below_municipal, none';
comment on column survey.has_rd_institution       is '建有研发机构';
comment on column survey.tech_center_level        is '企业技术中心级别: national, municipal, none';
comment on column survey.tech_demo_level          is '技术创新示范企业级别: national, municipal, none';
comment on column survey.contest_rank             is '创客中国企业组名次';
comment on column survey.digital_level            is '数字化水平, 1 to 4';
comment on column survey.quality_award            is '省级以上质量奖';
comment on column survey.qms_certified            is '质量管理体系认证';
comment on column survey.product_certified_abroad is '产品通过发达国家和地区认证';
comment on column survey.own_brand                is '自主品牌';
comment on column survey.standard_participation   is '参与制修订标准';
comment on column survey.it_supported_processes   is '信息系统支撑的核心业务数';
comment on column survey.local_points             is '特色化得分, 0 to 15';
comment on column survey.development_score        is '专精特新发展评价得分, 0 to 100';
comment on column survey.smart_factory_level      is '数字化车间智能工厂绿色工厂认定: national, municipal, district';
comment on column survey.smart_green_retrofit     is '实施智能化或者绿色化改造; NULL: not asked';
comment on column survey.new_mode_project         is '新模式新场景项目';
comment on column survey.tech_task_project        is '重大创新攻关项目';
comment on column survey.rd_subsidy_confirmed     is '经审核符合研发补贴政策; NULL: not applied for';
comment on column survey.incubated_by_institute   is '高新技术产业研究院孵化企业';
comment on column survey.first_set_product        is '首台套首批次首版次产品';
comment on column survey.invention_patent_funded  is '发明专利或标准化项目';
comment on column survey.has_invention_patent     is '拥有发明专利';
comment on column survey.gov_procurement_bid      is '政府采购投标报价, 元';
comment on column survey.bid_not_reserved         is '所投采购项目未专门面向中小企业预留份额';

create table title (
  enterprise_id integer references enterprise,
  kind          text check (kind in ('innovative', 'specialized', 'little_giant', 'champion',
                                     'gazelle', 'unicorn', 'hightech', 'tech_sme', 'ip_demo')),
  awarded_on    date not null,
  valid_until   date,
  primary key (enterprise_id, kind)
);
comment on table  title is '称号:titles that were awarded, the last validity of each';
comment on column title.enterprise_id is 'the enterprise';
comment on column title.kind          is 'innovative 创新型, specialized 专精特新, little_giant 小巨人, champion 单项冠军, gazelle 瞪羚, unicorn 独角兽, hightech 高新技术企业, tech_sme 科技型中小企业, ip_demo 知识产权优势或示范企业';
comment on column title.awarded_on    is '认定日';
comment on column title.valid_until   is '有效期至, the last day';

create table review (
  enterprise_id integer references enterprise,
  title         text check (title in ('specialized', 'little_giant')),
  passed_on     date,
  growth_2y     numeric(8,4),
  primary key (enterprise_id, title, passed_on)
);
comment on table  review is '复核:reviews that were passed';
comment on column review.enterprise_id is 'the enterprise';
comment on column review.title         is 'the title reviewed: specialized 市级专精特新, little_giant 国家小巨人';
comment on column review.passed_on     is '复核通过日';
comment on column review.growth_2y     is 'mean growth of main revenue over the two years before, a fraction; NULL: not on file';

create table listing (
  enterprise_id integer references enterprise,
  step          text,
  reached_on    date not null,
  market        text,
  primary key (enterprise_id, step)
);
comment on table  listing is '上市挂牌:each step towards an exchange and the day it was reached';
comment on column listing.enterprise_id is 'the enterprise';
comment on column listing.step          is 'otc_growth_board, otc_srdi_board, neeq_kernel, neeq_filing, neeq_base, neeq_innovation, neeq_select, ipo_tutoring_report, ipo_tutoring_accepted, ipo_application_accepted, ipo_listed';
comment on column listing.reached_on    is 'the day of the step; of one that is planned, a day to come';
comment on column listing.market        is '首发上市板块 for ipo_listed: main, star, chinext, bse, overseas';

create table lease (
  enterprise_id integer references enterprise,
  no            integer,
  owner         text check (owner in ('state', 'private')),
  area          numeric(10,2),
  rent          numeric(8,2),
  months        integer check (months between 1 and 12),
  idle          boolean,
  primary key (enterprise_id, no)
);
comment on table  lease is '厂房租赁:premises rented in the year';
comment on column lease.enterprise_id is 'the enterprise';
comment on column lease.no            is 'number of the lease within the enterprise';
comment on column lease.owner         is 'whose building it is: state 国有, private 社会';
comment on column lease.area          is '面积, 平方米; NULL: contract not on file';
comment on column lease.rent          is '租金, 元/平方米·月; NULL: contract not on file';
comment on column lease.months        is 'months rented in the year';
comment on column lease.idle          is '闲置, whether private premises stood idle; NULL: not looked into, or state premises';

create table award (
  enterprise_id integer references enterprise,
  year          integer,
  level         text check (level in ('national', 'provincial')),
  rank          integer check (rank >= 1),
  primary key (enterprise_id, year, level)
);
comment on table  award is '科技奖励:science and technology awards';
comment on column award.enterprise_id is 'the enterprise';
comment on column award.year          is 'year of the award';
comment on column award.level         is 'national 国家级, provincial 省级';
comment on column award.rank          is 'place of the enterprise among the winners';

create table incident (
  enterprise_id integer references enterprise,
  kind          text check (kind in ('major_incident', 'larger_accident', 'serious_violation', 'tax_violation')),
  happened_on   date,
  primary key (enterprise_id, kind, happened_on)
);
comment on table  incident is '违法与事故:incidents, accidents and violations; the register is complete';
comment on column incident.enterprise_id is 'the enterprise';
comment on column incident.kind          is 'major_incident 重大事故, larger_accident 较大以上生产安全事故, serious_violation 严重环境、质量和行业违法违规, tax_violation 偷漏税等违法';
comment on column incident.happened_on   is 'the day it happened';

create table confirmation (
  enterprise_id integer references enterprise,
  fact          text,
  confirmed     boolean not null,
  primary key (enterprise_id, fact)
);
comment on table  confirmation is '核对:what an office has found out or decided about an enterprise where the text leaves it open; no row: not yet';
comment on column confirmation.enterprise_id is 'the enterprise';
comment on column confirmation.fact          is 'the fact, under the name that the policies use';
comment on column confirmation.confirmed     is 'what was found or decided';

create table platform (
  enterprise_id integer primary key references enterprise,
  kind          text not null check (kind in ('public_service', 'startup_base', 'incubator')),
  level         text not null check (level in ('national', 'municipal', 'district')),
  assessment    text
);
comment on table  platform is '服务平台:public service platforms and incubators';
comment on column platform.enterprise_id is 'the enterprise that runs it';
comment on column platform.kind          is '平台类别';
comment on column platform.level         is '平台级别';
comment on column platform.assessment    is '市级年度考核结果; NULL: not assessed yet';
