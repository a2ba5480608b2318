/*
 * corner.c
 *		Places in an order as byte strings.
 *
 * A number is written as its continued fraction a0 + 1 / (a1 + 1 / (a2 + …)), which is finite for
 * every fraction and is the same whether or not the fraction is in lowest terms.  The number rises
 * with a0, a2, … and falls with a1, a3, …, so the bytes of the latter are inverted.  The end counts as
 * an infinite term, because 1 / infinity is 0.
 */
#include "postgres.h"

#include "compat.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/numeric.h"

#include "engine/value.h"
#include "corner.h"

/* The first byte of a key. */
#define CLASS_BEST		0x10	/* better than every value: an open end */
#define CLASS_VALUE		0x20
#define CLASS_WORST		0x30	/* worse than every value */
#define CLASS_NONE		0x40

/* The first byte of a term of more than eight bytes, which follows in decimal; and the byte for the end. */
#define TERM_LONG		0x80
#define TERM_END		0xFF

static void
append_bytes(StringInfo out, const unsigned char *bytes, int count, bool inverted)
{
	int			i;

	enlargeStringInfo(out, count);
	for (i = 0; i < count; i++)
		out->data[out->len++] = (char) (inverted ? ~bytes[i] : bytes[i]);
	out->data[out->len] = '\0';
}

static void
append_byte(StringInfo out, unsigned char byte, bool inverted)
{
	append_bytes(out, &byte, 1, inverted);
}

/* A term below 2^64: the number of its bytes, and the bytes, the highest first. */
static void
append_short_term(StringInfo out, uint64 term, bool inverted)
{
	unsigned char bytes[9];
	int			count = 0;
	int			i;

	for (i = 56; i >= 0; i -= 8)
		if (count > 0 || (term >> i) != 0)
			bytes[1 + count++] = (unsigned char) (term >> i);
	bytes[0] = (unsigned char) count;
	append_bytes(out, bytes, 1 + count, inverted);
}

/* A longer term: the number of its decimal digits, in four bytes, and the digits. */
static void
append_long_term(StringInfo out, const char *digits, bool inverted)
{
	int			length = strlen(digits);
	unsigned char bytes[5] = {TERM_LONG, length >> 24, length >> 16, length >> 8, length};

	append_bytes(out, bytes, 5, inverted);
	append_bytes(out, (const unsigned char *) digits, length, inverted);
}

static void
append_wide_term(StringInfo out, uint128 term, bool inverted)
{
	char		digits[48];
	char	   *at = digits + sizeof(digits);

	if ((term >> 64) == 0)
	{
		append_short_term(out, (uint64) term, inverted);
		return;
	}
	*--at = '\0';
	for (; term != 0; term /= 10)
		*--at = '0' + (int) (term % 10);
	append_long_term(out, at, inverted);
}

/* The sign of a0 comes first.  Of negative numbers, a lower one has a greater magnitude. */
static bool
append_sign(StringInfo out, bool negative)
{
	append_byte(out, negative ? 0x01 : 0x02, false);
	return negative;
}

static void
append_fraction(StringInfo out, int128 num, int128 den)
{
	int128		floor = num / den;
	bool		inverted;

	if (num % den < 0)
		floor--;
	inverted = append_sign(out, floor < 0);
	append_wide_term(out, (uint128) (floor < 0 ? -floor : floor), inverted);
	num -= floor * den;
	inverted = true;
	while (num != 0)
	{
		int128		rest = den % num;

		append_wide_term(out, (uint128) (den / num), inverted);
		den = num;
		num = rest;
		inverted = !inverted;
	}
	append_byte(out, TERM_END, inverted);
}

/* The digits of a whole number that is not negative. */
static void
append_big_term(StringInfo out, const Number *term, bool inverted)
{
	char	   *digits;

	if (term->den == 1 && term->num >= 0)
	{
		append_wide_term(out, (uint128) term->num, inverted);
		return;
	}
	digits = number_text(term);
	if (strlen(digits) < 20 || (strlen(digits) == 20 && strcmp(digits, "18446744073709551616") < 0))
		append_short_term(out, strtou64(digits, NULL, 10), inverted);
	else
		append_long_term(out, digits, inverted);
	pfree(digits);
}

/* The same for numerics.  The server's arithmetic on them is exact, except for division. */
static bool
append_big(StringInfo out, const Number *number)
{
	const Number one = number_of(1);
	Number		rest = *number;
	bool		first = true;
	bool		inverted = false;

	for (;;)
	{
		Number		term;
		Number		after;

		CHECK_FOR_INTERRUPTS();
		term = number_floor(&rest);
		if (!number_subtract(&after, &rest, &term))
			return false;
		if (first)
		{
			bool		negative = append_sign(out, number_sign(&term) < 0);
			Number		magnitude = negative ? number_negate(&term) : term;

			append_big_term(out, &magnitude, negative);
		}
		else
			append_big_term(out, &term, inverted);
		first = false;
		inverted = !inverted;
		if (number_sign(&after) == 0)
			break;
		if (!number_divide(&rest, &one, &after))
			return false;
	}
	append_byte(out, TERM_END, inverted);
	return true;
}

