/*
 * dimension.c
 *		The dimension of money of a number: the powers of the currencies of which it is a product.
 *
 * An amount of 元 has power 1, a number of persons or a share 0, an amount per person 1, and a quotient of two amounts
 * 0.  Units alone are not enough, because a product has no unit.
 */
#include "postgres.h"

#include "lib/stringinfo.h"

#include "check.h"
#include "messages.h"

#define MAX_CURRENCIES 8
#define MAX_POWER 1000

typedef struct CurrencyPower
{
	Unit		currency;
	int			power;			/* not 0 */
} CurrencyPower;

struct Money
{
	int			count;			/* 0 only in money_any */
	CurrencyPower powers[MAX_CURRENCIES];
};

const Money money_any = {0};

static const Money *
shrink(Money *money)
{
	if (money->count > 0)
		return money;
	pfree(money);
	return NULL;
}

const Money *
check_money_of_unit(Unit unit)
{
	Money	   *money;

	if (unit == UNIT_FREE || !unit->currency)
		return NULL;
	money = palloc0(sizeof(Money));
	money->count = 1;
	money->powers[0].currency = unit;
	money->powers[0].power = 1;
	return money;
}

static int
power_of(const Money *money, Unit currency)
{
	int			i;

	for (i = 0; money && i < money->count; i++)
		if (unit_same(money->powers[i].currency, currency))
			return money->powers[i].power;
	return 0;
}

bool
check_money_equal(const Money *a, const Money *b)
{
	int			i;

	if (a == b)
		return true;
	if (a == NULL || b == NULL || a->count != b->count)
		return false;
	for (i = 0; i < a->count; i++)
		if (power_of(b, a->powers[i].currency) != a->powers[i].power)
			return false;
	return true;
}

/* Adds the powers of one number, times a factor, to those of another. */
static void
add_powers(Checker *checker, Money *to, const Money *from, int times, int at)
{
	int			i,
				j;

	for (i = 0; from && i < from->count; i++)
	{
		for (j = 0; j < to->count && !unit_same(to->powers[j].currency, from->powers[i].currency); j++)
			 /* find it */ ;
		if (j == MAX_CURRENCIES)
			read_error(checker->state, at, NULL, "a product of more than %d currencies", MAX_CURRENCIES);
		if (j == to->count)
		{
			to->powers[j].currency = from->powers[i].currency;
			to->powers[j].power = 0;
			to->count++;
		}
		to->powers[j].power += times * from->powers[i].power;
		if (abs(to->powers[j].power) > MAX_POWER)
			read_error(checker->state, at, NULL, "an amount of money to the power of more than %d", MAX_POWER);
		if (to->powers[j].power == 0)
			to->powers[j] = to->powers[--to->count];
	}
}

const Money *
check_money_product(Checker *checker, const Money *a, const Money *b, int times, int at)
{
	Money	   *money;

	if (a == MONEY_ANY || b == MONEY_ANY)
		return MONEY_ANY;
	if (b == NULL)
		return a;
	money = palloc0(sizeof(Money));
	add_powers(checker, money, a, 1, at);
	add_powers(checker, money, b, times, at);
	return shrink(money);
}

const Money *
check_money_power(Checker *checker, const Money *a, int power, int at)
{
	Money	   *money;

	if (a == MONEY_ANY || a == NULL)
		return a;
	money = palloc0(sizeof(Money));
	add_powers(checker, money, a, power, at);
	return shrink(money);
}

const char *
check_money_phrase(const Money *money)
{
	StringInfoData buf;
	int			i;

	if (money == NULL)
		return _("a number that is not money");
	if (money->count == 1 && money->powers[0].power == 1)
		return psprintf(_("an amount of %s"), unit_word(money->powers[0].currency));
	initStringInfo(&buf);
	for (i = 0; i < money->count; i++)
	{
		appendStringInfo(&buf, "%s%s", i > 0 ? " * " : "", unit_word(money->powers[i].currency));
		if (money->powers[i].power != 1)
			appendStringInfo(&buf, "^%d", money->powers[i].power);
	}
	return buf.data;
}

/* ---------------- numbers side by side ---------------- */

/* Returns whether a number is written without a unit, and the other number is not in a currency itself. */
static bool
may_be_amount(Expression *expr, const Expression *beside)
{
	return expr->money == NULL && (beside->unit == UNIT_FREE || !beside->unit->currency) &&
		check_is_number_alone(expr);
}

/*
 * check_join_money: the money of two numbers that are compared or added.  A literal
 * without a unit fits every amount except an amount in a currency itself, because it may
 * be an amount per person.
 */
const Money *
check_join_money(Checker *checker, Expression *left, Expression *right)
{
	const Money *a = left->money;
	const Money *b = right->money;
	const Expression *number;
	char	   *hint = NULL;

	if (a == MONEY_ANY || check_money_equal(a, b))
		return b;
	if (b == MONEY_ANY)
		return a;
	if (may_be_amount(left, right))
		return b;
	if (may_be_amount(right, left))
		return a;
	number = a == NULL ? left : b == NULL ? right : NULL;
	if (number)
		hint = check_money_hint(checker, number, a == NULL ? b : a);
	read_error(checker->state, number ? number->span.start : right->span.start, hint,
			   "money does not fit: %s and %s", check_money_phrase(a), check_money_phrase(b));
}

/* Returns how to write a number that is not money as an amount, or NULL. */
char *
check_money_hint(Checker *checker, const Expression *number, const Money *wanted)
{
	char	   *written = pnstrdup(checker->state->text + number->span.start,
								   number->span.end - number->span.start);
	bool		simple = number->kind == EXPR_NAME || number->kind == EXPR_INDEX || number->kind == EXPR_CALL ||
	number->kind == EXPR_LIST_CALL || number->kind == EXPR_MULTIPLY || number->kind == EXPR_BAND ||
	number->kind == EXPR_CASE;

	if (number->money != NULL || wanted == NULL || wanted->count != 1 || wanted->powers[0].power != 1 || strlen(written) > 100 ||
		(number->kind == EXPR_NUMBER && number->unit != UNIT_FREE))
		return NULL;
	return psprintf(simple ? _("If it counts %s, write %s * 1%s.") : _("If it counts %s, write (%s) * 1%s."),
					unit_word(wanted->powers[0].currency), written, unit_word(wanted->powers[0].currency));
}
