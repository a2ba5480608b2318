/*
 * tree.c
 *		Parses a policy, and finds its parts by name.
 *
 * Parsing ends at the first error with a jump, and not with an error of the server, so
 * that servers with soft errors can report it as one.  Only memory of the current context
 * is held across the jump.
 *
 * Limits on nesting (in an expression, through definitions, of lists, and of the parser's
 * stack) apply when a policy is read, so that no stored policy can exhaust the stack when it
 * is asked.
 */
#include "postgres.h"

#include "compat.h"
#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"

#include "language/read.h"
#include "language/gram.h"
#include "messages.h"
#include "names.h"

/* The greatest length of an error message, in bytes. */
#define MAX_MESSAGE 1000

const char *
type_name(ValueType type)
{
	switch (type)
	{
		case TYPE_BOOLEAN:
			return gettext_noop("boolean");
		case TYPE_NUMBER:
			return gettext_noop("number");
		case TYPE_TEXT:
			return gettext_noop("text");
		case TYPE_DATE:
			return gettext_noop("date");
		case TYPE_LIST:
			return gettext_noop("list");
		case TYPE_UNKNOWN:
			break;
	}
	return gettext_noop("unknown");
}

const char *
clause_kind_name(ClauseKind kind)
{
	switch (kind)
	{
		case CLAUSE_ELIGIBILITY:
			return gettext_noop("eligibility");
		case CLAUSE_REWARD:
			return gettext_noop("reward");
		case CLAUSE_SUBSIDY:
			return gettext_noop("subsidy");
		case CLAUSE_TAX:
			return gettext_noop("tax");
		case CLAUSE_POINTS:
			return gettext_noop("points");
	}
	return NULL;
}

Unit
clause_unit(const Clause *clause)
{
	return clause->kind == CLAUSE_POINTS ? UNIT_POINT : UNIT_YUAN;
}

const char *
subject_name(Subject subject)
{
	switch (subject)
	{
		case SUBJECT_ENTERPRISE:
			return "enterprise";
		case SUBJECT_PLATFORM:
			return "platform";
		case SUBJECT_REGION:
			return "region";
	}
	return NULL;
}

/* ---------------- lookups ---------------- */

Clause *
policy_find_clause(const Document *doc, const char *code)
{
	return symbols_find(doc->clauses_by_code, code);
}

Rung *
policy_find_rung(const Document *doc, const char *code)
{
	return symbols_find(doc->rungs_by_code, code);
}

ClauseGroup *
policy_find_group(const Document *doc, const char *code)
{
	return symbols_find(doc->groups_by_code, code);
}

Selection *
policy_find_selection(const Document *doc, const char *code)
{
	return symbols_find(doc->selections_by_code, code);
}

ClauseBudget *
policy_find_budget(const Document *doc, const char *code)
{
	return symbols_find(doc->budgets_by_code, code);
}

Population *
policy_find_population(const Document *doc, const char *name)
{
	return symbols_find(doc->populations_by_name, name);
}

PopulationValue *
policy_find_population_value(const Document *doc, const char *name)
{
	return symbols_find(doc->population_values_by_name, name);
}

bool
policy_is_part(const Provision *provision, const ClauseGroup *group, const char *code)
{
	if (strcmp(provision->code, code) == 0)
		return true;
	for (; group; group = group->group)
		if (strcmp(group->provision.code, code) == 0)
			return true;
	return false;
}

DocumentUse *
policy_find_use(const Document *doc, const char *code)
{
	ListCell   *cell;

	foreach(cell, doc->uses)
	{
		DocumentUse *use = lfirst(cell);

		if (strcmp(use->code, code) == 0)
			return use;
	}
	return NULL;
}

Table *
policy_find_table(const Document *doc, const char *name)
{
	return symbols_find(doc->tables_by_name, name);
}

Define *
policy_find_define(const Document *doc, const char *name)
{
	return symbols_find(doc->defines_by_name, name);
}

Fact *
policy_find_fact(const Document *doc, const char *name)
{
	return symbols_find(doc->facts_by_name, name);
}

