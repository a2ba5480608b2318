/*
 * own_statements.c
 *		Runs statements on the extension's own objects.
 */
#include "postgres.h"

#include "compat.h"
#include "catalog/pg_class.h"
#include "catalog/pg_collation.h"
#include "lib/stringinfo.h"
#include "nodes/makefuncs.h"
#include "parser/analyze.h"
#include "parser/parse_node.h"
#include "parser/parse_relation.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"

#include "messages.h"
#include "own.h"

/* Parse analysis state of a statement; it must live as long as the plan. */
typedef struct Analysed
{
	int			nargs;
	const Oid  *types;
	Oid			relation;		/* the user's relation, or InvalidOid if all
								 * relations are ours */
	const OwnCall *calls;
	int			ncalls;
	bool		checked;		/* its relations have been checked */
} Analysed;

/*
 * Runs after name resolution, when each relation has been locked.  A check before the
 * analysis could be outdated by the time the names are resolved.
 */
static void
check_relations(Analysed *analysed, const ParseState *pstate)
{
	for (; pstate; pstate = pstate->parentParseState)
	{
		ListCell   *cell;

		foreach(cell, pstate->p_rtable)
		{
			const RangeTblEntry *rte = lfirst(cell);

			if (rte->rtekind != RTE_RELATION)
				continue;
			if (OidIsValid(analysed->relation) ? rte->relid != analysed->relation :
				!own_member(RelationRelationId, rte->relid) || get_rel_relkind(rte->relid) != RELKIND_RELATION)
				ereport(ERROR,
						(errcode(ERRCODE_T_R_SERIALIZATION_FAILURE),
						 errmsg("the name \"%s\" now refers to another relation", get_rel_name(rte->relid)),
						 errhint("Run the statement again.")));
			analysed->checked = true;
		}
	}
}

static Node *
column_hook(ParseState *pstate, ColumnRef *column pg_attribute_unused())
{
	check_relations(pstate->p_ref_hook_state, pstate);
	return NULL;
}

/* Finds the row of a call by its alias. */
static ParseNamespaceItem *
find_row(const ParseState *pstate, const char *alias)
{
	ListCell   *cell;

	foreach(cell, pstate->p_namespace)
	{
		ParseNamespaceItem *item = lfirst(cell);

		if (alias == NULL || (item->p_rel_visible && strcmp(item->p_names->aliasname, alias) == 0))
			return item;
	}
	elog(ERROR, "there is no row \"%s\"", alias);
}

/* Builds name(row, constant).  The name is resolved here. */
static Node *
make_call(ParseState *pstate, const OwnCall *call)
{
	Oid			types[2] = {RECORDOID, call->by_name ? TEXTOID : own_type(OWN_POLICY)};
	Oid			function = own_function(call->name, 2, types, call->result, false);
	ParseNamespaceItem *item = find_row(pstate, call->row);
	Var		   *row;
	Const	   *policy;

	if (!OidIsValid(function))
		own_missing_object("function", call->name);
	row = makeWholeRowVar(item->p_rte, item->p_rtindex, 0, false);
	markVarForSelectPriv(pstate, row);
	policy = makeConst(types[1], -1, call->by_name ? DEFAULT_COLLATION_OID : InvalidOid, -1,
					   PointerGetDatum(PG_DETOAST_DATUM_COPY(call->constant)), false, false);
	return (Node *) makeFuncExpr(function, call->result, list_make2(row, policy), InvalidOid,
								 call->by_name ? DEFAULT_COLLATION_OID : InvalidOid, COERCE_EXPLICIT_CALL);
}

