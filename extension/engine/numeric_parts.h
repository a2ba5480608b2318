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
 * The commonest numerics are read with hardly a branch that depends on the value: those in the short format, of up to
 * four digits, of which 15 decimal ones are not zeros behind.  Such a number is its first four digits, zeros behind
 * them included, as one integer, over a power of ten; both are doubles, so the number's nearest double is their
 * quotient.
 *
 * numeric_may_be_plain: whether a datum with a short header has the size of one of these; false for other headers.
 *
 * numeric_read_plain: reads it.  *digits has the first digit in its lowest 16 bits.  It reads up to seven bytes
 * before the datum, where a tuple or a chunk of memory has its header.
 *
 * numeric_read_long: the same of a datum with a long header, as computed values have; returns false if it has another
 * size, or is compressed or elsewhere.
 *
 * numeric_is_plain: whether what was read is the number; numeric_plain_number: the nearest double to it.
 */
static inline bool
numeric_may_be_plain(const char *datum)
{
	return VARATT_IS_SHORT(datum) && VARSIZE_SHORT(datum) - 3u <= 8;
}

static inline void
numeric_read_digits(const char *data, unsigned size, uint64 *digits, double *under)
{
	/*
	 * By weight, as it is stored, times eight, and the three bits of the
	 * header that say whether it is short and negative: 10000^(3 - weight).
	 */
#define POWER(weight, power) [(weight) << 3 | 4] = (power),[(weight) << 3 | 5] = -(power)
	static const double powers[1024] = {
		POWER(0x00, 1e12), POWER(0x01, 1e8), POWER(0x02, 1e4), POWER(0x03, 1), POWER(0x7F, 1e16), POWER(0x7E, 1e20)
	};
#undef POWER
	uint16		header;

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
	*under = powers[(uint16) (header << 3 | header >> 13) & 0x3FF];
}

static inline void
numeric_read_plain(const char *datum, uint64 *digits, double *under)
{
	numeric_read_digits(VARDATA_SHORT(datum), VARSIZE_SHORT(datum) - VARHDRSZ_SHORT, digits, under);
}

static inline bool
numeric_read_long(const char *datum, uint64 *digits, double *under)
{
	unsigned	size = VARATT_IS_EXTENDED(datum) ? 0 : VARSIZE(datum) - VARHDRSZ;

	if (size - 2 > 8)
		return false;
	numeric_read_digits(VARDATA(datum), size, digits, under);
	return true;
}

static inline bool
numeric_is_plain(uint64 digits, double under)
{
	return under != 0 && ((digits >> 48) == 0 || (digits & 0xFFFF) < 1000);
}

/*
 * Two digits fit an int32; four of up to 15 decimal digits a double, as does the first term.  GCC does not inline
 * this by itself into the loops of batch_vectors.c, which are optimized in another way.
 */
static pg_attribute_always_inline double
numeric_plain_number(uint64 digits, double under)
{
	uint32		first = (uint32) digits;
	uint32		second = (uint32) (digits >> 32);

	first = (first & 0xFFFF) * 10000 + (first >> 16);
	second = (second & 0xFFFF) * 10000 + (second >> 16);
	return ((double) (int32) first * 1e8 + (double) (int32) second) / under;
}

#endif							/* ZJTX_NUMERIC_PARTS_H */
