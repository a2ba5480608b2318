/*
 * publish_allotment.c
 *		publish_allotment(relation, key, p, view): a view with the places and shares of each enterprise.
 *
 * The view calls allot() when it is read.  So it reads with the rights of the role that queries it, and is never out
 * of date.
 */
#include "postgres.h"

#include <ctype.h>

#include "access/xact.h"
#include "catalog/namespace.h"
#include "catalog/pg_class.h"
#include "catalog/pg_proc.h"
#include "catalog/pg_type.h"
#include "compat.h"
#include "executor/spi.h"
#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/regproc.h"
#include "utils/varlena.h"

#include "answers/phrases.h"
#include "language/names.h"
#include "messages.h"
#include "session/stored.h"
#include "allot_policy.h"
#include "keys.h"
#include "own.h"
#include "publish.h"
#include "relation.h"

ZJTX_FUNCTION(zjtx_publish_allotment);
ZJTX_FUNCTION(zjtx_publish_allotment_name);

/* Room for a suffix that makes a name unique. */
#define SUFFIX_LENGTH 5

/* What the view shows of a selection and of a line of a budget; %s is its title. */
typedef struct ShownColumn
{
	const char *suffix;
	const char *column;			/* of zjtx.allotted */
	const char *aggregate;		/* aggregate that returns the only value */
	const char *english;
	const char *chinese;
} ShownColumn;

static const ShownColumn of_selection[] = {
	{"member", "member", "bool_or", "%s: whether the enterprise is one of those among whom it is selected; NULL while undecided.",
	"%s：是否属于参选范围；未定为空。"},
	{"place_low", "place_low", "max", "%s: the best place that the enterprise can have.", "%s：可能的最好名次。"},
	{"place_high", "place_high", "max", "%s: the worst place that the enterprise can have; differs from the best while facts are unknown and where others tie.",
	"%s：可能的最差名次；资料未齐或有并列时与最好名次不同。"},
	{"selected", "selected", "bool_or", "%s: whether the enterprise is selected; NULL while undecided.", "%s：是否选取；未定为空。"},
	{"needed", "needed", "max", "%s: what the first sort key must outdo to be surely selected, if nothing else changes.",
	"%s：其他企业不变时，第一排序指标须优于此值方可确定选取。"}
};

static const ShownColumn of_line[] = {
	{"claim_low", "claim_low", "max", "%s: the least that it pays before the budget is divided, in yuan.", "%s：兑现前应付的最低数，元。"},
	{"claim_high", "claim_high", "max", "%s: the most that it can pay before the budget is divided, in yuan; NULL without a limit.",
	"%s：兑现前可能的最高数，元；没有上限时为空。"},
	{"amount_low", "amount_low", "max", "%s: the least that the budget pays of it, in yuan.", "%s：总额内兑现的最低数，元。"},
	{"amount_high", "amount_high", "max", "%s: the most that the budget can pay of it, in yuan; equal to the least when it is decided.",
	"%s：总额内可能兑现的最高数，元；已定时与最低数相同。"}
};

typedef struct AllotmentColumns
{
	StringInfoData query;
	StringInfoData comments;
	const char *view;			/* qualified and quoted */
	bool		chinese;
	Symbols    *names;
} AllotmentColumns;

/* An identifier from codes: lower-case letters and digits, and _ for other characters of ASCII. */
static char *
identifier(AllotmentColumns *columns, const char *code, const char *clause, const char *suffix)
{
	char	   *whole = clause ? psprintf("%s_%s", code, clause) : pstrdup(code);
	int			room = NAMEDATALEN - 1 - strlen(suffix) - 1 - SUFFIX_LENGTH;
	char	   *name;
	char	   *at;
	int			i;

	for (at = whole; *at; at++)
		if (!IS_HIGHBIT_SET(*at))
			*at = isalnum((unsigned char) *at) ? pg_tolower((unsigned char) *at) : '_';
	whole = pnstrdup(whole, pg_mbcliplen(whole, strlen(whole), room));
	name = psprintf("%s_%s", whole, suffix);
	for (i = 2; !symbols_add(columns->names, name, NULL); i++)
		name = psprintf("%s_%d_%s", whole, i, suffix);
	return name;
}

