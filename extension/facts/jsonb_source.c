/*
 * jsonb_source.c
 *		Reads facts from jsonb objects.
 */
#include "postgres.h"

#include "utils/fmgrprotos.h"

#include "bound.h"
#include "messages.h"

typedef struct JsonbSource
{
	FactSource	source;
	const Program *program;
	const char *policy;
	JsonbContainer *object;		/* NULL for an object without keys */
	DaySource	day;
} JsonbSource;

/* Returns the value of the key that gives a fact, or NULL. */
static JsonbValue *
find_key(const JsonbSource *jsonb, int number, JsonbValue *space, const char **key)
{
	if (jsonb->object == NULL || (number == 0 && jsonb->day.kind == DAY_OF_POLICY))
		return NULL;
	return convert_find_key(jsonb->object, jsonb->program->facts[number], space, key);
}

static void
jsonb_load(FactSource *source, int number, Value *value)
{
	JsonbSource *jsonb = (JsonbSource *) source;
	const Fact *fact = jsonb->program->facts[fact_number(jsonb->program, number)];
	JsonbValue	space;
	const char *key = fact->name;
	JsonbValue *found = NULL;

	if (fact->by_year)
	{
		jsonb_load_year(jsonb->object, jsonb->policy, fact, fact_year(jsonb->program, number), value);
		return;
	}
	found = find_key(jsonb, number, &space, &key);
	if (found == NULL)
		bind_load_absent(jsonb->program, number, jsonb->day, value);
	else
		convert_jsonb(found, jsonb->policy, fact, key, value);
}

static void
jsonb_origin(FactSource *source, int number, Origin *origin)
{
	JsonbSource *jsonb = (JsonbSource *) source;
	const Fact *fact = jsonb->program->facts[fact_number(jsonb->program, number)];
	JsonbValue	space;
	JsonbValue *found = NULL;

	memset(origin, 0, sizeof(*origin));
	if (fact->by_year)
	{
		if (!jsonb_year_origin(jsonb->object, jsonb->policy, fact, fact_year(jsonb->program, number), origin))
			origin->kind = ORIGIN_NO_KEY;
		return;
	}
	found = find_key(jsonb, number, &space, &origin->name);
	origin->kind = found ? ORIGIN_KEY : bind_absent_origin(number, jsonb->day, ORIGIN_NO_KEY);
	if (found == NULL)
		return;
	origin->null = found->type == jbvNull;
	if (found->type == jbvNumeric)
		origin->written = DatumGetCString(DirectFunctionCall1(numeric_out,
															  NumericGetDatum(found->val.numeric)));
	else if (found->type == jbvString)
		origin->written = pnstrdup(found->val.string.val, found->val.string.len);
}

FactSource *
jsonb_source(const Program *program, const char *policy, Jsonb *jsonb, DaySource day)
{
	JsonbSource *source = palloc0(sizeof(JsonbSource));

	if (jsonb && !JB_ROOT_IS_OBJECT(jsonb))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the facts of policy \"%s\" must be a jsonb object", policy),
				 JB_ROOT_IS_SCALAR(jsonb) ? errdetail("The value is a scalar.") : errdetail("The value is an array."),
				 errhint("Write the facts as keys: {\"revenue\": 50000000}.")));
	source->source.load = jsonb_load;
	source->source.origin = jsonb_origin;
	source->program = program;
	source->policy = policy;
	source->object = jsonb ? &jsonb->root : NULL;
	source->day = day;
	return &source->source;
}
