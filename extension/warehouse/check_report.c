/*
 * check_report.c
 *		The findings of check_table as rows, in the language of the document.
 */
#include "postgres.h"

#include "catalog/pg_operator.h"
#include "catalog/pg_type.h"
#include "compat.h"
#include "lib/stringinfo.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/typcache.h"

#include "check_detail.h"
#include "check_table.h"
#include "facts/bind.h"
#include "language/texts.h"
#include "uses.h"

static char *
count_words(int64 count)
{
	return psprintf(INT64_FORMAT, count);
}

/* Puts the columns of a finding that follow those about the fact. */
static void
put_finding(TableCheck *table, int column, const char *finding, const char *message, const char *hint)
{
	Form_pg_attribute att = column > 0 ? TupleDescAttr(table->desc, column - 1) : NULL;

	rows_put_text(&table->out, att ? NameStr(att->attname) : NULL);
	rows_put_text(&table->out, att ? format_type_with_typemod(att->atttypid, att->atttypmod) : NULL);
	rows_put_text(&table->out, finding);
	rows_put_text(&table->out, message);
	rows_put_text(&table->out, hint);
	rows_put_row(&table->out);
}

static void
report(TableCheck *table, const FactCheck *check, int column, const char *finding, const char *message, const char *hint)
{
	const Fact *fact = check->fact;

	rows_put_text(&table->out, check->shown ? check->shown : fact->name);
	rows_put_text(&table->out, fact->label);
	rows_put_text(&table->out, psprintf("%s%s%s", type_name(fact->type), unit_name(fact->unit)[0] ? " " : "",
										unit_name(fact->unit)));
	put_finding(table, column, finding, message, hint);
}

/* Reports a finding about the table, or about one of its columns. */
static void
report_table(TableCheck *table, int column, const char *finding, const char *message, const char *hint)
{
	int			i;

	for (i = 0; i < 3; i++)
		rows_put_null(&table->out);
	put_finding(table, column, finding, message, hint);
}

/* ---------------- columns ---------------- */

static void
report_absent(TableCheck *table, const FactCheck *check)
{
	const char *near = check->near_column > 0 ?
	NameStr(TupleDescAttr(table->desc, check->near_column - 1)->attname) : NULL;

	report(table, check, 0, "absent", table->words->table_absent,
		   check->flat ? psprintf(table->words->table_perhaps_flat, check_flat_columns(table, check)) :
		   near ? psprintf(table->words->table_perhaps, near) : NULL);
}

static void
report_from_detail(TableCheck *table, const FactCheck *check, int year)
{
	const Phrases *words = table->words;
	StringInfoData message;

	initStringInfo(&message);
	appendStringInfo(&message, words->table_from_detail,
					 NameStr(TupleDescAttr(table->desc, check_source(check) - 1)->attname),
					 get_rel_name(table->relation));
	if (check->scale && !check->scale_guessed)
		appendStringInfo(&message, words->table_in_unit, check->scale->words);
	if (year)
		appendStringInfoString(&message, psprintf(words->table_of_year, year, date_text(table->day)));
	report(table, check, check_source(check), "mapped", message.data, words->table_until_view);
}

static void
report_mapped(TableCheck *table, const FactCheck *check)
{
	const Phrases *words = table->words;
	StringInfoData message;

	initStringInfo(&message);
	appendStringInfo(&message, words->table_mapped, NameStr(TupleDescAttr(table->desc, check->near_column - 1)->attname));
	if (check->scale)
		appendStringInfo(&message, words->table_in_unit, check->scale->words);
	if (check->of_year)
		appendStringInfoString(&message, psprintf(words->table_of_year, check->of_year, date_text(table->day)));
	if (check->by_values)
		appendStringInfoString(&message, words->table_by_values);
	report(table, check, check->near_column, "mapped", message.data,
		   check->by_values ? words->table_guess : words->table_until_view);
}

static void
report_type(TableCheck *table, const FactCheck *check)
{
	const Phrases *words = table->words;
	Form_pg_attribute att = TupleDescAttr(table->desc, check->column - 1);

	report(table, check, check->column, "type",
		   psprintf(words->table_type, format_type_be(att->atttypid), type_name(check->fact->type)),
		   check->reading != READ_NOT ? psprintf(words->table_type_read, check_reading_name(check->reading)) :
		   check->type == TIMESTAMPTZOID && check->fact->type == TYPE_DATE ? words->table_type_zone : words->table_type_cast);
}

/* ---------------- values ---------------- */

/* a longer list of values is cut off, and labels are left out of a list that is longer with them */
#define WORDS_OF_VALUES 12
#define WORDS_OF_LABELS 24

/*
 * Returns, for example, "at least 0, at most 15", with the bounds as the author wrote
 * them, or the list of values with their labels.
 */
