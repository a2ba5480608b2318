/*
 * ask.c
 *		Makes a question from the arguments of a call.
 */
#include "postgres.h"

#include "compat.h"
#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "common/hashfn.h"
#include "utils/builtins.h"
#include "utils/jsonb.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/typcache.h"

#include "facts/bound.h"
#include "kept.h"
#include "messages.h"

/* the index of the first fact in FORM_FACTS */
#define FIRST_FACT(form) (2 + FORM_EXTRAS(form))

/* ---------------- the facts ---------------- */

/* Frees the previous binding and creates a context for the next one. */
static MemoryContext
begin_binding(KeptPolicy *kept)
{
	kept->bound = false;
	kept->bound_place = NULL;
	if (kept->bind_context)
		MemoryContextDelete(kept->bind_context);
	kept->bind_context = AllocSetContextCreate(kept->entry.context, "zjtx binding", ALLOCSET_SMALL_SIZES);
	return MemoryContextSwitchTo(kept->bind_context);
}

static void
bind_kept(KeptPolicy *kept, RowShape *shape, bool labels, MemoryContext old)
{
	int			i;

	for (i = 0; i < kept->compiled->nprograms; i++)
		kept->rows[i] = row_source_create(row_bind(kept->compiled->programs[i], kept->compiled->name, shape,
												   labels, compiled_day(kept->compiled, kept->by_name)));
	MemoryContextSwitchTo(old);
	lru_resize(&kept->entry, kept_bytes(kept));
	kept->bound = true;
}

/* Returns whether the binding still matches the row type. */
static bool
is_bound(const KeptPolicy *kept)
{
	int			i;

	for (i = 0; kept->bound && i < kept->compiled->nprograms; i++)
		if (!row_is_current(kept->rows[i]))
			return false;
	return kept->bound;
}

static void
bind_row_type(KeptPolicy *kept, Oid type, int32 typmod)
{
	bool		known = type != RECORDOID || typmod >= 0;
	uint64		version = known ? assign_record_type_identifier(getBaseType(type), typmod) : 0;
	MemoryContext old;

	if (is_bound(kept) && kept->type == type && kept->typmod == typmod && kept->version == version)
		return;
	old = begin_binding(kept);
	bind_kept(kept, known ? row_shape_of_type(type, typmod, version, kept->bind_context) : NULL, true, old);
	kept->type = type;
	kept->typmod = typmod;
	kept->version = version;
}

/*
 * Returns a descriptor for the arguments of FORM_FACTS.  Sets *row if they are the columns of a
 * row, for any policy; otherwise checks that they are meant for this policy.
 */
static TupleDesc
facts_desc(FunctionCallInfo fcinfo, const KeptPolicy *kept, const char *names, int form, bool *row)
{
	int			ntypes = PG_NARGS() - FIRST_FACT(form);
	Oid		   *types = palloc_array(Oid, ntypes);
	const char *hash;
	TupleDesc	desc;
	int			i;

	if (get_fn_expr_variadic(fcinfo->flinfo))
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("the facts of policy \"%s\" cannot be passed as a variadic array", kept->compiled->name)));
	for (i = 0; i < ntypes; i++)
		types[i] = get_fn_expr_argtype(fcinfo->flinfo, FIRST_FACT(form) + i);
	desc = bind_arguments_desc(pstrdup(names), kept->by_name, ntypes, types, &hash, row);
	if (*row)
		 /* every policy may be asked */ ;
	else if (kept->by_name)
		stored_check(kept->key.data, kept->key.length, kept->compiled, hash ? hash : "");
	else if (hash)
		stored_check(kept->compiled->name, strlen(kept->compiled->name), kept->compiled, hash);
	if (desc == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("policy \"%s\" must be passed as many facts as names", kept->compiled->name)));
	return desc;
}

static void
bind_arguments(FunctionCallInfo fcinfo, KeptPolicy *kept, int form)
{
	CallState  *state = kept_call_state(fcinfo);
	bool		bound = is_bound(kept);
	bool		constant = kept_argument_is_constant(fcinfo, 1);
	bool		row = true;
	RowShape   *shape = constant ? state->row : NULL;
	char	   *names;
	MemoryContext old;

	/* constant names are the same for all rows, whatever their policies are */
	if (bound && (state->constant == kept || constant))
		return;
	names = text_to_cstring(PG_GETARG_TEXT_PP(1));
	if (bound && strcmp(kept->names, names) == 0)
		return;
	old = begin_binding(kept);
	if (shape == NULL)
	{
		MemoryContext binding = MemoryContextSwitchTo(constant ? fcinfo->flinfo->fn_mcxt : CurrentMemoryContext);

		shape = row_shape(facts_desc(fcinfo, kept, names, form, &row));
		if (constant && row)
			state->row = shape;
		MemoryContextSwitchTo(binding);
	}
	bind_kept(kept, shape, row, old);
	kept->of_row = row;
	kept->names = MemoryContextStrdup(kept->bind_context, names);
}

/* Returns the facts of argument 0. */
static FactSource *
version_source(FunctionCallInfo fcinfo, KeptPolicy *kept, int version, int form)
{
	HeapTupleHeader header;

	if (form & FORM_JSONB)
		return jsonb_source(kept->compiled->programs[version], kept->compiled->name,
							PG_ARGISNULL(0) ? NULL : PG_GETARG_JSONB_P(0), compiled_day(kept->compiled, kept->by_name));
	if (PG_ARGISNULL(0))
	{
		Oid			type = get_fn_expr_argtype(fcinfo->flinfo, 0);

		/* in the missing row of an outer join, all columns are NULL */
		bind_row_type(kept, OidIsValid(type) ? type : RECORDOID, -1);
		return row_source_row(kept->rows[version], NULL);
	}
	header = PG_GETARG_HEAPTUPLEHEADER(0);
	bind_row_type(kept, HeapTupleHeaderGetTypeId(header), HeapTupleHeaderGetTypMod(header));
	return row_source_row(kept->rows[version], header);
}

