/*
 * check_texts.c
 *		Reads the columns of texts as the view will read them.
 *
 * From a table with many rows, every nth row is read.  The query runs with the rights of
 * the caller, so that row security applies.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "compat.h"
#include "executor/spi.h"
#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"

#include "check_table.h"
#include "language/texts.h"
#include "office/cell.h"
#include "office/office_values.h"
#include "own.h"
#include "relation.h"

#define MOST_ROWS 10000			/* greatest number of rows whose texts are
								 * read */
#define MOST_EXAMPLES 3
#define MOST_FORMATS 20
#define MOST_TEXTS 500			/* greatest number of different texts kept for
								 * a column */
#define ROWS_AT_A_TIME 200

/* A column of texts. */
typedef struct TextColumn
{
	int			attnum;
	List	   *checks;			/* of FactCheck: the facts whose source it is */
	TextCounts	texts;			/* texts of a column that gives a text or no
								 * fact */
} TextColumn;

typedef struct TextReader
{
	TableCheck *table;
	List	   *columns;		/* of TextColumn */
	MemoryContext keep;
	MemoryContext row;			/* reset for each row */
} TextReader;

/* ---------------- a text ---------------- */

/* Replaces numbers by 9, so that 2024/3/1 and 2023/12/31 have the same format; folds widths. */
static char *
format_of(const char *text, int length)
{
	CellText	folded;
	StringInfoData format;
	bool		in_number = false;
	int			i;

	if (cell_fold(text, length, &folded))
	{
		text = folded.text;
		length = folded.length;
	}
	initStringInfo(&format);
	for (i = 0; i < length; i++)
	{
		bool		digit = text[i] >= '0' && text[i] <= '9';

		if (!digit && !(in_number && text[i] == ',' && i + 1 < length && text[i + 1] >= '0' && text[i + 1] <= '9'))
			appendStringInfoChar(&format, text[i]);
		else if (!in_number)
			appendStringInfoChar(&format, '9');
		in_number = digit || (in_number && text[i] == ',');
	}
	return format.data;
}

/* The number of decimals does not make another format. */
static char *
format_of_amount(const char *text, int length)
{
	char	   *format = format_of(text, length);
	char	   *point = strstr(format, "9.9");

	if (point)
		memmove(point, point + 2, strlen(point + 2) + 1);
	return format;
}

static void
note_format(TextReader *reader, TextFindings *found, char *format, const char *text, int length)
{
	ListCell   *cell;
	MemoryContext old;
	TextFormat *new;

	foreach(cell, found->formats)
	{
		TextFormat *known = lfirst(cell);

		if (strcmp(known->format, format) == 0)
		{
			known->count++;
			return;
		}
	}
	if (list_length(found->formats) >= MOST_FORMATS)
		return;
	old = MemoryContextSwitchTo(reader->keep);
	new = palloc(sizeof(TextFormat));
	new->format = pstrdup(format);
	new->example = pnstrdup(text, length);
	new->count = 1;
	found->formats = lappend(found->formats, new);
	MemoryContextSwitchTo(old);
}

#define SHOWN_BYTES 60

/* Records a text that cannot be read, with the key of its row. */
static void
note_unreadable(TextReader *reader, TextFindings *found, const char *key, const char *text, int length)
{
	const Phrases *words = reader->table->words;
	int			shown = pg_mbcliplen(text, length, SHOWN_BYTES);
	MemoryContext old;

	found->unreadable++;
	if (list_length(found->examples) >= MOST_EXAMPLES)
		return;
	old = MemoryContextSwitchTo(reader->keep);
	found->examples = lappend(found->examples,
							  psprintf(words->table_example, key,
									   psprintf("%s%s", pnstrdup(text, shown), shown < length ? "…" : "")));
	MemoryContextSwitchTo(old);
}

