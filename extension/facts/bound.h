/*
 * bound.h
 *		What binding decides about columns, and those who read facts by it share.
 */
#ifndef ZJTX_BOUND_H
#define ZJTX_BOUND_H

#include "postgres.h"

#include "compat.h"
#include "bind.h"
#include "engine/kernel.h"

/* How a datum becomes a value. */
typedef enum Conversion
{
	FROM_BOOL,
	FROM_INT2,
	FROM_INT4,
	FROM_INT8,
	FROM_NUMERIC,
	FROM_FLOAT4,
	FROM_FLOAT8,
	FROM_TEXT,
	FROM_BPCHAR,
	FROM_NAME,
	FROM_ENUM,
	FROM_DATE,
	FROM_TIMESTAMP,
	FROM_SCALARS,				/* an array of scalars */
	FROM_ROWS,					/* an array of composites */
	FROM_JSONB					/* a jsonb array */
} Conversion;

typedef struct ColumnBinding
{
	int			attnum;			/* 0: no column serves the fact */
	Conversion	conversion;
	Oid			type;			/* below domains; FROM_ENUM needs it */

	/* arrays */
	Oid			element_type;
	int16		element_length;
	bool		element_by_value;
	char		element_align;
	TupleDesc	element_desc;
	uint64		element_version;	/* of its type, which ALTER TYPE changes */
	struct ColumnBinding *fields;	/* one for an array of scalars */
} ColumnBinding;

/* The same for the kernel, and how it makes a register of a datum that is not NULL. */
typedef struct LaneColumn
{
	int			attnum;
	void		(*set) (const struct LaneColumn *column, Datum datum, Lane *lane);
	const KernelFact *range;
	const Fact *fact;
	const ColumnBinding *binding;
} LaneColumn;

struct RowBinding
{
	const Program *program;
	const char *policy;
	RowShape   *shape;			/* NULL: no column is known */
	ColumnBinding *columns;		/* by fact */
	LaneColumn *lanes;			/* the same */
	LaneColumn *lane_fields;	/* by KernelField */
	List	   *of_rows;		/* the columns that are arrays of composites */
	uint64		changes;		/* of relations, when it was bound */
};

/* An element of a list, one at each depth. */
typedef struct RowElement
{
	const char *next;			/* in the array */
	Datum		datum;
	bool		null;
	bool		apart;			/* the composite was taken apart: */
	Datum	   *datums;
	bool	   *nulls;
} RowElement;

struct RowSource
{
	FactSource	source;
	const RowBinding *binding;
	DefaultDay	day;
	uint64		changes;		/* of relations, when the composites were
								 * looked at last */
	bool		missing;		/* every column is NULL */
	const NullableDatum *columns;
	RowElement	elements[MAX_LIST_DEPTH + 1];
};

/* bind_lane, row_lanes.c: how the kernel reads the column of a fact, or of a field. */
extern void bind_lane(LaneColumn *column, const ColumnBinding *binding, const Fact *fact, const KernelFact *range);

/* row_lanes.c: what a row source gives the kernel */
extern void row_lane(FactSource *source, int number, Lane *lane);
extern void row_element(FactSource *source, int number, const Lane *list, int depth, int index);
extern void row_field(FactSource *source, const KernelField *field, Lane *lane);

/* convert.c: the value of a datum that is not NULL, of an array, and of jsonb */
extern void convert_scalar(const ColumnBinding *binding, Datum datum, const Fact *fact, Value *value);
extern void convert_array(const ColumnBinding *binding, Datum datum, const Fact *fact, Value *value);
extern void convert_jsonb(JsonbValue *found, const char *policy, const Fact *fact, const char *key, Value *value);

/* The value of the key that serves a fact, in found; NULL if there is none. */
extern JsonbValue *convert_find_key(JsonbContainer *object, const Fact *fact, JsonbValue *found, const char **key);

/* row_source.c: what a fact is that no column or key gives, and where it would be found */
extern void bind_load_absent(const Program *program, int fact, DefaultDay day, Value *value);
extern OriginKind bind_absent_origin(int fact, DefaultDay day, OriginKind nowhere);

#endif							/* ZJTX_BOUND_H */
