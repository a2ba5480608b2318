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
#include "utils/builtins.h"

#include "check_detail.h"
#include "check_table.h"
#include "facts/day.h"
#include "session/cache.h"

ZJTX_FUNCTION(zjtx_check_table);

/* The day judged: that of the policy, or that of the session. */
static DateADT
day_judged(const Policy *policy)
{
	return policy->has_as_of ? policy->as_of : day_of_session();
}

static void
read_table(TableCheck *table)
{
	check_read_values(table);
	check_read_texts(table);
	check_guess_units(table->checks);
	check_sum_up_texts(table);
}

/*
 * check_table(table, p, key, detail): fact, label, type, column_name, column_type, finding, message,
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
	check_open_table(&table);
	check_find_facts(&table);
	check_find_key(&table, PG_ARGISNULL(2) ? NULL : text_to_cstring(PG_GETARG_TEXT_PP(2)));
	if (!PG_ARGISNULL(3))
		table.detail = check_find_detail(&table, PG_GETARG_OID(3));
	read_table(&table);
	check_read_keys(&table);
	if (table.detail)
		read_table(&table.detail->table);
	check_find_flat(&table);
	check_find_near(&table);
	check_report(&table);
	SPI_finish();
	return (Datum) 0;
}
