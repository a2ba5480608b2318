/*
 * batch_lanes.h
 *		Registers of 64 lanes: what kernel_lanes.h asks of them, and how they compare.  A part of batch.c.
 */

#define NLANES GROUP_ROWS

typedef Batch KernelRun;
typedef Lanes Register;
typedef uint64 Mask;
#define ALL_LANES PG_UINT64_MAX

#define FOR_LANES(i) for ((i) = 0; (i) < NLANES; (i)++)

/* The lanes of a mask, and others next to them: loops go through whole blocks. */
#define BLOCK_LANES 8
#define FOR_BLOCKS(i, wanted) \
	for (int lanes_block = 0; lanes_block < NLANES; lanes_block += BLOCK_LANES) \
		if (((wanted) >> lanes_block) & 0xFF) \
			for ((i) = lanes_block; (i) < lanes_block + BLOCK_LANES; (i)++)
#define IN_BLOCKS(wanted) lanes_in_blocks(wanted)
#define LIKELY_LANES(condition) (condition)
#define SOME_LANES(wanted) ((void) 0)
#define TEST_LANES(batch, number, wanted) lanes_test(batch, number, wanted)

#define YES(truths) ((truths).yes)
#define NO(truths) ((truths).no)
#define UNKNOWN(truths) (~((truths).yes | (truths).no | (truths).doubt))
#define IN_DOUBT(truths) ((truths).doubt)
#define TRUTHS_OF(yes, no, doubt) ((Truths) {(yes), (no), (doubt)})
#define TRUTHS_IN(x) TRUTHS_OF((x)->yes, (x)->no, (x)->in_doubt)
#define TRUTH_AT(truths, i) lanes_truth_at(&(truths), i)

#define VALUES(x) ((x)->value)
#define NONES(x) ((x)->none)
#define RANGES(x) ((x)->range)
#define DOUBTS(x) (~((x)->value | (x)->none | (x)->range))
#define MAYBES(x) ((x)->range & (x)->maybe)
#define DONE(x) ((x)->done)
#define SET_STATE(x, lanes, as) lanes_set_state(x, lanes, as)

#define NUMBER(x, i) ((x)->number[i])
#define ERROR_OF(x, i) ((x)->error[i])
#define SET_DECIMALS(x, lanes, decimals) ((x)->decimal = ((x)->decimal & ~(lanes)) | ((decimals) & (lanes)))
#define DAY(x, i) ((x)->day[i])
#define LAST_DAY(x, i) ((x)->last_day[i])
#define TEXT(x, i) ((x)->text[i])
#define LENGTH(x, i) ((x)->length[i])
#define CODE(x, i) ((x)->code[i])

