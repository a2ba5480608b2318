/*
 * bind.c
 *		Decides which columns of a row give the facts of a program.
 *
 * A column gives the fact that has its name, else the fact that has its label.  The types
 * are checked when a row type is bound, once per query.
 */
#include "postgres.h"

#include "compat.h"
#include "catalog/pg_type.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "parser/parse_coerce.h"
#include "utils/builtins.h"
#include "utils/inval.h"
#include "utils/lsyscache.h"
#include "utils/typcache.h"

#include "bound.h"
#include "messages.h"

/* ---------------- changes ---------------- */

/*
 * Counts relcache invalidations.  Composite types are relations, so the types of list
 * elements are checked again only after a change.
 */
static uint64 relation_changes = 0;

static void
count_change(Datum argument pg_attribute_unused(), Oid relation pg_attribute_unused())
{
	relation_changes++;
}

/* ---------------- binding ---------------- */

/* The function that reads a fact of a type from texts, or NULL. */
static const char *
reader_of(ValueType type)
{
	switch (type)
	{
		case TYPE_BOOLEAN:
			return "zjtx.to_yes";
		case TYPE_NUMBER:
			return "zjtx.to_amount";
		case TYPE_DATE:
			return "zjtx.to_day";
		default:
			return NULL;
	}
}

void
bind_wrong_type(const char *policy, const Fact *fact, const char *column, Oid type)
{
	ereport(ERROR,
			(errcode(ERRCODE_DATATYPE_MISMATCH),
			 errmsg("column \"%s\" of type %s cannot give the fact \"%s\" of policy \"%s\"",
					column, format_type_be(type), fact->name, policy),
			 errdetail("The fact is a %s.", _(type_name(fact->type))),
			 fact->type == TYPE_DATE && type == TIMESTAMPTZOID
			 ? errhint("The day of a timestamp with time zone depends on the session; "
					   "cast it: (%s at time zone 'Asia/Shanghai')::date.", column)
			 : reader_of(fact->type) && (type == TEXTOID || type == VARCHAROID || type == BPCHAROID)
			 ? errhint("Read the texts in a view, with %s(%s).", reader_of(fact->type), quote_identifier(column))
			 : errhint("Map the table with a view that casts the column.")));
}

Oid
bind_representation(ValueType wanted, Oid type)
{
	static const Oid numbers[] = {NUMERICOID, FLOAT8OID, FLOAT4OID, INT8OID, INT4OID, INT2OID, InvalidOid};
	static const Oid days[] = {DATEOID, TIMESTAMPOID, InvalidOid};
	static const Oid booleans[] = {BOOLOID, InvalidOid};
	const Oid  *ours = wanted == TYPE_NUMBER ? numbers : wanted == TYPE_DATE ? days :
	wanted == TYPE_BOOLEAN ? booleans : &booleans[1];
	const Oid  *known;

	for (known = ours; OidIsValid(*known); known++)
		if (type == *known)
			return type;
	for (known = ours; OidIsValid(*known); known++)
		if (get_typtype(type) == TYPTYPE_BASE && IsBinaryCoercible(type, *known))
			return *known;
	return type;
}

/* Chooses the conversion from a scalar type.  Returns false if there is none. */
static bool
scalar_conversion(ValueType wanted, Oid type, Conversion *conversion)
{
	type = bind_representation(wanted, type);
	switch (wanted)
	{
		case TYPE_BOOLEAN:
			*conversion = FROM_BOOL;
			return type == BOOLOID;
		case TYPE_NUMBER:
			switch (type)
			{
				case INT2OID:
					*conversion = FROM_INT2;
					return true;
				case INT4OID:
					*conversion = FROM_INT4;
					return true;
				case INT8OID:
					*conversion = FROM_INT8;
					return true;
				case NUMERICOID:
					*conversion = FROM_NUMERIC;
					return true;
				case FLOAT4OID:
					*conversion = FROM_FLOAT4;
					return true;
				case FLOAT8OID:
					*conversion = FROM_FLOAT8;
					return true;
				default:
					return false;
			}
		case TYPE_TEXT:
			if (type == BPCHAROID)
				*conversion = FROM_BPCHAR;
			else if (type == NAMEOID)
				*conversion = FROM_NAME;
			else if (type_is_enum(type))
				*conversion = FROM_ENUM;
			else
			{
				/* accepts text, varchar and citext, but not xml and json */
				*conversion = FROM_TEXT;
				return IsBinaryCoercible(type, TEXTOID) && get_typtype(type) == TYPTYPE_BASE &&
					type != XMLOID && type != JSONOID;
			}
			return true;
		case TYPE_DATE:
			*conversion = type == DATEOID ? FROM_DATE : FROM_TIMESTAMP;
			return type == DATEOID || type == TIMESTAMPOID;
		default:
			return false;
	}
}

