/*
 * numeric_parts.h
 *		Reads a numeric datum in place.
 *
 * pg_upgrade keeps the on-disk format from one major version to the next, and the functions
 * of numeric.c would allocate memory for each value.
 */
#ifndef ZJTX_NUMERIC_PARTS_H
#define ZJTX_NUMERIC_PARTS_H

#include "postgres.h"

#include "compat.h"

/*
 * The parts of a numeric as stored (numeric.c, "struct NumericData"): digits of base
 * 10000, the first one with the weight `weight`.
 */
typedef struct NumericParts
{
	bool		special;		/* NaN or infinity */
	bool		negative;
	int			weight;
	int			ndigits;
	const char *digits;			/* int16s, possibly unaligned */
} NumericParts;

static inline NumericParts
numeric_parts(Datum datum)
{
	NumericParts parts;
	char	   *data = VARDATA_ANY(DatumGetPointer(datum));
	int			size = VARSIZE_ANY_EXHDR(DatumGetPointer(datum));
	uint16		header;

	memcpy(&header, data, sizeof(header));
	parts.special = (header & 0xC000) == 0xC000;
	if (header & 0x8000)
	{
		/* short format: sign, scale and weight in one word */
		parts.negative = (header & 0x2000) != 0;
		parts.weight = ((header & 0x0040) ? ~0x003F : 0) | (header & 0x003F);
		parts.digits = data + 2;
		parts.ndigits = (size - 2) / 2;
	}
	else
	{
		int16		weight;

		memcpy(&weight, data + 2, sizeof(weight));
		parts.negative = (header & 0x4000) != 0;
		parts.weight = weight;
		parts.digits = data + 4;
		parts.ndigits = (size - 4) / 2;
	}
	return parts;
}

/* Whether a value that may be compressed, or elsewhere, is neither. */
static inline bool
datum_is_in_place(const char *datum)
{
	return VARATT_IS_SHORT(datum) ? !VARATT_IS_EXTERNAL(datum) : !VARATT_IS_EXTENDED(datum);
}

/* The last four digits of base 10000 as one integer, or those there are. */
static inline uint64
numeric_last_digits(const char *end, unsigned ndigits)
{
#ifdef WORDS_BIGENDIAN
	uint64		integer = 0;
	unsigned	i;

	for (i = ndigits; i > 0; i--)
	{
		uint16		digit;

		memcpy(&digit, end - 2 * i, sizeof(digit));
		integer = integer * 10000 + digit;
	}
	return integer;
#else
	static const uint64 there[] = {0, UINT64CONST(0xFFFF) << 48, UINT64CONST(0xFFFFFFFF) << 32,
	UINT64CONST(0xFFFFFFFFFFFF) << 16, PG_UINT64_MAX};
	const uint64 of_pairs = UINT64CONST(0x0000FFFF0000FFFF);
	uint64		digits;

	/* the first digit is in the lowest bits */
	memcpy(&digits, end - sizeof(digits), sizeof(digits));
	digits &= there[ndigits];
	digits = (digits & of_pairs) * 10000 + ((digits >> 16) & of_pairs);
	return (digits & PG_UINT32_MAX) * 100000000 + (digits >> 32);
#endif
}

/*
 * Reads the commonest numerics without a branch that depends on the value: those in the short format, of up to
 * four digits, and of at most 15 decimal ones.  The double nearest to the value is *over / *under, of which one is an
 * integer below 10^15 and the other a power of ten.  Returns false for others, and for values that are compressed or
 * elsewhere.
 *
 * It reads up to eight bytes before the datum, where a tuple or a chunk of memory has its header.
 */
static inline bool
numeric_read_plain(const char *datum, double *over, double *under)
{
	/* 10000^exponent, from -5 to 5, is the quotient of the two */
	static const double times[] = {1, 1, 1, 1, 1, 1, 1e4, 1e8, 1e12, 1e16, 1e20};
	static const double by[] = {1e20, 1e16, 1e12, 1e8, 1e4, 1, 1, 1, 1, 1, 1};
	const char *data;
	int			size;
	uint16		header;
	unsigned	ndigits;
	unsigned	exponent;
	uint64		integer;

	if (likely(VARATT_IS_SHORT(datum)))
	{
		/* of a value that is elsewhere, the size is 0 */
		data = VARDATA_SHORT(datum);
		size = VARSIZE_SHORT(datum) - VARHDRSZ_SHORT;
	}
	else if (!VARATT_IS_EXTENDED(datum))
	{
		data = VARDATA(datum);
		size = VARSIZE(datum) - VARHDRSZ;
	}
	else
		return false;
	memcpy(&header, data, sizeof(header));
	ndigits = (unsigned) (size - 2) / 2;
	exponent = (((header & 0x0040) ? ~0x003F : 0) | (header & 0x003F)) - ndigits + 1 + 5;
	if (unlikely((header & 0xC000) != 0x8000 || ndigits > 4 || exponent >= lengthof(times)))
		return false;
	integer = numeric_last_digits(data + size, ndigits);
	*over = (double) ((header & 0x2000) ? -(int64) integer : (int64) integer) * times[exponent];
	*under = by[exponent];
	return integer < UINT64CONST(1000000000000000);
}

#endif							/* ZJTX_NUMERIC_PARTS_H */