static void
add_columns(AllotmentColumns *columns, const Provision *provision, const char *clause, const char *title, const ShownColumn *shown, int nshown)
{
	int			i;

	for (i = 0; i < nshown; i++)
	{
		const char *name = quote_identifier(identifier(columns, provision->code, clause, shown[i].suffix));
		char	   *comment = psprintf(columns->chinese ? shown[i].chinese : shown[i].english, title);

		appendStringInfo(&columns->query, ", pg_catalog.%s(a.%s) FILTER (WHERE a.code OPERATOR(pg_catalog.=) %s",
						 shown[i].aggregate, shown[i].column, quote_literal_cstr(provision->code));
		if (clause)
			appendStringInfo(&columns->query, " AND a.clause OPERATOR(pg_catalog.=) %s", quote_literal_cstr(clause));
		appendStringInfo(&columns->query, ") AS %s", name);
		appendStringInfo(&columns->comments, "COMMENT ON COLUMN %s.%s IS %s;", columns->view, name, quote_literal_cstr(comment));
	}
}

/* 《示范企业》 or the code */
static char *
title_of(const Provision *provision, const char *clause)
{
	const char *title = provision->title ? provision->title : provision->code;

	return clause ? psprintf("%s %s", title, clause) : pstrdup(title);
}

static void
add_program(AllotmentColumns *columns, const Program *program)
{
	int			i,
				j;

	for (i = 0; i < program->nselections; i++)
	{
		const Provision *provision = &program->selections[i].selection->provision;

		if (program->selections[i].answers)
			add_columns(columns, provision, NULL, title_of(provision, NULL), of_selection, lengthof(of_selection));
	}
	for (i = 0; i < program->nbudgets; i++)
	{
		const BudgetEntry *budget = &program->budgets[i];
		const Provision *provision = &budget->budget->provision;

		for (j = 0; j < budget->nlines; j++)
			if (budget->lines[j].number >= 0)
				add_columns(columns, provision, budget->lines[j].code, title_of(provision, budget->lines[j].code),
							of_line, lengthof(of_line));
	}
}

/* ---------------- the view ---------------- */

/* Finds allot(regclass, text, text or policy, text). */
static Oid
allot_function(bool by_name)
{
	Oid			types[4] = {REGCLASSOID, TEXTOID, by_name ? TEXTOID : own_type(OWN_POLICY), TEXTOID};
	Oid			result = get_rel_type_id(get_relname_relid("allotted", own_namespace()));
	Oid			function = own_function("allot", 4, types, result, true);

	if (!OidIsValid(function))
		elog(ERROR, "the extension has no function allot");
	return function;
}

static bool
calls_allot(Oid view)
{
	List	   *functions = published_view_functions(view);

	return list_member_oid(functions, allot_function(true)) || list_member_oid(functions, allot_function(false));
}

static void
execute(const char *statement)
{
	if (SPI_execute(statement, false, 0) < 0)
		elog(ERROR, "SPI_execute failed: %s", SPI_result_code_string(SPI_result));
}

static Oid
view_named(const char *view)
{
	return RangeVarGetRelid(makeRangeVarFromNameList(textToQualifiedNameList(cstring_to_text(view))), NoLock, true);
}

/* The qualified name of the view; an existing one must be ours. */
static char *
find_view(text *name, bool *exists)
{
	RangeVar   *range = makeRangeVarFromNameList(textToQualifiedNameList(name));
	Oid			schema = range->schemaname ? LookupExplicitNamespace(range->schemaname, false) : RangeVarGetCreationNamespace(range);
	Oid			view = get_relname_relid(range->relname, schema);
	char	   *words = quote_qualified_identifier(get_namespace_name(schema), range->relname);

	*exists = OidIsValid(view);
	if (*exists && (get_rel_relkind(view) != RELKIND_VIEW || !calls_allot(view)))
		ereport(ERROR,
				(errcode(ERRCODE_DUPLICATE_TABLE),
				 errmsg("%s exists and was not published by zjtx", words),
				 errhint("Choose another name, or drop it first.")));
	return words;
}

