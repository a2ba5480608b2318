-- Documents of many clauses.

set search_path = public, zjtx;

-- A document of n clauses, each of three conditions of which the last decides: false for all
-- the enterprises if never, else true for some.
create function clauses_of(n int, never boolean) returns policy language sql immutable as $$
	select ('policy growth-' || n || ' ''' || n || ' clauses''' || string_agg(format(e'\n'
		'clause %s reward when rd_expense / revenue < %s%% and main_revenue >= %s元 and niche_years >= %s年 pay %s元',
		i, trim_scale(20 + i / 10.0), 100 + i, i % 11 + case when never then 12 else 0 end, i), '' order by i)
		|| e'\nfact rd_expense number 元 at least 0 fact revenue number 元 at least 0'
		' fact main_revenue number 元 at least 0 fact niche_years number 年 at least 0')::policy
	from generate_series(1, n) as i
$$;