static char *
range_words(const TableCheck *table, const Fact *fact)
{
	const Phrases *words = table->words;
	const char *text = table->policy->text;
	StringInfoData buf;
	ListCell   *cell;
	ListCell   *label_cell;
	bool		labels = fact->texts == NULL || fact->texts->nforms <= WORDS_OF_LABELS;

	initStringInfo(&buf);
	if (fact->low)
		appendStringInfo(&buf, words->at_least, pnstrdup(text + fact->low->span.start,
														 fact->low->span.end - fact->low->span.start));
	if (fact->low && fact->high)
		appendStringInfoString(&buf, words->comma);
	if (fact->high)
		appendStringInfo(&buf, words->at_most, pnstrdup(text + fact->high->span.start,
														fact->high->span.end - fact->high->span.start));
	foreach(cell, fact->values)
	{
		const TextValue *value = lfirst(cell);

		if (foreach_current_index(cell) == WORDS_OF_VALUES)
		{
			appendStringInfo(&buf, "%s…", words->comma);
			break;
		}
		appendStringInfo(&buf, "%s'%s'", buf.len > 0 ? words->comma : "", value->text);
		foreach(label_cell, labels ? value->labels : NIL)
		{
			appendStringInfo(&buf, " '%s'", ((const TextLabel *) lfirst(label_cell))->text);
		}
	}
	return buf.len > 0 ? buf.data : pstrdup(words->table_any_finite);
}

static void
report_range(TableCheck *table, const FactCheck *check, int column)
{
	const Phrases *words = table->words;
	char	   *range = range_words(table, check->fact);

	if (check->outside > 0)
		report(table, check, column, "range",
			   psprintf(words->table_range, count_words(check->outside), count_words(check->values)),
			   check->low && check->high ? psprintf(words->table_range_numbers, check->low, check->high, range) :
			   check->low ? psprintf(words->table_range_one, check->low, range) :
			   psprintf(words->table_range_hint, range));
}

static void
report_unit(TableCheck *table, const FactCheck *check, int column)
{
	const Phrases *words = table->words;

	if (!check->scale_guessed)
		return;
	report(table, check, column, "unit",
		   psprintf(words->table_unit, count_words(check->nonzero), numeric_normalize(check->median), check->scale->words),
		   check->scale->share ? words->table_unit_share : psprintf(words->table_unit_hint, unit_name(check->fact->unit)));
}

/* What NULL means for a fact for which it does not mean unknown. */
static const char *
null_words(const TableCheck *table, const FactCheck *check)
{
	return check->fact->null_means == NULL_ZERO ? "0" : table->words->none;
}

static void
report_values(TableCheck *table, const FactCheck *check, int column)
{
	const Phrases *words = table->words;
	int64		rows = check->by_values ? table->read : table->rows;
	int64		nulls = rows - check->values;

	if (nulls > 0 && check->fact->null_means == NULL_UNKNOWN)
		report(table, check, column, "nulls", psprintf(words->table_nulls, count_words(nulls), count_words(rows)), NULL);
	else if (nulls > 0 && check->values == 0)
		report(table, check, column, "nulls",
			   psprintf(words->table_all_null, null_words(table, check)), words->table_all_null_hint);
	report_range(table, check, column);
	if (check->column > 0)
		report_unit(table, check, column);
}

/* ---------------- texts ---------------- */

static void
report_formats(TableCheck *table, const FactCheck *check, int column)
{
	const Phrases *words = table->words;
	const char *one = check->reading == READ_YES ? words->table_word : words->table_format;
	TextCounts	formats = {NIL, false};
	bool		percent = false;
	bool		plain = false;
	ListCell   *cell;

	if (list_length(check->texts.formats) < 2)
		return;
	foreach(cell, check->texts.formats)
	{
		const TextFormat *format = lfirst(cell);

		text_counts_add(&formats, format->example, format->count, list_length(check->texts.formats));
		percent |= strchr(format->format, '%') != NULL;
		plain |= strcmp(format->format, "9") == 0;
	}
	report(table, check, column, "mixed",
		   psprintf(words->table_mixed, text_counts_words(&formats, one, words->comma)),
		   check->reading != READ_AMOUNT || !percent || !plain ? NULL :
		   check->unit && strcmp(check->unit, "%") == 0 ? words->table_mixed_percent : words->table_mixed_share);
}

static char *
examples_words(const Phrases *words, const TextFindings *found)
{
	StringInfoData buf;
	ListCell   *cell;

	initStringInfo(&buf);
	foreach(cell, found->examples)
	{
		appendStringInfo(&buf, "%s%s", buf.len > 0 ? words->semicolon : "", (char *) lfirst(cell));
	}
	if (found->unreadable > list_length(found->examples))
		appendStringInfo(&buf, "%s…", words->semicolon);
	return buf.data;
}

