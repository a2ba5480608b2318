/*
 * reader.c
 *		Texts of libFuzzer's making, read as policies inside a backend.
 *
 * test/fuzz/reader links this into a zjtx.so of its own, so that the reader meets the
 * server's real memory, errors and lists.  What is read as a policy is also asked all that
 * can be asked of one.  An internal error is a crash.
 */
#include "postgres.h"

#include "access/xact.h"
#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "mb/pg_wchar.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

#include "compat.h"
#include "language/tree.h"

ZJTX_FUNCTION(zjtx_fuzz_reader);

typedef int (*FuzzTarget) (const uint8 *data, size_t size);
extern int	LLVMFuzzerRunDriver(int *argc, char ***argv, FuzzTarget target);

#define ROW "(SELECT 6.5 AS a, 'x'::text AS b, true AS c, DATE '2024-05-05' AS d, NULL::numeric AS e OFFSET 0) r"
#define OBJECT "'{\"a\": 5, \"b\": \"x\", \"c\": false, \"d\": \"2024-02-29\", " \
	"\"f\": [1, null], \"g\": [{\"h\": 1}, null]}'::jsonb"

static const char *const questions[] = {
	"SELECT * FROM zjtx.lint($1)",
	"SELECT * FROM zjtx.facts($1)",
	"SELECT * FROM zjtx.provisions($1)",
	"SELECT * FROM zjtx.targets($1)",
	"SELECT * FROM zjtx.examples($1)",
	"SELECT zjtx.explain('{}'::jsonb, $1)",
	"SELECT zjtx.missing('{}'::jsonb, $1)",
	"SELECT * FROM zjtx.gap(" OBJECT ", $1)",
	"SELECT * FROM zjtx.assess(" OBJECT ", $1)",
	"SELECT zjtx.explain_json(" OBJECT ", $1)",
	"SELECT zjtx.judge(" OBJECT ", $1)",
	"SELECT zjtx.eligible(r, $1), zjtx.missing(r, $1) FROM " ROW,
	"SELECT zjtx.placement(r, $1) FROM " ROW,
	"SELECT zjtx.amount_range(r, $1) FROM " ROW,
	"SELECT zjtx.as_of($1, DATE '2024-02-29')",
	"SELECT zjtx.part($1, c.code) FROM zjtx.clauses($1) c",
	"SELECT zjtx.amend($1, c.statement) FROM zjtx.provisions($1) c WHERE c.kind IN ('definition', 'reward', 'rung')"
};
static SPIPlanPtr plans[lengthof(questions)];
static MemoryContext reading;

/* An error of the server's: an internal one is a finding. */
static void
look_at_error(const char *where)
{
	ErrorData  *error = CopyErrorData();

	FlushErrorState();
	if (ERRCODE_TO_CATEGORY(error->sqlerrcode) == ERRCODE_INTERNAL_ERROR)
	{
		fprintf(stderr, "internal error: %s\n  in %s\n", error->message, where);
		abort();
	}
}

static void
ask(int i, Datum policy)
{
	MemoryContext context = CurrentMemoryContext;
	ResourceOwner owner = CurrentResourceOwner;

	BeginInternalSubTransaction(NULL);
	MemoryContextSwitchTo(context);
	PG_TRY();
	{
		SPI_execute_plan(plans[i], &policy, NULL, true, 0);
		SPI_freetuptable(SPI_tuptable);
		ReleaseCurrentSubTransaction();
	}
	PG_CATCH();
	{
		MemoryContextSwitchTo(context);
		RollbackAndReleaseCurrentSubTransaction();
		look_at_error(questions[i]);
	}
	PG_END_TRY();
	MemoryContextSwitchTo(context);
	CurrentResourceOwner = owner;
}

static int
read_one(const uint8 *data, size_t size)
{
	char	   *text;
	Policy	   *volatile policy = NULL;
	ReadProblem problem;
	size_t		i;

	/* what the server would let through */
	if (memchr(data, '\0', size) || !pg_verify_mbstr(PG_UTF8, (const char *) data, size, true))
		return -1;
	MemoryContextReset(reading);
	MemoryContextSwitchTo(reading);
	/* the end of malloc's block, where AddressSanitizer sees one byte too many */
	text = malloc(size + 1);
	memcpy(text, data, size);
	text[size] = '\0';
	PG_TRY();
	{
		int			line,
					column;

		policy = policy_try(text, &problem);
		if (policy == NULL)
			text_position(text, problem.at, &line, &column);
	}
	PG_CATCH();
	{
		MemoryContextSwitchTo(reading);
		look_at_error("policy_try");
	}
	PG_END_TRY();
	if (policy)
		for (i = 0; i < lengthof(questions); i++)
			ask(i, PointerGetDatum(cstring_to_text(text)));
	free(text);
	return 0;
}

/* text[]: libFuzzer's arguments.  Ends the process. */
Datum
zjtx_fuzz_reader(PG_FUNCTION_ARGS)
{
	ArrayType  *array = PG_GETARG_ARRAYTYPE_P(0);
	Datum	   *elements;
	int			argc;
	char	  **argv;
	Oid			type;
	int			i;

	deconstruct_array(array, TEXTOID, -1, false, TYPALIGN_INT, &elements, NULL, &argc);
	argv = palloc0_array(char *, argc + 1);
	for (i = 0; i < argc; i++)
		argv[i] = TextDatumGetCString(elements[i]);

	SPI_connect();
	type = DatumGetObjectId(DirectFunctionCall1(regtypein, CStringGetDatum("zjtx.policy")));
	for (i = 0; i < (int) lengthof(questions); i++)
	{
		plans[i] = SPI_prepare(questions[i], 1, &type);
		SPI_keepplan(plans[i]);
	}
	reading = AllocSetContextCreate(TopMemoryContext, "reading", ALLOCSET_DEFAULT_SIZES);
	LLVMFuzzerRunDriver(&argc, &argv, read_one);
	PG_RETURN_VOID();
}
