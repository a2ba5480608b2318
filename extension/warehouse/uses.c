/*
 * uses.c
 *		Finds database objects whose definitions ask about a row.
 */
#include "postgres.h"

#include "compat.h"
#include "access/htup_details.h"
#include "access/relation.h"
#include "catalog/pg_class.h"
#include "catalog/pg_inherits.h"
#include "catalog/pg_proc.h"
#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "nodes/nodeFuncs.h"
#include "nodes/parsenodes.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/inval.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/rls.h"

#include "attempt.h"
#include "facts/bind.h"
#include "messages.h"
#include "session/stored.h"
#include "own.h"
#include "uses.h"

/* ---------------- where they are ---------------- */

/*
 * Everything that depends on our questions about a row, through functions or operators,
 * and is not a member of the extension.
 */
#define ASKING \
	"WITH members AS (SELECT m.classid, m.objid FROM pg_catalog.pg_depend m" \
	" WHERE m.refclassid OPERATOR(pg_catalog.=) 'pg_catalog.pg_extension'::pg_catalog.regclass" \
	" AND m.refobjid OPERATOR(pg_catalog.=) $1 AND m.deptype OPERATOR(pg_catalog.=) 'e')," \
	" asking AS MATERIALIZED (SELECT DISTINCT d.classid, d.objid, d.objsubid FROM pg_catalog.pg_depend d" \
	" JOIN members m ON m.classid OPERATOR(pg_catalog.=) d.refclassid AND m.objid OPERATOR(pg_catalog.=) d.refobjid" \
	" WHERE d.refclassid OPERATOR(pg_catalog.=) ANY ('{pg_catalog.pg_proc,pg_catalog.pg_operator}'::pg_catalog.regclass[]::pg_catalog.oid[])" \
	" AND d.deptype OPERATOR(pg_catalog.<>) 'e'" \
	" AND NOT EXISTS (SELECT FROM members n WHERE n.classid OPERATOR(pg_catalog.=) d.classid AND n.objid OPERATOR(pg_catalog.=) d.objid))"

#define SOURCE(kind, catalog, object, subid, relation, expression, class, join) \
	" SELECT " kind ", a.classid, " object ", " subid ", " relation ", " expression "::pg_catalog.text FROM asking a" \
	" JOIN " catalog " c ON a.classid OPERATOR(pg_catalog.=) '" class "'::pg_catalog.regclass AND " join \
	" OPERATOR(pg_catalog.=) a.objid WHERE " expression " IS NOT NULL"

#define SOURCES \
	SOURCE("0", "pg_catalog.pg_index", "c.indexrelid", "0", "c.indrelid", "c.indexprs", "pg_catalog.pg_class", "c.indexrelid") \
	" UNION ALL" SOURCE("0", "pg_catalog.pg_index", "c.indexrelid", "0", "c.indrelid", "c.indpred", "pg_catalog.pg_class", "c.indexrelid") \
	" UNION ALL" SOURCE("1", "pg_catalog.pg_constraint", "c.oid", "0", "c.conrelid", "c.conbin", "pg_catalog.pg_constraint", "c.oid") \
	" UNION ALL" SOURCE("2", "pg_catalog.pg_attrdef", "c.oid", "c.adnum::pg_catalog.int4", "c.adrelid", "c.adbin", "pg_catalog.pg_attrdef", "c.oid") \
	" UNION ALL" SOURCE("2", "pg_catalog.pg_attrdef", "c.adrelid", "c.adnum::pg_catalog.int4", "c.adrelid", "c.adbin", "pg_catalog.pg_class", "c.adrelid") \
	" AND a.objsubid OPERATOR(pg_catalog.=) c.adnum" \
	" UNION ALL" SOURCE("3", "pg_catalog.pg_partitioned_table", "c.partrelid", "0", "c.partrelid", "c.partexprs", "pg_catalog.pg_class", "c.partrelid") \
	" UNION ALL" SOURCE("4", "pg_catalog.pg_rewrite", "c.oid", "0", "c.ev_class", "c.ev_action", "pg_catalog.pg_rewrite", "c.oid") \
	" UNION ALL" SOURCE("6", "pg_catalog.pg_policy", "c.oid", "0", "c.polrelid", "c.polqual", "pg_catalog.pg_policy", "c.oid") \
	" UNION ALL" SOURCE("6", "pg_catalog.pg_policy", "c.oid", "0", "c.polrelid", "c.polwithcheck", "pg_catalog.pg_policy", "c.oid") \
	" UNION ALL" SOURCE("6", "pg_catalog.pg_trigger", "c.oid", "0", "c.tgrelid", "c.tgqual", "pg_catalog.pg_trigger", "c.oid") \
	" UNION ALL" SOURCE("6", "pg_catalog.pg_statistic_ext", "c.oid", "0", "c.stxrelid", "c.stxexprs", "pg_catalog.pg_statistic_ext", "c.oid") \
	" UNION ALL" SOURCE("6", "pg_catalog.pg_proc", "c.oid", "0", "0::pg_catalog.oid", "c.prosqlbody", "pg_catalog.pg_proc", "c.oid")