/* Reports the results of reading the texts. */
static void
report_texts(TableCheck *table, const FactCheck *check, int column)
{
	const Phrases *words = table->words;
	const TextFindings *found = &check->texts;
	int64		empty = table->read - found->looked;

	if (found->unreadable > 0)
		report(table, check, column, "unreadable",
			   psprintf(check->reading == READ_YES && check->fact->null_means != NULL_UNKNOWN
						? words->table_unreadable_none : words->table_unreadable,
						count_words(found->unreadable), count_words(found->looked), examples_words(words, found)),
			   words->table_unreadable_hint);
	report_formats(table, check, column);
	if (empty > 0 && check->fact->null_means == NULL_UNKNOWN)
		report(table, check, column, "nulls",
			   psprintf(words->table_empty, count_words(empty), count_words(table->read)), NULL);
	else if (empty > 0 && empty == table->read)
		report(table, check, column, "nulls",
			   psprintf(words->table_all_null, null_words(table, check)), words->table_all_null_hint);
	else if (empty > 0)
		report(table, check, column, "nulls",
			   psprintf(words->table_empty_none, count_words(empty), count_words(table->read), null_words(table, check)),
			   check->reading == READ_AMOUNT || check->reading == READ_DAY ? words->table_empty_none_hint : NULL);
	report_range(table, check, column);
	report_unit(table, check, column);
}

/* Reports texts that are nearly values. */
static void
report_near(TableCheck *table, const FactCheck *check, int column)
{
	const Phrases *words = table->words;
	const TextFindings *found = &check->texts;

	if (found->near > 0)
		report(table, check, column, "near",
			   psprintf(words->table_near, count_words(found->near), count_words(found->looked),
						text_counts_words(&found->near_texts, words->table_word, words->comma)),
			   psprintf(words->table_near_fixed, check_reading_name(READ_TEXT)));
	if (found->label > 0)
		report(table, check, column, "near",
			   psprintf(words->table_near, count_words(found->label), count_words(found->looked),
						text_counts_words(&found->label_texts, words->table_word, words->comma)),
			   psprintf(words->table_near_label, text_counts_words(&found->label_texts, "'%s'", " ")));
	if (found->contains > 0)
		report(table, check, column, "contains",
			   psprintf(words->table_contains, count_words(found->contains), count_words(found->looked),
						text_counts_words(&found->containing, words->table_word, words->comma)),
			   psprintf(words->table_near_label, text_counts_words(&found->containing, "'%s'", " ")));
}

/* ---------------- equality ---------------- */

/*
 * Returns what makes PostgreSQL treat different texts of this type and collation as equal,
 * or NULL.
 */
static char *
lenient(const Phrases *words, Oid type, Oid collation)
{
	Oid			base = getBaseType(type);

	/* an extension type such as citext, which zjtx reads as text */
	if (base != TEXTOID && base != VARCHAROID && base != BPCHAROID && base != NAMEOID && !type_is_enum(base) &&
		lookup_type_cache(base, TYPECACHE_EQ_OPR)->eq_opr != TextEqualOperator)
		return psprintf(words->table_the_type, format_type_be(base));
	if (OidIsValid(collation) && !get_collation_isdeterministic(collation))
		return psprintf(words->table_the_collation, get_collation_name(collation));
	return NULL;
}

static void
report_lenient(TableCheck *table, const FactCheck *check, const char *what, char *found)
{
	if (found)
		report(table, check, check->column, "equality", psprintf(table->words->table_equality, found, what),
			   table->words->table_equality_hint);
}

/*
 * Reports texts that PostgreSQL and the policy compare differently: those of the column,
 * or of its array's elements.
 */
static void
report_equality(TableCheck *table, const FactCheck *check)
{
	const Phrases *words = table->words;
	Form_pg_attribute att = TupleDescAttr(table->desc, check->column - 1);
	const Fact *fact = check->fact;
	Oid			element;
	TupleDesc	desc;
	ListCell   *cell;

	if (fact->type == TYPE_TEXT)
		report_lenient(table, check, "", lenient(words, check->type, att->attcollation));
	if (fact->type != TYPE_LIST || check->type == JSONBOID)
		return;
	element = get_element_type(check->type);
	if (fact->scalars)
	{
		if (((const Fact *) linitial(fact->fields))->type == TYPE_TEXT)
			report_lenient(table, check, "", lenient(words, element, att->attcollation));
		return;
	}
	desc = lookup_rowtype_tupdesc_copy(getBaseType(element), -1);
	foreach(cell, fact->fields)
	{
		const Fact *field = lfirst(cell);
		int			column = fact_column(desc, field);

		if (field->type == TYPE_TEXT && column > 0)
			report_lenient(table, check, psprintf(words->table_of_field, field->name),
						   lenient(words, TupleDescAttr(desc, column - 1)->atttypid,
								   TupleDescAttr(desc, column - 1)->attcollation));
	}
}

