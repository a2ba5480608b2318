-- Tables of a document, and the same data as facts by year and as plain columns.
--
-- psql variable: rows.

set search_path = public, zjtx;

-- Of each enterprise an industry, one of a thousand, and its sector, one of ten, each as a text and
-- as a number; and figures of three years, in a column for each year and in columns whose names
-- say how long ago.
create unlogged table figures as
select id, as_of, 'i' || pick(id, 201, 1000) as industry, 'i' || pick(id, 201, 10) as sector,
	pick(id, 201, 1000) as industry_number, pick(id, 201, 10) as sector_number,
	revenue as revenue_2024, revenue_prev as revenue_2023, main_revenue_prev2 as revenue_2022,
	rd_expense as rd_expense_2024, rd_expense_prev as rd_expense_2023,
	revenue, revenue_prev, main_revenue_prev2 as revenue_prev2, rd_expense, rd_expense_prev
from enterprise;
vacuum analyze figures;

-- A document that looks up, in a table of n rows, what an enterprise must reach by a fact that is a text or
-- a number; each has its row.
create function lookup_of(n int, fact text, by text) returns policy language sql immutable as $$
	select (format('policy lookup-%s ''%s rows'' fact revenue number at least 0 fact %s %s table t by %s (least) ',
			n, n, fact, by, by)
		|| string_agg(format(case by when 'text' then '''i%s'': (%s)' else '%s: (%s)' end, i, 1000000 + i), ', ' order by i)
		|| format(' clause a reward when revenue >= t[%s].least pay 1元', fact))::policy
	from generate_series(0, n - 1) as i
$$;

-- The same rule of facts by year, and of plain ones.
create function growing(by_year boolean) returns policy language sql immutable as $$
	select (case when by_year then
		'policy by-year ''by year'' fact revenue number 元 by year at least 0 fact rd_expense number 元 by year at least 0
		clause a reward when revenue[last_year] / revenue[last_year - 1] >= 110% and
			revenue[last_year - 1] / revenue[last_year - 2] >= 90%
			and (rd_expense[last_year] + rd_expense[last_year - 1]) / (revenue[last_year] + revenue[last_year - 1]) >= 2%
			pay 1元'
	else
		'policy plain ''plain'' fact revenue number 元 at least 0 fact revenue_prev number 元 at least 0
		fact revenue_prev2 number 元 at least 0 fact rd_expense number 元 at least 0 fact rd_expense_prev number 元 at least 0
		clause a reward when revenue / revenue_prev >= 110% and revenue_prev / revenue_prev2 >= 90%
			and (rd_expense + rd_expense_prev) / (revenue + revenue_prev) >= 2% pay 1元'
	end)::policy
$$;