bool
corner_number(StringInfo corner, const Number *number)
{
	int			length = corner->len;

	if (number->den != 0)
	{
		append_fraction(corner, number->num, number->den);
		return true;
	}
	if (!number_is_long(number) && append_big(corner, number))
		return true;
	corner->len = length;
	corner->data[length] = '\0';
	return false;
}

static void
invert(StringInfo corner, int from)
{
	for (; from < corner->len; from++)
		corner->data[from] = ~corner->data[from];
}

static void
append_open(StringInfo corner, bool best)
{
	append_byte(corner, best ? CLASS_BEST : CLASS_WORST, false);
}

void
corner_append(StringInfo corner, const CornerKey *key, const Value *value, bool best)
{
	bool		low = best != key->descending;	/* which end is asked for */
	int			start = corner->len;

	if (is_none(value) || (!best && may_be_none(value)))
	{
		append_byte(corner, CLASS_NONE, false);
		return;
	}
	append_byte(corner, CLASS_VALUE, false);
	if (key->type == TYPE_DATE)
	{
		DateADT		day = low || value->known ? value->day : value->last_day;
		uint32		sortable = (uint32) day ^ 0x80000000;
		unsigned char bytes[4] = {sortable >> 24, sortable >> 16, sortable >> 8, sortable};

		if (!DATE_NOT_FINITE(day))
		{
			append_bytes(corner, bytes, 4, key->descending);
			return;
		}
	}
	else
	{
		const Number *end = low ? low_of(value) : high_of(value);

		if (end && corner_number(corner, end))
		{
			if (key->descending)
				invert(corner, start + 1);
			return;
		}
	}
	corner->len = start;
	append_open(corner, best);
}

/* ---------------- reading ---------------- */

/* A position in a corner.  The bytes of a descending key are inverted. */
typedef struct CornerReader
{
	const unsigned char *at;
	bool		inverted;
} CornerReader;

static unsigned char
read_byte(CornerReader *reader, bool inverted)
{
	unsigned char byte = *reader->at++;

	return inverted != reader->inverted ? ~byte : byte;
}

/* Returns false at the end. */
static bool
read_term(CornerReader *reader, bool inverted, Number *term)
{
	int			count = read_byte(reader, inverted);
	int			length = 0;
	char	   *digits;
	int			i;

	if (count == TERM_END)
		return false;
	if (count != TERM_LONG)
	{
		uint64		short_term = 0;

		for (i = 0; i < count; i++)
			short_term = short_term << 8 | read_byte(reader, inverted);
		*term = number_of(0);
		term->num = (int128) short_term;
		return true;
	}
	for (i = 0; i < 4; i++)
		length = length << 8 | read_byte(reader, inverted);
	digits = palloc(length + 1);
	for (i = 0; i < length; i++)
		digits[i] = (char) read_byte(reader, inverted);
	digits[length] = '\0';
	return number_from_datum(term, DirectFunctionCall3(numeric_in, CStringGetDatum(digits),
													   ObjectIdGetDatum(InvalidOid), Int32GetDatum(-1)));
}

/* Computes the number of a continued fraction, from its last term to its first. */
static bool
read_number(CornerReader *reader, Number *number)
{
	const Number one = number_of(1);
	bool		negative = read_byte(reader, false) == 0x01;
	bool		inverted = negative;
	int			room = 64;
	int			nterms = 0;
	Number	   *terms = palloc_array(Number, room);

	for (;;)
	{
		if (nterms == room)
			terms = repalloc_huge(terms, (room *= 2) * sizeof(Number));
		if (!read_term(reader, inverted, &terms[nterms]))
			break;
		inverted = nterms++ == 0 ? true : !inverted;
	}
	if (negative)
		terms[0] = number_negate(&terms[0]);
	*number = terms[--nterms];
	while (nterms-- > 0)
	{
		Number		inverse;

		CHECK_FOR_INTERRUPTS();
		if (!number_divide(&inverse, &one, number) || !number_add(number, &terms[nterms], &inverse))
			return false;
	}
	return true;
}

bool
corner_first(const char *bytes, const CornerKey *key, Number *number, DateADT *day)
{
	CornerReader reader = {(const unsigned char *) bytes + 1, key->descending};
	uint32		sortable = 0;
	int			i;

	if (*bytes != CLASS_VALUE)
		return false;
	if (key->type != TYPE_DATE)
		return read_number(&reader, number);
	for (i = 0; i < 4; i++)
		sortable = sortable << 8 | read_byte(&reader, false);
	*day = (DateADT) (sortable ^ 0x80000000);
	return true;
}