static void
note_amount(TextReader *reader, TextFindings *found, Datum number, bool named)
{
	MemoryContext old = MemoryContextSwitchTo(reader->keep);
	AmountFound *amount = palloc(sizeof(AmountFound));

	amount->number = DatumGetNumericCopy(number);
	amount->named = named;
	found->amounts = lappend(found->amounts, amount);
	MemoryContextSwitchTo(old);
}

static void
note_day(FactCheck *check, DateADT day)
{
	const Fact *fact = check->fact;

	if ((fact->low && day < fact->low->date) || (fact->high && day > fact->high->date))
		check->outside++;
}

/* Reads the elements of a list in one cell; unreadable if one of them is. */
static OfficeReading
read_list(const Fact *field, const char *text, int length)
{
	static const char *const separators[] = {"、", ",", "，", ";", "；"};
	StringInfoData cell;
	char	   *at;
	size_t		i;

	initStringInfo(&cell);
	if (office_text(text, length, &cell) != OFFICE_VALUE)
		return OFFICE_NOTHING;
	for (at = cell.data; at;)
	{
		char	   *next = NULL;
		size_t		skip = 0;
		DateADT		day;
		Datum		number;

		for (i = 0; i < lengthof(separators); i++)
		{
			char	   *found = field->type == TYPE_NUMBER && (i == 1 || i == 2) ? NULL : strstr(at, separators[i]);

			if (found && (next == NULL || found < next))
			{
				next = found;
				skip = strlen(separators[i]);
			}
		}
		length = next ? next - at : (int) strlen(at);
		if ((field->type == TYPE_DATE && office_day(at, length, &day) == OFFICE_UNREADABLE) ||
			(field->type == TYPE_NUMBER && office_amount(at, length, NULL, &number) == OFFICE_UNREADABLE))
			return OFFICE_UNREADABLE;
		at = next ? next + skip : NULL;
	}
	return OFFICE_VALUE;
}

/* Reads a text as the fact's type; it is not empty. */
static void
read_text(TextReader *reader, FactCheck *check, const char *key, const char *text, int length)
{
	TextFindings *found = &check->texts;
	OfficeReading reading = OFFICE_NOTHING;
	char	   *format = NULL;
	bool		truth;
	DateADT		day;
	Datum		number;
	bool		named;

	switch (check->reading)
	{
		case READ_YES:
			reading = office_yes(text, length, &truth);
			format = pnstrdup(text, length);
			break;
		case READ_DAY:
			reading = office_day(text, length, &day);
			if (reading == OFFICE_VALUE)
				note_day(check, day);
			format = format_of(text, length);
			break;
		case READ_AMOUNT:
			reading = office_amount_unit(text, length, NULL, &number, &named);
			if (reading == OFFICE_VALUE)
				note_amount(reader, found, number, named);
			format = format_of_amount(text, length);
			break;
		case READ_LIST:
			reading = read_list(linitial(check->fact->fields), text, length);
			break;
		case READ_TEXT:
		case READ_NOT:
			return;
	}
	if (reading == OFFICE_NOTHING)
		return;
	found->looked++;
	if (reading == OFFICE_UNREADABLE)
		note_unreadable(reader, found, key, text, length);
	else
	{
		check->values++;
		if (format)
			note_format(reader, found, format, text, length);
	}
}

/* ---------------- the rows ---------------- */

static void
read_row(TextReader *reader, HeapTuple row, TupleDesc desc, int64 number)
{
	const char *key = SPI_getvalue(row, desc, 2);
	MemoryContext old = MemoryContextSwitchTo(reader->row);
	ListCell   *cell;

	if (key == NULL)
		key = psprintf(reader->table->words->table_row, psprintf(INT64_FORMAT, number));
	foreach(cell, reader->columns)
	{
		TextColumn *column = lfirst(cell);
		bool		null;
		Datum		datum = SPI_getbinval(row, desc, 3 + foreach_current_index(cell), &null);
		text	   *value;
		bool		keeps = column->checks == NIL;
		ListCell   *one;

		if (null)
			continue;
		value = DatumGetTextPP(datum);
		foreach(one, column->checks)
		{
			FactCheck  *check = lfirst(one);

			if (check->reading == READ_TEXT)
			{
				check->texts.looked++;
				keeps = true;
			}
			else
				read_text(reader, check, key, VARDATA_ANY(value), VARSIZE_ANY_EXHDR(value));
		}
		if (keeps && VARSIZE_ANY_EXHDR(value) > 0 && !column->texts.more)
		{
			char	   *copy = text_to_cstring(value);

			MemoryContextSwitchTo(reader->keep);
			text_counts_add(&column->texts, copy, 1, MOST_TEXTS);
			MemoryContextSwitchTo(reader->row);
		}
	}
	MemoryContextSwitchTo(old);
	MemoryContextReset(reader->row);
}

