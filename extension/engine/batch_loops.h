/*
 * batch_loops.h
 *		The loops of batch_vectors.h, for one vector set; included by batch_vectors.c for each.
 *
 * The file that includes it defines NAME(name), LOOPS and SET_NAME, and
 *
 *		WIDTH, VD, VM			how many doubles a vector has, the vector, and a comparison of two
 *		v_load … v_blend		v_blend(m, a, b) is b where m, else a
 *		v_bits(m)				the comparison as WIDTH bits
 *		DAYS, VI, VM_DAYS, i_load … i_bits
 *								the same of days
 *		CODES, VB, b_load, b_set, b_equal, b_or, b_none, b_bits
 *								the same of bytes
 *		EXTRACT(bits, mask)		the bits that the mask has, one after another from bit 0 on
 *		BITS(name)				declares the bits of a group
 *		put_bits(name, i, bits)	… puts those of the vector that begins at row i
 *		take_bits(name)			… returns the word, after all have been put
 */

static inline VD
NAME(operand) (const VectorOperand *a, int i)
{
	return a->constant ? v_set(*a->number) : v_load(a->number + i);
}

static inline VD
NAME(error) (const VectorOperand *a, VD x, int i)
{
	return a->bound ? v_load(a->bound + i) : v_mul(v_set(a->rel), v_abs(x));
}

/* Returns a bound of the error of a result: error, and the rounding of the result itself. */
static inline VD
NAME(generous) (VD error, VD result)
{
	return v_add(v_mul(error, v_set(KERNEL_GENEROUS)), v_mul(v_set(2 * KERNEL_UNIT), v_abs(result)));
}

static pg_attribute_always_inline VD
NAME(result) (VectorOperation operation, VD x, VD y)
{
	switch (operation)
	{
		case VECTOR_ADD:
			return v_add(x, y);
		case VECTOR_SUBTRACT:
			return v_sub(x, y);
		case VECTOR_MULTIPLY:
			return v_mul(x, y);
		case VECTOR_DIVIDE:
			break;
		case VECTOR_LEAST:
			return v_blend(v_above(x, y), x, y);
		case VECTOR_GREATEST:
			return v_blend(v_above(x, y), y, x);
	}
	return v_div(x, y);
}

/* One operation on all rows; the operation is a constant where this is inlined. */
static pg_attribute_always_inline void
NAME(operate) (VectorOperation operation, const VectorOperand *a, const VectorOperand *b,
			   double *out, double *bound, int n)
{
	int			i;

	for (i = 0; i < n; i += WIDTH)
	{
		VD			x = NAME(operand) (a, i);
		VD			y = NAME(operand) (b, i);
		VD			result = NAME(result) (operation, x, y);

		v_store(out + i, result);
		if (bound)
		{
			VD			ex = NAME(error) (a, x, i);
			VD			ey = NAME(error) (b, y, i);
			VD			error;

			if (operation == VECTOR_MULTIPLY)
				error = v_add(v_mul(ex, v_abs(y)), v_mul(v_add(v_abs(x), ex), ey));
			else if (operation == VECTOR_DIVIDE)
				/* the divisor's error is relative, and far below 2^-20 */
				error = v_div(v_mul(v_add(ex, v_mul(v_abs(result), ey)), v_set(1 + 0x1p-20)), v_abs(y));
			else
				error = v_add(ex, ey);
			v_store(bound + i, NAME(generous) (error, result));
		}
	}
}

static void
NAME(arithmetic) (VectorOperation operation, const VectorOperand *a, const VectorOperand *b,
				  double *out, double *bound, int ngroups)
{
	int			n = ngroups * GROUP_ROWS;

	switch (operation)
	{
		case VECTOR_ADD:
			NAME(operate) (VECTOR_ADD, a, b, out, bound, n);
			break;
		case VECTOR_SUBTRACT:
			NAME(operate) (VECTOR_SUBTRACT, a, b, out, bound, n);
			break;
		case VECTOR_MULTIPLY:
			NAME(operate) (VECTOR_MULTIPLY, a, b, out, bound, n);
			break;
		case VECTOR_LEAST:
			NAME(operate) (VECTOR_LEAST, a, b, out, NULL, n);
			break;
		case VECTOR_GREATEST:
			NAME(operate) (VECTOR_GREATEST, a, b, out, NULL, n);
			break;
		case VECTOR_DIVIDE:
			NAME(operate) (VECTOR_DIVIDE, a, b, out, bound, n);
			break;
	}
}