bool
bind_scalar(ColumnBinding *binding, const Fact *fact)
{
	return scalar_conversion(fact->type, binding->type, &binding->conversion);
}

/* The column of a row that gives a fact. */
typedef struct FoundColumn
{
	int			attnum;			/* 0 if there is none */
	int			rival;			/* another column that gives the fact, which
								 * makes it ambiguous, or 0 */
} FoundColumn;

static FoundColumn find_column(TupleDesc desc, const Fact *fact, bool labels);

static void
ambiguous(const char *policy, const Fact *fact, TupleDesc desc, FoundColumn found)
{
	ereport(ERROR,
			(errcode(ERRCODE_AMBIGUOUS_COLUMN),
			 errmsg("the fact \"%s\" of policy \"%s\" is ambiguous: two columns of the row give it",
					fact->name, policy),
			 errdetail("They are column %d, \"%s\", and column %d, \"%s\".",
					   found.attnum, NameStr(TupleDescAttr(desc, found.attnum - 1)->attname),
					   found.rival, NameStr(TupleDescAttr(desc, found.rival - 1)->attname)),
			 errhint("Select the column that is meant, or rename the other.")));
}

/*
 * Binds a list to an array of scalars, or to an array of composites whose columns are the
 * fields.  Returns false if the type is neither.
 */
static bool
bind_list(ColumnBinding *binding, const char *policy, const Fact *fact, const char *column, Oid type,
		  bool complain)
{
	Oid			element = get_element_type(type);
	Oid			base;
	ListCell   *cell;

	if (type == JSONBOID)
	{
		binding->conversion = FROM_JSONB;
		return true;
	}
	if (!OidIsValid(element))
		return false;
	base = getBaseType(element);
	binding->element_type = element;
	get_typlenbyvalalign(element, &binding->element_length, &binding->element_by_value, &binding->element_align);
	if (fact->scalars)
	{
		const Fact *it = linitial(fact->fields);

		binding->conversion = FROM_SCALARS;
		binding->fields = palloc0(sizeof(ColumnBinding));
		binding->fields->type = base;
		return scalar_conversion(it->type, base, &binding->fields->conversion);
	}
	if (!type_is_rowtype(base) || base == RECORDOID)
		return false;
	binding->conversion = FROM_ROWS;
	binding->element_version = assign_record_type_identifier(base, -1);
	binding->element_desc = lookup_rowtype_tupdesc_copy(base, -1);
	binding->fields = palloc0_array(ColumnBinding, list_length(fact->fields));
	foreach(cell, fact->fields)
	{
		const Fact *field = lfirst(cell);
		ColumnBinding *bound = &binding->fields[foreach_current_index(cell)];
		FoundColumn found;

		found = find_column(binding->element_desc, field, true);
		bound->attnum = found.attnum;
		if (bound->attnum == 0)
			continue;
		if (found.rival)
		{
			if (complain)
				ambiguous(policy, field, binding->element_desc, found);
			return false;
		}
		bound->type = getBaseType(TupleDescAttr(binding->element_desc, bound->attnum - 1)->atttypid);
		if (scalar_conversion(field->type, bound->type, &bound->conversion))
			continue;
		if (complain)
			ereport(ERROR,
					(errcode(ERRCODE_DATATYPE_MISMATCH),
					 errmsg("column \"%s\" cannot give the list \"%s\" of policy \"%s\": its field \"%s\" is of type %s",
							column, fact->name, policy, field->name, format_type_be(bound->type)),
					 errdetail("The field is a %s.", _(type_name(field->type)))));
		return false;
	}
	return true;
}

/* Whether a composite has a column for a field, of a type that gives it. */
bool
bind_field(ColumnBinding *binding, TupleDesc desc, const Fact *field)
{
	FoundColumn found = find_column(desc, field, true);

	if (found.attnum == 0 || found.rival)
		return false;
	binding->attnum = found.attnum;
	binding->type = getBaseType(TupleDescAttr(desc, found.attnum - 1)->atttypid);
	return bind_scalar(binding, field);
}

/*
 * Chooses the conversion from column->type, which is no domain.  Returns false if there is
 * none.
 */
