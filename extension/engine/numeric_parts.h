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

/*
 * Reads the commonest numerics with hardly a branch that depends on the value: those in the short format, of up to
 * four digits, of which 15 decimal ones are not zeros behind.  Such a number is its first four digits, zeros behind
 * them included, as one integer, over *under, a power of ten; both are doubles, so the number's nearest
 * double is their quotient.  *digits has the first digit in its lowest 16 bits.
 *
 * Returns false for others, and for values that are compressed or elsewhere.  It reads up to eight bytes
 * before the datum, where a tuple or a chunk of memory has its header.
 */
static inline bool
numeric_read_plain(const char *datum, uint64 *digits, double *under)
{
	/* by weight, as it is stored: 10000^(3 - weight); 0: not here */
	static const double powers[128] = {
		[0x00] = 1e12,[0x01] = 1e8,[0x02] = 1e4,[0x03] = 1,[0x7F] = 1e16,[0x7E] = 1e20
	};
	const char *data = datum + VARHDRSZ_SHORT;
	unsigned	size;
	uint16		header;

	if (likely(VARATT_IS_SHORT(datum)))
		size = VARSIZE_SHORT(datum) - VARHDRSZ_SHORT;	/* of a value that is
														 * elsewhere, below 0 */
	else if (!VARATT_IS_EXTENDED(datum))
	{
		data = VARDATA(datum);
		size = VARSIZE(datum) - VARHDRSZ;
	}
	else
		return false;
	if (unlikely(size - 2 > 8))
		return false;
	memcpy(&header, data, sizeof(header));
#ifdef WORDS_BIGENDIAN
	*digits = 0;
	for (unsigned i = 0; i < (size - 2) / 2; i++)
	{
		uint16		digit;

		memcpy(&digit, data + 2 + 2 * i, sizeof(digit));
		*digits |= (uint64) digit << (16 * i);
	}
#else
	memcpy(digits, data + size - sizeof(*digits), sizeof(*digits));
	/* in two steps, for a shift by 64 is none */
	*digits = *digits >> (40 - 4 * size) >> (40 - 4 * size);
#endif
	*under = powers[header & 0x7F];
	if (header & 0x2000)
		*under = -*under;
	return ((header & 0xC000) == 0x8000) & (*under != 0) & ((size < 10) | ((uint16) *digits < 1000));
}

#endif							/* ZJTX_NUMERIC_PARTS_H */