static void
NAME(order) (const double *x, const double *bound, double low, double high, uint64 *below, uint64 *above, int ngroups)
{
	VD			from = v_set(low);
	VD			to = v_set(high);
	int			g,
				i;

	for (g = 0; g < ngroups; g++, x += GROUP_ROWS)
	{
		BITS(less);
		BITS(more);

		if (bound == NULL)
			for (i = 0; i < GROUP_ROWS; i += WIDTH)
			{
				VD			number = v_load(x + i);

				put_bits(less, i, v_bits(v_above(from, number)));
				put_bits(more, i, v_bits(v_above(number, to)));
			}
		else
		{
			for (i = 0; i < GROUP_ROWS; i += WIDTH)
			{
				VD			number = v_load(x + i);
				VD			doubt = v_load(bound + i);

				doubt = v_add(doubt, doubt);
				put_bits(less, i, v_bits(v_above(from, v_add(number, doubt))));
				put_bits(more, i, v_bits(v_above(v_sub(number, doubt), to)));
			}
			bound += GROUP_ROWS;
		}
		below[g] = take_bits(less);
		above[g] = take_bits(more);
	}
}

static pg_attribute_always_inline void
NAME(compare) (bool equal, const double *x, double bound, uint64 *bits, int ngroups)
{
	VD			other = v_set(bound);
	int			g,
				i;

	for (g = 0; g < ngroups; g++, x += GROUP_ROWS)
	{
		BITS(here);

		for (i = 0; i < GROUP_ROWS; i += WIDTH)
			put_bits(here, i, v_bits(equal ? v_equal(v_load(x + i), other) : v_at_least(v_load(x + i), other)));
		bits[g] = take_bits(here);
	}
}

static void
NAME(at_least) (const double *x, double bound, uint64 *bits, int ngroups)
{
	NAME(compare) (false, x, bound, bits, ngroups);
}

static void
NAME(equal) (const double *x, double bound, uint64 *bits, int ngroups)
{
	NAME(compare) (true, x, bound, bits, ngroups);
}

/* Steps are passed from the last one up: what passes one passes those after it. */
static void
NAME(ladder) (const double *x, const double *bound, int nsteps, bool down, const double *low, const double *high,
			  const double *values, double rest, double *out, uint64 *near, int ngroups)
{
	int			g,
				i,
				j;

	for (g = 0; g < ngroups; g++, x += GROUP_ROWS, out += GROUP_ROWS)
	{
		BITS(unsure);

		for (i = 0; i < GROUP_ROWS; i += WIDTH)
		{
			VD			number = v_load(x + i);
			VD			least = number;
			VD			most = number;
			VD			value = v_set(rest);
			VM			between = v_none();

			if (bound)
			{
				VD			doubt = v_load(bound + i);

				doubt = v_add(doubt, doubt);
				least = v_sub(number, doubt);
				most = v_add(number, doubt);
			}
			for (j = nsteps - 1; j >= 0; j--)
			{
				VM			above = v_above(least, v_set(high[j]));
				VM			below = v_above(v_set(low[j]), most);

				value = v_blend(down ? above : below, value, v_set(values[j]));
				between = v_or(between, v_neither(above, below));
			}
			v_store(out + i, value);
			put_bits(unsure, i, v_bits(between));
		}
		near[g] = take_bits(unsure);
		if (bound)
			bound += GROUP_ROWS;
	}
}

static void
NAME(check) (const double *x, double low, double high, uint64 *outside, uint64 *zero, int ngroups)
{
	VD			from = v_set(low);
	VD			to = v_set(high);
	VD			least = v_set(ORDINARY_LOW);
	VD			most = v_set(ORDINARY_HIGH);
	VD			nothing = v_set(0);
	int			g,
				i;

	for (g = 0; g < ngroups; g++, x += GROUP_ROWS)
	{
		BITS(inside);
		BITS(none);

		for (i = 0; i < GROUP_ROWS; i += WIDTH)
		{
			VD			number = v_load(x + i);
			VD			size = v_abs(number);
			VM			is_zero = v_equal(number, nothing);
			VM			there = v_and(v_at_least(number, from), v_at_least(to, number));

			there = v_and(there, v_at_least(most, size));
			put_bits(inside, i, v_bits(v_and(there, v_or(is_zero, v_at_least(size, least)))));
			put_bits(none, i, v_bits(is_zero));
		}
		outside[g] = ~take_bits(inside);
		zero[g] = take_bits(none);
	}
}

