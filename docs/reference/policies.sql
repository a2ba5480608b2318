-- Prints docs/reference/policies.md, which is not kept, from the documents in a database: make policies
\pset format unaligned
\pset tuples_only on
\pset recordsep '\n'
set search_path = zjtx, public;

select $md$# The shipped documents

Every provision of every document that comes with zjtx: its article, what it became
in the language, the sentence of the article and who is responsible, how it is read,
and its worked examples.  `make policies` prints this page from the documents themselves.

An example is listed with what it expects; its facts stand in the document, under
`extension/policies/`.$md$;

with shown as (
	select p.code as policy, v.ordinality as place, v.*
	from policies p, lateral provisions(p.doc) with ordinality v
	where p.shipped
), exemplified as (
	select p.code as policy, x.expected, x.example, x.ordinality
	from policies p, lateral examples(p.doc) with ordinality x
), listed as (
	select s.policy, s.place,
		string_agg('* ' || x.example || ' → `' || x.expected || '`', E'\n' order by x.ordinality) as examples
	from shown s join exemplified x on x.policy = s.policy
		and (s.kind in ('eligibility', 'reward', 'subsidy', 'tax', 'points') and
				(x.expected like 'clause ' || s.code || ' %' or x.expected like '条款 ' || s.code || ' %') and
				x.expected !~ ' (stage|阶段) '
			or s.kind = 'stage' and
				(x.expected like 'clause ' || replace(s.code, '/', ' stage ') || ' %' or
				 x.expected like '条款 ' || replace(s.code, '/', ' 阶段 ') || ' %')
			or s.kind = 'rung' and
				(x.expected like 'rung ' || s.code || ' %' or x.expected = 'placement ' || s.code)
			or s.kind = 'definition' and x.expected like s.code || ' %')
	group by 1, 2
)
select case when s.kind = 'policy' then format(E'\n## %s %s\n\n', s.code, s.title)
		else format(E'\n### %s%s %s\n\n', case s.kind when 'stage' then '' else s.kind || ' ' end,
			s.code, coalesce(s.title, '')) end
	|| concat_ws(E'\n\n',
		nullif(concat_ws('; ',
			'Article ' || s.article,
			case when s.kind <> 'policy' and s.subject <> 'enterprise' then 'asked of a ' || s.subject end,
			case when cardinality(s.catalogue) > 0 then 'items ' || array_to_string(s.catalogue, ', ') end), ''),
		s.summary,
		'> ' || s.wording,
		'责任单位：' || array_to_string(s.offices, '、'),
		case when s.kind <> 'stage' then regexp_replace(regexp_replace(E'\n' || s.statement, E'\n', E'\n    ', 'g'), '^\n', '') end,
		case when l.examples is not null then E'Examples:\n\n' || l.examples end)
from shown s
left join listed l on l.policy = s.policy and l.place = s.place
order by s.policy collate "C", s.place;