static bool
bind_type(ColumnBinding *column, const char *policy, const Fact *fact, const char *name, bool complain)
{
	return fact->type == TYPE_LIST ? bind_list(column, policy, fact, name, column->type, complain)
		: scalar_conversion(fact->type, column->type, &column->conversion);
}

/* Whether the column's name is the fact's label, truncated like an identifier. */
static bool
has_label(const NameData *column, const Fact *fact)
{
	int			length;

	if (fact->label == NULL)
		return false;
	length = pg_mbcliplen(fact->label, strlen(fact->label), NAMEDATALEN - 1);
	return strlen(NameStr(*column)) == (size_t) length && strncmp(NameStr(*column), fact->label, length) == 0;
}

/*
 * Finds the column with the fact's name, else the one with its label.  A second such
 * column makes the fact ambiguous.
 */
static FoundColumn
find_column(TupleDesc desc, const Fact *fact, bool labels)
{
	FoundColumn by_name = {0, 0};
	FoundColumn by_label = {0, 0};
	int			i;

	for (i = 0; i < desc->natts; i++)
	{
		Form_pg_attribute att = TupleDescAttr(desc, i);
		FoundColumn *found;

		if (att->attisdropped)
			continue;
		if (strcmp(NameStr(att->attname), fact->name) == 0)
			found = &by_name;
		else if (labels && has_label(&att->attname, fact))
			found = &by_label;
		else
			continue;
		if (found->attnum == 0)
			found->attnum = i + 1;
		else if (found->rival == 0)
			found->rival = i + 1;
	}
	return by_name.attnum ? by_name : by_label;
}

/* Does the same with the index of a row type. */
static FoundColumn
find_row_column(const RowShape *shape, const Fact *fact, bool labels)
{
	FoundColumn found;
	char		label[NAMEDATALEN];
	int			length;

	found.attnum = row_shape_column(shape, fact->name, &found.rival);
	if (found.attnum || !labels || fact->label == NULL)
		return found;
	/* a label longer than an identifier is truncated like one */
	length = pg_mbcliplen(fact->label, strlen(fact->label), NAMEDATALEN - 1);
	memcpy(label, fact->label, length);
	label[length] = '\0';
	found.attnum = row_shape_column(shape, label, &found.rival);
	return found;
}

/*
 * Finds the column that gives a fact; attnum is 0 if there is none.  For a column of the
 * wrong type and for an ambiguous fact, raises an error if `complain`, else returns false.
 */
static bool
bind_fact(ColumnBinding *column, const Program *program, int number, const char *policy,
		  const RowShape *shape, bool labels, DaySource day, bool complain)
{
	TupleDesc	desc = shape->desc;
	const Fact *fact = program->facts[number];
	FoundColumn found;
	const char *name;
	Oid			type;
	bool		only_force;

	column->attnum = 0;
	if (program->fact_instrs[number] < 0 || (number == 0 && day.kind == DAY_OF_POLICY))
		return true;

	/*
	 * the day may tell only whether the document is in force, and where
	 * changes_ahead begins
	 */
	only_force = number == 0 && !program->uses_as_of;
	found = find_row_column(shape, fact, labels);
	if (fact->by_year && found.rival == 0)
		return bind_years(column, policy, fact, desc, found.attnum, labels, complain);
	column->attnum = found.attnum;
	if (column->attnum == 0)
		return true;
	if (only_force && found.rival)
	{
		column->attnum = 0;
		return true;
	}
	if (found.rival)
	{
		if (complain)
			ambiguous(policy, fact, desc, found);
		return false;
	}
	name = NameStr(TupleDescAttr(desc, column->attnum - 1)->attname);
	type = TupleDescAttr(desc, column->attnum - 1)->atttypid;
	column->type = getBaseType(type);
	if (bind_type(column, policy, fact, name, complain))
		return true;
	if (only_force)
	{
		column->attnum = 0;
		return true;
	}
	if (complain)
		bind_wrong_type(policy, fact, name, type);
	return false;
}

FactColumns *
row_columns(const Program *program, TupleDesc desc, bool labels, DaySource day)
{
	FactColumns *columns = palloc0_array(FactColumns, program->nfacts);
	const RowShape *shape = row_shape(desc);
	int			i;
	int			j;

	for (i = 0; i < program->nfacts; i++)
	{
		ColumnBinding column;

		CHECK_FOR_INTERRUPTS();
		memset(&column, 0, sizeof(column));
		if (!bind_fact(&column, program, i, NULL, shape, labels, day, false))
			return NULL;
		columns[i].attnum = column.attnum;
		if (column.years == NULL)
			continue;
		columns[i].first_year = column.years->first;
		columns[i].nyears = column.years->count;
		columns[i].years = palloc_array(int, column.years->count);
		for (j = 0; j < column.years->count; j++)
			columns[i].years[j] = column.years->columns[j].attnum;
	}
	return columns;
}

