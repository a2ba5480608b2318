/*
 * own.c
 *		Finds the extension's own objects by OID.
 */
#include "postgres.h"

#include "compat.h"
#include "access/genam.h"
#include "access/htup_details.h"
#include "access/table.h"
#include "catalog/dependency.h"
#include "catalog/indexing.h"
#include "catalog/pg_class.h"
#include "catalog/pg_collation.h"
#include "catalog/pg_extension.h"
#include "catalog/pg_language.h"
#include "catalog/pg_namespace.h"
#include "catalog/pg_operator.h"
#include "catalog/pg_proc.h"
#include "catalog/pg_type.h"
#include "commands/extension.h"
#include "lib/stringinfo.h"
#include "nodes/makefuncs.h"
#include "parser/analyze.h"
#include "parser/parse_node.h"
#include "parser/parse_relation.h"
#include "parser/parser.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/inval.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/syscache.h"

#include "messages.h"
#include "own.h"

#define EXTENSION_NAME "zjtx"

/* ---------------- what is remembered ---------------- */

/* An object that is known to belong to the extension. */
typedef struct Member
{
	Oid			classid;
	Oid			object;
	uint32		hash;			/* syscache hash value, to match invalidations */
} Member;

#define MAX_MEMBERS 64

static Member members[MAX_MEMBERS];
static int	nmembers = 0;
static Oid	extension = InvalidOid;
static Oid	namespace = InvalidOid;
static Oid	internal = InvalidOid;	/* schema of the functions that people do
									 * not call */
static uint32 namespace_hash;
static uint32 internal_hash;
static bool watching = false;

/*
 * The schemas' quoted names, and the number of times that the first has changed: plans
 * contain the name.
 */
static char schema[2 * NAMEDATALEN + 2];
static char internal_schema[2 * NAMEDATALEN + 2];
static uint64 generation = 0;

static void
forget(void)
{
	nmembers = 0;
	extension = namespace = internal = InvalidOid;
}

static void
syscache_changed(Datum classid, int cache pg_attribute_unused(), uint32 hash)
{
	int			i;

	for (i = 0; i < nmembers; i++)
		if (members[i].classid == DatumGetObjectId(classid) && (hash == 0 || members[i].hash == hash))
		{
			forget();
			return;
		}
}

static void
relation_changed(Datum argument pg_attribute_unused(), Oid relation)
{
	int			i;

	for (i = 0; i < nmembers; i++)
		if (members[i].classid == RelationRelationId && (relation == InvalidOid || members[i].object == relation))
		{
			/*
			 * forget only the member and keep the plans, because storing a
			 * document also invalidates the relation
			 */
			members[i] = members[--nmembers];
			i--;
		}
}

static void
namespace_changed(Datum argument pg_attribute_unused(), int cache pg_attribute_unused(), uint32 hash)
{
	if ((OidIsValid(namespace) && (hash == 0 || hash == namespace_hash)) ||
		(OidIsValid(internal) && (hash == 0 || hash == internal_hash)))
		forget();
}

static void
watch_catalogs(void)
{
	if (watching)
		return;
	CacheRegisterSyscacheCallback(PROCOID, syscache_changed, ObjectIdGetDatum(ProcedureRelationId));
	CacheRegisterSyscacheCallback(TYPEOID, syscache_changed, ObjectIdGetDatum(TypeRelationId));
	CacheRegisterSyscacheCallback(OPEROID, syscache_changed, ObjectIdGetDatum(OperatorRelationId));
	CacheRegisterSyscacheCallback(NAMESPACEOID, namespace_changed, (Datum) 0);
	CacheRegisterRelcacheCallback(relation_changed, (Datum) 0);
	watching = true;
}

static void
note_schema(void)
{
	char	   *name = get_namespace_name(namespace);

	if (name == NULL || strcmp(schema, quote_identifier(name)) == 0)
		return;
	strlcpy(schema, quote_identifier(name), sizeof(schema));
	generation++;
}