/* ---------------- the questions in an expression ---------------- */

typedef struct UseSearch
{
	const Use  *found_in;
	Oid			row;			/* only questions about this relation's rows,
								 * or InvalidOid for all */
	List	   *uses;
} UseSearch;

static const Compiled *
known_policy(const Const *policy, bool by_name)
{
	char	   *source = TextDatumGetCString(policy->constvalue);

	if (by_name)
		return stored_compiled(source, strlen(source), true, CurrentMemoryContext);
	return compiled_get(source, strlen(source), CurrentMemoryContext);
}

static void
add_use(UseSearch *search, Oid function, List *args)
{
	Node	   *policy;
	Oid			row;
	Use		   *use;

	if (list_length(args) != 2 || !own_member(ProcedureRelationId, function))
		return;
	row = get_typ_typrelid(getBaseType(exprType(linitial(args))));
	if (!OidIsValid(row) || (OidIsValid(search->row) && row != search->row))
		return;
	use = palloc(sizeof(Use));
	*use = *search->found_in;
	use->row = row;
	policy = lsecond(args);
	if (IsA(policy, Const) && !((Const *) policy)->constisnull)
	{
		bool		by_name = ((Const *) policy)->consttype == TEXTOID;

		if (!by_name && ((Const *) policy)->consttype != own_type(OWN_POLICY))
			return;
		use->policy = TextDatumGetCString(((Const *) policy)->constvalue);
		use->compiled = known_policy((Const *) policy, by_name);
	}
	search->uses = lappend(search->uses, use);
}

static bool
find_questions(Node *node, UseSearch *search)
{
	if (node == NULL)
		return false;
	check_stack_depth();
	if (IsA(node, FuncExpr))
		add_use(search, ((FuncExpr *) node)->funcid, ((FuncExpr *) node)->args);
	else if (IsA(node, OpExpr))
		add_use(search, get_opcode(((OpExpr *) node)->opno), ((OpExpr *) node)->args);
	else if (IsA(node, Query))
		return query_tree_walker((Query *) node, find_questions, search, 0);
	return expression_tree_walker(node, find_questions, search);
}

List *
uses_find(Oid row)
{
	MemoryContext context = CurrentMemoryContext;
	UseSearch	search = {.row = row};
	Oid			types[1] = {OIDOID};
	Datum		values[1] = {ObjectIdGetDatum(own_extension())};
	SPITupleTable *table;
	uint64		count;
	uint64		i;

	/* a default is described as its column, as servers before 15 do */
	if (SPI_execute_with_args("SELECT s.*, CASE WHEN s.kind OPERATOR(pg_catalog.=) 2 THEN"
							  " pg_catalog.pg_describe_object('pg_catalog.pg_class'::pg_catalog.regclass, s.relation, s.subid)"
							  " ELSE pg_catalog.pg_describe_object(s.classid, s.objid, 0) END FROM (" ASKING SOURCES
							  ") s (kind, classid, objid, subid, relation, expression) ORDER BY 7, 1, 3",
							  1, types, values, NULL, false, 0) != SPI_OK_SELECT)
		elog(ERROR, "could not look for objects that ask about rows");
	table = SPI_tuptable;
	count = SPI_processed;
	MemoryContextSwitchTo(context);
	for (i = 0; i < count; i++)
	{
		HeapTuple	tuple = table->vals[i];
		Use			use = {0};
		bool		null;

		CHECK_FOR_INTERRUPTS();
		use.kind = (UseKind) DatumGetInt32(SPI_getbinval(tuple, table->tupdesc, 1, &null));
		use.classid = DatumGetObjectId(SPI_getbinval(tuple, table->tupdesc, 2, &null));
		use.object = DatumGetObjectId(SPI_getbinval(tuple, table->tupdesc, 3, &null));
		use.subid = DatumGetInt32(SPI_getbinval(tuple, table->tupdesc, 4, &null));
		use.relation = DatumGetObjectId(SPI_getbinval(tuple, table->tupdesc, 5, &null));
		use.description = SPI_getvalue(tuple, table->tupdesc, 7);
		if (use.kind == USE_VIEW && get_rel_relkind(use.relation) != RELKIND_VIEW)
			use.kind = get_rel_relkind(use.relation) == RELKIND_MATVIEW ? USE_MATERIALIZED_VIEW : USE_OTHER;
		search.found_in = &use;
		(void) find_questions(stringToNode(SPI_getvalue(tuple, table->tupdesc, 6)), &search);
	}
	SPI_freetuptable(table);
	return uses_of_triggers(search.uses, row);
}

