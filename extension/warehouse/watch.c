/*
 * watch.c
 *		The trigger zjtx.watch('view', 'key', 'policy', …).
 *
 * A session resolves a trigger's arguments once and keeps the plans that read the view.  It
 * does so again after the view or the table has changed.
 */
#include "postgres.h"

#include "compat.h"
#include "catalog/namespace.h"
#include "catalog/partition.h"
#include "commands/trigger.h"
#include "executor/executor.h"
#include "executor/spi.h"
#include "executor/tuptable.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/hsearch.h"
#include "utils/inval.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/rel.h"
#include "utils/syscache.h"
#include "utils/tuplestore.h"
#include "utils/varlena.h"

#include "accounts.h"
#include "keys.h"
#include "messages.h"
#include "relation.h"
#include "watch.h"

ZJTX_FUNCTION(zjtx_watch);

/* The resolved arguments of a trigger. */
typedef struct Watch
{
	Oid			trigger;		/* hash key, so first */
	Oid			table;
	Oid			top;			/* the root of a partitioned table, or the
								 * table itself */
	Oid			accounts;		/* OID of zjtx.accounts */
	bool		valid;
	int			users;			/* number of active calls */
	MemoryContext context;
	Watched    *watched;
	int			column;			/* the key's attribute number in the table */
	Oid			type;
} Watch;

static HTAB *watches = NULL;

/* The keys that a statement has touched. */
typedef struct Touched
{
	const Watch *watch;
	char	  **keys;
	int			nkeys;
	int			room;
} Touched;

/* ---------------- the protocol ---------------- */

static void
check_call(FunctionCallInfo fcinfo)
{
	TriggerData *trigger = (TriggerData *) fcinfo->context;
	TriggerEvent event;

	if (!CALLED_AS_TRIGGER(fcinfo))
		ereport(ERROR,
				(errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
				 errmsg("zjtx.watch() must be called as a trigger")));
	event = trigger->tg_event;
	if (TRIGGER_FIRED_BY_TRUNCATE(event))
		ereport(ERROR,
				(errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
				 errmsg("zjtx.watch() cannot determine which enterprises TRUNCATE affects"),
				 errhint("CALL zjtx.sweep after it.")));
	if (!TRIGGER_FIRED_AFTER(event))
		ereport(ERROR,
				(errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
				 errmsg("zjtx.watch() must be an AFTER trigger"),
				 errhint("Create it AFTER INSERT OR UPDATE OR DELETE.")));
	if (TRIGGER_FIRED_FOR_STATEMENT(event) &&
		((!TRIGGER_FIRED_BY_INSERT(event) && trigger->tg_oldtable == NULL) ||
		 (!TRIGGER_FIRED_BY_DELETE(event) && trigger->tg_newtable == NULL)))
		ereport(ERROR,
				(errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
				 errmsg("zjtx.watch() for each statement needs its transition tables"),
				 errhint("Write REFERENCING NEW TABLE AS ... for INSERT, OLD TABLE AS ... for DELETE, both for UPDATE.")));
	if (trigger->tg_trigger->tgnargs < 3)
		ereport(ERROR,
				(errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
				 errmsg("zjtx.watch() needs a view, its key column and a policy"),
				 errhint("EXECUTE FUNCTION zjtx.watch('enterprise_facts', 'enterprise_id', 'yubei-2024-34').")));
}

/* ---------------- arguments ---------------- */

/* The trigger of a partition was defined at the root of its tree. */
Oid
watched_topmost(Oid table)
{
	return get_rel_relispartition(table) ? llast_oid(get_partition_ancestors(table)) : table;
}

/*
 * Finds the view.  An unqualified name is looked up in the table's schema, not in the
 * search path of the session that writes.
 */
static Oid
find_view(const char *name, Oid table)
{
	RangeVar   *view = makeRangeVarFromNameList(textToQualifiedNameList(cstring_to_text(name)));

	if (view->schemaname == NULL)
		view->schemaname = get_namespace_name(get_rel_namespace(table));

	/* the lock keeps the name's meaning until the view is read */
	return RangeVarGetRelid(view, AccessShareLock, false);
}