/* ---------------- facts ---------------- */

/* Lists the years that have columns, and those between them that have none. */
static void
report_years(TableCheck *table, const FactCheck *check)
{
	const Phrases *words = table->words;
	StringInfoData found;
	StringInfoData lacking;
	int			next = 0;
	ListCell   *cell;

	initStringInfo(&found);
	initStringInfo(&lacking);
	foreach(cell, check->years)
	{
		int			year = ((const FactCheck *) lfirst(cell))->year;

		for (; next != 0 && next < year; next++)
			appendStringInfo(&lacking, "%s%d", lacking.len > 0 ? words->member_comma : "", next);
		if (next == year + 1)
			continue;
		appendStringInfo(&found, "%s%d", found.len > 0 ? words->member_comma : "", year);
		next = year + 1;
	}
	report(table, check, 0, "years",
		   lacking.len > 0 ? psprintf(words->table_years_lacking, found.data, lacking.data)
		   : psprintf(words->table_years, found.data), NULL);
}

static void
report_column(TableCheck *table, const FactCheck *check)
{
	const Phrases *words = table->words;
	int			column = check_source(check);

	if (check->column > 0 && check->gives)
		report(table, check, column, "given",
			   strcmp(NameStr(TupleDescAttr(table->desc, column - 1)->attname), check->fact->name) == 0
			   ? words->table_by_name : words->table_by_label, NULL);
	else if (check->column > 0)
		report_type(table, check);
	else
		report_mapped(table, check);
	if (check->denied)
	{
		report(table, check, column, "denied", words->table_denied, words->table_denied_hint);
		return;
	}
	if (check->column > 0 && check->gives && !check->fact->by_year)
		report_equality(table, check);
	if (check->found)
		report(table, check, column, "years", psprintf(words->table_year_column, check->found), NULL);
	if (check->twice)
		report(table, check, column, "twice",
			   psprintf(words->table_twice, count_words(check->ambiguous), count_words(table->rows), check->twice),
			   words->table_twice_hint);
	if (check->gives)
	{
		report_values(table, check, column);
		report_near(table, check, column);
	}
	else if (check->reading != READ_NOT)
		report_texts(table, check, column);
}

/* Reports the columns of the detail table. */
static void
report_detail(Detail *detail)
{
	TableCheck *table = &detail->table;
	ListCell   *cell;

	if (table->read > 0 && table->read < table->rows)
		report_table(table, 0, "sample",
					 psprintf(table->words->table_sample, count_words(table->read), count_words(table->rows)), NULL);
	foreach(cell, detail->facts)
	{
		const DetailFact *fact = lfirst(cell);
		int			column = check_source(fact->check);

		report_from_detail(table, fact->check, fact->year);
		if (fact->check->gives)
		{
			report_values(table, fact->check, column);
			report_near(table, fact->check, column);
		}
		else
			report_texts(table, fact->check, column);
	}
}

/* Reports an object that stores outdated answers about rows of the table. */
static void
report_stale(void *argument, const Use *use, const char *kind, const char *finding, const char *hint)
{
	if (strcmp(kind, "stale") == 0)
		report_table(argument, 0, kind, psprintf("%s: %s", use->description, finding), hint);
}

void
check_report(TableCheck *table)
{
	const Phrases *words = table->words;
	ListCell   *cell;

	if (table->read > 0 && table->read < table->rows)
		report_table(table, 0, "sample",
					 psprintf(words->table_sample, count_words(table->read), count_words(table->rows)), NULL);
	if (table->duplicates)
		report_table(table, table->key, "duplicates",
					 psprintf(words->table_duplicates, count_words(table->nduplicates), table->duplicates),
					 words->table_duplicates_hint);
	if (table->no_key > 0)
		report_table(table, table->key, "duplicates",
					 psprintf(words->table_no_key, count_words(table->no_key), count_words(table->rows)), NULL);
	foreach(cell, table->checks)
	{
		const FactCheck *check = lfirst(cell);

		if (check->years)
			report_years(table, check);
		else if (check->from_detail)
			continue;
		else if (check_source(check) == 0)
			report_absent(table, check);
		else
			report_column(table, check);
	}
	if (table->detail)
		report_detail(table->detail);
	foreach(cell, uses_find(table->relation))
	{
		use_check(lfirst(cell), report_stale, table);
	}
	report_table(table, 0, "view", check_mapping_view(table), words->table_view_hint);
}