/* ---------------- which columns they read ---------------- */

static char *
joined(StringInfo buf)
{
	return buf->len > 0 ? buf->data : NULL;
}

char *
use_absent(const Use *use, TupleDesc desc)
{
	StringInfoData buf;
	int			i,
				j;

	initStringInfo(&buf);
	for (i = 0; use->compiled && i < use->compiled->nprograms; i++)
	{
		const Program *program = use->compiled->programs[i];

		for (j = 1; j < program->nfacts; j++)
			if (fact_column(desc, program->facts[j]) == 0)
				appendStringInfo(&buf, "%s%s", buf.len > 0 ? ", " : "", program->facts[j]->name);
	}
	return joined(&buf);
}

static const char *
column_name(TupleDesc desc, int number)
{
	return number > 0 ? psprintf("column \"%s\"", NameStr(TupleDescAttr(desc, number - 1)->attname)) : "no column";
}

static void
add_moved(StringInfo buf, const char *fact, TupleDesc before, int then, TupleDesc after, int now)
{
	if (then != now)
		appendStringInfo(buf, "%s\"%s\" was given by %s and is given by %s", buf->len > 0 ? "; " : "",
						 fact, column_name(before, then), column_name(after, now));
}

/* The column of a single year, or 0. */
static int
column_of_year(TupleDesc desc, const Fact *fact, int year)
{
	int			column = 0;

	while ((column = years_column(desc, fact, column)) != 0)
		if (years_column_year(NameStr(TupleDescAttr(desc, column - 1)->attname), fact) == year)
			break;
	return column;
}

/* The same for the years that one of two rows has. */
static void
add_moved_years(StringInfo buf, const Fact *fact, TupleDesc before, TupleDesc after)
{
	int			column;
	int			year;

	for (column = 0; (column = years_column(before, fact, column)) != 0;)
	{
		year = years_column_year(NameStr(TupleDescAttr(before, column - 1)->attname), fact);
		add_moved(buf, psprintf("%s[%d]", fact->name, year), before, column, after, column_of_year(after, fact, year));
	}
	for (column = 0; (column = years_column(after, fact, column)) != 0;)
	{
		year = years_column_year(NameStr(TupleDescAttr(after, column - 1)->attname), fact);
		if (column_of_year(before, fact, year) == 0)
			add_moved(buf, psprintf("%s[%d]", fact->name, year), before, 0, after, column);
	}
}

/* Returns the facts that a different column now provides. */
static char *
moved_facts(const Use *use, TupleDesc before, TupleDesc after)
{
	StringInfoData buf;
	int			i,
				j;

	initStringInfo(&buf);
	for (i = 0; use->compiled && i < use->compiled->nprograms; i++)
	{
		const Program *program = use->compiled->programs[i];

		for (j = 0; j < program->nfacts; j++)
		{
			int			then = fact_column(before, program->facts[j]);
			int			now = fact_column(after, program->facts[j]);

			if (program->facts[j]->by_year)
				add_moved_years(&buf, program->facts[j], before, after);
			else
				add_moved(&buf, program->facts[j]->name, before, then, after, now);
		}
	}
	return joined(&buf);
}

const char *
use_remedy(const Use *use)
{
	switch (use->kind)
	{
		case USE_INDEX:
			return "REINDEX it, or make one for the present columns.";
		case USE_CHECK:
			return "Drop the constraint and add it again.";
		case USE_GENERATED:
			return "Drop the column and add it again.";
		case USE_PARTITION_KEY:
			return "Move the rows to a newly partitioned table.";
		case USE_MATERIALIZED_VIEW:
			return "REFRESH it, after its table has the columns that the policy reads.";
		case USE_VIEW:
			return "Name the view's columns like the facts, or publish it again.";
		case USE_TRIGGER:
			return "Name the columns of the relation like the facts, then CALL zjtx.sweep or zjtx.refill.";
		default:
			return "Recreate it for the present columns.";
	}
}

