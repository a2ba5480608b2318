/*
 * compat.h
 *		Differences between the supported server versions.  PG_VERSION_NUM is tested only here.
 */
#ifndef ZJTX_COMPAT_H
#define ZJTX_COMPAT_H

#include "postgres.h"
#include "fmgr.h"
#if PG_VERSION_NUM >= 160000
#include "varatt.h"
#endif

#if PG_VERSION_NUM < 140000
#error "zjtx needs PostgreSQL 14 or later"
#endif

/* Before 15, the server has a type Value of its own. */
#if PG_VERSION_NUM < 150000
#include "nodes/params.h"
#include "parser/parse_node.h"
typedef Value ServerValue;
#undef intVal
#undef strVal
#define intVal(node) (((const ServerValue *) (node))->val.ival)
#define strVal(node) (((const ServerValue *) (node))->val.str)
#define Value ZjtxValue
#endif

/*
 * Whether a change of zjtx.policies invalidates plans wherever they are.  On Greenplum and its kin, a trigger runs on
 * the node that has the row, and does not reach the plans of the coordinator; names are then looked up when a
 * statement runs.
 */
#ifdef GP_VERSION_NUM
#define ZJTX_PLANS_FOLLOW_POLICIES false
#else
#define ZJTX_PLANS_FOLLOW_POLICIES true
#endif

#ifndef HAVE_INT128
#error "zjtx needs a compiler with 128-bit integers"
#endif


/*
 * Exports only what SQL calls, as PGXS does from 16 on.  Otherwise the module's symbols
 * could clash with the server's.
 */
#if PG_VERSION_NUM < 160000
#undef PGDLLEXPORT
#define PGDLLEXPORT __attribute__((visibility("default")))
#endif

/* Declares a function that SQL calls. */
#define ZJTX_FUNCTION(name) \
	extern PGDLLEXPORT Datum name(PG_FUNCTION_ARGS); \
	PG_FUNCTION_INFO_V1(name)

/* pg_attribute_printf uses a format attribute that clang does not know. */
#ifdef __clang__
#define ZJTX_PRINTF(f, a) __attribute__((format(printf, f, a)))
#else
#define ZJTX_PRINTF(f, a) pg_attribute_printf(f, a)
#endif

#if PG_VERSION_NUM < 180000
#define pg_noreturn __attribute__((noreturn))
#endif

#if PG_VERSION_NUM < 190000
#define pg_fallthrough __attribute__((fallthrough))
#define TupleDescFinalize(desc) ((void) (desc))
#endif

/* Names that 15 introduced. */
#if PG_VERSION_NUM < 150000
#define MarkGUCPrefixReserved(prefix) EmitWarningsOnPlaceholders(prefix)
#define strtoi64(string, end, base) ((int64) strtoll(string, end, base))
#define strtou64(string, end, base) ((uint64) strtoull(string, end, base))
#define TUPLESORT_NONE false
#define TUPLESORT_RANDOMACCESS true
#define MAT_SRF_USE_EXPECTED_DESC 1
#define CUSTOMPATH_SUPPORT_PROJECTION 0 /* every custom path supports it */
#define pg_rotate_left32(word, n) (((uint32) (word) << (n)) | ((uint32) (word) >> (32 - (n))))
extern void InitMaterializedSRF(FunctionCallInfo fcinfo, int flags);
extern Query *parse_analyze_withcb(RawStmt *statement, const char *source, ParserSetupHook set_up, void *argument,
								   QueryEnvironment *environment);
#endif

#if PG_VERSION_NUM >= 180000
#define ZJTX_MODULE_MAGIC PG_MODULE_MAGIC_EXT(.name = "zjtx", .version = "1.0")
#else
#define ZJTX_MODULE_MAGIC PG_MODULE_MAGIC
#endif

/* Returns whether the current user may execute a function. */
#if PG_VERSION_NUM >= 160000
#define MAY_EXECUTE(function) \
	(object_aclcheck(ProcedureRelationId, function, GetUserId(), ACL_EXECUTE) == ACLCHECK_OK)
