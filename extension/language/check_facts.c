/*
 * check_facts.c
 *		Checks facts and fields, and literals against what is declared.
 */
#include "postgres.h"

#include "utils/builtins.h"
#include "utils/fmgrprotos.h"

#include "messages.h"
#include "teach.h"

int
compare_literals(const Expression *a, const Expression *b)
{
	if (a->kind == EXPR_DATE)
		return a->date < b->date ? -1 : a->date > b->date;
	return DatumGetInt32(DirectFunctionCall2(numeric_cmp, NumericGetDatum(literal_numeric(a)),
											 NumericGetDatum(literal_numeric(b))));
}

void
check_number(Expression *literal)
{
	literal->type = TYPE_NUMBER;
	literal->money = literal->unit == UNIT_FREE && check_is_zero(literal) ? MONEY_ANY : check_money_of_unit(literal->unit);
}

void
check_want_literal_of(Checker *checker, const char *name, const Expression *expr, Expression *literal)
{
	static const struct
	{
		ExprKind	kind;
		ValueType	type;
	}			kinds[] = {
		{EXPR_NUMBER, TYPE_NUMBER}, {EXPR_DATE, TYPE_DATE},
		{EXPR_TEXT, TYPE_TEXT}, {EXPR_BOOLEAN, TYPE_BOOLEAN}
	};
	size_t		i;

	for (i = 0; i < lengthof(kinds); i++)
		if (kinds[i].kind == literal->kind)
			break;
	if (i == lengthof(kinds) || kinds[i].type != expr->type)
	{
		Expression	declared = *literal;

		declared.kind = expr->type == TYPE_DATE ? EXPR_DATE : EXPR_UNKNOWN;
		declared.type = expr->type;
		teach_comparison_types(checker, &declared, literal);
		read_error(checker->state, literal->span.start, NULL,
				   "\"%s\" is a %s", name, _(type_name(expr->type)));
	}
	literal->type = expr->type;
	if (expr->type == TYPE_NUMBER)
	{
		Expression	declared = *literal;

		declared.kind = EXPR_NAME;
		declared.unit = expr->unit;
		declared.money = expr->money;
		check_number(literal);
		check_join_numbers(checker, &declared, literal, NULL);
	}
}

void
check_want_literal(Checker *checker, const Fact *fact, Expression *literal)
{
	Expression	declared = {0};

	declared.type = fact->type;
	declared.unit = fact->unit;
	declared.money = check_money_of_unit(fact->unit);
	check_want_literal_of(checker, fact->name, &declared, literal);
}

/*
 * A fact or field is read from the column of the same name.  PostgreSQL truncates column
 * names, so a longer name would never match.
 */
void
check_want_column_name(Checker *checker, const char *name, int at)
{
	if (strlen(name) >= NAMEDATALEN)
		read_error(checker->state, at,
				   _("A Chinese character in UTF-8 has 3 bytes. A label may be longer."),
				   "the name \"%s\" has %d bytes, and that of a column at most %d",
				   name, (int) strlen(name), NAMEDATALEN - 1);
}

/* Checks the values of a text fact; a text must not denote two values. */
static void
check_values(Checker *checker, Fact *fact)
{
	Span		twice;
	const TextValue *other = NULL;

	fact->texts = texts_create(fact->values, &twice, &other);
	if (fact->texts == NULL)
	{
		char	   *text = pnstrdup(checker->state->text + twice.start, twice.end - twice.start);

		read_error(checker->state, twice.start,
				   _("A text can mean only one value of its fact."),
				   "%s already means \"%s\"", text, other->text);
	}
}

void
check_fact(Checker *checker, Fact *fact, bool is_field)
{
	ListCell   *cell;

	check_want_column_name(checker, fact->by_year ? psprintf("%s_%d", fact->name, LAST_YEAR) : fact->name,
						   fact->span.start);
	fact->has_low = fact->low != NULL;
	fact->has_high = fact->high != NULL;
	if ((fact->low || fact->high) && fact->type != TYPE_NUMBER && fact->type != TYPE_DATE)
		read_error(checker->state, fact->span.start, NULL, "only a number or a date has a range");
	if (fact->low)
		check_want_literal(checker, fact, fact->low);
	if (fact->high)
		check_want_literal(checker, fact, fact->high);
	if (fact->low && fact->high && compare_literals(fact->low, fact->high) > 0)
		read_error(checker->state, fact->high->span.start, NULL, "the range is empty");
	if (fact->values && fact->type != TYPE_TEXT)
		read_error(checker->state, fact->span.start,
				   fact->type == TYPE_NUMBER ? _("A number has a range: between, at least, at most.") : NULL,
				   "only a text has a list of values");
	if (fact->values)
		check_values(checker, fact);
	if (fact->null_means == NULL_ZERO && fact->type != TYPE_NUMBER)
		read_error(checker->state, fact->span.start, NULL, "only a number's NULL can mean 0");
	if (is_field && fact->type == TYPE_LIST)
		read_error(checker->state, fact->span.start, NULL, "a list cannot hold lists");
	foreach(cell, fact->fields)
	{
		Fact	   *field = lfirst(cell);

		if (policy_find_field(fact, field->name) != field)
			read_error(checker->state, field->span.start, NULL,
					   "the field \"%s\" is declared twice", field->name);
		check_fact(checker, field, true);
	}
}
