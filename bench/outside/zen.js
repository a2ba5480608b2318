// The three rungs of miit-2022-63 as a JDM decision for GoRules ZEN.
//
// Two expression nodes: the ratios and scores, each once, and the level they give.  A bound
// is a conditional expression: a decision table for each band would cost more.  ZEN compares
// no null, so a fact that may be none is asked for first.

import zen from '@gorules/zen-engine';

// band('x', [[0.5, 20], [0.3, 15]], 0) is x >= 0.5 ? 20 : x >= 0.3 ? 15 : 0
const band = (value, steps, otherwise, operator = '>=') =>
  '(' + steps.map(([bound, points]) => `${value} ${operator} ${bound} ? ${points} : `).join('') + otherwise + ')';
const cases = (steps, otherwise) =>
  '(' + steps.map(([condition, points]) => `${condition} ? ${points} : `).join('') + otherwise + ')';
const sum = (...parts) => parts.join(' + ');
const recent = list => `(${list} != null and some(${list}, # > three_years_ago and # <= as_of))`;

const ratios = {
  rd: 'rd_expense / revenue',
  rd_prev: 'rd_expense_prev / revenue_prev',
  share: 'main_revenue / revenue',
  growth: 'main_revenue / main_revenue_prev - 1',
  growth_2y: '($.growth + main_revenue_prev / main_revenue_prev2 - 1) / 2',
  debt: 'total_liabilities / total_assets',
  margin: 'net_profit / revenue',
  staff: 'rd_staff / employees',
  common: "legal_person and size_class in ['micro', 'small', 'medium'] and not on_abnormal_list" +
    ' and not on_dishonesty_list and not product_prohibited' +
    ` and not ${recent('major_incidents')} and not ${recent('tax_violations')}`,
};

const ip = (high, own, one, two) => cases([['class1_ip_high_value >= 1', high], ['class1_ip_own >= 1', own],
  ['class1_ip_count >= 1', one], ['class2_ip_count >= 1', two]], 0);

const innovative = {
  capability: sum(ip(20, 15, 10, 5), band('rd', [[0.05, 20], [0.03, 15], [0.02, 10], [0.01, 5]], 0)),
  growing: sum(band('growth', [[0.15, 20], [0.10, 15], [0.05, 10], [0, 5]], 0),
    band('debt', [[0.55, 10], [0.75, 5]], 0, '<=')),
  focus: sum('(strategic_emerging ? 10 : 5)', band('share', [[0.7, 20], [0.6, 15], [0.55, 10], [0.5, 5]], 0)),
};

const specialized = sum(
  band('share', [[0.8, 5], [0.7, 3], [0.6, 1]], 0),
  band('growth_2y', [[0.10, 10], [0.08, 8], [0.06, 6], [0.04, 4], [0, 2]], 0),
  'min([5, floor(niche_years / 2)])',
  cases([["product_field == 'gap_filler'", 5], ["product_field == 'other'", 0]], 3),
  band('digital_level', [[3, 5], [2, 3]], 0),
  'min([5, 3 * ((quality_award ? 1 : 0) + (qms_certified ? 1 : 0) + (own_brand ? 1 : 0) + '
    + '(standard_participation ? 1 : 0))])',
  band('margin', [[0.10, 10], [0.08, 8], [0.06, 6], [0.04, 4], [0.02, 2]], 0),
  band('debt', [[0.5, 5], [0.6, 3], [0.7, 1]], 0, '<='),
  'local_points',
  ip(10, 8, 6, 2),
  'max([' + band('rd_expense', [[5000000, 10], [4000000, 8], [3000000, 6], [2000000, 4], [1000000, 2]], 0) + ', ' +
    band('rd', [[0.10, 10], [0.08, 8], [0.06, 6], [0.04, 4], [0.03, 2]], 0) + '])',
  band('staff', [[0.2, 5], [0.1, 3], [0.05, 1]], 0),
  cases([["rd_institution_level == 'national'", 10], ["rd_institution_level == 'provincial'", 8],
    ["rd_institution_level == 'municipal'", 4], ["rd_institution_level == 'below_municipal'", 2]], 0));

const giant = 'niche_years >= 3 and share >= 0.7 and growth_2y >= 0.05 and it_supported_processes >= 1' +
  ' and (qms_certified or product_certified_abroad) and debt <= 0.7 and market_share >= 0.10 and own_brand' +
  ' and chain_key_link and chain_gap_filled and key_field' +
  ' and ((contest_rank != null and contest_rank <= 50)' +
  ' or (has_rd_institution and class1_ip_count >= 2 and class1_ip_in_use' +
  ' and ((revenue >= 100000000 and rd >= 0.03 and rd_prev >= 0.03)' +
  ' or (revenue >= 50000000 and revenue <= 100000000 and rd >= 0.06 and rd_prev >= 0.06)' +
  ' or (revenue <= 50000000 and equity_raised_2y >= 80000000 and rd_expense >= 30000000 and staff >= 0.5))))';

const second = 'niche_years >= 2 and rd_expense >= 1000000 and rd >= 0.03' +
  ' and (revenue >= 10000000 or equity_raised_2y >= 20000000)' +
  ' and ((rd_expense + rd_expense_prev) / 2 >= 10000000 or equity_raised_2y >= 60000000' +
  ` or (contest_rank != null and contest_rank <= 500) or ${specialized} >= 60)`;

const first = '(hightech_until != null and as_of <= hightech_until) or tech_demo_level == "national"' +
  ' or (ip_demo_until != null and as_of <= ip_demo_until)' +
  " or rd_institution_level in ['national', 'provincial'] or equity_raised_3y >= 5000000" +
  ` or (${innovative.capability} >= 20 and ${innovative.growing} >= 15 and ${innovative.focus} >= 15` +
  ` and ${sum(innovative.capability, innovative.growing, innovative.focus)} >= 60)`;

const node = (id, expressions, passThrough) => ({
  id, name: id, type: 'expressionNode',
  content: { passThrough, expressions: Object.entries(expressions).map(([key, value]) => ({ id: key, key, value })) },
});

const nodes = [
  { id: 'input', name: 'input', type: 'inputNode' },
  node('ratios', ratios, true),
  node('level', { level: `not common ? 0 : (${giant}) ? 3 : (${second}) ? 2 : (${first}) ? 1 : 0` }, false),
  { id: 'output', name: 'output', type: 'outputNode' },
];
const edges = nodes.slice(1).map((to, i) => ({ id: `e${i}`, type: 'edge', sourceId: nodes[i].id, targetId: to.id }));

const decision = new zen.ZenEngine().createDecision(new zen.ZenDecisionContent({ nodes, edges }));

// All rows of a batch at once: ZEN judges them in threads of its own.
export const judge = async rows =>
  (await Promise.all(rows.map(row => decision.evaluate(row)))).map(answer => answer.result.level);