static char *
rows_query(const TextReader *reader)
{
	const TableCheck *table = reader->table;
	StringInfoData inner;
	StringInfoData outer;
	int64		step = table->rows > MOST_ROWS ? (table->rows + MOST_ROWS - 1) / MOST_ROWS : 1;
	ListCell   *cell;

	initStringInfo(&inner);
	initStringInfo(&outer);
	foreach(cell, reader->columns)
	{
		const TextColumn *column = lfirst(cell);

		appendStringInfo(&inner, ", (t.%s)::pg_catalog.text AS c%d",
						 quote_identifier(NameStr(TupleDescAttr(table->desc, column->attnum - 1)->attname)),
						 foreach_current_index(cell));
		appendStringInfo(&outer, ", s.c%d", foreach_current_index(cell));
	}
	return psprintf("SELECT s.n, s.k%s FROM (SELECT pg_catalog.row_number() OVER () AS n, %s AS k%s FROM %s AS t WHERE $1) AS s"
					" WHERE s.n OPERATOR(pg_catalog.%%) " INT64_FORMAT "::pg_catalog.int8 OPERATOR(pg_catalog.=) 0::pg_catalog.int8",
					outer.data,
					table->key > 0 ? psprintf("(t.%s)::pg_catalog.text",
											  quote_identifier(NameStr(TupleDescAttr(table->desc, table->key - 1)->attname)))
					: "NULL::pg_catalog.text",
					inner.data, relation_words(table->relation), step);
}

static void
read_rows(TextReader *reader)
{
	Oid			type = BOOLOID;
	Datum		always = BoolGetDatum(true);
	TableCheck *table = reader->table;
	SPIPlanPtr	plan = own_prepare(CurrentMemoryContext, rows_query(reader), 1, &type, table->relation, NULL, 0, 0);
	Portal		portal = SPI_cursor_open_with_paramlist(NULL, plan, own_parameters(1, &type, &always, NULL), true);
	bool		null;
	uint64		i;

	for (;;)
	{
		SPI_cursor_fetch(portal, true, ROWS_AT_A_TIME);
		if (SPI_processed == 0)
			break;
		for (i = 0; i < SPI_processed; i++)
		{
			HeapTuple	row = SPI_tuptable->vals[i];

			CHECK_FOR_INTERRUPTS();
			read_row(reader, row, SPI_tuptable->tupdesc,
					 DatumGetInt64(SPI_getbinval(row, SPI_tuptable->tupdesc, 1, &null)));
			table->read++;
		}
		SPI_freetuptable(SPI_tuptable);
	}
	SPI_freetuptable(SPI_tuptable);
	SPI_cursor_close(portal);
	SPI_freeplan(plan);
}

/* ---------------- columns ---------------- */

/* The facts that a column gives as texts to be read; sets *used if it gives any. */
static List *
checks_of(const TableCheck *table, int column, bool *used)
{
	List	   *checks = NIL;
	ListCell   *cell;

	*used = false;
	foreach(cell, table->checks)
	{
		FactCheck  *check = lfirst(cell);

		if (check_source(check) != column)
			continue;
		*used = true;
		if (check->reading != READ_NOT)
			checks = lappend(checks, check);
	}
	return checks;
}

static bool
is_text(Oid type)
{
	char		category;
	bool		preferred;

	get_type_category_preferred(getBaseType(type), &category, &preferred);
	return category == TYPCATEGORY_STRING;
}