static Node *
parameter_hook(ParseState *pstate, ParamRef *reference)
{
	Analysed   *analysed = pstate->p_ref_hook_state;
	Param	   *parameter;

	check_relations(analysed, pstate);
	if (reference->number > analysed->nargs && reference->number <= analysed->nargs + analysed->ncalls)
		return make_call(pstate, &analysed->calls[reference->number - analysed->nargs - 1]);
	if (reference->number < 1 || reference->number > analysed->nargs)
		elog(ERROR, "there is no parameter $%d", reference->number);
	parameter = makeNode(Param);
	parameter->paramkind = PARAM_EXTERN;
	parameter->paramid = reference->number;
	parameter->paramtype = analysed->types[reference->number - 1];
	parameter->paramtypmod = -1;
	parameter->paramcollid = get_typcollation(parameter->paramtype);
	parameter->location = reference->location;
	return (Node *) parameter;
}

static void
set_up_parser(ParseState *pstate, void *argument)
{
	pstate->p_ref_hook_state = argument;
	pstate->p_pre_columnref_hook = column_hook;
	pstate->p_paramref_hook = parameter_hook;
}

static SPIPlanPtr
prepare(const char *statement, Analysed *analysed, int options)
{
	SPIPlanPtr	plan = SPI_prepare_params(statement, set_up_parser, analysed, options);

	if (plan == NULL)
		elog(ERROR, "could not prepare \"%s\": %s", statement, SPI_result_code_string(SPI_result));
	if (!analysed->checked)
		elog(ERROR, "the relations of \"%s\" cannot be checked", statement);
	return plan;
}

SPIPlanPtr
own_prepare(MemoryContext context, const char *statement, int nargs, const Oid *types, Oid relation,
			const OwnCall *calls, int ncalls, int options)
{
	Analysed   *analysed = MemoryContextAllocZero(context, sizeof(Analysed));

	analysed->nargs = nargs;
	analysed->types = types;
	analysed->relation = relation;
	analysed->calls = calls;
	analysed->ncalls = ncalls;
	return prepare(statement, analysed, options);
}

Query *
own_analyze(const char *statement, Oid relation, const OwnCall *calls, int ncalls)
{
	Analysed	analysed = {.relation = relation,.calls = calls,.ncalls = ncalls};
	List	   *statements = raw_parser(statement, RAW_PARSE_DEFAULT);
	Query	   *query = parse_analyze_withcb(linitial_node(RawStmt, statements), statement, set_up_parser, &analysed, NULL);

	if (!analysed.checked)
		elog(ERROR, "the relations of \"%s\" cannot be checked", statement);
	return query;
}

ParamListInfo
own_parameters(int nargs, const Oid *types, const Datum *values, const char *nulls)
{
	ParamListInfo parameters;
	int			i;

	if (nargs == 0)
		return NULL;
	parameters = makeParamList(nargs);
	for (i = 0; i < nargs; i++)
	{
		parameters->params[i].value = values[i];
		parameters->params[i].isnull = nulls && nulls[i] == 'n';
		parameters->params[i].pflags = PARAM_FLAG_CONST;
		parameters->params[i].ptype = types[i];
	}
	return parameters;
}

/* Replaces each zjtx. outside quotes by the schema's current name. */
static char *
with_schema(const char *statement)
{
	StringInfoData buf;
	char		quote = '\0';
	char		before = ' ';

	initStringInfo(&buf);
	for (; *statement; before = *statement++)
	{
		if (quote)
			quote = *statement == quote ? '\0' : quote;
		else if (*statement == '\'' || *statement == '"')
			quote = *statement;
		else if (strncmp(statement, "zjtx.", 5) == 0 && !isalnum((unsigned char) before) && before != '_' && before != '.')
		{
			appendStringInfo(&buf, "%s.", own_schema());
			statement += 4;
			continue;
		}
		appendStringInfoChar(&buf, *statement);
	}
	return buf.data;
}

/* Kept plans, each with the generation of names for which it was made. */
typedef struct Kept
{
	SPIPlanPtr *place;
	uint64		generation;
	Analysed	analysed;
	struct Kept *next;
	Oid			types[FLEXIBLE_ARRAY_MEMBER];
} Kept;

static Kept *all_kept = NULL;

