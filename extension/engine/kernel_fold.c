/*
 * kernel_fold.c
 *		Elements of lists, and money, in the float kernel: one row at a time.
 */
#include "postgres.h"

#include "kernel_fold.h"
#include "kernel_number.h"
#include "kernel_range.h"

/* ---------------- conditions over elements ---------------- */

static int
both(int a, int b)
{
	if (a == TRUTH_FALSE || b == TRUTH_FALSE)
		return TRUTH_FALSE;
	return a == TRUTH_DOUBT || b == TRUTH_DOUBT ? TRUTH_DOUBT : Min(a, b);
}

static int
not(int a)
{
	return a == TRUTH_DOUBT ? TRUTH_DOUBT : TRUTH_TRUE - a;
}

static int
either(int a, int b)
{
	return not(both(not(a), not(b)));
}

void
fold_start(ListSoFar *fold, const KernelNode *node)
{
	memset(fold, 0, offsetof(ListSoFar, value));
	fold->function = node->flag;
	fold->type = node->type;
	fold->truth = node->flag == FUNC_ALL ? TRUTH_TRUE : TRUTH_FALSE;
	fold->known = true;
	lane_set_exact(&fold->value, 0);
}

void
fold_truth(ListSoFar *fold, int here, int truth)
{
	if (fold->function == FUNC_ALL)
		fold->truth = both(fold->truth, either(not(here), truth));
	else
		fold->truth = either(fold->truth, both(here, truth));
}

void
fold_count(ListSoFar *fold, int here)
{
	fold->doubt |= here == TRUTH_DOUBT;
	fold->nsure += here == TRUTH_TRUE;
	fold->npossible++;
}

/* ---------------- sums and extremes ---------------- */

static void
add_value(ListSoFar *fold, int here, const Lane *value)
{
	const Lane *operands[2] = {&fold->value, value};
	Lane		sum;
	Lane		perhaps;

	if (here != TRUTH_TRUE || lane_may_be_none(value))
	{
		Lane		zero;

		lane_set_exact(&zero, 0);
		perhaps = *value;
		perhaps.maybe = false;
		lane_widen(&perhaps, &zero, TYPE_NUMBER, false);
		operands[1] = &perhaps;
	}
	range_add(NULL, operands, &sum);
	fold->value = sum;
}

static void
widen_value(ListSoFar *fold, int here, const Lane *value)
{
	bool		least = fold->function == FUNC_MIN;

	fold->known &= here == TRUTH_TRUE && value->state == LANE_VALUE;
	lane_widen(&fold->value, value, fold->type, !fold->any);
	fold->any = true;
	if (here != TRUTH_TRUE || lane_may_be_none(value))
		return;
	if (fold->type == TYPE_DATE)
	{
		DateADT		day = least ? value->last_day : value->day;

		fold->day = !fold->sure ? day : least ? Min(fold->day, day) : Max(fold->day, day);
	}
	else if (!fold->sure)
		fold->bound = least ? *lane_high(value) : value->low;
	else if (least)
		end_lower(&fold->bound, lane_high(value));
	else
		end_raise(&fold->bound, &value->low);
	fold->sure = true;
}

void
fold_value(ListSoFar *fold, int here, const Lane *value)
{
	if (here == TRUTH_DOUBT || value->state == LANE_DOUBT)
		fold->doubt = true;
	else if (fold->function == FUNC_ONE)
	{
		lane_widen(&fold->value, value, fold->type, !fold->any);
		fold->any = true;
		fold->sure |= here == TRUTH_TRUE;
	}
	else if (value->state == LANE_NONE)
		return;
	else if (fold->function == FUNC_AVG)
	{
		/* which of them count: a search, for exact arithmetic */
		if (here != TRUTH_TRUE || lane_may_be_none(value))
			fold->doubt = true;
		add_value(fold, here, value);
		fold->nsure++;
	}
	else if (fold->function == FUNC_SUM)
		add_value(fold, here, value);
	else
		widen_value(fold, here, value);
	fold->doubt |= fold->value.state == LANE_DOUBT;
}

/* ---------------- results ---------------- */

int
fold_result_truth(const ListSoFar *fold, bool unknown)
{
	/* an unknown list may be empty */
	if (unknown && fold->truth != TRUTH_DOUBT && fold->truth != (fold->function == FUNC_ALL ? TRUTH_TRUE : TRUTH_FALSE))
		return TRUTH_UNKNOWN;
	return fold->truth;
}

static void
set_extreme(const ListSoFar *fold, Lane *out)
{
	bool		least = fold->function == FUNC_MIN;

	if (!fold->any)
		out->state = LANE_NONE;
	else if (!fold->sure)
	{
		Lane		none;

		none.state = LANE_NONE;
		*out = fold->value;
		lane_widen(out, &none, fold->type, false);
	}
	else if (fold->type == TYPE_DATE)
		lane_set_days(out, least ? fold->value.day : fold->day, least ? fold->day : fold->value.last_day, false);
	else
		lane_set_ends(out, fold->known || !least ? &fold->bound : &fold->value.low,
					  least ? &fold->bound : lane_high(&fold->value), fold->known, false);
}

