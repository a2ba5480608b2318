/*
 * kernel_choices.c
 *		Choices in the float kernel, one lane at a time: what may be either, extremes, steps of bands.
 *
 * These are the rules of choose.c.
 */
#include "postgres.h"

#include "kernel_number.h"
#include "kernel_range.h"

/* ---------------- what may be either ---------------- */

void
lane_widen(Lane *out, const Lane *value, ValueType type, bool first)
{
	if (first)
	{
		*out = *value;
		return;
	}
	if (out->state == LANE_DOUBT || value->state == LANE_DOUBT)
		lane_set_doubt(out);
	else if (type == TYPE_BOOLEAN)
	{
		if (out->truth != value->truth)
			lane_set_truth(out, TRUTH_UNKNOWN);
	}
	else if (value->state == LANE_NONE || out->state == LANE_NONE)
	{
		if (value->state == LANE_NONE && out->state == LANE_NONE)
			return;
		if (out->state == LANE_NONE)
			*out = *value;
		if (out->state == LANE_VALUE && type == TYPE_NUMBER)
			out->high = out->low;
		out->state = LANE_RANGE;
		out->maybe = true;
	}
	else if (type == TYPE_NUMBER)
	{
		End			low = out->low;
		End			high = *lane_high(out);

		end_lower(&low, &value->low);
		end_raise(&high, lane_high(value));
		lane_set_range(out, &low, &high, lane_may_be_none(out) || lane_may_be_none(value));
	}
	else if (type == TYPE_DATE)
		lane_set_days(out, Min(out->day, value->day), Max(out->last_day, value->last_day),
					  lane_may_be_none(out) || lane_may_be_none(value));
	else if (out->state != LANE_VALUE || value->state != LANE_VALUE || out->length != value->length ||
			 memcmp(out->text, value->text, out->length) != 0)
	{
		out->maybe = lane_may_be_none(out) || lane_may_be_none(value);
		out->state = LANE_RANGE;
	}
}

/* ---------------- choices ---------------- */

/*
 * The result is not below the lowest low end of all, and not above the lowest high end of those
 * that are surely there; if none surely is, of all.  For greatest the mirror image.
 */
static void
extreme(const KernelNode *node, const Lane *const *x, bool greatest, Lane *out)
{
	Lane		all;
	const Lane *sure_lane = NULL;
	End			sure = {0};
	DateADT		day = 0;
	bool		known = true;
	bool		any = false;
	int			i;

	memset(&all, 0, sizeof(all));
	for (i = 0; i < node->count; i++)
	{
		if (x[i]->state == LANE_DOUBT)
		{
			lane_set_doubt(out);
			return;
		}
		if (x[i]->state == LANE_NONE)
			continue;
		if (node->type == TYPE_NUMBER && any && known && x[i]->state == LANE_VALUE)
		{
			/* all of them known so far */
			if (greatest)
				end_raise(&sure, &x[i]->low);
			else
				end_lower(&sure, &x[i]->low);
			lane_widen(&all, x[i], node->type, false);
			continue;
		}
		known &= x[i]->state == LANE_VALUE;
		lane_widen(&all, x[i], node->type, !any);
		any = true;
		if (lane_may_be_none(x[i]))
			continue;
		if (node->type == TYPE_DATE)
		{
			DateADT		here = greatest ? x[i]->day : x[i]->last_day;

			day = sure_lane == NULL ? here : greatest ? Max(day, here) : Min(day, here);
		}
		else if (sure_lane == NULL)
			sure = greatest ? x[i]->low : *lane_high(x[i]);
		else if (greatest)
			end_raise(&sure, &x[i]->low);
		else
			end_lower(&sure, lane_high(x[i]));
		sure_lane = x[i];
	}
	if (!any)
		out->state = LANE_NONE;
	else if (sure_lane == NULL)
		*out = all;
	else if (node->type == TYPE_DATE)
		lane_set_days(out, greatest ? day : all.day, greatest ? all.last_day : day, false);
	else
		lane_set_ends(out, greatest || known ? &sure : &all.low, greatest && !known ? lane_high(&all) : &sure, known, false);
}

void
kernel_least(const KernelNode *node, const Lane *const *x, Lane *out)
{
	extreme(node, x, false, out);
}

void
kernel_greatest(const KernelNode *node, const Lane *const *x, Lane *out)
{
	extreme(node, x, true, out);
}

/*
 * clamp(): a number is raised to the first bound, then lowered to the second.  A bound that is none has no effect.
 * If a bound may be none, the result can also be what it would be without that bound.
 */
