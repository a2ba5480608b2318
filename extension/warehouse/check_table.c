/*
 * check_table.c
 *		Reports whether a table provides the facts that a policy needs.
 *
 * Columns are matched to facts by their names (check_columns.c), their values and texts are
 * read with the rights of the caller (check_values.c, check_texts.c), and the findings become
 * rows, the last of which is a view that maps the columns (check_report.c, check_view.c).
 */
#include "postgres.h"

#include "compat.h"
#include "executor/spi.h"
#include "miscadmin.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"

#include "check_table.h"
#include "facts/day.h"
#include "relation.h"
#include "session/cache.h"

ZJTX_FUNCTION(zjtx_check_table);

/* Notes which columns the current role may not read; an error if it may read none. */
static void
find_rights(TableCheck *table)
{
	Oid			role = GetUserId();
	int			i;

	table->denied = palloc0_array(bool, table->desc->natts + 1);
	if (pg_class_aclcheck(table->relation, role, ACL_SELECT) == ACLCHECK_OK)
		return;
	if (pg_attribute_aclcheck_all(table->relation, role, ACL_SELECT, ACLMASK_ANY) != ACLCHECK_OK)
		aclcheck_error(ACLCHECK_NO_PRIV, get_relkind_objtype(get_rel_relkind(table->relation)),
					   get_rel_name(table->relation));
	for (i = 0; i < table->desc->natts; i++)
		table->denied[i] = !TupleDescAttr(table->desc, i)->attisdropped &&
			pg_attribute_aclcheck(table->relation, i + 1, role, ACL_SELECT) != ACLCHECK_OK;
}

/* The day judged: that of the policy, or that of the session. */
static DateADT
day_judged(const Policy *policy)
{
	return policy->has_as_of ? policy->as_of : day_of_session();
}

/*
 * check_table(table, p, key): fact, label, type, column_name, column_type, finding, message,
 * hint.  The last row is the mapping view.
 */
Datum
zjtx_check_table(PG_FUNCTION_ARGS)
{
	TableCheck	table;
	text	   *source;

	memset(&table, 0, sizeof(table));
	rows_start(fcinfo, &table.out);
	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		return (Datum) 0;
	source = PG_GETARG_TEXT_PP(1);
	table.relation = PG_GETARG_OID(0);
	table.policy = compiled_tree(VARDATA_ANY(source), VARSIZE_ANY_EXHDR(source), CurrentMemoryContext)->policy;
	table.words = phrases_of(linitial(table.policy->documents), table.policy->text);
	table.day = day_judged(table.policy);
	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	table.desc = relation_columns(table.relation);
	find_rights(&table);
	check_find_facts(&table);
	check_find_key(&table, PG_ARGISNULL(2) ? NULL : text_to_cstring(PG_GETARG_TEXT_PP(2)));
	check_read_values(&table);
	check_read_keys(&table);
	check_read_texts(&table);
	check_guess_units(table.checks);
	check_sum_up_texts(&table);
	check_find_near(&table);
	check_report(&table);
	SPI_finish();
	return (Datum) 0;
}
