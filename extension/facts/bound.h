/*
 * bound.h
 *		The results of binding, for the files that read facts.
 */
#ifndef ZJTX_BOUND_H
#define ZJTX_BOUND_H

#include "postgres.h"

#include "compat.h"
#include "bind.h"
#include "engine/kernel.h"

/* How a datum is converted to a value. */
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
	int			attnum;			/* 0 if no column gives the fact */
	Conversion	conversion;
	Oid			type;			/* base type; FROM_ENUM needs it */

	/* for arrays: */
	Oid			element_type;
	int16		element_length;
	bool		element_by_value;
	char		element_align;
	TupleDesc	element_desc;
	uint64		element_version;	/* of the element type; ALTER TYPE changes
									 * it */
	struct ColumnBinding *fields;	/* of the composite; a single one for an
									 * array of scalars; for a fact by year,
									 * year and value */

	/* fact by year with columns of single years (attnum is 0), or NULL */
	struct YearColumns *years;
} ColumnBinding;

/* The columns of a fact by year from the first year on; attnum 0: the row has none of that year. */
typedef struct YearColumns
{
	int			first;
	int			count;
	ColumnBinding *columns;
	LaneColumn *lanes;
} YearColumns;

struct RowBinding
{
	const Program *program;
	const char *policy;			/* named by errors; NULL: see
								 * row_binding_tolerates() */
	DaySource	day;
	RowShape   *shape;			/* NULL if no column is known */
	ColumnBinding *columns;		/* by fact */
	LaneColumn *lanes;			/* by fact */
	LaneColumn *lane_fields;	/* by KernelField */
	List	   *of_rows;		/* columns that are arrays of composites */
	uint64		changes;		/* relation_changes when it was bound */
};

/* The current element of a list; there is one for each depth. */
typedef struct RowElement
{
	const char *next;			/* position of the next element in the array */
	Datum		datum;
	bool		null;
	bool		apart;			/* whether datums and nulls are set */
	Datum	   *datums;
	bool	   *nulls;
} RowElement;

struct RowSource
{
	FactSource	source;
	const RowBinding *binding;
	DaySource	day;
	uint64		changes;		/* relation_changes when the composite types
								 * were last checked */
	bool		missing;		/* all columns are NULL */
	const NullableDatum *columns;
	RowElement	elements[MAX_LIST_DEPTH + 1];
};

/* bind_lane (row_lanes.c): sets how the kernel reads the column of a fact or field. */
extern void bind_lane(LaneColumn *column, const ColumnBinding *binding, const Fact *fact, const KernelFact *range);

/* row_lanes.c: the callbacks of a row source for the kernel */
extern void row_lane(FactSource *source, int number, Lane *lane);
extern void row_lane_of(RowSource *row, const LaneColumn *column, Lane *lane);
extern void row_element(FactSource *source, int number, const Lane *list, int depth, int index);
extern void row_field(FactSource *source, const KernelField *field, Lane *lane);

/* bind.c: chooses the conversion of a scalar column; finds the column of a field; reports a wrong type */
extern bool bind_scalar(ColumnBinding *binding, const Fact *fact);
extern bool bind_field(ColumnBinding *binding, TupleDesc desc, const Fact *field);
extern void bind_wrong_type(const char *policy, const Fact *fact, const char *column, Oid type);

/*
 * years.c: binds a fact by year.  whole is the column with its name or label, or 0.  Where a
 * column has a wrong type or two columns give one year, raises an error or, without
 * complain, returns false.
 */
extern bool bind_years(ColumnBinding *binding, const char *policy, const Fact *fact, TupleDesc desc, int whole,
					   bool labels, bool complain);

/* years.c: load the value of a year, and find where it is; return false if nothing gives it */
extern void row_load_year(RowSource *row, int number, int year, Value *value);
extern bool row_year_origin(RowSource *row, int number, int year, Origin *origin);
extern void row_lane_year(FactSource *source, int number, int year, Lane *lane);
extern void jsonb_load_year(JsonbContainer *object, const char *policy, const Fact *fact, int year, Value *value);
extern bool jsonb_year_origin(JsonbContainer *object, const char *policy, const Fact *fact, int year, Origin *origin);

/* convert.c: convert a datum that is not NULL, an array, and a jsonb value */
extern void convert_scalar(const ColumnBinding *binding, Datum datum, const Fact *fact, Value *value);
extern void convert_array(const ColumnBinding *binding, Datum datum, const Fact *fact, Value *value);
extern void convert_jsonb(JsonbValue *found, const char *policy, const Fact *fact, const char *key, Value *value);

/* Returns the value of the key that gives a fact, stored in *found, or NULL. */
extern JsonbValue *convert_find_key(JsonbContainer *object, const Fact *fact, JsonbValue *found, const char **key);

/* row_source.c: the value of a fact without a column or key, and its origin */
extern void bind_load_absent(const Program *program, int fact, DaySource day, Value *value);
extern OriginKind bind_absent_origin(int fact, DaySource day, OriginKind nowhere);

#endif							/* ZJTX_BOUND_H */