/* Scans the catalog, because older servers have no syscache for extensions. */
static void
find_extension(void)
{
	Relation	catalog;
	ScanKeyData key;
	SysScanDesc scan;
	HeapTuple	tuple;
	Oid			found = InvalidOid;
	Oid			found_namespace = InvalidOid;

	watch_catalogs();
	catalog = table_open(ExtensionRelationId, AccessShareLock);
	ScanKeyInit(&key, Anum_pg_extension_extname, BTEqualStrategyNumber, F_NAMEEQ, CStringGetDatum(EXTENSION_NAME));
	scan = systable_beginscan(catalog, ExtensionNameIndexId, true, NULL, 1, &key);
	tuple = systable_getnext(scan);
	if (HeapTupleIsValid(tuple))
	{
		found = ((Form_pg_extension) GETSTRUCT(tuple))->oid;
		found_namespace = ((Form_pg_extension) GETSTRUCT(tuple))->extnamespace;
	}
	systable_endscan(scan);
	table_close(catalog, AccessShareLock);

	/*
	 * set before the hash is read, so that invalidations from here on are
	 * noticed
	 */
	extension = found;
	namespace = found_namespace;
	if (OidIsValid(namespace))
	{
		namespace_hash = GetSysCacheHashValue1(NAMESPACEOID, ObjectIdGetDatum(namespace));
		note_schema();
	}
}

Oid
own_extension(void)
{
	if (!OidIsValid(extension))
		find_extension();
	return extension;
}

Oid
own_namespace(void)
{
	if (!OidIsValid(namespace))
		find_extension();
	return namespace;
}

static void
missing_object(const char *kind, const char *name)
{
	ereport(ERROR,
			(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
			 errmsg("the extension %s has no %s \"%s\" in its schema", EXTENSION_NAME, _(kind), name),
			 errhint("An object of the extension was renamed, moved or removed from it; drop the extension and create it again.")));
}

/*
 * The schema may be renamed, so it is found as that of the type policy's input function.
 * It must be a member itself: then the extension created it.
 */
static void
find_internal(void)
{
	Oid			type;
	Oid			found;
	HeapTuple	tuple;
	char	   *name;

	if (!OidIsValid(own_namespace()))
		return;
	type = GetSysCacheOid2(TYPENAMENSP, Anum_pg_type_oid, CStringGetDatum("policy"), ObjectIdGetDatum(namespace));
	tuple = SearchSysCache1(TYPEOID, ObjectIdGetDatum(type));
	if (!HeapTupleIsValid(tuple))
		return;
	found = get_func_namespace(((Form_pg_type) GETSTRUCT(tuple))->typinput);
	ReleaseSysCache(tuple);
	if (getExtensionOfObject(NamespaceRelationId, found) != own_extension())
		return;

	/*
	 * set before the hash and the name are read, so that invalidations from
	 * here on are noticed
	 */
	internal = found;
	internal_hash = GetSysCacheHashValue1(NAMESPACEOID, ObjectIdGetDatum(found));
	name = get_namespace_name(found);
	if (name)
		strlcpy(internal_schema, quote_identifier(name), sizeof(internal_schema));
}

Oid
own_internal_namespace(void)
{
	if (!OidIsValid(internal))
		find_internal();
	return internal;
}

static void
check_installed(void)
{
	if (!OidIsValid(own_namespace()))
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_OBJECT),
				 errmsg("extension \"%s\" does not exist", EXTENSION_NAME)));
}

const char *
own_schema(void)
{
	check_installed();
	return schema;
}

const char *
own_internal_schema(void)
{
	check_installed();
	if (!OidIsValid(own_internal_namespace()))
		missing_object("type", "policy");
	return internal_schema;
}

/* ---------------- members ---------------- */

static uint32
hash_of(Oid classid, Oid object)
{
	switch (classid)
	{
		case ProcedureRelationId:
			return GetSysCacheHashValue1(PROCOID, ObjectIdGetDatum(object));
		case TypeRelationId:
			return GetSysCacheHashValue1(TYPEOID, ObjectIdGetDatum(object));
		case OperatorRelationId:
			return GetSysCacheHashValue1(OPEROID, ObjectIdGetDatum(object));
		default:
			return 0;
	}
}

static Oid
namespace_of(Oid classid, Oid object)
{
	Oid			result = InvalidOid;
	HeapTuple	tuple;

	switch (classid)
	{
		case RelationRelationId:
			return get_rel_namespace(object);
		case ProcedureRelationId:
			tuple = SearchSysCache1(PROCOID, ObjectIdGetDatum(object));
			if (HeapTupleIsValid(tuple))
				result = ((Form_pg_proc) GETSTRUCT(tuple))->pronamespace;
			break;
		case TypeRelationId:
			tuple = SearchSysCache1(TYPEOID, ObjectIdGetDatum(object));
			if (HeapTupleIsValid(tuple))
				result = ((Form_pg_type) GETSTRUCT(tuple))->typnamespace;
			break;
		case OperatorRelationId:
			tuple = SearchSysCache1(OPEROID, ObjectIdGetDatum(object));
			if (HeapTupleIsValid(tuple))
				result = ((Form_pg_operator) GETSTRUCT(tuple))->oprnamespace;
			break;
		default:
			return InvalidOid;
	}
	if (HeapTupleIsValid(tuple))
		ReleaseSysCache(tuple);
	return result;
}