/* ---------------- the question ---------------- */

/* Selects the version for the row's day, or all versions if the day is unknown. */
static void
choose_versions(KeptPolicy *kept, const Value *day)
{
	Question   *question = &kept->question;
	int			chosen = -1;
	int			i;

	if (!day->known)
	{
		question->nothing = true;
		return;
	}
	for (i = 0; i < kept->compiled->nprograms; i++)
	{
		const Document *doc = kept->compiled->programs[i]->doc;

		if (doc->from <= day->day && (!doc->has_until || day->day < doc->until) &&
			(chosen < 0 || doc->from > kept->compiled->programs[chosen]->doc->from))
			chosen = i;
	}
	question->nruns = chosen >= 0 ? 1 : 0;
	question->nothing = chosen < 0;
	if (chosen >= 0)
		question->runs[0] = kept->runs[chosen];
}

/* Returns the question about a row on which the runs of all versions have begun. */
static const Question *
question_of(KeptPolicy *kept)
{
	Question   *question = &kept->question;
	int			i;

	question->nothing = false;
	question->nruns = kept->compiled->nprograms;
	for (i = 0; i < question->nruns; i++)
		question->runs[i] = kept->runs[i];
	if (kept->compiled->series)
	{
		Value		as_of;
		FactSource *source = kept->runs[0]->source;

		source->load(source, 0, &as_of);
		choose_versions(kept, &as_of);
	}
	return question;
}

const Question *
ask_kept(FunctionCallInfo fcinfo, int form, KeptPolicy *kept)
{
	int			i;

	for (i = 0; i < kept->compiled->nprograms; i++)
		run_begin(kept->runs[i], version_source(fcinfo, kept, i, form));
	return question_of(kept);
}

static const Question *
ask_facts(FunctionCallInfo fcinfo, int form)
{
	KeptPolicy *kept;
	int			i;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		return NULL;
	kept = kept_argument(fcinfo, 0, form);
	bind_arguments(fcinfo, kept, form);
	for (i = 0; i < kept->compiled->nprograms; i++)
		run_begin(kept->runs[i], row_source_arguments(kept->rows[i], &fcinfo->args[FIRST_FACT(form)]));
	return question_of(kept);
}

const Question *
ask_question(FunctionCallInfo fcinfo, int form)
{
	if (form & FORM_FACTS)
		return ask_facts(fcinfo, form);
	if (PG_ARGISNULL(1))
		return NULL;
	return ask_kept(fcinfo, form, kept_argument(fcinfo, 1, form));
}

const Question *
ask_policy(FunctionCallInfo fcinfo, int form, const char *policy, int length)
{
	PolicyKey	key = policy_key_of_text(policy, length);

	return ask_kept(fcinfo, form, kept_find(fcinfo, kept_call_state(fcinfo), &key, (Datum) 0, form));
}

/* Returns the kept policy that a question belongs to. */
static KeptPolicy *
kept_of(const Question *question)
{
	return (KeptPolicy *) ((char *) question - offsetof(KeptPolicy, question));
}

bool
ask_row_is_null(FunctionCallInfo fcinfo, int form, const Question *question)
{
	int			i = FIRST_FACT(form);

	if ((form & FORM_FACTS) == 0)
		return PG_ARGISNULL(0);
	if (!kept_of(question)->of_row)
		return false;
	while (i < PG_NARGS() && PG_ARGISNULL(i))
		i++;
	return i == PG_NARGS();
}

MemoryContext
ask_context(const Question *question)
{
	return kept_of(question)->entry.context;
}

void	  **
ask_place(const Question *question)
{
	return &kept_of(question)->place;
}

FactSource *
ask_source(const Question *question)
{
	return kept_of(question)->runs[0]->source;
}

/* Returns the version of the first run, or -1. */
static int
first_version(const KeptPolicy *kept)
{
	int			i;

	for (i = 0; kept->question.nruns > 0 && i < kept->compiled->nprograms; i++)
		if (kept->runs[i] == kept->question.runs[0])
			return i;
	return -1;
}

const RowBinding *
ask_binding(const Question *question)
{
	const KeptPolicy *kept = kept_of(question);
	int			version = first_version(kept);

	return version < 0 ? NULL : kept->rows[version]->binding;
}

void	  **
ask_bound_place(const Question *question)
{
	return &kept_of(question)->bound_place;
}

MemoryContext
ask_bound_context(const Question *question)
{
	return kept_of(question)->bind_context;
}

bool
ask_day_of_row(const Question *question)
{
	const KeptPolicy *kept = kept_of(question);
	int			i;

	for (i = 0; i < kept->compiled->nprograms; i++)
		if (kept->rows[i]->binding->columns[0].attnum != 0)
			return true;
	return false;
}

void
ask_version(const Question *question, DateADT day)
{
	KeptPolicy *kept = kept_of(question);
	Value		as_of;

	if (kept->compiled->series == NULL)
		return;
	memset(&as_of, 0, sizeof(as_of));
	value_set_date(&as_of, day);
	choose_versions(kept, &as_of);
}

void
ask_grown(const Question *question)
{
	KeptPolicy *kept = kept_of(question);

	lru_resize(&kept->entry, kept_bytes(kept));
}