void
kernel_clamp(const KernelNode *node, const Lane *const *x, Lane *out)
{
	const Lane *floor = x[1];
	const Lane *ceiling = x[2];

	if (!lane_operands(x, 1, out))
		return;
	if (floor->state == LANE_DOUBT || ceiling->state == LANE_DOUBT)
		lane_set_doubt(out);
	else if (node->type == TYPE_DATE)
	{
		DateADT		first = x[0]->day;
		DateADT		last = x[0]->last_day;

		if (!lane_may_be_none(floor))
			first = Max(first, floor->day);
		if (floor->state != LANE_NONE)
			last = Max(last, floor->last_day);
		if (ceiling->state != LANE_NONE)
			first = Min(first, ceiling->day);
		if (!lane_may_be_none(ceiling))
			last = Min(last, ceiling->last_day);
		lane_set_days(out, first, last, lane_may_be_none(x[0]));
	}
	else
	{
		End			low = x[0]->low;
		End			high = *lane_high(x[0]);

		if (!lane_may_be_none(floor))
			end_raise(&low, &floor->low);
		if (floor->state != LANE_NONE)
			end_raise(&high, lane_high(floor));
		if (ceiling->state != LANE_NONE)
			end_lower(&low, &ceiling->low);
		if (!lane_may_be_none(ceiling))
			end_lower(&high, lane_high(ceiling));
		lane_set_ends(out, &low, &high, x[0]->state == LANE_VALUE && floor->state != LANE_RANGE && ceiling->state != LANE_RANGE,
					  lane_may_be_none(x[0]));
	}
}

/* latest(): the day on which all events had happened; none if one of them has not. */
void
kernel_latest(const KernelNode *node, const Lane *const *x, Lane *out)
{
	DateADT		first = DATEVAL_NOBEGIN;
	DateADT		last = DATEVAL_NOBEGIN;
	bool		maybe = false;
	int			i;

	if (!lane_operands(x, node->count, out))
		return;
	for (i = 0; i < node->count; i++)
	{
		maybe |= lane_may_be_none(x[i]);
		first = Max(first, x[i]->day);
		last = Max(last, x[i]->last_day);
	}
	lane_set_days(out, first, last, maybe);
}

/* An amount that the document leaves undetermined: any number that is not below zero. */
void
kernel_undetermined(const KernelNode *node pg_attribute_unused(), const Lane *const *x pg_attribute_unused(), Lane *out)
{
	lane_set_integers(out, true, 0, false, 0, false);
}

/* ---------------- bands ---------------- */

/*
 * Finds the steps of a band that a number within a range can take.  Each step is tested only for what the earlier
 * steps have left.  Returns false if a test is in doubt.
 */
bool
band_reached(const KernelStep *steps, int nsteps, const Lane *x, bool *reached)
{
	End			low = x->low;
	End			high = *lane_high(x);
	bool		low_excluded = false;
	bool		high_excluded = false;
	Truth		truth = TRUTH_UNKNOWN;
	int			i;

	for (i = 0; i < nsteps; i++)
	{
		const End  *bound = &steps[i].bound;
		CompareOp	op = steps[i].compare;
		int			low_order,
					high_order;
		bool		below,
					at_most,
					above,
					at_least;

		reached[i] = false;
		if (truth == TRUTH_TRUE)
			continue;
		low_order = end_is_open(&low) ? -1 : end_order(&low, bound);
		high_order = end_is_open(&high) ? 1 : end_order(&high, bound);
		if (low_order == ORDER_DOUBT || high_order == ORDER_DOUBT)
			return false;
		above = low_order > 0 || (low_order == 0 && low_excluded);
		at_least = low_order >= 0;
		below = high_order < 0 || (high_order == 0 && high_excluded);
		at_most = high_order <= 0;
		switch (op)
		{
			case CMP_LT:
			case CMP_LE:
				truth = truth_of(op == CMP_LT ? below : at_most, op == CMP_LT ? at_least : above);
				if (truth == TRUTH_UNKNOWN)
				{
					low = *bound;
					low_excluded = op == CMP_LE;
				}
				break;
			case CMP_GT:
			case CMP_GE:
				truth = truth_of(op == CMP_GT ? above : at_least, op == CMP_GT ? at_most : below);
				if (truth == TRUTH_UNKNOWN)
				{
					high = *bound;
					high_excluded = op == CMP_GE;
				}
				break;
			default:
				if (below || above)
					truth = op == CMP_EQ ? TRUTH_FALSE : TRUTH_TRUE;
				else if (at_most && at_least)
					truth = op == CMP_EQ ? TRUTH_TRUE : TRUTH_FALSE;
				else
					truth = TRUTH_UNKNOWN;
				if (truth == TRUTH_UNKNOWN && op == CMP_NE)
				{
					low = high = *bound;
					low_excluded = high_excluded = false;
				}
				break;
		}
		reached[i] = truth != TRUTH_FALSE;
	}
	/* a number that no step takes, and none */
	reached[nsteps] = truth != TRUTH_TRUE || lane_may_be_none(x);
	return true;
}
