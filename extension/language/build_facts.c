/*
 * build_facts.c
 *		Builds facts, units and tables.
 */
#include "postgres.h"

#include "utils/fmgrprotos.h"

#include "build.h"
#include "messages.h"
#include "names.h"
#include "teach.h"

List *
state_units(const ReadState *state)
{
	if (state->units == NIL)
		return state->doc ? state->doc->units : NIL;
	return list_concat_copy(state->doc->units, state->units);
}

Unit
build_unit(ReadState *state, const char *name, Span span)
{
	const List *declared = state_units(state);
	Unit		unit = unit_find(declared, name);

	if (unit == NULL)
	{
		Nearest		nearest;
		char	   *hint;

		/*
		 * otherwise the word may be a misspelled keyword of the next
		 * statement
		 */
		if (teach_unit(name))
			teach_correct(state, span, teach_unit(name), "unknown unit \"%s\"", name);
		nearest_start(&nearest, name);
		keywords_offer(&nearest);
		hint = nearest_hint(&nearest);
		read_error(state, span.start,
				   hint ? hint : psprintf(_("The units are %s."), unit_words(declared)),
				   "unknown unit \"%s\"", name);
	}
	return unit;
}

/*
 * Adds a unit that the document declares: an independent unit, a currency, or a multiple
 * of another unit.
 */
void
build_declared_unit(ReadState *state, char *name, const Quantity *equals, bool currency, Span span)
{
	UnitInfo   *unit = palloc0(sizeof(UnitInfo));
	const char *suffix = name;
	int			exponent;
	Unit		other;

	if (unit_find(state->doc->units, name))
		read_error(state, span.start, NULL, "unit \"%s\" already exists", name);
	if (is_multiple(name) || unit_split(state->doc->units, &suffix, &exponent, &other))
		read_error(state, span.start, NULL, "\"%s\" after a number already has a meaning", name);
	unit->name = name;
	unit->declared = true;
	unit->currency = currency;
	unit->of = unit;
	unit->numerator = unit->denominator = "1";
	unit->decimals = currency ? 2 : 0;
	if (equals)
	{
		Unit		of = equals->unit;
		Datum		zero = DirectFunctionCall1(int4_numeric, Int32GetDatum(0));
		Datum		number = NumericGetDatum(equals->number);

		if (of == UNIT_FREE || of == UNIT_PLAIN || of == UNIT_POINT)
			read_error(state, span.start, NULL, "a unit is a multiple of another unit, such as 15%s",
					   unit_word(&builtin_units[BUILTIN_MU]));
		if (of->of->currency)
			read_error(state, span.start,
					   psprintf(_("Write amounts in %s, and declare another currency with: unit %s currency."),
								unit_word(of), name),
					   "money has no other units");
		if (DatumGetBool(DirectFunctionCall2(numeric_le, number, zero)))
			read_error(state, span.start, NULL, "a unit must be more than 0 of another");
		unit->of = of->of;
		number = DirectFunctionCall2(numeric_mul, number,
									 DirectFunctionCall3(numeric_in, CStringGetDatum(of->numerator),
														 ObjectIdGetDatum(InvalidOid), Int32GetDatum(-1)));
		unit->numerator = DatumGetCString(DirectFunctionCall1(numeric_out, number));
		unit->denominator = of->denominator;
		if (strlen(unit->numerator) > MAX_NUMBER_DIGITS)
			read_error(state, span.start, NULL, "a unit of more than %d digits of another", MAX_NUMBER_DIGITS);
		unit->decimals = of->decimals;
	}
	state->doc->units = lappend(state->doc->units, unit);
}

/* ---------------- facts ---------------- */

TextValue *
build_text_value(char *text, Span span)
{
	TextValue  *value = palloc0(sizeof(TextValue));

	value->text = text;
	value->span = span;
	return value;
}

TextValue *
build_label(TextValue *value, char *text, Span span)
{
	TextLabel  *label = palloc(sizeof(TextLabel));

	label->text = text;
	label->span = span;
	value->labels = lappend(value->labels, label);
	return value;
}

NullMeaning
build_null_number(ReadState *state, Quantity quantity, Span span)
{
	if (whole_number(quantity.number, 0, 0) != 0)
		read_error(state, span.start, NULL, "NULL can mean none, unknown or 0");
	return NULL_ZERO;
}

Fact *
build_field(ReadState *state, char *name, ValueType type, Unit unit, Span unit_span, Span span)
{
	Fact	   *field = palloc0(sizeof(Fact));

	if (unit != UNIT_FREE && type != TYPE_NUMBER)
		read_error(state, unit_span.start, NULL, "only a number has a unit");
	field->name = name;
	field->type = type;
	field->unit = unit;
	field->span = span;
	return field;
}

Fact *
build_list(char *name, List *fields, bool scalars, Span span)
{
	Fact	   *list = palloc0(sizeof(Fact));
	int			i;

	list->name = name;
	list->type = TYPE_LIST;
	list->fields = fields;
	list->scalars = scalars;
	list->span = span;
	for (i = 0; i < list_length(fields); i++)
		((Fact *) list_nth(fields, i))->index = i;
	return list;
}

Fact *
build_declaration(Fact *fact, char *label, const FactRange *range, NullMeaning null_means)
{
	/* the range of a list of scalars applies to its elements */
	Fact	   *ranged = fact->scalars ? linitial(fact->fields) : fact;

	ranged->low = range->low;
	ranged->high = range->high;
	ranged->values = range->values;
	fact->label = label;
	fact->null_means = null_means;
	return fact;
}

void
build_fact(ReadState *state, Fact *fact, bool by_year, Span by_year_span, bool fixed, Span span)
{
	if (by_year && fact->type == TYPE_LIST)
		read_error(state, by_year_span.start, _("Give its elements a field with the year."), "a list has no years");
	fact->by_year = by_year;
	fact->fixed = fixed;
	fact->span = span;
	fact->index = list_length(state->doc->facts);
	state->doc->facts = lappend(state->doc->facts, fact);
	state->provision = NULL;
	state->clause = NULL;
}

/* ---------------- tables ---------------- */

TableRow *
build_table_row(Expression *key, List *cells, Span span)
{
	TableRow   *row = palloc0(sizeof(TableRow));

	row->key = key;
	row->cells = cells;
	row->span = span;
	return row;
}

Table *
build_row(ReadState *state, Table *table, TableRow *row)
{
	if (table == NULL)
		table = palloc0(sizeof(Table));
	if (table->otherwise)
		read_error(state, row->span.start, NULL, "nothing can follow else");
	if (row->key)
		table->rows = lappend(table->rows, row);
	else
		table->otherwise = row;
	return table;
}

void
build_table(ReadState *state, Table *table, TableKey by, List *columns, char *name, char *title, Span span)
{
	table->by = by;
	table->columns = columns;
	state->doc->tables = lappend(state->doc->tables, table);
	build_provision(state, &table->provision, name, title, span);
}
