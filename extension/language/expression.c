/*
 * expression.c
 *		Expressions: walks, comparisons, literals, and the parts of dates.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/datetime.h"
#include "utils/fmgrprotos.h"

#include "expression.h"

CompareOp
compare_mirrored(CompareOp op)
{
	static const CompareOp mirrored[] = {CMP_EQ, CMP_NE, CMP_GT, CMP_GE, CMP_LT, CMP_LE};

	return mirrored[op];
}

CompareOp
compare_opposite(CompareOp op)
{
	static const CompareOp opposite[] = {CMP_NE, CMP_EQ, CMP_GE, CMP_GT, CMP_LE, CMP_LT};

	return opposite[op];
}

/* Formats a date in the language's format, independent of DateStyle. */
char *
date_text(DateADT date)
{
	int			year,
				month,
				day;

	j2date(date + POSTGRES_EPOCH_JDATE, &year, &month, &day);
	return psprintf("%04d-%02d-%02d", year, month, day);
}

bool
date_of(int year, int month, int day, DateADT *date)
{
	if (year < 1 || month < 1 || month > 12 || day < 1 ||
		day > day_tab[isleap(year)][month - 1])
		return false;
	*date = date2j(year, month, day) - POSTGRES_EPOCH_JDATE;
	return true;
}

int
date_year(DateADT date)
{
	int			year,
				month,
				day;

	j2date(date + POSTGRES_EPOCH_JDATE, &year, &month, &day);
	return year;
}

int
date_month(DateADT date)
{
	int			year,
				month,
				day;

	j2date(date + POSTGRES_EPOCH_JDATE, &year, &month, &day);
	return month;
}

int
date_day(DateADT date)
{
	int			year,
				month,
				day;

	j2date(date + POSTGRES_EPOCH_JDATE, &year, &month, &day);
	return day;
}

Expression *
expr_literal(ExprKind kind, ValueType type, Span span)
{
	Expression *expr = palloc0(sizeof(Expression));

	expr->kind = kind;
	expr->type = type;
	expr->span = span;
	expr->depth = 1;
	return expr;
}

void
expr_walk(const Expression *expr, ExprWalker walker, void *context)
{
	ListCell   *cell;

	check_stack_depth();
	CHECK_FOR_INTERRUPTS();
	foreach(cell, expr->args)
	{
		walker(lfirst(cell), context);
	}
	walker(expr->where, context);
	walker(expr->body, context);
}

Numeric
literal_numeric(const Expression *literal)
{
	Datum		number = NumericGetDatum(literal->number);

	if (literal->divisor == NULL)
		return literal->number;
	return DatumGetNumeric(DirectFunctionCall2(numeric_div, number, NumericGetDatum(literal->divisor)));
}