/*
 * Our function was found by name.  The call has its exact argument types, so no other matches better, but the name of
 * the schema may have come to mean another schema.
 */
static void
check_functions(Oid view, bool by_name)
{
	List	   *functions = published_view_functions(view);
	ListCell   *cell;
	bool		ours = list_member_oid(functions, allot_function(by_name));

	foreach(cell, functions)
	{
		ours &= own_member(ProcedureRelationId, lfirst_oid(cell));
	}
	if (!ours)
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("the view would call functions that are not of the extension zjtx"),
				 errhint("Publish again.")));
}

static char *
view_comment(const AllotPolicy *policy, const char *relation, bool chinese)
{
	const Document *doc = policy->program->doc;
	const char *title = doc->provision.title ? doc->provision.title : policy->compiled->name;

	return psprintf(chinese ? "《%s》在 %s 各行之间的名次与兑现。每次查询时重新计算，按查询者可见的行；名次与金额为区间时，未定。" :
					"The places and shares of %s among the rows of %s. Computed whenever the view is read, over the rows that the reading role sees; ranges are undecided.",
					title, relation);
}

static Datum
publish(FunctionCallInfo fcinfo, bool by_name)
{
	Oid			relation = PG_GETARG_OID(0);
	char	   *key = text_to_cstring(PG_GETARG_TEXT_PP(1));
	TupleDesc	desc = relation_columns(relation);
	char	   *relation_name = relation_words(relation);
	AllotPolicy policy;
	AllotmentColumns columns;
	bool		exists;
	Oid			view;

	if (column_number(desc, key) == 0)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_COLUMN),
				 errmsg("column \"%s\" of %s does not exist", key, relation_name),
				 errhint("The key is the column by which the relation has one row for an enterprise.")));
	(void) key_type(desc, column_number(desc, key), relation_name);
	if (!allot_policy(&policy, PG_GETARG_DATUM(2), by_name))
		PG_RETURN_NULL();
	allot_policy_check(&policy);
	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	columns.view = find_view(PG_GETARG_TEXT_PP(3), &exists);
	columns.chinese = phrases_of(policy.program->doc, NULL)->chinese;
	columns.names = symbols_create();
	(void) symbols_add(columns.names, "key", NULL);
	initStringInfo(&columns.query);
	initStringInfo(&columns.comments);
	appendStringInfo(&columns.query, "CREATE %sVIEW %s AS SELECT a.key", exists ? "OR REPLACE " : "", columns.view);
	add_program(&columns, policy.program);
	appendStringInfo(&columns.query, " FROM %s.allot(%s::pg_catalog.regclass, %s::pg_catalog.text, %s::%s, 'open'::pg_catalog.text) a GROUP BY a.key",
					 own_schema(), quote_literal_cstr(relation_name), quote_literal_cstr(key),
					 quote_literal_cstr(TextDatumGetCString(PG_GETARG_DATUM(2))),
					 by_name ? "pg_catalog.text" : psprintf("%s.policy", own_schema()));
	execute(columns.query.data);
	CommandCounterIncrement();
	view = view_named(columns.view);
	check_functions(view, by_name);
	execute(psprintf("COMMENT ON VIEW %s IS %s; COMMENT ON COLUMN %s.key IS %s;%s", columns.view,
					 quote_literal_cstr(view_comment(&policy, relation_name, columns.chinese)), columns.view,
					 quote_literal_cstr(columns.chinese ? "企业的键，文本。" : "The key of the enterprise, as text."),
					 columns.comments.data));
	SPI_finish();
	PG_RETURN_OID(view);
}

/* publish_allotment(relation, key, policy, view) → the view */
Datum
zjtx_publish_allotment(PG_FUNCTION_ARGS)
{
	return publish(fcinfo, false);
}

/* publish_allotment(relation, key, name of a stored policy, view) → the view */
Datum
zjtx_publish_allotment_name(PG_FUNCTION_ARGS)
{
	return publish(fcinfo, true);
}