static void
clear(Watch *watch)
{
	if (watch->watched)
		watched_forget(watch->watched);
	watch->watched = NULL;
	if (watch->context)
		MemoryContextDelete(watch->context);
	watch->context = NULL;
}

static void
prepare(Watch *watch, const TriggerData *trigger)
{
	MemoryContext old;
	char	  **arguments = trigger->tg_trigger->tgargs;
	char	   *key = pstrdup(arguments[1]);
	char	   *column = strchr(key, '=');
	TupleDesc	desc = RelationGetDescr(trigger->tg_relation);

	clear(watch);
	watch->context = AllocSetContextCreate(CacheMemoryContext, "zjtx watch", ALLOCSET_SMALL_SIZES);
	watch->table = RelationGetRelid(trigger->tg_relation);
	watch->top = watched_topmost(RelationGetRelid(trigger->tg_relation));
	watch->accounts = accounts_table();
	if (column)
		*column++ = '\0';
	else
		column = key;
	watch->column = SPI_fnumber(desc, column);
	if (watch->column <= 0)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_COLUMN),
				 errmsg("column \"%s\" of %s does not exist", column, relation_identity(watch->table)),
				 errhint("If the table has the view's key under another name, write 'view_column=table_column'.")));
	watch->type = key_type(desc, watch->column, relation_identity(watch->table));
	if (TupleDescAttr(desc, watch->column - 1)->attgenerated == 'v')
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("column \"%s\" of %s cannot be a key", column, relation_identity(watch->table)),
				 errdetail("A trigger does not see the value of a virtual generated column."),
				 errhint("Make it STORED.")));
	old = MemoryContextSwitchTo(watch->context);
	watch->watched = watched_create(find_view(arguments[0], watch->top), key,
									arguments + 2, trigger->tg_trigger->tgnargs - 2, true, NULL);
	MemoryContextSwitchTo(old);
	if (!key_types_agree(watch->type, watch->watched->key_type))
		ereport(ERROR,
				(errcode(ERRCODE_DATATYPE_MISMATCH),
				 errmsg("column \"%s\" of %s is %s, and the key of %s is %s", column, relation_identity(watch->table),
						format_type_be(watch->type), watch->watched->name, format_type_be(watch->watched->key_type)),
				 errhint("Use the same key type in the view and in the watched table.")));
	watched_keep(watch->watched);
}

static void
forget(Datum argument pg_attribute_unused(), Oid relation)
{
	HASH_SEQ_STATUS status;
	Watch	   *watch;

	hash_seq_init(&status, watches);
	while ((watch = hash_seq_search(&status)) != NULL)
		if (relation == InvalidOid || relation == watch->table || relation == watch->top || relation == watch->accounts ||
			watch->watched == NULL || relation == watch->watched->relation)
			watch->valid = false;
}

/* After a schema is renamed, both the cached entries and the plans are wrong. */
static void
forget_all(Datum argument, int cache pg_attribute_unused(), uint32 hash pg_attribute_unused())
{
	forget(argument, InvalidOid);
}

/* Entries of dropped triggers would otherwise accumulate in a long session. */
static void
drop_invalid(void)
{
	HASH_SEQ_STATUS status;
	Watch	   *watch;

	hash_seq_init(&status, watches);
	while ((watch = hash_seq_search(&status)) != NULL)
	{
		if (watch->valid || watch->users > 0)
			continue;
		clear(watch);
		hash_search(watches, &watch->trigger, HASH_REMOVE, NULL);
	}
}