RowBinding *
row_bind(const Program *program, const char *policy, RowShape *shape, bool labels, DaySource day)
{
	static bool counts = false;
	RowBinding *binding = palloc0(sizeof(RowBinding));
	Kernel	   *kernel = program->kernel;
	YearColumns *years;
	int			i;
	int			j;

	if (!counts)
		CacheRegisterRelcacheCallback(count_change, (Datum) 0);
	counts = true;
	binding->changes = relation_changes;
	binding->program = program;
	binding->policy = policy;
	binding->day = day;
	binding->columns = palloc0_array(ColumnBinding, program->nfacts);
	binding->lanes = palloc0_array(LaneColumn, program->nfacts);
	binding->lane_fields = palloc0_array(LaneColumn, kernel->nfields);
	for (i = 0; i < program->nfacts; i++)
		binding->lanes[i].range = &kernel->facts[i];
	if (shape == NULL)
		return binding;
	binding->shape = shape;
	for (i = 0; i < program->nfacts; i++)
	{
		CHECK_FOR_INTERRUPTS();
		bind_fact(&binding->columns[i], program, i, policy, shape, labels, day, true);
		if (binding->columns[i].element_desc)
			binding->of_rows = lappend(binding->of_rows, &binding->columns[i]);
		bind_lane(&binding->lanes[i], &binding->columns[i], program->facts[i], &kernel->facts[i]);
		years = binding->columns[i].years;
		for (j = 0; years && j < years->count; j++)
			bind_lane(&years->lanes[j], &years->columns[j], program->facts[i], &kernel->facts[i]);
	}
	for (i = 0; i < kernel->nfields; i++)
	{
		const KernelField *field = &kernel->fields[i];

		if (binding->columns[field->list].fields)
			bind_lane(&binding->lane_fields[i], &binding->columns[field->list].fields[field->field],
					  list_nth(program->facts[field->list]->fields, field->field), &field->fact);
	}
	return binding;
}

TupleDesc
bind_arguments_desc(char *names, bool by_name, int ntypes, const Oid *types, const char **hash, bool *row)
{
	TupleDesc	desc = CreateTemplateTupleDesc(ntypes);
	char	   *rest;
	char	   *name = strtok_r(names, " ", &rest);
	int			i;

	*hash = NULL;
	*row = name && strcmp(name, NAMES_OF_ROW) == 0;
	if (*row)
		name = strtok_r(NULL, " ", &rest);
	else if (name && (by_name || *name == '#'))
	{
		*hash = name;
		name = strtok_r(NULL, " ", &rest);
	}
	for (i = 0; name && i < ntypes; i++)
	{
		char	   *space;

		while ((space = strchr(name, FACT_NAME_SPACE)) != NULL)
			*space = ' ';

		/*
		 * a longer name would be truncated and could then match a fact; a
		 * caller in C may pass no types
		 */
		TupleDescInitEntry(desc, i + 1, strlen(name) < NAMEDATALEN ? name : "",
						   OidIsValid(types[i]) ? types[i] : UNKNOWNOID, -1, 0);
		name = strtok_r(NULL, " ", &rest);
	}
	TupleDescFinalize(desc);
	return name || i != ntypes ? NULL : desc;
}

bool
row_is_current(RowSource *row)
{
	uint64		changes = relation_changes;
	ListCell   *cell;

	if (row->changes == changes || row->binding->of_rows == NIL)
		return true;
	foreach(cell, row->binding->of_rows)
	{
		const ColumnBinding *column = lfirst(cell);

		if (assign_record_type_identifier(column->element_desc->tdtypeid, -1) != column->element_version)
			return false;
	}
	row->changes = changes;
	return true;
}

/* ---------------- checks of columns and types ---------------- */

int
fact_column(TupleDesc desc, const Fact *fact)
{
	int			attnum = find_column(desc, fact, true).attnum;

	return attnum == 0 && fact->by_year ? years_column(desc, fact, 0) : attnum;
}

bool
bind_type_gives(const Fact *fact, Oid type)
{
	ColumnBinding column = {0};

	if (fact->by_year)
		return years_type_gives(fact, type);
	column.type = getBaseType(type);
	return bind_type(&column, NULL, fact, NULL, false);
}

void
row_binding_tolerates(RowBinding *binding)
{
	binding->policy = NULL;
}