/* Of elements that all surely count. */
static void
set_average(const ListSoFar *fold, Lane *out)
{
	Lane		count;
	const Lane *operands[2] = {&fold->value, &count};

	lane_set_exact(&count, fold->nsure);
	if (fold->nsure == 0)
		out->state = LANE_NONE;
	else
		range_divide(NULL, operands, out);
}

void
fold_result(const ListSoFar *fold, Lane *out)
{
	End			low;
	End			high;

	if (fold->doubt)
	{
		lane_set_doubt(out);
		return;
	}
	switch ((Function) fold->function)
	{
		case FUNC_COUNT:
			low = end_exact(fold->nsure);
			high = end_exact(fold->npossible);
			lane_set_range(out, &low, &high, false);
			break;
		case FUNC_SUM:
		case FUNC_ONE:
			*out = fold->value;
			break;
		case FUNC_AVG:
			set_average(fold, out);
			break;
		default:
			set_extreme(fold, out);
			break;
	}
}

/* As many elements as may be, each unknown. */
void
fold_result_unknown(ListSoFar *fold, int here, const Lane *value, Lane *out)
{
	End			zero = end_exact(0);
	End			low = zero;
	End			high = zero;
	int			sign;

	/* a count has no value */
	if (here == TRUTH_DOUBT || (here != TRUTH_FALSE && fold->function != FUNC_COUNT && value->state == LANE_DOUBT))
	{
		lane_set_doubt(out);
		return;
	}
	switch ((Function) fold->function)
	{
		case FUNC_COUNT:
			if (here != TRUTH_FALSE)
				high.number = HUGE_VAL;
			lane_set_range(out, &low, &high, false);
			break;
		case FUNC_SUM:
			if (here != TRUTH_FALSE && value->state != LANE_NONE)
			{
				sign = end_order(&value->low, &zero);
				if (sign == -1)
					low.number = -HUGE_VAL;
				if (sign != ORDER_DOUBT)
				{
					sign = end_order(lane_high(value), &zero);
					if (sign == 1)
						high.number = HUGE_VAL;
				}
				if (sign == ORDER_DOUBT)
				{
					lane_set_doubt(out);
					return;
				}
			}
			lane_set_range(out, &low, &high, false);
			break;
		case FUNC_AVG:
			if (here == TRUTH_FALSE || value->state == LANE_NONE)
				out->state = LANE_NONE;
			else
				lane_set_range(out, &value->low, lane_high(value), true);
			break;
		default:
			/* none of them is surely there */
			fold->sure = false;
			fold->known = false;
			set_extreme(fold, out);
			break;
	}
}

/* ---------------- money ---------------- */

/* Rounded, not below zero; -1 if it may be at the middle between two hundredths, or is too large. */
static int64
hundredths_of(const End *x)
{
	double		scaled = x->number * 100;
	double		error = 2 * (100 * x->error + KERNEL_UNIT * fabs(scaled) + KERNEL_TINY);
	double		nearest;

	if (x->error == 0 && fabs(scaled) < MAX_HUNDREDTHS)
		return x->number > 0 ? (int64) x->number * 100 : 0;
	if (scaled < -error)
		return 0;
	/* NaN is not below anything */
	if (!(scaled < MAX_HUNDREDTHS))
		return -1;
	nearest = floor(scaled + 0.5);
	if (!(fabs(scaled - nearest) + error < 0.5))
		return -1;
	return Max((int64) nearest, 0);
}

bool
pay_of_other(const Lane *pay, bool sure, int64 *low, int64 *high, bool *open)
{
	*low = *high = 0;
	*open = false;
	switch ((LaneState) pay->state)
	{
		case LANE_DOUBT:
			return false;
		case LANE_NONE:
			return true;
		case LANE_VALUE:
			*high = hundredths_of(&pay->low);
			*low = sure ? *high : 0;
			return *high >= 0;
		case LANE_RANGE:
			break;
	}
	if (sure && !pay->maybe && !end_is_open(&pay->low))
		*low = hundredths_of(&pay->low);
	if (end_is_open(&pay->high))
		*open = true;
	else
		*high = hundredths_of(&pay->high);
	return *low >= 0 && *high >= 0;
}

static End
end_of_hundredths(int64 hundredths)
{
	End			end = {hundredths / 100.0, 0, hundredths < KERNEL_DECIMAL};

	if (hundredths % 100 != 0)
		end.error = KERNEL_ROUNDED(end.number);
	return end;
}

/* A sum of hundredths below 10^15 is a decimal of at most 15 digits. */
void
lane_set_hundredths(Lane *out, int64 low, int64 high, bool open)
{
	End			from = end_of_hundredths(low);
	End			to = end_of_hundredths(high);

	if (open)
		to = end_exact(HUGE_VAL);
	lane_set_ends(out, &from, &to, !open && low == high, false);
}

void
once_add(OnceSoFar *once, DateADT day, int64 pays)
{
	int			i;

	for (i = 0; i < once->ndays && once->days[i] != day; i++)
		;
	if (i < once->ndays)
		once->doubt |= once->paid[i] != pays;
	else if (once->ndays == MAX_ONCE_DAYS)
		once->doubt = true;
	else
	{
		once->days[once->ndays] = day;
		once->paid[once->ndays++] = pays;
		once->sum += pays;
		once->doubt |= once->sum >= MAX_HUNDREDTHS;
	}
}
