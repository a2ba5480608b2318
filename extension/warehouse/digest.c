/*
 * digest.c
 *		A digest of the result of a judgement.
 *
 * A digest has 128 bits, of two 64-bit hashes with different seeds.  It is compared with one other digest only, that of
 * the last judgement of the same key, so it does not matter how many enterprises there are.  A change is overlooked if
 * both digests happen to be the same.  With 64 good bits that is one change in 2^64: with a million changes a day, one
 * in 50,000 million years.  The other 64 bits make up for a hash that is not perfect.
 */
#include "postgres.h"

#include "compat.h"
#include "access/xlog.h"
#include "common/hashfn.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "utils/memutils.h"

#include "answers/line_rows.h"
#include "answers/verdict.h"
#include "session/stored.h"
#include "accounts.h"
#include "digest.h"

/* Increase it when the digest of the same judgement changes. */
#define DIGEST_FORM		1

#define DIGEST_SHAPES	8		/* number of shapes remembered for a policy */

/* A shape of verdicts, which is long, and is the same for most rows. */
typedef struct Shape
{
	uint32		hash;
	int32		length;
	char	   *data;
	pg_uuid_t	digest;
} Shape;

typedef struct Shapes
{
	int			count;
	int			next;			/* to be replaced */
	Shape		shapes[DIGEST_SHAPES];
} Shapes;

struct Digests
{
	MemoryContext context;
	int			npolicies;
	int		   *order;			/* of the policies, by name */
	Shapes	   *shapes;			/* by policy */
	pg_uuid_t	all;			/* digest of what all enterprises have in
								 * common */
	StringInfoData buf;
};

static pg_uuid_t
hash_of(const char *data, int length)
{
	uint64		halves[2];
	pg_uuid_t	digest;

	halves[0] = hash_bytes_extended((const unsigned char *) data, length, 0);
	halves[1] = hash_bytes_extended((const unsigned char *) data, length, UINT64CONST(0x9e3779b97f4a7c15));
	memcpy(digest.data, halves, sizeof(digest.data));
	return digest;
}

#define append_value(buf, value) appendBinaryStringInfo(buf, (const char *) &(value), sizeof(value))

static void
append_text(StringInfo buf, const char *text)
{
	appendBinaryStringInfo(buf, text, strlen(text) + 1);
}

/* ---------------- what all enterprises have in common ---------------- */

static int
compare_names(const void *a, const void *b, void *watched)
{
	return strcmp(((const Watched *) watched)->policies[*(const int *) a],
				  ((const Watched *) watched)->policies[*(const int *) b]);
}

Digests *
digests_create(const Watched *watched)
{
	Digests    *digests = palloc0_object(Digests);
	StringInfo	buf = &digests->buf;
	const int32 form = DIGEST_FORM;
	int64		corrections = account_corrections(watched->account);
	int			i;

	digests->context = CurrentMemoryContext;
	digests->npolicies = watched->npolicies;
	digests->order = palloc_array(int, watched->npolicies);
	digests->shapes = palloc0_array(Shapes, watched->npolicies);
	for (i = 0; i < watched->npolicies; i++)
		digests->order[i] = i;
	qsort_arg(digests->order, watched->npolicies, sizeof(int), compare_names, unconstify(Watched *, watched));

	initStringInfo(buf);
	append_value(buf, form);
	append_value(buf, corrections);
	append_text(buf, psprintf(UINT64_FORMAT "/%u", GetSystemIdentifier(), MyDatabaseId));
	append_text(buf, watched->account);
	/* a part of a document can have several names: x/1, x/第一条 */
	for (i = 0; i < watched->npolicies; i++)
	{
		const char *name = watched->policies[digests->order[i]];

		append_text(buf, name);
		append_value(buf, stored_compiled(name, strlen(name), false, CurrentMemoryContext)->content);
	}
	digests->all = hash_of(buf->data, buf->len);
	return digests;
}

const int  *
digests_order(const Digests *digests)
{
	return digests->order;
}

/* ---------------- an enterprise ---------------- */

static const Shape *
shape_of(Digests *digests, int policy, uint32 hash, const char *data, int length)
{
	Shapes	   *shapes = &digests->shapes[policy];
	Shape	   *shape;
	int			i;

	for (i = 0; i < shapes->count; i++)
	{
		shape = &shapes->shapes[i];
		if (shape->hash == hash && shape->length == length && memcmp(shape->data, data, length) == 0)
			return shape;
	}
	if (shapes->count < DIGEST_SHAPES)
		shape = &shapes->shapes[shapes->count++];
	else
	{
		shape = &shapes->shapes[shapes->next];
		shapes->next = (shapes->next + 1) % DIGEST_SHAPES;
		pfree(shape->data);
	}
	shape->hash = hash;
	shape->length = length;
	shape->data = MemoryContextAlloc(digests->context, length + 1);
	memcpy(shape->data, data, length);
	shape->digest = hash_of(shape->data, shape->length);
	return shape;
}

