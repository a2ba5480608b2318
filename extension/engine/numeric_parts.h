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

#endif							/* ZJTX_NUMERIC_PARTS_H */
