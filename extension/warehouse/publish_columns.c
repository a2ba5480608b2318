/*
 * publish_columns.c
 *		The columns of a published view.
 */
#include "postgres.h"

#include <ctype.h>

#include "catalog/pg_type.h"
#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/builtins.h"

#include "answers/lines.h"
#include "answers/phrases.h"
#include "facts/bind.h"
#include "language/names.h"
#include "messages.h"
#include "own.h"
#include "publish.h"
#include "relation.h"

/* Room for a suffix _2 to _9999 that makes a name unique. */
#define SUFFIX_LENGTH 5

typedef struct Columns
{
	List	   *all;			/* of PublishedColumn */
	Symbols    *by_code;		/* keys are clause or clause/stage; prevents
								 * duplicate columns */
	Symbols    *by_name;
	bool		pays;
} Columns;

bool
publish_has_column(TupleDesc desc, const char *name)
{
	return column_number(desc, name) > 0;
}

const PublishedColumn *
published_find(const List *columns, const char *name)
{
	ListCell   *cell;

	foreach(cell, columns)
	{
		const PublishedColumn *column = lfirst(cell);

		if (strcmp(column->name, name) == 0)
			return column;
	}
	return NULL;
}

/* ---------------- names ---------------- */

/*
 * Appends a code:  ASCII letters in lower case, non-ASCII characters unchanged, and _ for
 * anything else that is not a letter or digit.
 */
static void
append_name(StringInfo name, const char *code)
{
	const char *at;

	appendStringInfoChar(name, '_');
	for (at = code; *at; at++)
	{
		char		c = *at;

		if (!IS_HIGHBIT_SET(c) && !isalnum((unsigned char) c))
			c = '_';
		else if (c >= 'A' && c <= 'Z')
			c += 'a' - 'A';
		appendStringInfoChar(name, c);
	}
}

/* Returns a unique identifier such as clause_7_neeq_filed. */
static char *
column_name(Columns *columns, const LineEntry *entry)
{
	StringInfoData buf;
	char	   *name;
	int			i;

	initStringInfo(&buf);
	appendStringInfoString(&buf, entry->rung ? "rung" : entry->group ? "group" : entry->code ? "clause" : "eligible");
	if (entry->code)
		append_name(&buf, entry->code);
	if (entry->stage)
		append_name(&buf, entry->provision->code);
	name = pnstrdup(buf.data, pg_mbcliplen(buf.data, buf.len, NAMEDATALEN - 1));
	for (i = 2; symbols_find(columns->by_name, name); i++)
		name = psprintf("%.*s_%d", pg_mbcliplen(buf.data, buf.len, NAMEDATALEN - 1 - SUFFIX_LENGTH), buf.data, i);
	return name;
}

/* Returns, for example, verdict_amount(…, 'clause', 'stage'). */
static char *
column_words(const LineEntry *entry, bool amount)
{
	StringInfoData buf;

	initStringInfo(&buf);
	appendStringInfo(&buf, "%s.verdict_%s(%%s, %s::pg_catalog.text", own_internal_schema(), amount ? "amount" : "eligible",
					 quote_literal_cstr(entry->code ? entry->code : ""));
	if (entry->stage)
		appendStringInfo(&buf, ", %s::pg_catalog.text", quote_literal_cstr(entry->provision->code));
	appendStringInfoChar(&buf, ')');
	return buf.data;
}

static PublishedColumn *
add_column(Columns *columns, char *name, Oid type, char *words, char *comment)
{
	PublishedColumn *column = palloc(sizeof(PublishedColumn));

	column->name = name;
	column->type = type;
	column->words = words;
	column->comment = comment;
	columns->all = lappend(columns->all, column);
	(void) symbols_add(columns->by_name, name, column);
	return column;
}

static PublishedColumn *
find_or_add_line(Columns *columns, const Compiled *compiled, const Document *doc, const LineEntry *entry,
				 const PublishedColumn *whole)
{
	bool		amount = entry->group || (entry->clause && entry->clause->amount >= 0);
	char	   *code = psprintf("%s%s%s", entry->code ? entry->code : "", entry->stage ? "/" : "",
								entry->stage ? entry->provision->code : "");
	PublishedColumn *column = symbols_find(columns->by_code, code);

	columns->pays |= amount;
	if (column)
		return column;
	column = add_column(columns, column_name(columns, entry), amount ? NUMERICOID : BOOLOID,
						column_words(entry, amount), published_line_comment(compiled, doc, entry, amount, whole ? whole->name : NULL));
	(void) symbols_add(columns->by_code, code, column);
	return column;
}

static void
add_ladder(Columns *columns, const Phrases *words, const char *title)
{
	const struct
	{
		const char *name;
		Oid			type;
		const char *comment;
	}			fields[3] = {
		{"level", INT4OID, words->published_level},
		{"code", TEXTOID, words->published_code},
		{"label", TEXTOID, words->published_label}
	};
	int			i;

	for (i = 0; i < 3; i++)
		add_column(columns, psprintf("placement_%s", fields[i].name), fields[i].type,
				   psprintf("(%s.verdict_placement(%%s)).%s", own_internal_schema(), fields[i].name),
				   psprintf("%s%s%s", fields[i].comment, words->published_null,
							title ? psprintf(words->published_ladder, title) : ""));
}

List *
published_columns(const Compiled *compiled, TupleDesc table)
{
	Columns		columns = {NIL, symbols_create(), symbols_create(), false};
	const Document *ladder = NULL;
	ListCell   *cell;
	int			i,
				j;

	for (i = 0; i < compiled->nprograms; i++)
	{
		const Program *program = compiled->programs[i];
		PublishedColumn *whole = NULL;
		LineEntry  *entries;
		int			count = lines_of(program, &entries);

		if (program->nrungs > 0)
			ladder = program->doc;
		for (j = 0; j < count; j++)
		{
			PublishedColumn *column;

			CHECK_FOR_INTERRUPTS();
			column = find_or_add_line(&columns, compiled, program->doc, &entries[j], whole);
			if (entries[j].stage == NULL)
				whole = column;
		}
	}
	if (ladder)
		add_ladder(&columns, published_words(compiled), ladder->ladder);
	if (columns.pays)
		add_column(&columns, pstrdup("total_amount"), NUMERICOID, psprintf("%s.verdict_total(%%s)", own_internal_schema()),
				   psprintf(published_words(compiled)->published_total, unit_name(UNIT_YUAN)));
	foreach(cell, columns.all)
	{
		const PublishedColumn *column = lfirst(cell);

		if (publish_has_column(table, column->name))
			ereport(ERROR,
					(errcode(ERRCODE_DUPLICATE_COLUMN),
					 errmsg("the table has a column \"%s\" of its own", column->name),
					 errhint("Publish a view of the table that gives it another name.")));
	}
	return columns.all;
}