static Watch *
find_watch(const TriggerData *trigger)
{
	Oid			oid = trigger->tg_trigger->tgoid;
	Watch	   *watch;
	bool		found;

	if (watches == NULL)
	{
		HASHCTL		info;

		memset(&info, 0, sizeof(info));
		info.keysize = sizeof(Oid);
		info.entrysize = sizeof(Watch);
		watches = hash_create("zjtx watches", 16, &info, HASH_ELEM | HASH_BLOBS);
		CacheRegisterRelcacheCallback(forget, (Datum) 0);
		CacheRegisterSyscacheCallback(NAMESPACEOID, forget_all, (Datum) 0);
	}
	watch = hash_search(watches, &oid, HASH_FIND, &found);
	if (!found)
	{
		drop_invalid();
		watch = hash_search(watches, &oid, HASH_ENTER, NULL);
		memset((char *) watch + sizeof(Oid), 0, sizeof(Watch) - sizeof(Oid));
	}

	/* an active call still uses the entry */
	if (!watch->valid && watch->users == 0)
	{
		/* an invalidation during the preparation resets it */
		watch->valid = true;
		PG_TRY();
		{
			prepare(watch, trigger);
		}
		PG_CATCH();
		{
			watch->valid = false;
			PG_RE_THROW();
		}
		PG_END_TRY();
	}
	return watch;
}

/* ---------------- keys ---------------- */

static void
touch(Touched *touched, Datum key, bool null)
{
	char	   *text;

	if (null)
		return;
	if (touched->nkeys == touched->room)
	{
		touched->room *= 2;
		touched->keys = repalloc_huge(touched->keys, touched->room * sizeof(char *));
	}
	text = key_through(touched->watch->type, touched->watch->watched->key_type, key);
	if (strlen(text) > KEY_BYTES)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("a key of %s has more than %d bytes", touched->watch->watched->name, KEY_BYTES)));
	touched->keys[touched->nkeys++] = text;
}

static void
touch_tuple(Touched *touched, HeapTuple tuple, TupleDesc desc)
{
	bool		null;
	Datum		key = heap_getattr(tuple, touched->watch->column, desc, &null);

	touch(touched, key, null);
}

/* Reads a transition table from the start, with a read pointer of our own. */
static void
touch_table(Touched *touched, Tuplestorestate *table, TupleDesc desc)
{
	TupleTableSlot *slot;
	int			pointer;

	if (table == NULL)
		return;
	slot = MakeSingleTupleTableSlot(desc, &TTSOpsMinimalTuple);
	pointer = tuplestore_alloc_read_pointer(table, EXEC_FLAG_REWIND);
	tuplestore_select_read_pointer(table, pointer);
	tuplestore_rescan(table);
	while (tuplestore_gettupleslot(table, true, false, slot))
	{
		bool		null;
		Datum		key = slot_getattr(slot, touched->watch->column, &null);

		CHECK_FOR_INTERRUPTS();
		touch(touched, key, null);
	}
	ExecDropSingleTupleTableSlot(slot);
	tuplestore_select_read_pointer(table, 0);
}

static void
touch_all(Touched *touched, const TriggerData *trigger)
{
	TupleDesc	desc = RelationGetDescr(trigger->tg_relation);

	if (TRIGGER_FIRED_FOR_STATEMENT(trigger->tg_event))
	{
		touch_table(touched, trigger->tg_oldtable, desc);
		touch_table(touched, trigger->tg_newtable, desc);
		return;
	}
	touch_tuple(touched, trigger->tg_trigtuple, desc);
	if (TRIGGER_FIRED_BY_UPDATE(trigger->tg_event))
		touch_tuple(touched, trigger->tg_newtuple, desc);
}

Datum
zjtx_watch(PG_FUNCTION_ARGS)
{
	TriggerData *trigger = (TriggerData *) fcinfo->context;
	Watch	   *watch;
	Touched		touched;

	check_call(fcinfo);
	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	watch = find_watch(trigger);
	touched.watch = watch;
	touched.nkeys = 0;
	touched.room = 16;
	touched.keys = palloc_array(char *, touched.room);
	touch_all(&touched, trigger);
	touched.nkeys = keys_sort(touched.keys, touched.nkeys);
	watch->users++;
	PG_TRY();
	{
		(void) watched_judge(watch->watched, touched.keys, touched.nkeys);
	}
	PG_FINALLY();
	{
		watch->users--;
	}
	PG_END_TRY();
	SPI_finish();
	return PointerGetDatum(NULL);
}
