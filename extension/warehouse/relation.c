/*
 * relation.c
 *		Names and columns of the user's tables.
 */
#include "postgres.h"

#include "access/relation.h"
#include "catalog/pg_class.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"

#include "messages.h"
#include "relation.h"

char *
relation_words(Oid relation)
{
	char	   *name = get_rel_name(relation);

	if (name == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_TABLE),
				 errmsg("relation with OID %u does not exist", relation)));
	return quote_qualified_identifier(get_namespace_name(get_rel_namespace(relation)), name);
}

char *
relation_identity(Oid relation)
{
	bool		quote_all = quote_all_identifiers;
	char	   *words;

	quote_all_identifiers = false;
	PG_TRY();
	{
		words = relation_words(relation);
	}
	PG_FINALLY();
	{
		quote_all_identifiers = quote_all;
	}
	PG_END_TRY();
	return words;
}

Relation
relation_opened(Oid oid)
{
	char	   *name = get_rel_name(oid);
	Relation	relation = try_relation_open(oid, AccessShareLock);

	/* The name may now mean another relation, so the caller tries again. */
	if (relation == NULL && name)
		ereport(ERROR,
				(errcode(ERRCODE_T_R_SERIALIZATION_FAILURE),
				 errmsg("relation \"%s\" was dropped by another transaction", name),
				 errhint("Run the statement again.")));
	if (relation == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_TABLE),
				 errmsg("relation with OID %u does not exist", oid)));
	return relation;
}

TupleDesc
relation_columns(Oid oid)
{
	Relation	relation = relation_opened(oid);
	TupleDesc	desc = CreateTupleDescCopy(RelationGetDescr(relation));
	char		kind = relation->rd_rel->relkind;

	if (kind != RELKIND_RELATION && kind != RELKIND_PARTITIONED_TABLE && kind != RELKIND_VIEW &&
		kind != RELKIND_MATVIEW && kind != RELKIND_FOREIGN_TABLE)
		ereport(ERROR,
				(errcode(ERRCODE_WRONG_OBJECT_TYPE),
				 errmsg("\"%s\" is not a table or view", RelationGetRelationName(relation))));
	relation_close(relation, NoLock);
	return desc;
}

int
column_number(TupleDesc desc, const char *name)
{
	int			i;

	for (i = 0; i < desc->natts; i++)
	{
		Form_pg_attribute att = TupleDescAttr(desc, i);

		if (!att->attisdropped && strcmp(NameStr(att->attname), name) == 0)
			return i + 1;
	}
	return 0;
}