/* A list has few fields, so a linear search suffices. */
Fact *
policy_find_field(const Fact *list, const char *name)
{
	ListCell   *cell;

	foreach(cell, list->fields)
	{
		Fact	   *field = lfirst(cell);

		if (strcmp(field->name, name) == 0)
			return field;
	}
	return NULL;
}

/* ---------------- reading ---------------- */

char *
read_message(const char *fmt, va_list args)
{
	StringInfoData message;

	initStringInfo(&message);
	for (;;)
	{
		va_list		again;
		int			needed;

		va_copy(again, args);
		needed = appendStringInfoVA(&message, _(fmt), again);
		va_end(again);
		if (needed == 0)
			break;
		enlargeStringInfo(&message, needed);
	}
	/* the message may quote a word that is as long as the text */
	if (message.len > MAX_MESSAGE)
	{
		message.len = pg_mbcliplen(message.data, message.len, MAX_MESSAGE);
		message.data[message.len] = '\0';
		appendStringInfoString(&message, "...");
	}
	return message.data;
}

void
read_error(ReadState *state, int at, const char *hint, const char *fmt,...)
{
	va_list		args;

	va_start(args, fmt);
	state->error = read_message(fmt, args);
	va_end(args);
	state->error_at = at;
	state->hint = hint;
	siglongjmp(state->escape, 1);
}

void
text_position(const char *text, int at, int *line, int *column)
{
	int			i;

	*line = 1;
	*column = 1;
	for (i = 0; i < at && text[i] != '\0'; i++)
	{
		if (text[i] == '\n')
		{
			(*line)++;
			*column = 1;
		}
		else if (((unsigned char) text[i] & 0xC0) != 0x80)
			(*column)++;
	}
}

/*
 * Parses a policy, or statements without checking them.  Returns false if there is an
 * error.
 */
static bool
read_text(ReadState *state, ReadProblem *problem)
{
	if (GetDatabaseEncoding() != PG_UTF8)
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("zjtx.policy needs a database in UTF8"),
				 errdetail("This database is in %s.", GetDatabaseEncodingName())));

	state->policy = palloc0(sizeof(Policy));
	state->policy->text = state->text;
	if (state->statements)
		state->first_token = STATEMENTS_P;
	if (sigsetjmp(state->escape, 0) == 0)
	{
		scanner_start(state);
		zjtx_yyparse(state, state->scanner);
		state->policy->content = state->content;
		scanner_end(state);
		if (!state->statements)
			check_policy(state);
		return true;
	}
	problem->at = state->error_at;
	problem->message = state->error;
	problem->detail = state->detail;
	problem->hint = state->hint;
	return false;
}

Policy *
policy_try(const char *text, ReadProblem *problem)
{
	ReadState  *state = palloc0(sizeof(ReadState));

	state->text = text;
	return read_text(state, problem) ? state->policy : NULL;
}

Policy *
policy_tokens(const char *text, ReadProblem *problem, TextTokens *tokens)
{
	ReadState  *state = palloc0(sizeof(ReadState));

	memset(tokens, 0, sizeof(TextTokens));
	tokens->size = 256;
	tokens->tokens = palloc_array(TextToken, tokens->size);
	state->text = text;
	state->tokens = tokens;
	if (!read_text(state, problem))
		return NULL;
	/* the end of the text is the last one */
	tokens->count--;
	return state->policy;
}

List *
statements_read(const char *text, List *units, ReadProblem *problem)
{
	ReadState  *state = palloc0(sizeof(ReadState));
	Document   *without_header = palloc0(sizeof(Document));

	state->text = text;
	state->statements = true;
	state->doc = without_header;
	state->units = units;
	return read_text(state, problem) ? lcons(without_header, state->policy->documents) : NIL;
}

Policy *
policy_read(const char *text, struct Node *escontext pg_attribute_unused())
{
	ReadProblem problem = {0};
	Policy	   *policy = policy_try(text, &problem);
	int			line,
				column;

	if (policy)
		return policy;
	text_position(text, problem.at, &line, &column);
	ereturn(escontext, NULL,
			(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
			 errmsg("invalid zjtx.policy at line %d, column %d: %s", line, column, problem.message),
			 problem.detail ? errdetail_internal("%s", problem.detail) : 0,
			 problem.hint ? errhint("%s", problem.hint) : 0));
}
