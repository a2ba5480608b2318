// node judge.js zen|json_logic
//
// Reads the table "outside" over the local socket, a cursor's batch at a time, judges the
// rows by one of the engines, and writes their levels into "placed" in batches, while the
// next batch is on its way.  Prints nanoseconds a row, the best of three runs after a first:
// all of it, and what of it was spent in the engine.  PGHOST and its kin say where.
//
// Numbers become JavaScript's, which is what the engines take, and dates days since 1970.

import pg from 'pg';
import Cursor from 'pg-cursor';

const batchSize = 5000;
const { judge } = await import(`./${process.argv[2]}.js`);

const DATE = 1082, DATES = 1182, NUMERIC = 1700, BIGINT = 20;
const day = text => Date.parse(text) / 86400000;
pg.types.setTypeParser(DATE, day);
pg.types.setTypeParser(DATES, text => text.slice(1, -1).split(',').filter(Boolean).map(day));
pg.types.setTypeParser(NUMERIC, Number);
pg.types.setTypeParser(BIGINT, Number);

const [reader, writer] = [new pg.Client(), new pg.Client()];
await Promise.all([reader.connect(), writer.connect()]);

const facts = `legal_person, size_class, revenue, revenue_prev, main_revenue, main_revenue_prev,
  main_revenue_prev2, rd_expense, rd_expense_prev, net_profit, total_assets, total_liabilities,
  equity_raised_2y, equity_raised_3y, employees, rd_staff, niche_years, product_field,
  strategic_emerging, key_field, chain_gap_filled, chain_key_link, market_share,
  class1_ip_count, class1_ip_own, class1_ip_high_value, class1_ip_in_use, class2_ip_count,
  rd_institution_level, has_rd_institution, tech_demo_level, contest_rank, digital_level,
  quality_award, qms_certified, product_certified_abroad, own_brand, standard_participation,
  it_supported_processes, local_points, on_abnormal_list, on_dishonesty_list, major_incidents,
  tax_violations, product_prohibited, hightech_until, ip_demo_until, as_of,
  (as_of - interval '3 years')::date as three_years_ago`;

async function run() {
  await writer.query('drop table if exists placed');
  await writer.query('create unlogged table placed (id bigint, level int)');
  let rows = 0, judging = 0n;
  const start = process.hrtime.bigint();
  const cursor = reader.query(new Cursor(`select id, ${facts} from part`));
  await writer.query('begin');
  let batch = await cursor.read(batchSize);
  while (batch.length > 0) {
    const next = cursor.read(batchSize);
    const before = process.hrtime.bigint();
    const levels = await judge(batch);
    judging += process.hrtime.bigint() - before;
    await writer.query('insert into placed select * from unnest($1::bigint[], $2::int[])',
      [batch.map(row => row.id), levels]);
    rows += batch.length;
    batch = await next;
  }
  await writer.query('commit');
  await cursor.close();
  return [process.hrtime.bigint() - start, judging].map(time => Math.round(Number(time) / rows));
}

await run();
let best = await run();
for (let i = 0; i < 2; i++) {
  const times = await run();
  if (times[0] < best[0]) best = times;
}
console.log(best.join(' '));
await Promise.all([reader.end(), writer.end()]);