static void
NAME(set) (const uint64 *bits, double value, double *out, int ngroups)
{
	VD			number = v_set(value);
	int			g,
				i;

	for (g = 0; g < ngroups; g++, out += GROUP_ROWS)
	{
		if (bits[g] == 0)
			continue;
		for (i = 0; i < GROUP_ROWS; i += WIDTH)
			v_store(out + i, v_blend(v_mask(bits[g] >> i), v_load(out + i), number));
	}
}

static void
NAME(add) (const uint64 *bits, double value, double *out, int ngroups)
{
	VD			number = v_set(value);
	VD			nothing = v_set(0);
	int			g,
				i;

	for (g = 0; g < ngroups; g++, out += GROUP_ROWS)
	{
		if (bits[g] == 0)
			continue;
		for (i = 0; i < GROUP_ROWS; i += WIDTH)
			v_store(out + i, v_add(v_load(out + i), v_blend(v_mask(bits[g] >> i), nothing, number)));
	}
}

static bool
NAME(decimals) (const uint64 *digits, const double *under, double *out)
{
	uint64		odd = 0;
	int			i;

	for (i = 0; i < GROUP_ROWS; i++)
	{
		out[i] = numeric_plain_number(digits[i], under[i]);
		odd |= (uint64) (under[i] == 0) | ((uint64) ((digits[i] & 0xFFFF) >= 1000) & (uint64) ((digits[i] >> 48) != 0));
	}
	return odd == 0;
}

/*
 * Adding 1.5 * 2^52 rounds what is below 2^51 to an integer, up or down.  A quotient that is rounded does not pass an
 * integer, but may become one: then the product is above x.
 */
static void
NAME(floor) (const double *x, double divisor, double *out, int ngroups)
{
	VD			over = v_set(divisor);
	VD			integers = v_set(0x1.8p52);
	VD			one = v_set(1);
	int			n = ngroups * GROUP_ROWS;
	int			i;

	for (i = 0; i < n; i += WIDTH)
	{
		VD			number = v_load(x + i);
		VD			quotient = v_div(number, over);
		VD			result = v_sub(v_add(quotient, integers), integers);

		result = v_blend(v_above(result, quotient), result, v_sub(result, one));
		result = v_blend(v_above(v_mul(result, over), number), result, v_sub(result, one));
		v_store(out + i, result);
	}
}

static void
NAME(days) (const DateADT *a, const DateADT *b, uint64 *below, uint64 *equal, int ngroups)
{
	int			g,
				i;

	for (g = 0; g < ngroups; g++, a += GROUP_ROWS, b += GROUP_ROWS)
	{
		BITS(less);
		BITS(same);

		for (i = 0; i < GROUP_ROWS; i += DAYS)
		{
			VI			x = i_load(a + i);
			VI			y = i_load(b + i);

			put_bits(less, i, i_bits(i_above(y, x)));
			put_bits(same, i, i_bits(i_equal(x, y)));
		}
		below[g] = take_bits(less);
		equal[g] = take_bits(same);
	}
}

static void
NAME(days_within) (const DateADT *x, DateADT first, DateADT last, uint64 *bits, int ngroups)
{
	VI			from = i_set(first);
	VI			to = i_set(last);
	int			g,
				i;

	for (g = 0; g < ngroups; g++, x += GROUP_ROWS)
	{
		BITS(outside);

		for (i = 0; i < GROUP_ROWS; i += DAYS)
		{
			VI			day = i_load(x + i);

			put_bits(outside, i, i_bits(i_above(from, day)) | i_bits(i_above(day, to)));
		}
		bits[g] = ~take_bits(outside);
	}
}

static pg_attribute_always_inline VI
NAME(choose_days) (DaysOperation operation, VI x, VI y, VM_DAYS has_x, VM_DAYS has_y)
{
	VM_DAYS		first = i_above(operation == DAYS_LEAST ? y : x, operation == DAYS_LEAST ? x : y);

	/* what is none gives way to the other */
	if (operation == DAYS_FIRST)
		return i_blend(has_x, y, x);
	return i_blend(has_y, x, i_blend(has_x, y, i_blend(first, y, x)));
}

