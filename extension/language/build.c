/*
 * build.c
 *		Builds the tree during parsing.
 *
 * The state has the current document, and the provision to which the next attribute
 * belongs.
 */
#include "postgres.h"

#include "utils/fmgrprotos.h"

#include "build.h"
#include "messages.h"
#include "names.h"
#include "teach.h"

Expression *
build_expr(ReadState *state, ExprKind kind, List *args, Span span)
{
	Expression *expr = palloc0(sizeof(Expression));
	ListCell   *cell;

	expr->kind = kind;
	expr->args = args;
	expr->span = span;
	foreach(cell, args)
	{
		expr->depth = Max(expr->depth, ((Expression *) lfirst(cell))->depth);
	}
	expr->depth++;
	if (expr->depth > MAX_EXPR_DEPTH)
		read_error(state, span.start, NULL, "nested more than %d levels deep", MAX_EXPR_DEPTH);
	return expr;
}

Expression *
build_named(ReadState *state, ExprKind kind, char *name, List *args, Span span)
{
	Expression *expr = build_expr(state, kind, args, span);

	expr->name = name;
	return expr;
}

Expression *
build_list_call(ReadState *state, char *name, Expression *list, char *element,
				Expression *where, Expression *body, Span span)
{
	Expression *expr = build_named(state, EXPR_LIST_CALL, name, list_make1(list), span);

	expr->element = element;
	expr->where = where;
	expr->body = body;
	if (where)
		expr->depth = Max(expr->depth, where->depth + 1);
	if (body)
		expr->depth = Max(expr->depth, body->depth + 1);
	if (expr->depth > MAX_EXPR_DEPTH)
		read_error(state, span.start, NULL, "nested more than %d levels deep", MAX_EXPR_DEPTH);
	return expr;
}

Expression *
build_compare(ReadState *state, CompareOp op, Expression *left, Expression *right, Span span)
{
	Expression *expr = build_expr(state, EXPR_COMPARE, list_make2(left, right), span);

	expr->compare = op;
	return expr;
}

Expression *
build_number(ReadState *state, Quantity quantity, Span span)
{
	Expression *expr = build_expr(state, EXPR_NUMBER, NIL, span);

	expr->number = quantity.number;
	expr->unit = quantity.unit;
	return expr;
}

Expression *
build_power(ReadState *state, Expression *base, Quantity exponent, Span at, Span span)
{
	Expression *expr = build_expr(state, EXPR_POWER, list_make1(base), span);

	expr->shift = exponent.unit == UNIT_FREE ? whole_number(exponent.number, 0, MAX_EXPONENT) : -1;
	if (expr->shift < 0)
		read_error(state, at.start, NULL, "an exponent must be a whole number from 0 to %d", MAX_EXPONENT);
	return expr;
}

/* An answer of a provision, perhaps on another day. */
Expression *
build_reference(ReadState *state, ExprKind kind, char *code, Span code_span, Expression *day, Span span)
{
	Expression *expr = build_named(state, kind, code, day ? list_make1(day) : NIL, span);

	expr->name_at = code_span.start;
	return expr;
}

/* Joins `a and b and c` in a single node, however long the chain is. */
Expression *
build_logic(ReadState *state, ExprKind kind, Expression *left, Expression *right, Span span)
{
	/* parentheses on the left side make no difference */
	if (left->kind == kind)
	{
		left->args = lappend(left->args, right);
		left->span.end = span.end;
		left->depth = Max(left->depth, right->depth + 1);
		if (left->depth > MAX_EXPR_DEPTH)
			read_error(state, span.start, NULL, "nested more than %d levels deep", MAX_EXPR_DEPTH);
		return left;
	}
	return build_expr(state, kind, list_make2(left, right), span);
}

void
build_label(TextValue *value, char *text, Span span)
{
	TextLabel  *label = palloc(sizeof(TextLabel));

	label->text = text;
	label->span = span;
	value->labels = lappend(value->labels, label);
}

void
build_range(Fact *fact, const FactRange *range)
{
	fact->low = range->low;
	fact->high = range->high;
	fact->values = range->values;
}

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

		/* or the word is a misspelled keyword of the next statement */
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
 * Adds a unit that the document declares: one of its own, a currency, or so many of another
 * unit.
 */