#define TAKE_LANE(lane, x, i, type) \
	Lane		lane##_taken = {0}; \
	const Lane *lane = batch_take(&lane##_taken, x, i, type)
#define RESULT_LANE(lane, x, i) \
	Lane		lane##_made = {0}; \
	Lane	   *lane = &lane##_made
#define KEPT_LANE(lane, x, i, type) \
	Lane		lane##_kept = {0}; \
	Lane	   *lane = batch_take(&lane##_kept, x, i, type)
#define PUT_LANE(x, i, lane, type) batch_put(x, i, lane, type)

/* All lanes of the blocks in which there are some. */
static inline Mask
lanes_in_blocks(Mask lanes)
{
	Mask		low = UINT64CONST(0x7F7F7F7F7F7F7F7F);
	Mask		some = (((lanes & low) + low) | lanes) & ~low;

	return (some >> 7) * 0xFF;
}

static inline int
lanes_truth_at(const Truths *truths, int i)
{
	if ((truths->yes >> i) & 1)
		return TRUTH_TRUE;
	if ((truths->no >> i) & 1)
		return TRUTH_FALSE;
	return (truths->doubt >> i) & 1 ? TRUTH_DOUBT : TRUTH_UNKNOWN;
}

/* Days that are known, and what is none: most of what is copied. */
static bool
lanes_are_simple(const Lanes *from, Mask lanes, ValueType type)
{
	return type != TYPE_BOOLEAN && (lanes & ~(from->none | (type == TYPE_DATE ? from->value : 0))) == 0;
}

static void
lanes_copy_lanes(Lanes *out, const Lanes *from, Mask lanes, ValueType type)
{
	Lane		lane = {0};
	int			i;

	if (lanes_are_simple(from, lanes, type))
	{
		EACH_LANE(i, lanes & from->value)
		{
			out->day[i] = from->day[i];
			out->last_day[i] = from->last_day[i];
		}
		lanes_set_state(out, lanes & from->value, LANE_VALUE);
		lanes_set_state(out, lanes & from->none, LANE_NONE);
		return;
	}
	EACH_LANE(i, lanes)
		batch_put(out, i, batch_take(&lane, from, i, type), type);
}

/* Copies lanes from the places of another register, a place of each lane; lanes_there are these places. */
static void
lanes_gather(Lanes *out, Mask lanes, const Lanes *from, Mask lanes_there, const uint16 *places, ValueType type)
{
	Mask		values = 0;
	Lane		lane = {0};
	int			i;

	if (!lanes_are_simple(from, lanes_there, type))
	{
		EACH_LANE(i, lanes)
			batch_put(out, i, batch_take(&lane, from, places[i] % NLANES, type), type);
		return;
	}
	if (lanes_there & from->value)
		EACH_LANE(i, lanes)
	{
		int			place = places[i] % NLANES;

		out->day[i] = from->day[place];
		out->last_day[i] = from->last_day[place];
		values |= ((from->value >> place) & 1) << i;
	}
	lanes_set_state(out, values, LANE_VALUE);
	lanes_set_state(out, lanes & ~values, LANE_NONE);
}

static void
lanes_set_counts(Lanes *out, Mask lanes, const int *sure, const int *possible)
{
	Lane		lane = {0};
	int			i;

	EACH_LANE(i, lanes)
	{
		lane_set_integers(&lane, true, sure[i], true, possible[i], false);
		batch_put(out, i, &lane, TYPE_NUMBER);
	}
}

/* ---------------- comparison ---------------- */

/*
 * Returns the truth of a comparison, given the lanes in which a is below, equal to and above b.  The other lanes
 * of values are in doubt, because the operands are too close to each other.
 */
static Truths
truths_of_order(CompareOp op, Mask values, Mask below, Mask equal, Mask above, Mask *near)
{
	Mask		sure = values & (below | equal | above);
	Mask		yes = 0;

	switch (op)
	{
		case CMP_EQ:
			yes = equal;
			break;
		case CMP_NE:
			yes = below | above;
			break;
		case CMP_LT:
			yes = below;
			break;
		case CMP_LE:
			yes = below | equal;
			break;
		case CMP_GT:
			yes = above;
			break;
		case CMP_GE:
			yes = above | equal;
			break;
	}
	*near |= values & ~sure;
	return TRUTHS_OF(sure & yes, sure & ~yes, 0);
}

/* Packs 64 bytes, each 0 or 1, into 64 bits. */
static Mask
bits_of(const uint8 *bytes)
{
	Mask		bits = 0;
	int			i;

#ifndef WORDS_BIGENDIAN
	for (i = 0; i < NLANES; i += 8)
	{
		uint64		eight;

		/*
		 * byte j times 2^(56 - 7 j) is bit 56 + j; no two of the other
		 * products are equal
		 */
		memcpy(&eight, bytes + i, sizeof(eight));
		bits |= ((eight * UINT64CONST(0x0102040810204080)) >> 56) << i;
	}
#else
	for (i = 0; i < NLANES; i++)
		bits |= (Mask) bytes[i] << i;
#endif
	return bits;
}

/* By lane: the results of the comparisons that number_order() makes first. */
typedef struct Orders
{
	uint8		below[NLANES];
	uint8		equal[NLANES];
	uint8		above[NLANES];
} Orders;

static LANES_LOOP void
order_constant(const Lanes *x, double bound, double error, Mask wanted, Orders *orders)
{
	int			i;

	FOR_BLOCKS(i, wanted)
	{
		double		difference = x->number[i] - bound;
		double		doubt = 2 * (x->error[i] + error);

		orders->above[i] = difference > doubt;
		orders->below[i] = difference < -doubt;
		orders->equal[i] = (difference == 0) & (doubt == 0);
	}
}

static LANES_LOOP void
order_lanes(const Lanes *a, const Lanes *b, Mask wanted, Orders *orders)
{
	int			i;

	FOR_BLOCKS(i, wanted)
	{
		double		difference = a->number[i] - b->number[i];
		double		doubt = 2 * (a->error[i] + b->error[i]);

		orders->above[i] = difference > doubt;
		orders->below[i] = difference < -doubt;
		orders->equal[i] = (difference == 0) & (doubt == 0);
	}
}

static Truths
lanes_order_constant(const Lanes *x, End bound, CompareOp op, Mask values, Mask *near)
{
	Orders		orders;
	Mask		below;
	Mask		equal;
	Mask		above;
	int			i;

	memset(&orders, 0, sizeof(orders));
	order_constant(x, bound.number, bound.error, values, &orders);
	below = bits_of(orders.below);
	equal = bits_of(orders.equal);
	above = bits_of(orders.above);
	EACH_LANE(i, values & ~(above | below | equal))
	{
		int			order = near_order(x->number[i], x->error[i], (x->decimal >> i) & 1,
									   bound.number, bound.error, bound.decimal);

		below |= (Mask) (order == -1) << i;
		equal |= (Mask) (order == 0) << i;
		above |= (Mask) (order == 1) << i;
	}
	return truths_of_order(op, values, below, equal, above, near);
}

static Truths
lanes_order(const Lanes *a, const Lanes *b, CompareOp op, Mask values, Mask *near)
{
	Orders		orders;
	Mask		below;
	Mask		equal;
	Mask		above;
	int			i;

	memset(&orders, 0, sizeof(orders));
	order_lanes(a, b, values, &orders);
	below = bits_of(orders.below);
	equal = bits_of(orders.equal);
	above = bits_of(orders.above);
	EACH_LANE(i, values & ~(above | below | equal))
	{
		int			order = near_order(a->number[i], a->error[i], (a->decimal >> i) & 1,
									   b->number[i], b->error[i], (b->decimal >> i) & 1);

		below |= (Mask) (order == -1) << i;
		equal |= (Mask) (order == 0) << i;
		above |= (Mask) (order == 1) << i;
	}
	return truths_of_order(op, values, below, equal, above, near);
}

static Mask
lanes_order_days(Batch *batch, const Lanes *a, const Lanes *b, CompareOp op)
{
	uint64		below;
	uint64		equal;
	uint64		near = 0;

	batch->loops->days(a->day, b->day, &below, &equal, 1);
	return truths_of_order(op, ALL_LANES, below, equal, ~(below | equal), &near).yes;
}

static Mask
lanes_members(Batch *batch, const Lanes *x, uint64 members)
{
	uint64		found;

	batch->loops->members(x->code, members, &found, 1);
	return found;
}
