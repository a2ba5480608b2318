// The three rungs of miit-2022-63 as JSON Logic, compiled by json-logic-engine.
//
// Two rules: the ratios, each once, and the level they give, the highest rung first.

import { LogicEngine } from 'json-logic-engine';

const v = name => ({ var: name });
const div = (a, b) => ({ '/': [v(a), v(b)] });
const plus = (...parts) => ({ '+': parts });
const and = (...parts) => ({ and: parts });
const or = (...parts) => ({ or: parts });
const not = part => ({ '!': [part] });
const ge = (a, b) => ({ '>=': [v(a), b] });
const le = (a, b) => ({ '<=': [v(a), b] });
const is = (a, b) => ({ '===': [v(a), b] });
// A fact that may be none: null would count as 0.
const there = (name, condition) => and({ '!==': [v(name), null] }, condition);
const choose = (steps, otherwise) => ({ if: [...steps.flat(), otherwise] });
// band('x', [[0.5, 20], [0.3, 15]]) is 20 from 0.5, 15 from 0.3, else 0
const band = (name, steps, compare = ge) => choose(steps.map(([bound, points]) => [compare(name, bound), points]), 0);
const recent = list => there(list, { some: [v(list),
  and({ '>': [v(''), { val: [[2], 'three_years_ago'] }] }, { '<=': [v(''), { val: [[2], 'as_of'] }] })] });

const ratios = { eachKey: {
  rd: div('rd_expense', 'revenue'),
  rd_prev: div('rd_expense_prev', 'revenue_prev'),
  share: div('main_revenue', 'revenue'),
  growth: { '-': [div('main_revenue', 'main_revenue_prev'), 1] },
  growth_prev: { '-': [div('main_revenue_prev', 'main_revenue_prev2'), 1] },
  debt: div('total_liabilities', 'total_assets'),
  margin: div('net_profit', 'revenue'),
  staff: div('rd_staff', 'employees'),
} };
const mean = { growth_2y: { '/': [plus(v('growth'), v('growth_prev')), 2] } };

const common = and(v('legal_person'), { in: [v('size_class'), ['micro', 'small', 'medium']] },
  not(v('on_abnormal_list')), not(v('on_dishonesty_list')), not(v('product_prohibited')),
  not(recent('major_incidents')), not(recent('tax_violations')));

const ip = (high, own, one, two) => choose([[ge('class1_ip_high_value', 1), high], [ge('class1_ip_own', 1), own],
  [ge('class1_ip_count', 1), one], [ge('class2_ip_count', 1), two]], 0);

const capability = plus(ip(20, 15, 10, 5), band('rd', [[0.05, 20], [0.03, 15], [0.02, 10], [0.01, 5]]));
const growing = plus(band('growth', [[0.15, 20], [0.10, 15], [0.05, 10], [0, 5]]),
  band('debt', [[0.55, 10], [0.75, 5]], le));
const focus = plus({ if: [v('strategic_emerging'), 10, 5] },
  band('share', [[0.7, 20], [0.6, 15], [0.55, 10], [0.5, 5]]));

const specialized = plus(
  band('share', [[0.8, 5], [0.7, 3], [0.6, 1]]),
  band('growth_2y', [[0.10, 10], [0.08, 8], [0.06, 6], [0.04, 4], [0, 2]]),
  band('niche_years', [[10, 5], [8, 4], [6, 3], [4, 2], [2, 1]]),
  choose([[is('product_field', 'gap_filler'), 5], [is('product_field', 'other'), 0]], 3),
  band('digital_level', [[3, 5], [2, 3]]),
  { min: [5, { '*': [3, plus(...['quality_award', 'qms_certified', 'own_brand', 'standard_participation']
    .map(name => ({ if: [v(name), 1, 0] })))] }] },
  band('margin', [[0.10, 10], [0.08, 8], [0.06, 6], [0.04, 4], [0.02, 2]]),
  band('debt', [[0.5, 5], [0.6, 3], [0.7, 1]], le),
  v('local_points'),
  ip(10, 8, 6, 2),
  { max: [band('rd_expense', [[5000000, 10], [4000000, 8], [3000000, 6], [2000000, 4], [1000000, 2]]),
    band('rd', [[0.10, 10], [0.08, 8], [0.06, 6], [0.04, 4], [0.03, 2]])] },
  band('staff', [[0.2, 5], [0.1, 3], [0.05, 1]]),
  choose([[is('rd_institution_level', 'national'), 10], [is('rd_institution_level', 'provincial'), 8],
    [is('rd_institution_level', 'municipal'), 4], [is('rd_institution_level', 'below_municipal'), 2]], 0));

const giant = and(ge('niche_years', 3), ge('share', 0.7), ge('growth_2y', 0.05), ge('it_supported_processes', 1),
  or(v('qms_certified'), v('product_certified_abroad')), le('debt', 0.7), ge('market_share', 0.10), v('own_brand'),
  v('chain_key_link'), v('chain_gap_filled'), v('key_field'),
  or(there('contest_rank', le('contest_rank', 50)),
    and(v('has_rd_institution'), ge('class1_ip_count', 2), v('class1_ip_in_use'),
      or(and(ge('revenue', 100000000), ge('rd', 0.03), ge('rd_prev', 0.03)),
        and(ge('revenue', 50000000), le('revenue', 100000000), ge('rd', 0.06), ge('rd_prev', 0.06)),
        and(le('revenue', 50000000), ge('equity_raised_2y', 80000000), ge('rd_expense', 30000000),
          ge('staff', 0.5))))));

const second = and(ge('niche_years', 2), ge('rd_expense', 1000000), ge('rd', 0.03),
  or(ge('revenue', 10000000), ge('equity_raised_2y', 20000000)),
  or({ '>=': [{ '/': [plus(v('rd_expense'), v('rd_expense_prev')), 2] }, 10000000] }, ge('equity_raised_2y', 60000000),
    there('contest_rank', le('contest_rank', 500)), { '>=': [specialized, 60] }));

const first = or(there('hightech_until', { '<=': [v('as_of'), v('hightech_until')] }),
  is('tech_demo_level', 'national'),
  there('ip_demo_until', { '<=': [v('as_of'), v('ip_demo_until')] }),
  { in: [v('rd_institution_level'), ['national', 'provincial']] }, ge('equity_raised_3y', 5000000),
  and({ '>=': [capability, 20] }, { '>=': [growing, 15] }, { '>=': [focus, 15] },
    { '>=': [plus(capability, growing, focus), 60] }));

const engine = new LogicEngine();
const findRatios = engine.build(ratios);
const findMean = engine.build({ eachKey: mean });
const findLevel = engine.build({ if: [not(common), 0, giant, 3, second, 2, first, 1, 0] });

const level = row => {
  Object.assign(row, findRatios(row));
  Object.assign(row, findMean(row));
  return findLevel(row);
};

export const judge = async rows => rows.map(level);