bool
own_member(Oid classid, Oid object)
{
	Oid			found;
	int			i;

	if (!OidIsValid(object) || !OidIsValid(own_extension()))
		return false;
	for (i = 0; i < nmembers; i++)
		if (members[i].classid == classid && members[i].object == object)
			return true;

	/*
	 * The extension's owner can add other objects to it.  These cannot have
	 * the name of one of ours in its schema (or for a function, the name and
	 * argument types), because both are unique in a schema.
	 */
	found = namespace_of(classid, object);
	if (!OidIsValid(found) || (found != own_namespace() && found != own_internal_namespace()) ||
		getExtensionOfObject(classid, object) != own_extension())
		return false;
	if (nmembers == MAX_MEMBERS)
		nmembers = 0;
	members[nmembers].classid = classid;
	members[nmembers].object = object;
	members[nmembers++].hash = hash_of(classid, object);
	return true;
}

Oid
own_type(OwnType type)
{
	static const char *const names[] = {
		[OWN_POLICY] = "policy",
		[OWN_VERDICT] = "verdict",
		[OWN_PLACEMENT] = "placement"
	};
	Oid			found = GetSysCacheOid2(TYPENAMENSP, Anum_pg_type_oid, CStringGetDatum(names[type]),
										ObjectIdGetDatum(own_namespace()));

	if (!own_member(TypeRelationId, found) ||
		get_typtype(found) != (type == OWN_PLACEMENT ? TYPTYPE_COMPOSITE : TYPTYPE_BASE))
		missing_object("type", names[type]);
	return found;
}

Oid
own_relation(const char *name)
{
	Oid			found = get_relname_relid(name, own_namespace());

	if (!own_member(RelationRelationId, found) || get_rel_relkind(found) != RELKIND_RELATION)
		missing_object("table", name);
	return found;
}

Oid
own_table_owner(const char *name)
{
	HeapTuple	tuple = SearchSysCache1(RELOID, ObjectIdGetDatum(own_relation(name)));
	Oid			owner;

	if (!HeapTupleIsValid(tuple))
		missing_object("table", name);
	owner = ((Form_pg_class) GETSTRUCT(tuple))->relowner;
	ReleaseSysCache(tuple);
	return owner;
}

static Oid
find_function(Oid schema_of_it, const char *name, int nargs, const Oid *types, Oid result, bool set)
{
	HeapTuple	tuple = SearchSysCache3(PROCNAMEARGSNSP, CStringGetDatum(name),
										PointerGetDatum(buildoidvector(types, nargs)),
										ObjectIdGetDatum(schema_of_it));
	Form_pg_proc function;
	Oid			found = InvalidOid;

	if (!HeapTupleIsValid(tuple))
		return InvalidOid;
	function = (Form_pg_proc) GETSTRUCT(tuple);
	/* only superusers can create C functions */
	if (function->prokind == PROKIND_FUNCTION && function->prolang == ClanguageId &&
		function->prorettype == result && function->proretset == set)
		found = function->oid;
	ReleaseSysCache(tuple);
	return own_member(ProcedureRelationId, found) ? found : InvalidOid;
}

Oid
own_function(const char *name, int nargs, const Oid *types, Oid result, bool set)
{
	return find_function(own_namespace(), name, nargs, types, result, set);
}

Oid
own_internal_function(const char *name, int nargs, const Oid *types, Oid result, bool set)
{
	return find_function(own_internal_namespace(), name, nargs, types, result, set);
}

/* ---------------- statements ---------------- */

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
		missing_object("function", call->name);
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

	(void) own_schema();
	initStringInfo(&buf);
	for (; *statement; before = *statement++)
	{
		if (quote)
			quote = *statement == quote ? '\0' : quote;
		else if (*statement == '\'' || *statement == '"')
			quote = *statement;
		else if (strncmp(statement, "zjtx.", 5) == 0 && !isalnum((unsigned char) before) && before != '_' && before != '.')
		{
			appendStringInfo(&buf, "%s.", schema);
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
	if (*place && kept && kept->generation == generation &&
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
	now = generation;
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
