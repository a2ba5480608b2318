/*
 * compat.h
 *		What differs between the servers that zjtx is built for.  Every test of
 *		PG_VERSION_NUM stands here and nowhere else.
 */
#ifndef ZJTX_COMPAT_H
#define ZJTX_COMPAT_H

#include "postgres.h"
#include "fmgr.h"
#if PG_VERSION_NUM >= 160000
#include "varatt.h"
#endif

#if PG_VERSION_NUM < 150000
#error "zjtx needs PostgreSQL 15 or later"
#endif

#ifndef HAVE_INT128
#error "zjtx needs a compiler with 128-bit integers"
#endif


/*
 * Only what SQL calls is seen from outside, as PGXS does from 16 on: the names of a
 * module would otherwise meet those of the server.
 */
#if PG_VERSION_NUM < 160000
#undef PGDLLEXPORT
#define PGDLLEXPORT __attribute__((visibility("default")))
#endif

/* Declares a function that SQL calls. */
#define ZJTX_FUNCTION(name) \
	extern PGDLLEXPORT Datum name(PG_FUNCTION_ARGS); \
	PG_FUNCTION_INFO_V1(name)

/* pg_attribute_printf names a format that clang does not know. */
#ifdef __clang__
#define ZJTX_PRINTF(f, a) __attribute__((format(printf, f, a)))
#else
#define ZJTX_PRINTF(f, a) pg_attribute_printf(f, a)
#endif

#if PG_VERSION_NUM < 180000
#define pg_noreturn __attribute__((noreturn))
#endif

#if PG_VERSION_NUM >= 180000
#define ZJTX_MODULE_MAGIC PG_MODULE_MAGIC_EXT(.name = "zjtx", .version = "1.0")
#else
#define ZJTX_MODULE_MAGIC PG_MODULE_MAGIC
#endif

/* Whether the user may call a function. */
#if PG_VERSION_NUM >= 160000
#define MAY_EXECUTE(function) \
	(object_aclcheck(ProcedureRelationId, function, GetUserId(), ACL_EXECUTE) == ACLCHECK_OK)
#else
#define MAY_EXECUTE(function) \
	(pg_proc_aclcheck(function, GetUserId(), ACL_EXECUTE) == ACLCHECK_OK)
#endif

/* The local id of the running transaction. */
#if PG_VERSION_NUM >= 170000
#define MY_TRANSACTION_ID MyProc->vxid.lxid
#else
#define MY_TRANSACTION_ID MyProc->lxid
#endif

/* The names and the columns (each a Var) of a range table entry. */
#if PG_VERSION_NUM >= 180000
#define EXPAND_RTE(rte, index, names, columns) \
	expandRTE(rte, index, 0, VAR_RETURNING_DEFAULT, -1, false, names, columns)
#else
#define EXPAND_RTE(rte, index, names, columns) \
	expandRTE(rte, index, 0, -1, false, names, columns)
#endif

/* A scan of a whole index. */
#if PG_VERSION_NUM >= 180000
#define INDEX_BEGINSCAN(table, index, snapshot, nkeys) index_beginscan(table, index, snapshot, NULL, nkeys, 0)
#else
#define INDEX_BEGINSCAN(table, index, snapshot, nkeys) index_beginscan(table, index, snapshot, nkeys, 0)
#endif

/* An expression of a query with what its joins and its GROUP BY give in the place of their columns. */
#if PG_VERSION_NUM >= 180000
#define FLATTEN_VARS(query, expression) \
	flatten_join_alias_vars(NULL, query, flatten_group_exprs(NULL, query, expression))
#elif PG_VERSION_NUM >= 160000
#define FLATTEN_VARS(query, expression) flatten_join_alias_vars(NULL, query, expression)
#else
#define FLATTEN_VARS(query, expression) flatten_join_alias_vars(query, expression)
#endif

/*
 * A place to report a soft error to; before 16 every error is hard.  JSONB_FROM_TEXT is
 * false where jsonb's input reported one.
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