static List *
text_columns(const TableCheck *table)
{
	List	   *columns = NIL;
	int			i;

	for (i = 0; i < table->desc->natts; i++)
	{
		Form_pg_attribute att = TupleDescAttr(table->desc, i);
		List	   *checks;
		bool		used;
		TextColumn *column;

		if (att->attisdropped || table->denied[i] || !is_text(att->atttypid))
			continue;
		checks = checks_of(table, i + 1, &used);
		if (used && checks == NIL)
			continue;
		column = palloc0(sizeof(TextColumn));
		column->attnum = i + 1;
		column->checks = checks;
		columns = lappend(columns, column);
	}
	return columns;
}

/*
 * Returns the fact whose values are the texts of a column, if exactly one fact without a
 * column fits and its label resembles the header.
 */
static FactCheck *
fact_of_texts(const TableCheck *table, const TextColumn *column)
{
	FactCheck  *found = NULL;
	ListCell   *cell;

	foreach(cell, table->checks)
	{
		FactCheck  *check = lfirst(cell);

		if (check_source(check) != 0 || check->years || check->fact->type != TYPE_TEXT || check->fact->label == NULL ||
			!header_akin(check->fact->label, NameStr(TupleDescAttr(table->desc, column->attnum - 1)->attname)) ||
			!check_all_values(check->fact, &column->texts))
			continue;
		if (found)
			return NULL;
		found = check;
	}
	return found;
}

/* Maps columns by their texts, if each column fits one fact and each fact one column. */
static void
map_by_texts(TableCheck *table, const List *columns)
{
	FactCheck **facts = palloc0_array(FactCheck *, list_length(columns) + 1);
	ListCell   *cell;
	int			i;
	int			other;

	foreach(cell, columns)
	{
		const TextColumn *column = lfirst(cell);

		CHECK_FOR_INTERRUPTS();
		if (column->checks == NIL)
			facts[foreach_current_index(cell)] = fact_of_texts(table, column);
	}
	for (i = 0; i < list_length(columns); i++)
	{
		TextColumn *column = list_nth(columns, i);
		bool		alone = facts[i] != NULL;

		for (other = 0; other < list_length(columns); other++)
			alone &= other == i || facts[other] != facts[i];
		if (!alone || !check_map_column(table, facts[i], column->attnum))
			continue;
		column->checks = list_make1(facts[i]);
		facts[i]->by_values = true;
	}
}

/* Compares the texts of a column with the values of its fact. */
static void
compare_texts(const TableCheck *table, const TextColumn *column, FactCheck *check)
{
	ListCell   *cell;

	if (check->reading != READ_TEXT)
		return;
	foreach(cell, column->texts.texts)
	{
		CHECK_FOR_INTERRUPTS();
		check_near(check, lfirst(cell));
	}
	if (check->by_values)
		foreach(cell, column->texts.texts)
			check->values += ((const TextCount *) lfirst(cell))->count;

	/* the view converts these to values in the range */
	if (table->read == table->rows)
		check->outside -= Min(check->outside, check->texts.near + check->texts.nnothing);
}

void
check_read_texts(TableCheck *table)
{
	TextReader	reader;
	ListCell   *cell;

	reader.table = table;
	reader.columns = text_columns(table);
	if (reader.columns == NIL)
		return;
	reader.keep = CurrentMemoryContext;
	reader.row = AllocSetContextCreate(CurrentMemoryContext, "zjtx check_table row", ALLOCSET_DEFAULT_SIZES);
	read_rows(&reader);
	MemoryContextDelete(reader.row);
	map_by_texts(table, reader.columns);
	foreach(cell, reader.columns)
	{
		const TextColumn *column = lfirst(cell);
		ListCell   *one;

		if (column->checks == NIL)
			table->texts[column->attnum - 1] = column->texts;
		foreach(one, column->checks)
		{
			compare_texts(table, column, lfirst(one));
		}
	}
}
