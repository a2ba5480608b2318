/*
 * check_amounts.c
 *		Summarizes the numbers that were read from texts.
 */
#include "postgres.h"

#include "compat.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"

#include "check_table.h"
#include "office/office_values.h"

static int
compare_amounts(const ListCell *a, const ListCell *b)
{
	return check_compare_numerics(((const AmountFound *) lfirst(a))->number, ((const AmountFound *) lfirst(b))->number);
}

static Numeric
absolute(Numeric number)
{
	return DatumGetNumeric(DirectFunctionCall1(numeric_abs, NumericGetDatum(number)));
}

/* Summarizes the absolute values of the numbers that name no unit, for a guess. */
void
check_weigh_amounts(FactCheck *check)
{
	List	   *plain = NIL;
	ListCell   *cell;

	foreach(cell, check->texts.amounts)
	{
		const AmountFound *amount = lfirst(cell);
		AmountFound *positive;

		if (amount->named || check_compare_numerics(amount->number, int64_to_numeric(0)) == 0)
			continue;
		positive = palloc(sizeof(AmountFound));
		positive->number = absolute(amount->number);
		plain = lappend(plain, positive);
	}
	list_sort(plain, compare_amounts);
	check->nonzero = list_length(plain);
	if (plain == NIL)
		return;
	check->median = ((const AmountFound *) list_nth(plain, (list_length(plain) - 1) / 2))->number;
	check->greatest = ((const AmountFound *) llast(plain))->number;
}

/* What one plain number is in the column's unit, without the ratio. */
static Numeric
one_in(const char *unit)
{
	char	   *text = psprintf("1%s", unit);
	Datum		number;

	return office_amount(text, strlen(text), NULL, &number) == OFFICE_VALUE ? DatumGetNumeric(number) : int64_to_numeric(1);
}

/* Counts the numbers that are outside the range of the fact. */
static void
sum_up(FactCheck *check)
{
	const Fact *fact = check->fact;
	Numeric		one = check->unit ? one_in(check->unit) : int64_to_numeric(1);
	Numeric		least = NULL;
	Numeric		greatest = NULL;
	ListCell   *cell;

	foreach(cell, check->texts.amounts)
	{
		const AmountFound *amount = lfirst(cell);
		Numeric		number = amount->number;

		if (!amount->named)
			number = DatumGetNumeric(DirectFunctionCall2(numeric_mul, NumericGetDatum(number), NumericGetDatum(one)));
		if (check->unit)
			number = check_unit_convert(fact, check->unit, number);
		if (least == NULL || check_compare_numerics(number, least) < 0)
			least = number;
		if (greatest == NULL || check_compare_numerics(number, greatest) > 0)
			greatest = number;
		if ((fact->low && check_compare_numerics(number, literal_numeric(fact->low)) < 0) ||
			(fact->high && check_compare_numerics(number, literal_numeric(fact->high)) > 0))
			check->outside++;
	}
	if (least)
	{
		check->low = numeric_normalize(least);
		check->high = numeric_normalize(greatest);
	}
}

void
check_sum_up_texts(TableCheck *table)
{
	ListCell   *cell;

	foreach(cell, table->checks)
	{
		FactCheck  *check = lfirst(cell);

		if (check->reading != READ_AMOUNT || check_source(check) == 0)
			continue;
		if (check->scale && check->unit == NULL)
			check->unit = check->scale->words;
		sum_up(check);
	}
}