/* What the digest contains for a line.  The period follows from the document and the year. */
#define LINE_YES			0x01	/* satisfied */
#define LINE_NO				0x02	/* not satisfied; otherwise unknown */
#define LINE_OPEN			0x04	/* the status is undecided */
#define LINE_WITHOUT_SUM	0x08	/* the status is undetermined */
#define LINE_HAS_AMOUNT		0x10
#define LINE_RANGED			0x20
#define LINE_UNBOUNDED		0x40
#define LINE_PAYS			0x80	/* the amounts follow; otherwise they are
									 * 0 */

/* Amounts are not negative, so a negative number announces a numeric. */
static void
append_amount(StringInfo buf, const Hundredths *amount)
{
	int64		length;

	if (amount->numeric == NULL)
	{
		append_value(buf, amount->value);
		return;
	}
	length = VARSIZE(amount->numeric);
	length = -length;
	append_value(buf, length);
	appendBinaryStringInfo(buf, (const char *) amount->numeric, VARSIZE(amount->numeric));
}

/* The ledger does not distinguish `to come` from `refused`, nor `owed` from `capped`. */
static void
append_line(StringInfo buf, const VerdictLine *line)
{
	const Hundredths nothing = {0, NULL};
	const Hundredths *low = line->ranged ? &line->low : line->has_amount ? &line->amount : &nothing;
	const Hundredths *high = line->ranged && !line->unbounded ? &line->high : low;
	uint8		flags = 0;

	flags |= line->truth == TRUTH_TRUE ? LINE_YES : line->truth == TRUTH_FALSE ? LINE_NO : 0;
	flags |= line->status == LINE_UNDECIDED ? LINE_OPEN : line->status == LINE_UNDETERMINED ? LINE_WITHOUT_SUM : 0;
	flags |= (line->has_amount ? LINE_HAS_AMOUNT : 0) | (line->ranged ? LINE_RANGED : 0) |
		(line->unbounded ? LINE_UNBOUNDED : 0);
	if (low->numeric || high->numeric || low->value != 0 || high->value != 0)
		flags |= LINE_PAYS;
	append_value(buf, flags);
	if (flags & LINE_PAYS)
	{
		append_amount(buf, low);
		append_amount(buf, high);
	}
}

void
digest_begin(Digests *digests, const char *key, int year)
{
	resetStringInfo(&digests->buf);
	append_value(&digests->buf, digests->all);
	append_text(&digests->buf, key);
	append_value(&digests->buf, year);
}

void
digest_add(Digests *digests, int policy, Datum value)
{
	const Verdict *verdict = (const Verdict *) PG_DETOAST_DATUM(value);
	const char *lines = verdict_lines(verdict);
	int			i;

	append_value(&digests->buf, shape_of(digests, policy, verdict->hash, verdict->data, verdict->shape_length)->digest);
	for (i = 0; i < verdict->nlines; i++)
	{
		VerdictLine line;

		lines = verdict_line_next(lines, &line);
		append_line(&digests->buf, &line);
	}
}

/* The same as append_line(), for a row of a batch. */
static void
append_line_of_row(StringInfo buf, const LineRows *line, int row)
{
	int			g = row / GROUP_ROWS;
	int			bit = row % GROUP_ROWS;
	uint8		flags = 0;
	int64		amounts[2];

#define HAS(set) ((line->set[g] >> bit) & 1)
	flags |= HAS(yes) ? LINE_YES : HAS(no) ? LINE_NO : 0;
	flags |= HAS(undecided) ? LINE_OPEN : HAS(undetermined) ? LINE_WITHOUT_SUM : 0;
	flags |= (HAS(has_amount) ? LINE_HAS_AMOUNT : 0) | (HAS(ranged) ? LINE_RANGED : 0) |
		(HAS(unbounded) ? LINE_UNBOUNDED : 0);
	if (HAS(paying))
	{
		amounts[0] = line->low[row];
		amounts[1] = flags & LINE_UNBOUNDED ? amounts[0] : line->high[row];
		if ((flags & (LINE_HAS_AMOUNT | LINE_RANGED)) && (amounts[0] != 0 || amounts[1] != 0))
			flags |= LINE_PAYS;
	}
#undef HAS
	append_value(buf, flags);
	if (flags & LINE_PAYS)
		append_value(buf, amounts);
}

void
digest_add_row(Digests *digests, int policy, const LinesOfRows *lines, int row)
{
	int			i;

	append_value(&digests->buf, shape_of(digests, policy, lines->hash, lines->shape.data, lines->shape.len)->digest);
	for (i = 0; i < lines->nlines; i++)
		append_line_of_row(&digests->buf, &lines->lines[i], row);
}

pg_uuid_t
digest_end(Digests *digests)
{
	return hash_of(digests->buf.data, digests->buf.len);
}

pg_uuid_t
digest_of(Digests *digests, const char *key, int year, const Datum *verdicts)
{
	int			i;

	digest_begin(digests, key, year);
	for (i = 0; verdicts && i < digests->npolicies; i++)
		digest_add(digests, digests->order[i], verdicts[digests->order[i]]);
	return digest_end(digests);
}