#else
#define MAY_EXECUTE(function) \
	(pg_proc_aclcheck(function, GetUserId(), ACL_EXECUTE) == ACLCHECK_OK)
#endif

/* The local transaction ID of this backend. */
#if PG_VERSION_NUM >= 170000
#define MY_TRANSACTION_ID MyProc->vxid.lxid
#else
#define MY_TRANSACTION_ID MyProc->lxid
#endif

/* Returns the names and columns (as Vars) of a range table entry. */
#if PG_VERSION_NUM >= 180000
#define EXPAND_RTE(rte, index, names, columns) \
	expandRTE(rte, index, 0, VAR_RETURNING_DEFAULT, -1, false, names, columns)
#else
#define EXPAND_RTE(rte, index, names, columns) \
	expandRTE(rte, index, 0, -1, false, names, columns)
#endif

/* The expressions of a range table entry for GROUP BY; NIL for others, and on servers without such entries. */
#if PG_VERSION_NUM >= 180000
#define GROUP_EXPRS(rte) ((rte)->rtekind == RTE_GROUP ? (rte)->groupexprs : NIL)
#else
#define GROUP_EXPRS(rte) NIL
#endif

/* The operator families in which an operator compares in an order. */
#if PG_VERSION_NUM >= 180000
#define ORDERING_FAMILIES(op) get_op_index_interpretation(op)
#else
#define ORDERING_FAMILIES(op) get_op_btree_interpretation(op)
#endif

/* Start scans of a table, and of all of an index. */
#if PG_VERSION_NUM >= 190000
#define TABLE_BEGINSCAN(table, snapshot) table_beginscan(table, snapshot, 0, NULL, SO_NONE)
#define TABLE_BEGINSCAN_PARALLEL(table, shared) table_beginscan_parallel(table, shared, SO_NONE)
#define ALLOC_TABLE_SLOT(list, desc, callbacks) ExecAllocTableSlot(list, desc, callbacks, 0)
#else
#define TABLE_BEGINSCAN(table, snapshot) table_beginscan(table, snapshot, 0, NULL)
#define TABLE_BEGINSCAN_PARALLEL(table, shared) table_beginscan_parallel(table, shared)
#define ALLOC_TABLE_SLOT(list, desc, callbacks) ExecAllocTableSlot(list, desc, callbacks)
#endif
#if PG_VERSION_NUM >= 190000
#define INDEX_BEGINSCAN(table, index, snapshot, nkeys) \
	index_beginscan(table, index, snapshot, NULL, nkeys, 0, SO_NONE)
#elif PG_VERSION_NUM >= 180000
#define INDEX_BEGINSCAN(table, index, snapshot, nkeys) index_beginscan(table, index, snapshot, NULL, nkeys, 0)
#else
#define INDEX_BEGINSCAN(table, index, snapshot, nkeys) index_beginscan(table, index, snapshot, nkeys, 0)
#endif

/* ExplainState, and what writes into it, for a file that defines ZJTX_EXPLAINS first. */
#ifdef ZJTX_EXPLAINS
#if PG_VERSION_NUM >= 180000
#include "commands/explain_format.h"
#include "commands/explain_state.h"
#else
#include "commands/explain.h"
#endif
/* How many relations a plan has: with one, EXPLAIN leaves out its name before columns. */
#if PG_VERSION_NUM >= 180000
#define EXPLAINED_RELATIONS(es) ((es)->rtable_size)
#else
#define EXPLAINED_RELATIONS(es) list_length((es)->rtable)
#endif
#endif

/* An expression of a table in terms of one of its partitions, both given by their RelOptInfo. */
#if PG_VERSION_NUM >= 160000
#define CHILD_EXPRESSION(root, node, child, parent) adjust_appendrel_attrs_multilevel(root, node, child, parent)
#else
#define CHILD_EXPRESSION(root, node, child, parent) \
	adjust_appendrel_attrs_multilevel(root, node, (child)->relids, (parent)->relids)
#endif

