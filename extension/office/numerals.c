/*
 * numerals.c
 *		Reads Chinese numerals.
 */
#include "postgres.h"

#include "cell.h"

/* Chinese digits, everyday and financial forms. */
static const struct
{
	const char *word;
	int			value;
}			chinese_digits[] = {
	{"零", 0}, {"〇", 0}, {"○", 0}, {"一", 1}, {"壹", 1}, {"二", 2}, {"贰", 2}, {"貳", 2}, {"两", 2},
	{"三", 3}, {"叁", 3}, {"參", 3}, {"四", 4}, {"肆", 4}, {"五", 5}, {"伍", 5}, {"六", 6}, {"陆", 6}, {"陸", 6},
	{"七", 7}, {"柒", 7}, {"八", 8}, {"捌", 8}, {"九", 9}, {"玖", 9}
};

int
cell_take_digit(Cell *cell)
{
	size_t		i;

	for (i = 0; i < lengthof(chinese_digits); i++)
		if (cell_take(cell, chinese_digits[i].word))
			return chinese_digits[i].value;
	return -1;
}

typedef struct Magnitude
{
	const char *word;
	int			exponent;
} Magnitude;

static const Magnitude magnitudes[] = {
	{"亿", 8}, {"億", 8}, {"万", 4}, {"萬", 4},
	{"千", 3}, {"仟", 3}, {"百", 2}, {"佰", 2}, {"十", 1}, {"拾", 1}
};
#define FIRST_SMALL 4			/* 千 and below */

int
cell_take_magnitude(Cell *cell, bool small)
{
	size_t		i;

	for (i = small ? FIRST_SMALL : 0; i < lengthof(magnitudes); i++)
		if (cell_take(cell, magnitudes[i].word))
			return magnitudes[i].exponent;
	return 0;
}

int
cell_take_magnitudes(Cell *cell)
{
	int			sum = 0;
	int			exponent;

	while (sum <= MAX_EXPONENT && !cell_at_unit(cell) && (exponent = cell_take_magnitude(cell, false)) > 0)
		sum += exponent;
	return sum;
}

bool
cell_take_numeral(Cell *cell, int places, StringInfo digits, bool *whole)
{
	static const int powers[] = {1, 10, 100, 1000};
	int			total = 0;
	int			below = 4;		/* the next magnitude must be lower than this */
	bool		any = false;

	*whole = false;
	while (below > 0)
	{
		Cell		before = *cell;
		bool		zero = false;
		int			digit;
		int			exponent;

		while ((digit = cell_take_digit(cell)) == 0)
			zero = true;
		exponent = cell_take_magnitude(cell, true);
		if (digit < 0 && (exponent != 1 || any))
		{
			*cell = before;
			break;
		}
		if (exponent >= below || (any && exponent < below - 1 && !zero))
			return false;
		total += Max(digit, 1) * powers[exponent];
		*whole = any ? *whole : zero;
		any = true;
		below = exponent;
	}
	if (!any)
	{
		if (cell_take_digit(cell) != 0)
			return false;
		*whole = true;
	}
	*whole |= places > 0 && places <= 4 && total >= powers[places - 1];
	appendStringInfo(digits, "%d", total);
	if (cell_take(cell, "点"))
	{
		int			digit = cell_take_digit(cell);

		if (digit < 0)
			return false;
		appendStringInfoChar(digits, '.');
		for (; digit >= 0; digit = cell_take_digit(cell))
			appendStringInfo(digits, "%d", digit);
	}
	return true;
}
