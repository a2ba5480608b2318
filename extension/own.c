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
#include "catalog/pg_extension.h"
#include "catalog/pg_language.h"
#include "catalog/pg_namespace.h"
#include "catalog/pg_operator.h"
#include "catalog/pg_proc.h"
#include "catalog/pg_type.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/inval.h"
#include "utils/lsyscache.h"
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

void
own_missing_object(const char *kind, const char *name)
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

uint64
own_schema_changes(void)
{
	check_installed();
	return generation;
}

const char *
own_internal_schema(void)
{
	check_installed();
	if (!OidIsValid(own_internal_namespace()))
		own_missing_object("type", "policy");
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
		own_missing_object("type", names[type]);
	return found;
}

Oid
own_relation(const char *name)
{
	Oid			found = get_relname_relid(name, own_namespace());

	if (!own_member(RelationRelationId, found) || get_rel_relkind(found) != RELKIND_RELATION)
		own_missing_object("table", name);
	return found;
}

Oid
own_table_owner(const char *name)
{
	HeapTuple	tuple = SearchSysCache1(RELOID, ObjectIdGetDatum(own_relation(name)));
	Oid			owner;

	if (!HeapTupleIsValid(tuple))
		own_missing_object("table", name);
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