/*
 * The state in which a jsonb value is built, and what adds to it, for a file that defines
 * ZJTX_BUILDS_JSONB first.
 */
#ifdef ZJTX_BUILDS_JSONB
#include "utils/jsonb.h"
#if PG_VERSION_NUM >= 190000
#define PUSH_JSONB(state, token, value) pushJsonbValue(state, token, value)
#else
typedef struct JsonbInState
{
	JsonbValue *result;
	JsonbParseState *parseState;
} JsonbInState;
#define PUSH_JSONB(state, token, value) \
	((state)->result = pushJsonbValue(&(state)->parseState, token, value))
#endif
#endif

/* Arithmetic that sets *error instead of raising an error, unless error is NULL. */
#if PG_VERSION_NUM >= 190000
#include "utils/numeric.h"
extern Numeric numeric_add_opt_error(Numeric a, Numeric b, bool *error);
extern Numeric numeric_sub_opt_error(Numeric a, Numeric b, bool *error);
extern Numeric numeric_mul_opt_error(Numeric a, Numeric b, bool *error);
#endif

/* The last parameter of planners, and its argument. */
#if PG_VERSION_NUM >= 190000
#define PLANNER_PARAMETERS ParamListInfo parameters, struct ExplainState *explain
#define PLANNER_ARGUMENTS parameters, explain
#else
#define PLANNER_PARAMETERS ParamListInfo parameters
#define PLANNER_ARGUMENTS parameters
#endif

/* GROUP BY without clauses that are redundant. */
#if PG_VERSION_NUM >= 160000
#define GROUP_CLAUSE(root) ((root)->processed_groupClause)
#else
#define GROUP_CLAUSE(root) ((root)->parse->groupClause)
#endif

/* The expression of a generated column, and the index of the primary key. */
#if PG_VERSION_NUM >= 180000
#define GENERATION_EXPRESSION(table, attnum) build_generation_expression(table, attnum)
#define PRIMARY_KEY_INDEX(table) RelationGetPrimaryKeyIndex(table, false)
#else
#define GENERATION_EXPRESSION(table, attnum) build_column_default(table, attnum)
#define PRIMARY_KEY_INDEX(table) RelationGetPrimaryKeyIndex(table)
#endif

/*
 * Replaces join and GROUP BY Vars in an expression of a query by the underlying
 * expressions.
 */
#if PG_VERSION_NUM >= 180000
#define FLATTEN_VARS(query, expression) \
	flatten_join_alias_vars(NULL, query, flatten_group_exprs(NULL, query, expression))
#elif PG_VERSION_NUM >= 160000
#define FLATTEN_VARS(query, expression) flatten_join_alias_vars(NULL, query, expression)
#else
#define FLATTEN_VARS(query, expression) flatten_join_alias_vars(query, expression)
#endif

/*
 * Takes over that a path below is disabled, as by enable_seqscan.  Before 18 that is a part of its cost.
 */
#if PG_VERSION_NUM >= 180000
#define PATH_ADD_DISABLED(path, below) ((path)->disabled_nodes += (below)->disabled_nodes)
#else
#define PATH_ADD_DISABLED(path, below) ((void) 0)
#endif

/*
 * ErrorSaveContext for soft errors, which exist from 16 on; before, every error is
 * hard.  JSONB_FROM_TEXT is false if jsonb's input reported a soft error.
 */
#if PG_VERSION_NUM >= 160000
#include "nodes/miscnodes.h"
#define JSONB_FROM_TEXT(text, context, datum) \
	DirectInputFunctionCallSafe(jsonb_in, unconstify(char *, text), InvalidOid, -1, context, datum)
#else
#define JSONB_FROM_TEXT(text, context, datum) \
	(*(datum) = DirectFunctionCall1(jsonb_in, CStringGetDatum(text)), (void) (context), true)
#define ereturn(context, dummy, ...) ereport(ERROR, __VA_ARGS__)
#define errsave(context, ...) ereport(ERROR, __VA_ARGS__)
#endif

#endif							/* ZJTX_COMPAT_H */