static pg_attribute_always_inline void
NAME(choose) (DaysOperation operation, const DateADT *a, const uint64 *has_a, const DateADT *b, const uint64 *has_b,
			  DateADT *out, int ngroups)
{
	int			g,
				i;

	for (g = 0; g < ngroups; g++, a += GROUP_ROWS, b += GROUP_ROWS, out += GROUP_ROWS)
		for (i = 0; i < GROUP_ROWS; i += DAYS)
			i_store(out + i, NAME(choose_days) (operation, i_load(a + i), i_load(b + i),
												i_mask(has_a[g] >> i), i_mask(has_b[g] >> i)));
}

static void
NAME(days_of_two) (DaysOperation operation, const DateADT *a, const uint64 *has_a, const DateADT *b, const uint64 *has_b,
				   DateADT *out, int ngroups)
{
	switch (operation)
	{
		case DAYS_LEAST:
			NAME(choose) (DAYS_LEAST, a, has_a, b, has_b, out, ngroups);
			break;
		case DAYS_GREATEST:
			NAME(choose) (DAYS_GREATEST, a, has_a, b, has_b, out, ngroups);
			break;
		case DAYS_FIRST:
			NAME(choose) (DAYS_FIRST, a, has_a, b, has_b, out, ngroups);
			break;
	}
}

static void
NAME(members) (const uint8 *code, uint64 members, uint64 *bits, int ngroups)
{
	int			g,
				i;

	for (g = 0; g < ngroups; g++, code += GROUP_ROWS)
	{
		BITS(here);

		for (i = 0; i < GROUP_ROWS; i += CODES)
		{
			VB			codes = b_load(code + i);
			VB			found = b_none();
			uint64		rest;

			for (rest = members; rest; rest &= rest - 1)
				found = b_or(found, b_equal(codes, b_set(pg_rightmost_one_pos64(rest))));
			put_bits(here, i, b_bits(found));
		}
		bits[g] = take_bits(here);
	}
}

static void
NAME(pick) (const uint64 *bits, const uint64 *selected, uint64 *out, int ngroups)
{
	uint64		word = 0;
	int			filled = 0;
	int			g;

	for (g = 0; g < ngroups; g++)
	{
		uint64		picked = EXTRACT(bits[g], selected[g]);
		int			count = pg_popcount64(selected[g]);

		word |= picked << filled;
		filled += count;
		if (filled < GROUP_ROWS)
			continue;
		*out++ = word;
		filled -= GROUP_ROWS;
		/* what did not fit */
		word = filled > 0 ? picked >> (count - filled) : 0;
	}
	if (filled > 0)
		*out = word;
}

static const BatchLoops LOOPS = {
	.name = SET_NAME,
	.arithmetic = NAME(arithmetic),
	.order = NAME(order),
	.at_least = NAME(at_least),
	.equal = NAME(equal),
	.ladder = NAME(ladder),
	.check = NAME(check),
	.floor = NAME(floor),
	.decimals = NAME(decimals),
	.set = NAME(set),
	.add = NAME(add),
	.days = NAME(days),
	.days_within = NAME(days_within),
	.days_of_two = NAME(days_of_two),
	.members = NAME(members),
	.pick = NAME(pick)
};

#undef NAME
#undef SET_NAME
#undef LOOPS
#undef WIDTH
#undef VD
#undef VM
#undef v_load
#undef v_store
#undef v_set
#undef v_add
#undef v_sub
#undef v_mul
#undef v_div
#undef v_abs
#undef v_above
#undef v_at_least
#undef v_equal
#undef v_none
#undef v_and
#undef v_or
#undef v_neither
#undef v_blend
#undef v_mask
#undef v_bits
#undef DAYS
#undef VI
#undef VM_DAYS
#undef i_load
#undef i_store
#undef i_mask
#undef i_blend
#undef i_set
#undef i_above
#undef i_equal
#undef i_bits
#undef CODES
#undef VB
#undef b_load
#undef b_set
#undef b_none
#undef b_or
#undef b_equal
#undef b_bits
#undef EXTRACT
#undef BITS
#undef put_bits
#undef take_bits