static SPIPlanPtr
kept_plan(SPIPlanPtr *place, const char *statement, int nargs, const Oid *types)
{
	Kept	   *kept;
	uint64		now;
	SPIPlanPtr	plan;

	(void) own_schema();
	for (kept = all_kept; kept && kept->place != place; kept = kept->next)
		 /* find it */ ;
	if (*place && kept && kept->generation == own_schema_changes() &&
		(nargs == 0 || memcmp(kept->types, types, nargs * sizeof(Oid)) == 0))
		return *place;
	if (kept == NULL)
	{
		kept = MemoryContextAllocZero(TopMemoryContext, offsetof(Kept, types) + nargs * sizeof(Oid));
		kept->place = place;
		kept->analysed.nargs = nargs;
		kept->analysed.types = kept->types;
		kept->next = all_kept;
		all_kept = kept;
	}
	/* types change when the extension is dropped and created again */
	if (nargs > 0)
		memcpy(kept->types, types, nargs * sizeof(Oid));

	/* if the name changes during the preparation, the plan is stale at once */
	now = own_schema_changes();
	plan = prepare(with_schema(statement), &kept->analysed, 0);
	if (SPI_keepplan(plan) != 0)
		elog(ERROR, "could not keep the plan of \"%s\"", statement);

	/*
	 * the old plan is not freed, because a caller up the stack may still be
	 * running it
	 */
	*place = plan;
	kept->generation = now;
	return plan;
}

int
own_execute(SPIPlanPtr *plan, const char *statement, int nargs, const Oid *types,
			const Datum *values, const char *nulls, bool read_only)
{
	int			result = SPI_execute_plan_with_paramlist(kept_plan(plan, statement, nargs, types),
														 own_parameters(nargs, types, values, nulls), read_only, 0);

	if (result < 0)
		elog(ERROR, "could not execute \"%s\": %s", statement, SPI_result_code_string(result));
	return result;
}

typedef struct OwnReceiver
{
	DestReceiver dest;			/* first */
	OwnTake		take;
	void	   *taker;
} OwnReceiver;

static bool
receive_row(TupleTableSlot *slot, DestReceiver *dest)
{
	OwnReceiver *receiver = (OwnReceiver *) dest;

	receiver->take(slot, receiver->taker);
	return true;
}

static void
receive_start(DestReceiver *dest pg_attribute_unused(), int operation pg_attribute_unused(),
			  TupleDesc desc pg_attribute_unused())
{
}

static void
receive_end(DestReceiver *dest pg_attribute_unused())
{
}

DestReceiver *
own_receiver(OwnTake take, void *taker)
{
	OwnReceiver *receiver = palloc0_object(OwnReceiver);

	receiver->dest.receiveSlot = receive_row;
	receiver->dest.rStartup = receive_start;
	receiver->dest.rShutdown = receive_end;
	receiver->dest.rDestroy = receive_end;
	/* with DestNone, SPI would take the statement for a utility command */
	receiver->dest.mydest = DestTuplestore;
	receiver->take = take;
	receiver->taker = taker;
	return &receiver->dest;
}

void
own_execute_into(SPIPlanPtr *plan, const char *statement, int nargs, const Oid *types,
				 const Datum *values, const char *nulls, DestReceiver *dest)
{
	SPIExecuteOptions options = {0};
	int			result;

	options.params = own_parameters(nargs, types, values, nulls);
	options.read_only = true;
	options.dest = dest;
	result = SPI_execute_plan_extended(kept_plan(plan, statement, nargs, types), &options);
	if (result < 0)
		elog(ERROR, "could not execute \"%s\": %s", statement, SPI_result_code_string(result));
}

Portal
own_cursor(SPIPlanPtr *plan, const char *statement, int nargs, const Oid *types,
		   const Datum *values, const char *nulls, bool read_only)
{
	Portal		portal = SPI_cursor_open_with_paramlist(NULL, kept_plan(plan, statement, nargs, types),
														own_parameters(nargs, types, values, nulls), read_only);

	if (portal == NULL)
		elog(ERROR, "could not open a cursor for \"%s\"", statement);
	return portal;
}