/*
 * The relcache holds expressions that were simplified for the old columns, and REINDEX
 * would use them.
 */
static void
forget_expressions(const Use *use)
{
	ListCell   *cell;

	if (use->kind == USE_INDEX)
		CacheInvalidateRelcacheByRelid(use->object);
	if (use->kind != USE_PARTITION_KEY)
		return;
	foreach(cell, find_all_inheritors(use->relation, NoLock, NULL))
	{
		CacheInvalidateRelcacheByRelid(lfirst_oid(cell));
	}
}

void
uses_warn(Oid relation, TupleDesc before, TupleDesc after)
{
	StringInfoData detail;
	const char *last = "";
	ListCell   *cell;
	int			count = 0;

	initStringInfo(&detail);
	foreach(cell, uses_find(relation))
	{
		const Use  *use = lfirst(cell);
		char	   *moved = moved_facts(use, before, after);
		char	   *line;

		if (moved == NULL)
			continue;
		forget_expressions(use);
		count++;
		line = psprintf("%s: the fact %s.  %s", use->description, moved, use_remedy(use));
		/* an object may ask several policies */
		if (strcmp(line, last) == 0)
			continue;
		appendStringInfo(&detail, "%s%s", detail.len > 0 ? "\n" : "", line);
		last = line;
	}
	if (count > 0)
		ereport(WARNING,
				(errmsg_plural("%d question about rows of \"%s\" reads other columns than before",
							   "%d questions about rows of \"%s\" read other columns than before",
							   count, count, get_rel_name(relation)),
				 errdetail_internal("%s", detail.data),
				 errhint("SELECT * FROM zjtx.lint() finds what is left to do.")));
}

/* ---------------- findings ---------------- */

/* Returns whether the user may see every row of a table, and so may learn their number. */
static bool
may_read(Oid relation)
{
	return pg_class_aclcheck(relation, GetUserId(), ACL_SELECT) == ACLCHECK_OK &&
		check_enable_rls(relation, InvalidOid, true) != RLS_ENABLED;
}

typedef struct StaleUse
{
	const Use  *use;
	int64		stale;
} StaleUse;

static void
ask_stale(void *argument)
{
	StaleUse   *asked = argument;

	asked->stale = use_stale(asked->use);
}

/*
 * Calls use_stale.  An error, for example in a user's function or because a table is gone,
 * is returned as text in *problem, so that the remaining objects are still checked.
 */
static int64
stale_or_problem(const Use *use, char **problem)
{
	StaleUse	asked = {use, -1};
	const		ErrorData *error = attempt(ask_stale, &asked);

	*problem = error ? error->message : NULL;
	return asked.stale;
}

void
use_check(const Use *use, UseReport report, void *argument)
{
	Relation	row = try_relation_open(use->row, AccessShareLock);
	char	   *absent;
	char		kind = get_rel_relkind(use->relation);
	char	   *problem;
	int64		stale;

	/* it may have been dropped concurrently */
	if (row == NULL)
		return;
	absent = use_absent(use, RelationGetDescr(row));
	relation_close(row, NoLock);
	if (absent)
		report(argument, use, "absent", psprintf("no column provides: %s", absent), use_remedy(use));

	/*
	 * for a partitioned table, the indexes and constraints of its partitions
	 * are checked instead
	 */
	if (use->kind > USE_PARTITION_KEY || (kind == RELKIND_PARTITIONED_TABLE && use->kind != USE_PARTITION_KEY))
		return;
	if (!may_read(use->relation))
	{
		report(argument, use, "unread", "this role cannot read the whole table", NULL);
		return;
	}
	stale = stale_or_problem(use, &problem);
	if (problem)
		report(argument, use, "unread", problem, NULL);
	else if (stale > 0)
		report(argument, use, "stale", psprintf("it stores outdated answers for " INT64_FORMAT " of the rows", stale),
			   use_remedy(use));
	else if (stale < 0 && use->kind == USE_INDEX)
		report(argument, use, "unread", "the contents can be checked only of a valid btree index", use_remedy(use));
}
