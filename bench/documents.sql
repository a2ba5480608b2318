-- Many stored documents, and the memory they take.
--
-- psql variable: documents, how many to store, 1000 at most.

set search_path = public, zjtx;

-- The shipped documents, examples and all, over and over under other codes and in series of
-- their own.  No two texts are the same, so nothing is compiled once for two of them.
insert into policies (doc)
select regexp_replace(regexp_replace(doc::text, '(?n)^(policy|政策) [^ ]+', '\1 ' || code || '-' || n),
	'(?n)^(  (?:series|系列) [^ ]+)', '\1-' || n)::policy
from (select code, doc, row_number() over (order by code) as place from policies) p,
	generate_series(1, 143) as n
where (n - 1) * 7 + place <= :documents;

-- Without those that were shipped.
create view many as select code from policies where not shipped;

-- What this backend has of its own, in KiB: all private memory, its peak together with what
-- it touched of the shared buffers, and what the contexts of zjtx hold.
create function memory(out private int, out peak int, out zjtx int) language sql volatile as $$
	select (regexp_match(status, 'RssAnon:\s+(\d+)'))[1]::int, (regexp_match(status, 'VmHWM:\s+(\d+)'))[1]::int,
		(select coalesce(sum(total_bytes), 0) / 1024 from pg_backend_memory_contexts where name like 'zjtx%')::int
	from pg_read_file('/proc/self/status') as status
$$;