void
build_declared_unit(ReadState *state, char *name, const Quantity *equals, bool currency, Span span)
{
	UnitInfo   *unit = palloc0(sizeof(UnitInfo));
	const char *suffix = name;
	int			exponent;
	Unit		other;

	if (unit_find(state->doc->units, name))
		read_error(state, span.start, NULL, "there is a unit \"%s\" already", name);
	if (is_multiple(name) || unit_split(state->doc->units, &suffix, &exponent, &other))
		read_error(state, span.start, NULL, "\"%s\" behind a number has a meaning already", name);
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
			read_error(state, span.start, NULL, "a unit is so many of another unit, such as 15%s",
					   unit_word(&builtin_units[BUILTIN_MU]));
		if (of->of->currency)
			read_error(state, span.start,
					   psprintf(_("Write amounts in %s, and declare another currency with: unit %s currency."),
								unit_word(of), name),
					   "money has no other units");
		if (DatumGetBool(DirectFunctionCall2(numeric_le, number, zero)))
			read_error(state, span.start, NULL, "a unit is more than 0 of another");
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

/* Returns the number if it is an integer between low and high, otherwise -1. */
int
whole_number(Numeric number, int low, int high)
{
	char	   *text = DatumGetCString(DirectFunctionCall1(numeric_out, NumericGetDatum(number)));
	char	   *end;
	long		value;

	errno = 0;
	value = strtol(text, &end, 10);
	if (errno != 0 || *end != '\0' || value < low || value > high)
		return -1;
	return (int) value;
}

/* A constant year, with or without its unit. */
int
build_year(ReadState *state, Quantity quantity, Span span)
{
	int			year = quantity.unit == UNIT_FREE || quantity.unit == UNIT_YEAR
	? whole_number(quantity.number, FIRST_YEAR, LAST_YEAR) : -1;

	if (year < 0)
		read_error(state, span.start, NULL, "a year must be a whole number from %d to %d", FIRST_YEAR, LAST_YEAR);
	return year;
}

char *
build_indexed_name(ReadState *state, const char *name, const Expression *index)
{
	switch (index->kind)
	{
		case EXPR_NUMBER:
			return psprintf("%s[%s]", name,
							DatumGetCString(DirectFunctionCall1(numeric_out, NumericGetDatum(index->number))));
		case EXPR_DATE:
			return psprintf("%s[%s]", name, date_text(index->date));
		case EXPR_TEXT:
			return psprintf("%s[%s]", name, index->name);
		default:
			read_error(state, index->span.start, NULL, "an index must be a number, a date or a text");
	}
}

void
build_once(ReadState *state, bool already, Span span, const char *what)
{
	if (already)
		read_error(state, span.start, NULL, "a second \"%s\"", what);
}

void
build_document(ReadState *state, char *code, char *title, Span span)
{
	Document   *doc = palloc0(sizeof(Document));

	state->doc = doc;
	state->policy->documents = lappend(state->policy->documents, doc);
	build_provision(state, &doc->provision, code, title, span);
	doc->header = span;
}

/* A document that the current one uses. */
void
build_use(ReadState *state, char *code, List *mapped, Span span)
{
	DocumentUse *use = palloc0(sizeof(DocumentUse));

	use->code = code;
	use->mapped = mapped;
	use->span = span;
	state->doc->uses = lappend(state->doc->uses, use);
}

void
build_provision(ReadState *state, Provision *provision, char *code, char *title, Span span)
{
	provision->code = code;
	provision->title = title;
	provision->span = span;
	provision->name_end = span.end;
	state->provision = provision;
	state->clause = NULL;
}

/* Extends the current document or provision by the statement just parsed. */
void
build_extend(ReadState *state, Span span)
{
	if (state->provision)
		state->provision->span.end = span.end;
	if (state->clause)
		state->clause->provision.span.end = span.end;
	if (state->provision == &state->doc->provision)
		state->doc->header.end = span.end;
}

Clause *
build_clause_of(ReadState *state, Span span)
{
	if (state->clause == NULL)
		read_error(state, span.start, NULL, "this must follow a clause");
	return state->clause;
}

GroupMember *
build_member(char *code, Span span)
{
	GroupMember *member = palloc0(sizeof(GroupMember));

	member->code = code;
	member->span = span;
	return member;
}

/* Where the condition of the current statement belongs. */
Expression **
build_when_of(ReadState *state, Span span)
{
	Rung	   *rung = state->doc->rungs ? llast(state->doc->rungs) : NULL;
	Selection  *selection = state->doc->selections ? llast(state->doc->selections) : NULL;

	if (rung && state->provision == &rung->provision)
		return &rung->when;
	if (selection && state->provision == &selection->provision)
		return &selection->when;
	return &build_clause_of(state, span)->when;
}

void
build_selection(ReadState *state, char *code, char *title, Expression *first, List *keys, Span span)
{
	Selection  *selection = palloc0(sizeof(Selection));

	selection->first = first;
	selection->keys = keys;
	state->doc->selections = lappend(state->doc->selections, selection);
	build_provision(state, &selection->provision, code, title, span);
}

PopulationValue *
build_population_value(char *name, char *title, char *function, Span function_span, Expression *expr,
					   Expression *share, Span span)
{
	PopulationValue *value = palloc0(sizeof(PopulationValue));

	value->name = name;
	value->title = title;
	value->function = function;
	value->function_span = function_span;
	value->expr = expr;
	value->share = share;
	value->span = span;
	return value;
}

Expectation *
build_row_expectation(ExpectKind kind, char *code, List *rows, Span span)
{
	Expectation *expect = palloc0(sizeof(Expectation));

	expect->kind = kind;
	expect->code = code;
	expect->verdict = VERDICT_ROWS;
	expect->rows = rows;
	expect->span = span;
	return expect;
}

void
build_cap(ReadState *state, Expression *cap, bool in_all, Span span)
{
	ClauseGroup *group = state->doc->groups ? llast(state->doc->groups) : NULL;
	Expression **place;

	if (group && state->provision == &group->provision)
		place = in_all ? &group->cap_in_all : &group->cap;
	else
	{
		Clause	   *clause = build_clause_of(state, span);

		place = in_all ? &clause->cap_in_all : &clause->cap;
	}
	build_once(state, *place != NULL, span, in_all ? "cap in all" : "cap");
	*place = cap;
}

Provision *
build_provision_of(ReadState *state, Span span)
{
	if (state->provision == NULL)
		read_error(state, span.start, NULL,
				   "this must follow a document header, clause, stage, rung, definition, target or service");
	return state->provision;
}

void
build_note(ReadState *state, char *code, char *text, Span span)
{
	Provision  *provision = build_provision_of(state, span);
	Note	   *note = palloc0(sizeof(Note));

	note->code = code;
	note->text = text;
	provision->notes = lappend(provision->notes, note);
}

void
build_example(ReadState *state, char *title, char *like, List *given, List *expect, Span span)
{
	Example    *example = palloc0(sizeof(Example));
	ListCell   *cell;
	ListCell   *inner;

	example->title = title;
	example->like = like;
	foreach(cell, given)
	{
		Expression *set = lfirst(cell);

		if (set->kind != EXPR_ROWS)
			example->given = lappend(example->given, set);
		else
		{
			build_once(state, example->rows != NIL, set->span, "rows");
			example->rows = set->args;
		}
	}
	foreach(cell, example->rows)
	{
		foreach(inner, ((const Expression *) lfirst(cell))->args)
		{
			const Expression *set = lfirst(inner);

			if (set->kind == EXPR_ROWS)
				read_error(state, set->span.start, NULL, "a row cannot hold rows");
		}
	}
	example->expect = expect;
	example->span = span;
	state->doc->examples = lappend(state->doc->examples, example);
	state->provision = NULL;
	state->clause = NULL;
}

Fact *
build_column(ReadState *state, char *name, ValueType type, Unit unit, Span span)
{
	Fact	   *column = palloc0(sizeof(Fact));

	if (unit != UNIT_FREE && type != TYPE_NUMBER)
		read_error(state, span.start, NULL, "only a number has a unit");
	column->name = name;
	column->type = type;
	column->unit = unit;
	column->span = span;
	return column;
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
build_table(ReadState *state, Table *table, char *name, char *title, Span span)
{
	state->doc->tables = lappend(state->doc->tables, table);
	build_provision(state, &table->provision, name, title, span);
}
