/*
 * test_facts.c
 *		Facts at random: numbers near those of the document, unknown and odd ones.
 */
#include "postgres.h"

#include "utils/builtins.h"
#include "utils/numeric.h"

#include "engine/table.h"
#include "batch_test.h"

int
test_below(Test * test, int n)
{
	return (int) pg_prng_uint64_range(&test->random, 0, n - 1);
}

Number
test_number_of_text(const char *text)
{
	Number		number;

	number_from_datum(&number, DirectFunctionCall3(numeric_in, CStringGetDatum(text), ObjectIdGetDatum(InvalidOid),
												   Int32GetDatum(-1)));
	return number;
}

/* A key of a table of the document, as a number, a day or a text. */
static const Value *
key_of_table(Test * test)
{
	static Value key;
	const LookupTable *table = test->program->tables[test_below(test, test->program->ntables)];
	int			row = test_below(test, table->nrows);

	memset(&key, 0, sizeof(key));
	key.low = number_of(2020 + test_below(test, 10));
	key.day = 6575 + test_below(test, 3650);
	key.text = "x";
	if (table->by == TABLE_BY_DATE)
		key.day = table->days[row] - 1 + test_below(test, 3);
	else if (table->by == TABLE_BY_TEXT)
		key.text = table->texts[row];
	else
		key.low = table->numbers[row];
	return &key;
}

/* Numbers near those of the document, and others. */
static Number
new_number(Test * test)
{
	static const char *const odd[] = {
		"0", "0.1", "0.07", "-0.5", "1e-30", "123456789012345678901234.5", "9007199254740993", "-9007199254740992",
		"999999999999999.99", "1000000000000000", "0.000000123", "1e30", "33333333.33", "12.345", "0.005", "0.015", "2.5"
	};
	static const char *const nudges[] = {"1e-20", "1e-16", "1e-12", "0.000001", "0.01", "0.5", "1", "1000000"};
	Number		number;
	Number		nudge;
	Number		sum;

	switch (test_below(test, 8))
	{
		case 0:
			return test_number_of_text(odd[test_below(test, lengthof(odd))]);
		case 1:
			return number_of(test_below(test, 20) - 3);
		case 2:
			number = number_of(test_below(test, 2000000000));
			number.den = 100;
			return number;
		case 3:
			return number_of(test_below(test, 100000000));
		default:
			break;
	}
	if (test->program->ntables > 0 && test_below(test, 2) == 0)
		number = key_of_table(test)->low;
	else if (test->program->nnumbers == 0)
		return number_of(test_below(test, 100));
	else
		number = test->program->numbers[test_below(test, test->program->nnumbers)];
	if (test_below(test, 3) == 0)
		return number;
	nudge = test_number_of_text(nudges[test_below(test, lengthof(nudges))]);
	if (!(test_below(test, 2) ? number_add : number_subtract) (&sum, &number, &nudge))
		return number;
	return sum;
}

/* Or one that another fact has, so that differences are zero. */
static Number
random_number(Test * test)
{
	if (test_below(test, 4) > 0)
		test->recent = new_number(test);
	return test->recent;
}

static void random_fact(Test * test, const Fact *fact, Value *value);

static void
random_list(Test * test, const Fact *fact, Value *value)
{
	ListValue  *list = palloc0(sizeof(ListValue));
	ListCell   *cell;
	int			i;

	list->count = test_below(test, 40) == 0 ? 50 : test_below(test, 4);
	list->nfields = list_length(fact->fields);
	list->fields = palloc0_array(Value, Max(list->count * list->nfields, 1));
	for (i = 0; i < list->count; i++)
		foreach(cell, fact->fields)
			random_fact(test, lfirst(cell), &list->fields[i * list->nfields + foreach_current_index(cell)]);
	memset(value, 0, sizeof(Value));
	value->known = true;
	value->list = list;
}

/* Before its range is checked. */
static void
random_fact(Test * test, const Fact *fact, Value *value)
{
	int			hostile = test_below(test, 100);
	Number		number;

	memset(value, 0, sizeof(Value));
	if (hostile < test->hostility)
	{
		if (test_below(test, 3) == 0)
			value_set_null(value, fact);
		else
			value_set_unknown(value, fact);
		return;
	}
	switch (fact->type)
	{
		case TYPE_BOOLEAN:
			value_set_truth(value, test_below(test, 2) ? TRUTH_TRUE : TRUTH_FALSE);
			break;
		case TYPE_NUMBER:
			number = random_number(test);
			value_set_number(value, &number);
			break;
		case TYPE_DATE:
			/* 2018 to 2028, and further away */
			if (test->program->ntables > 0 && test_below(test, 2) == 0)
				value_set_date(value, key_of_table(test)->day);
			else
				value_set_date(value, test_below(test, 10) == 0 ? test_below(test, 4000000) - 1000000 :
							   6575 + test_below(test, 3650));
			break;
		case TYPE_TEXT:
			if (fact->values && test_below(test, 10) > 0)
			{
				const TextValue *text = list_nth(fact->values, test_below(test, list_length(fact->values)));

				value_set_text(value, text->text, text->length);
			}
			else if (test->program->ntables > 0 && test_below(test, 2) == 0)
			{
				const char *text = key_of_table(test)->text;

				value_set_text(value, text, strlen(text));
			}
			else if (test->program->ntexts > 0)
			{
				const char *text = test->program->texts[test_below(test, test->program->ntexts)];

				value_set_text(value, text, strlen(text));
			}
			else
				value_set_text(value, "x", 1);
			break;
		case TYPE_LIST:
			random_list(test, fact, value);
			break;
		default:
			elog(ERROR, "unexpected type of fact");
	}
}

Value *
test_random_row(Test * test)
{
	Value	   *facts = palloc0_array(Value, test->program->nfacts);
	int			i;

	for (i = 0; i < test->program->nfacts; i++)
		random_fact(test, test->program->facts[i], &facts[i]);
	if (test->day != 0)
		value_set_date(&facts[0], test->day);
	else if (test_below(test, 10) > 0)
		value_set_date(&facts[0], 8766 + test_below(test, 1000));
	return facts;
}
