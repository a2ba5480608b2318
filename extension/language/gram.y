%{
/*
 * gram.y
 *		Grammar of the policy language.
 *
 * The grammar is LALR(1) without conflicts.  Only words that occur inside expressions or
 * before a code are reserved.  All others can be names, because a keyword that begins a
 * statement never occurs where an operand can.
 */
#include "postgres.h"

#include "common/hashfn.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "utils/fmgrprotos.h"

#include "language/build.h"
#include "language/names.h"
#include "language/teach.h"
#include "language/gram.h"
#include "messages.h"

#define YYMALLOC palloc
#define YYFREE pfree
#define YYINITDEPTH 200
#define YYMAXDEPTH 20000

#define YYLLOC_DEFAULT(Current, Rhs, N) \
	do { \
		if (N) \
		{ \
			(Current).start = YYRHSLOC(Rhs, 1).start; \
			(Current).end = YYRHSLOC(Rhs, N).end; \
		} \
		else \
			(Current).start = (Current).end = YYRHSLOC(Rhs, 0).end; \
	} while (0)
%}

%code requires {
#include "language/build.h"
}

%define api.pure full
%define api.prefix {zjtx_yy}
%define api.location.type {Span}
%define parse.error custom
%define parse.lac full
%lex-param {ReadState *state} {void *scanner}
%parse-param {ReadState *state} {void *scanner}
%expect 0

%union {
	char	   *text;
	DateADT		date;
	Quantity	quantity;
	Expression *expr;
	List	   *list;
	int			integer;
	bool		boolean;
	Fact	   *fact;
	FactRange	range;
	Counted		counted;
	Goal	   *goal;
	Expectation *expectation;
	Stage	   *stage;
	TextValue  *text_value;
	Each		each;
	Table	   *table;
	TableRow   *row;
	SortKey    *sort_key;
	PopulationValue *population_value;
	Chain		chain;
	Unit		unit;
}

%code {
extern int	zjtx_yylex(YYSTYPE *value, YYLTYPE *location, void *scanner);
static void zjtx_yyerror(YYLTYPE *location, ReadState *state, void *scanner, const char *message);
static int	next_token(YYSTYPE *value, YYLTYPE *location, ReadState *state, void *scanner);
static void restart_content(ReadState *state, int from);
static void is_name(ReadState *state, YYLTYPE location);

#undef yylex
#define yylex next_token
}

%token YYEOF 0 _("the end of the text")
%token <text> IDENT _("a name") CODE _("a code") STRING _("text in quotes")
%token <quantity> QUANTITY _("a number")
%token <date> DATE_LITERAL _("a date")
%token NOT_EQUAL "<>" AT_MOST_SIGN "<=" AT_LEAST_SIGN ">="

%token <text> AND_P "and" OR_P "or" NOT_P "not" BETWEEN_P "between" IN_P "in" IS_P "is"
	NULL_P "null" TRUE_P "true" FALSE_P "false" CASE_P "case" WHEN_P "when" THEN_P "then"
	ELSE_P "else" END_P "end" BAND_P "band" TIERS_P "tiers" POLICY_P "policy" CLAUSE_P "clause"
	STAGE_P "stage" RUNG_P "rung" TARGET_P "target" SERVICE_P "service"
	SERIES_P "series" REPEALS_P "repeals" NOTE_P "note"
	NONE_P "none" UNKNOWN_P "unknown" UNDETERMINED_P "undetermined" GROUP_P "group"
	SELECT_P "select" BUDGET_P "budget"
	SATISFIES_P "satisfies" AMOUNT_OF_P "amount of" LEVEL_OF_P "level of" PAID_OF_P "paid of"
	BEST_OF_P "best of" SUM_OF_P "sum of"

%token <text> AMOUNT_P "amount" ARTICLE_P "article" AS_P "as" AT_P "at"
	AT_LEAST_P "at least" AT_MOST_P "at most" BOOLEAN_P "boolean" BY_DATE_P "by date" BY_NUMBER_P "by number" BY_P "by" BY_TEXT_P "by text" BY_YEAR_P "by year" CAP_P "cap"
	COUNT_P "count" COVERS_P "covers" CURRENCY_P "currency" DATE_P "date" DEFAULT_P "default" DEFINE_P "define" DESC_P "desc" DIFFERS_P "unequal" EACH_P "each"
	ELIGIBILITY_P "eligibility" ENTERPRISE_P "enterprise" EQUALS_P "equal" EXAMPLE_P "example"
	EXPECT_P "expect" FACT_P "fact" FIRST_P "first" FIXED_P "fixed" FLOW_P "flow" FORCE_P "force" FROM_P "from"
	GIVEN_P "given" IN_ALL_P "in all" ISSUED_P "issued" ISSUER_P "issuer" LADDER_P "ladder"
	LEAST_P "least" LESS_P "less" LEVEL_P "level" LIKE_P "like" LIST_P "list" MEANS_P "means"
	MISSING_P "missing" MORE_P "more" MOST_P "most" NAMED_P "named" NUMBER_P "number" OF_P "of"
	OFFICE_P "office" ON_P "on" ONCE_P "once" OVER_P "over" PART_P "part" PAY_P "pay" PER_P "per" PER_YEAR_P "per year" PLACEMENT_P "placement"
	PLATFORM_P "platform" POINTS_P "points" POPULATION_P "population" PRO_RATA_P "pro rata" REGION_P "region" REWARD_P "reward" ROWS_P "rows"
	SCORE_P "score" SHOULD_P "should" SOURCE_P "source" STOCK_P "stock"
	SUBJECT_P "subject" SUBSIDY_P "subsidy" SUMMARY_P "summary" TABLE_P "table" TAX_P "tax"
	TEXT_P "text" THROUGH_P "through"
	TO_P "to" UNIT_P "unit" UNTIL_P "until" USES_P "uses" WHERE_P "where" WORDING_P "wording" YEAR_P "year"

/* Never in a text: the scanner returns it first when only statements are parsed. */
%token STATEMENTS_P "statements"

%type <text> name given_name missing_name expect_name unreserved unreserved_but_rows plain_unreserved optional_title optional_code element
%type <expr> expr or_expr and_expr not_expr predicate arith term factor power primary argument
%type <expr> mapping arm literal number given_value list_element given setter optional_when
%type <list> sort_keys budget_order population_values row_givens row_verdicts mapped group_members exprs when_arms arms tiers tier_parts members strings text_values names fields setters list_elements givens expectations goals
%type <integer> compare scalar_type measure null_meaning subject clause_kind
%type <unit> unit_name unit
%type <sort_key> sort_key
%type <population_value> population_value
%type <boolean> descending default_day how not direction fixed once by_year
%type <expr> row_given
%type <text_value> text_value
%type <counted> counted
%type <fact> field column
%type <integer> table_key
%type <list> columns cells literals
%type <table> table_rows
%type <row> table_row
%type <range> range
%type <goal> goal
%type <expectation> expectation verdict row_verdict
%type <text> like
%type <each> each
%type <chain> chain

%%

text:
			body
		|	bound_to body
		|	part_of body
		|	bound_to part_of body
		|	series documents
		|	bound_to series documents
		|	part_of series documents
		|	bound_to part_of series documents
		|	STATEMENTS_P documents
		|	STATEMENTS_P statements
		|	STATEMENTS_P statements documents
		;

/* Statements without their document. */
statements:
			statement
		|	statements statement	{ build_extend(state, @2); }
		|	statements attribute	{ build_extend(state, @2); }
		|	statements ';'
		;

/* A series as one value: its code, followed by its documents. */
series:
			SERIES_P CODE	{ state->policy->series = $2; }
		;

/* Only one of the provisions that follow answers; it needs the others. */
part_of:
			PART_P STRING OF_P
				{
					state->policy->part = $2;
					state->policy->part_at = @2.start;
				}
		;

bound_to:
			as_of default_day DATE_LITERAL
				{
					state->policy->has_as_of = true;
					state->policy->as_of_default = $2;
					state->policy->as_of = $3;
					state->policy->body = @3.end;
					if ($2)
						restart_content(state, @3.end);
				}
		;

as_of:
			AS_P OF_P
		|	AS_P
		;

default_day:
			%empty	{ $$ = false; }
		|	DEFAULT_P	{ $$ = true; }
		;

body:
			expr
				{
					Clause	   *clause = palloc0(sizeof(Clause));

					build_document(state, NULL, NULL, @1);
					state->doc->bare = true;
					build_provision(state, &clause->provision, NULL, NULL, @1);
					clause->when = $1;
					state->doc->clauses = list_make1(clause);
				}
		|	documents
		;

documents:
			document
		|	documents document
		;

document:
			head
		|	full
		;

/* The parts of the header precede all other statements. */
head:
			header
		|	head header_part		{ build_extend(state, @2); }
		|	head attribute			{ build_extend(state, @2); }
		|	head ';'
		;

full:
			head statement			{ build_extend(state, @2); }
		|	full statement			{ build_extend(state, @2); }
		|	full attribute			{ build_extend(state, @2); }
		|	full ';'
		;

statement:
			fact
		|	table
		|	define
		|	clause
		|	clause_part
		|	ladder
		|	rung
		|	rung_part
		|	group
		|	selection
		|	budget
		|	population
		|	target
		|	service
		|	example
		;

/* ---------------- the header ---------------- */

header:
			POLICY_P CODE STRING
				{ build_document(state, $2, $3, @$); }
		;

header_part:
			NUMBER_P STRING
				{ build_once(state, state->doc->number != NULL, @1, "number"); state->doc->number = $2; }
		|	ISSUER_P STRING
				{ build_once(state, state->doc->issuer != NULL, @1, "issuer"); state->doc->issuer = $2; }
		|	REGION_P STRING
				{ build_once(state, state->doc->region != NULL, @1, "region"); state->doc->region = $2; }
		|	SOURCE_P STRING
				{ build_once(state, state->doc->source != NULL, @1, "source"); state->doc->source = $2; }
		|	ISSUED_P DATE_LITERAL
				{
					build_once(state, state->doc->has_issued, @1, "issued");
					state->doc->has_issued = true;
					state->doc->issued = $2;
				}
		|	IN_P FORCE_P FROM_P DATE_LITERAL in_force_until
				{
					build_once(state, state->doc->has_from, @1, "in force");
					state->doc->has_from = true;
					state->doc->from = $4;
				}
		|	FORCE_P FROM_P DATE_LITERAL in_force_until
				{
					build_once(state, state->doc->has_from, @1, "in force");
					state->doc->has_from = true;
					state->doc->from = $3;
				}
		|	REPEALS_P optional_code
				{ state->doc->repeals = lappend(state->doc->repeals, $2); }
		|	SERIES_P CODE
				{ build_once(state, state->doc->series != NULL, @1, "series"); state->doc->series = $2; }
		|	UNIT_P IDENT
				{ build_declared_unit(state, $2, NULL, false, @2); }
		|	UNIT_P IDENT '=' QUANTITY
				{ build_declared_unit(state, $2, &$4, false, @2); }
		|	UNIT_P IDENT CURRENCY_P
				{ build_declared_unit(state, $2, NULL, true, @2); }
		|	USES_P want_code used_documents
		;

/* The documents that this one uses, each with its facts in brackets that are mapped. */
used_documents:
			used_document
		|	used_documents ',' want_code used_document
		;

used_document:
			CODE					{ build_use(state, $1, NIL, @1); }
		|	CODE '(' mapped ')'		{ build_use(state, $1, $3, @1); }
		;

mapped:
			mapping					{ $$ = list_make1($1); }
		|	mapped ',' mapping		{ $$ = lappend($1, $3); }
		;

mapping:
			name '=' expr
				{ $$ = build_named(state, EXPR_SET, $1, list_make1($3), @$); }
		;

/* The code that follows has not been scanned: this is reduced without looking ahead. */
want_code:
			%empty			{ scanner_want_code(scanner); }
		;

in_force_until:
			%empty
		|	UNTIL_P DATE_LITERAL
				{
					state->doc->has_until = true;
					state->doc->until = $2;
				}
		|	THROUGH_P DATE_LITERAL
				{
					state->doc->has_until = true;
					state->doc->until = $2 + 1;
					state->doc->through = true;
				}
		;

optional_code:
			CODE
		|	STRING
		;

/* ---------------- facts ---------------- */

fact:
			FACT_P field by_year optional_title range null_meaning fixed
				{
					if ($3 && $2->type == TYPE_LIST)
						read_error(state, @3.start,
								   _("Give its elements a field with the year."), "a list has no years");
					$2->by_year = $3;
					/* the range of a list of scalars applies to its elements */
					build_range($2->scalars ? linitial($2->fields) : $2, &$5);
					$2->label = $4;
					$2->null_means = $6;
					$2->fixed = $7;
					$2->span = @$;
					$2->index = list_length(state->doc->facts);
					state->doc->facts = lappend(state->doc->facts, $2);
					state->provision = NULL;
					state->clause = NULL;
				}
		;

field:
			name scalar_type unit
				{
					$$ = palloc0(sizeof(Fact));
					$$->name = $1;
					$$->type = $2;
					$$->unit = $3;
					$$->span = @$;
					if ($3 != UNIT_FREE && $2 != TYPE_NUMBER)
						read_error(state, @3.start, NULL, "only a number has a unit");
				}
		|	name LIST_P OF_P scalar_type unit
				{
					Fact	   *it = palloc0(sizeof(Fact));

					it->name = pstrdup("it");
					it->type = $4;
					it->unit = $5;
					it->span = @4;
					if ($5 != UNIT_FREE && $4 != TYPE_NUMBER)
						read_error(state, @5.start, NULL, "only a number has a unit");
					$$ = palloc0(sizeof(Fact));
					$$->name = $1;
					$$->type = TYPE_LIST;
					$$->scalars = true;
					$$->fields = list_make1(it);
					$$->span = @$;
				}
		|	name LIST_P '(' fields ')'
				{
					int			i;

					$$ = palloc0(sizeof(Fact));
					$$->name = $1;
					$$->type = TYPE_LIST;
					$$->fields = $4;
					$$->span = @$;
					for (i = 0; i < list_length($4); i++)
						((Fact *) list_nth($4, i))->index = i;
				}
		;

by_year:
			%empty			{ $$ = false; }
		|	BY_P YEAR_P		{ $$ = true; }
		|	BY_YEAR_P		{ $$ = true; }
		;

fields:
			field optional_title range null_meaning
				{
					$1->label = $2;
					build_range($1, &$3);
					$1->null_means = $4;
					$$ = list_make1($1);
				}
		|	fields ',' field optional_title range null_meaning
				{
					$3->label = $4;
					build_range($3, &$5);
					$3->null_means = $6;
					$$ = lappend($1, $3);
				}
		;

scalar_type:
			NUMBER_P		{ $$ = TYPE_NUMBER; }
		|	BOOLEAN_P		{ $$ = TYPE_BOOLEAN; }
		|	TEXT_P			{ $$ = TYPE_TEXT; }
		|	DATE_P			{ $$ = TYPE_DATE; }
		;

unit:
			%empty			{ $$ = UNIT_FREE; }
		|	unit_name
		;

unit_name:
			IDENT			{ $$ = build_unit(state, $1, @1); }
		|	'%'				{ $$ = UNIT_PLAIN; }
		;

range:
			%empty
				{ memset(&$$, 0, sizeof($$)); }
		|	at_least literal
				{ memset(&$$, 0, sizeof($$)); $$.low = $2; }
		|	at_most literal
				{ memset(&$$, 0, sizeof($$)); $$.high = $2; }
		|	BETWEEN_P literal AND_P literal
				{ memset(&$$, 0, sizeof($$)); $$.low = $2; $$.high = $4; }
		|	IN_P '(' text_values ')'
				{ memset(&$$, 0, sizeof($$)); $$.values = $3; }
		;

/* A text value, followed by its labels. */
text_values:
			text_value						{ $$ = list_make1($1); }
		|	text_values ',' text_value		{ $$ = lappend($1, $3); }
		;

text_value:
			STRING
				{
					$$ = palloc0(sizeof(TextValue));
					$$->text = $1;
					$$->span = @1;
				}
		|	text_value STRING
				{
					$$ = $1;
					build_label($$, $2, @2);
				}
		;

at_least:
			AT_P LEAST_P
		|	AT_LEAST_P
		;

at_most:
			AT_P MOST_P
		|	AT_MOST_P
		;

null_meaning:
			%empty						{ $$ = NULL_UNKNOWN; }
		|	NULL_P MEANS_P UNKNOWN_P	{ $$ = NULL_UNKNOWN; }
		|	NULL_P MEANS_P NONE_P		{ $$ = NULL_NONE; }
		|	NULL_P MEANS_P QUANTITY
				{
					if (whole_number($3.number, 0, 0) != 0)
						read_error(state, @3.start, NULL, "NULL can mean none, unknown or 0");
					$$ = NULL_ZERO;
				}
		;

fixed:
			%empty			{ $$ = false; }
		|	FIXED_P			{ $$ = true; }
		;

strings:
			STRING					{ $$ = list_make1($1); }
		|	strings ',' STRING		{ $$ = lappend($1, $3); }
		;

/* ---------------- tables ---------------- */

table:
			TABLE_P name optional_title table_key '(' columns ')' table_rows
				{
					$8->by = $4;
					$8->columns = $6;
					build_table(state, $8, $2, $3, @$);
				}
		;

table_key:
			BY_P DATE_P			{ $$ = TABLE_BY_DATE; }
		|	BY_P NUMBER_P		{ $$ = TABLE_BY_NUMBER; }
		|	BY_P YEAR_P			{ $$ = TABLE_BY_YEAR; }
		|	BY_P TEXT_P			{ $$ = TABLE_BY_TEXT; }
		|	BY_DATE_P			{ $$ = TABLE_BY_DATE; }
		|	BY_NUMBER_P			{ $$ = TABLE_BY_NUMBER; }
		|	BY_YEAR_P			{ $$ = TABLE_BY_YEAR; }
		|	BY_TEXT_P			{ $$ = TABLE_BY_TEXT; }
		;

columns:
			column					{ $$ = list_make1($1); }
		|	columns ',' column		{ $$ = lappend($1, $3); }
		;

column:
			name unit
				{ $$ = build_column(state, $1, TYPE_NUMBER, $2, @$); }
		|	name scalar_type unit
				{ $$ = build_column(state, $1, $2, $3, @$); }
		;

table_rows:
			table_row				{ $$ = build_row(state, NULL, $1); }
		|	table_rows ',' table_row
				{ $$ = build_row(state, $1, $3); }
		;

table_row:
			literal ':' cells
				{
					$$ = palloc0(sizeof(TableRow));
					$$->key = $1;
					$$->cells = $3;
					$$->span = @$;
				}
		|	ELSE_P optional_colon cells
				{
					$$ = palloc0(sizeof(TableRow));
					$$->cells = $3;
					$$->span = @$;
				}
		;

optional_colon:
			%empty
		|	':'
		;

cells:
			literal					{ $$ = list_make1($1); }
		|	'(' literals ')'		{ $$ = $2; }
		;

literals:
			literal					{ $$ = list_make1($1); }
		|	literals ',' literal	{ $$ = lappend($1, $3); }
		;

/* ---------------- definitions and scores ---------------- */

define:
			DEFINE_P name optional_title '=' expr
				{
					Define	   *define = palloc0(sizeof(Define));

					define->expr = $5;
					state->doc->defines = lappend(state->doc->defines, define);
					build_provision(state, &define->provision, $2, $3, @$);
				}
		|	DEFINE_P name optional_title OF_P name element '=' expr
				{
					Define	   *define = palloc0(sizeof(Define));

					define->of = $5;
					define->of_span = @5;
					define->element = $6;
					define->expr = $8;
					state->doc->defines = lappend(state->doc->defines, define);
					build_provision(state, &define->provision, $2, $3, @$);
				}
		|	SCORE_P name optional_title '=' expr
				{
					Define	   *define = palloc0(sizeof(Define));

					define->is_score = true;
					define->expr = $5;
					state->doc->defines = lappend(state->doc->defines, define);
					build_provision(state, &define->provision, $2, $3, @$);
				}
		;

optional_title:
			%empty			{ $$ = NULL; }
		|	STRING
		;

/* ---------------- clauses ---------------- */

clause:
			CLAUSE_P CODE optional_title
				{
					Clause	   *clause = palloc0(sizeof(Clause));

					state->doc->clauses = lappend(state->doc->clauses, clause);
					build_provision(state, &clause->provision, $2, $3, @$);
					state->clause = clause;
				}
		;

clause_part:
			clause_kind
				{
					Clause	   *clause = build_clause_of(state, @1);

					build_once(state, clause->has_kind, @1, "kind");
					clause->has_kind = true;
					clause->kind = $1;
				}
		|	per_year
				{ build_clause_of(state, @1)->per_year = true; }
		|	CAP_P expr
				{ build_cap(state, $2, false, @1); }
		|	CAP_P expr IN_ALL_P
				{ build_cap(state, $2, true, @1); }
		|	PAY_P expr
				{
					build_once(state, build_clause_of(state, @1)->pay != NULL, @1, "pay");
					build_clause_of(state, @1)->pay = $2;
				}
		|	PAY_P UNDETERMINED_P
				{
					build_once(state, build_clause_of(state, @1)->undetermined, @1, "pay");
					build_clause_of(state, @1)->undetermined = true;
				}
		|	STAGE_P CODE optional_title each ON_P expr optional_when PAY_P expr
				{
					Stage	   *stage = palloc0(sizeof(Stage));
					Clause	   *clause = build_clause_of(state, @1);

					stage->each = $4.list;
					stage->once = $4.once;
					stage->each_span = @4;
					stage->on = $6;
					stage->when = $7;
					stage->pay = $9;
					clause->stages = lappend(clause->stages, stage);
					build_provision(state, &stage->provision, $2, $3, @$);
					state->clause = clause;
				}
		;

clause_kind:
			ELIGIBILITY_P	{ $$ = CLAUSE_ELIGIBILITY; }
		|	REWARD_P		{ $$ = CLAUSE_REWARD; }
		|	SUBSIDY_P		{ $$ = CLAUSE_SUBSIDY; }
		|	TAX_P			{ $$ = CLAUSE_TAX; }
		|	POINTS_P		{ $$ = CLAUSE_POINTS; }
		;

per_year:
			PER_P YEAR_P
		|	PER_YEAR_P
		;

each:
			%empty			{ $$.list = NULL; $$.once = false; }
		|	EACH_P name once
				{ $$.list = $2; $$.once = $3; }
		;

once:
			%empty			{ $$ = false; }
		|	ONCE_P			{ $$ = true; }
		;

optional_when:
			%empty			{ $$ = NULL; }
		|	WHEN_P expr		{ $$ = $2; }
		;

/* ---------------- the ladder ---------------- */

ladder:
			LADDER_P optional_title
				{
					build_once(state, state->doc->has_ladder, @1, "ladder");
					state->doc->has_ladder = true;
					state->doc->ladder = $2;
					state->doc->ladder_span = @$;
					state->provision = NULL;
					state->clause = NULL;
				}
		;

rung:
			RUNG_P CODE optional_title
				{
					Rung	   *rung = palloc0(sizeof(Rung));

					if (!state->doc->has_ladder && !state->statements)
						read_error(state, @1.start, _("Write \"ladder\" before the first rung."),
								   "a rung needs a ladder");
					state->doc->rungs = lappend(state->doc->rungs, rung);
					build_provision(state, &rung->provision, $2, $3, @$);
				}
		;

rung_part:
			LEVEL_P QUANTITY
				{
					Rung	   *rung = state->doc->rungs ? llast(state->doc->rungs) : NULL;

					if (rung == NULL || state->provision != &rung->provision)
						read_error(state, @1.start, NULL, "only a rung has a level");
					rung->level_written = true;
					rung->level = whole_number($2.number, 1, 1000);
					if (rung->level < 0)
						read_error(state, @2.start, NULL, "a level must be a whole number from 1 to 1000");
				}
		/* shared by clauses and rungs */
		|	WHEN_P expr
				{
					Expression **when = build_when_of(state, @1);

					build_once(state, *when != NULL, @1, "when");
					*when = $2;
				}
		|	SHOULD_P expr
				{
					Rung	   *rung = state->doc->rungs ? llast(state->doc->rungs) : NULL;

					if (rung && state->provision == &rung->provision)
						rung->should = lappend(rung->should, $2);
					else
					{
						Clause	   *clause = build_clause_of(state, @1);

						clause->should = lappend(clause->should, $2);
					}
				}
		;

/* ---------------- groups ---------------- */

group:
			GROUP_P CODE optional_title how group_members
				{
					ClauseGroup	   *group = palloc0(sizeof(ClauseGroup));

					group->best = $4;
					group->members = $5;
					state->doc->groups = lappend(state->doc->groups, group);
					build_provision(state, &group->provision, $2, $3, @$);
				}
		;

how:
			BEST_OF_P		{ $$ = true; }
		|	SUM_OF_P		{ $$ = false; }
		;

group_members:
			CODE						{ $$ = list_make1(build_member($1, @1)); }
		|	group_members ',' CODE		{ $$ = lappend($1, build_member($3, @3)); }
		;

/* ---------------- across rows: selections, budgets, populations ---------------- */

selection:
			SELECT_P CODE optional_title FIRST_P QUANTITY
				{ build_selection(state, $2, $3, build_number(state, $5, @5), NIL, @$); }
		|	SELECT_P CODE optional_title FIRST_P QUANTITY BY_P sort_keys
				{ build_selection(state, $2, $3, build_number(state, $5, @5), $7, @$); }
		;

sort_keys:
			sort_key					{ $$ = list_make1($1); }
		|	sort_keys ',' sort_key		{ $$ = lappend($1, $3); }
		;

sort_key:
			arith descending
				{
					$$ = palloc0(sizeof(SortKey));
					$$->expr = $1;
					$$->descending = $2;
				}
		;

descending:
			%empty			{ $$ = false; }
		|	DESC_P			{ $$ = true; }
		;

budget:
			BUDGET_P CODE optional_title QUANTITY budget_order OVER_P want_codes group_members
				{
					ClauseBudget	   *budget = palloc0(sizeof(ClauseBudget));

					budget->amount = build_number(state, $4, @4);
					budget->keys = $5;
					budget->lines = $8;
					state->doc->budgets = lappend(state->doc->budgets, budget);
					build_provision(state, &budget->provision, $2, $3, @$);
				}
		;

budget_order:
			PRO_RATA_P			{ $$ = NIL; }
		|	BY_P sort_keys		{ $$ = $2; }
		;

/* The codes that follow have not been scanned: this is reduced without looking ahead. */
want_codes:
			%empty			{ scanner_want_codes(scanner); }
		;

population:
			POPULATION_P name optional_title optional_when ':' population_values
				{
					Population *population = palloc0(sizeof(Population));

					population->when = $4;
					population->values = $6;
					state->doc->populations = lappend(state->doc->populations, population);
					build_provision(state, &population->provision, $2, $3, @$);
				}
		;

population_values:
			population_value						{ $$ = list_make1($1); }
		|	population_values ',' population_value	{ $$ = lappend($1, $3); }
		;

population_value:
			name optional_title '=' name '(' ')'
				{ $$ = build_population_value($1, $2, $4, @4, NULL, NULL, @$); }
		|	name optional_title '=' name '(' expr ')'
				{ $$ = build_population_value($1, $2, $4, @4, $6, NULL, @$); }
		|	name optional_title '=' name '(' expr ',' number ')'
				{ $$ = build_population_value($1, $2, $4, @4, $6, $8, @$); }
		;

/* ---------------- targets and services ---------------- */

target:
			TARGET_P CODE STRING unit_name measure direction goals counted
				{
					Target	   *target = palloc0(sizeof(Target));

					target->unit = $4;
					target->flow = $5;
					target->at_most = $6;
					target->goals = $7;
					target->count = $8.count;
					target->of = $8.of;
					state->doc->targets = lappend(state->doc->targets, target);
					build_provision(state, &target->provision, $2, $3, @$);
				}
		;

direction:
			%empty			{ $$ = false; }
		|	at_most			{ $$ = true; }
		;

counted:
			%empty
				{ $$.count = $$.of = NULL; }
		|	COUNT_P WHERE_P expr
				{ $$.count = $3; $$.of = NULL; }
		|	COUNT_P WHERE_P expr OF_P expr
				{ $$.count = $3; $$.of = $5; }
		;

measure:
			STOCK_P			{ $$ = false; }
		|	FLOW_P			{ $$ = true; }
		;

goals:
			goal				{ $$ = list_make1($1); }
		|	goals ',' goal		{ $$ = lappend($1, $3); }
		;

goal:
			per_year ':' QUANTITY
				{
					$$ = palloc0(sizeof(Goal));
					$$->value = build_number(state, $3, @3);
				}
		|	QUANTITY ':' QUANTITY
				{
					$$ = palloc0(sizeof(Goal));
					$$->year = whole_number($1.number, FIRST_YEAR, LAST_YEAR);
					if ($$->year < 0 || ($1.unit != UNIT_FREE && $1.unit != UNIT_YEAR))
						read_error(state, @1.start, NULL, "the year of a goal must be from 1900 to 2999");
					$$->value = build_number(state, $3, @3);
				}
		;

service:
			SERVICE_P CODE STRING
				{
					Service    *service = palloc0(sizeof(Service));

					state->doc->services = lappend(state->doc->services, service);
					build_provision(state, &service->provision, $2, $3, @$);
				}
		;

/* ---------------- what every provision may carry ---------------- */

attribute:
			ARTICLE_P STRING
				{
					Provision  *provision = build_provision_of(state, @1);

					build_once(state, provision->article != NULL, @1, "article");
					provision->article = $2;
				}
		|	COVERS_P strings
				{
					Provision  *provision = build_provision_of(state, @1);

					provision->covers = list_concat(provision->covers, $2);
				}
		|	SUMMARY_P STRING
				{
					Provision  *provision = build_provision_of(state, @1);

					build_once(state, provision->summary != NULL, @1, "summary");
					provision->summary = $2;
				}
		|	WORDING_P STRING
				{
					Provision  *provision = build_provision_of(state, @1);

					build_once(state, provision->wording != NULL, @1, "wording");
					provision->wording = $2;
				}
		|	OFFICE_P strings
				{
					Provision  *provision = build_provision_of(state, @1);

					provision->offices = list_concat(provision->offices, $2);
				}
		|	SUBJECT_P subject
				{ build_provision_of(state, @1)->subject = $2; }
		|	NOTE_P STRING
				{ build_note(state, NULL, $2, @1); }
		|	NOTE_P CODE STRING
				{ build_note(state, $2, $3, @1); }
		;

subject:
			ENTERPRISE_P	{ $$ = SUBJECT_ENTERPRISE; }
		|	PLATFORM_P		{ $$ = SUBJECT_PLATFORM; }
		|	REGION_P		{ $$ = SUBJECT_REGION; }
		;

/* ---------------- examples ---------------- */

example:
			EXAMPLE_P STRING like EXPECT_P expectations
				{ build_example(state, $2, $3, NIL, $5, @$); }
		|	EXAMPLE_P STRING like GIVEN_P givens EXPECT_P expectations
				{ build_example(state, $2, $3, $5, $7, @$); }
		;

like:
			%empty			{ $$ = NULL; }
		|	LIKE_P STRING	{ $$ = $2; }
		;

givens:
			given				{ $$ = list_make1($1); }
		|	givens ',' given	{ $$ = lappend($1, $3); }
		;

given:
			PAID_OF_P CODE '=' given_value
				{ $$ = build_named(state, EXPR_SET, psprintf("paid of %s", $2), list_make1($4), @$); }
		|	SATISFIES_P CODE '=' given_value
				{ $$ = build_named(state, EXPR_SET, psprintf("satisfies %s", $2), list_make1($4), @$); }
		|	name '=' given_value
				{ $$ = build_named(state, EXPR_SET, $1, list_make1($3), @$); }
		|	ROWS_P '[' row_givens ']'
				{ $$ = build_expr(state, EXPR_ROWS, $3, @$); }
		|	given_name '[' QUANTITY ']' '=' literal
				{
					$$ = build_named(state, EXPR_SET, $1, list_make1($6), @$);
					$$->year = build_year(state, $3, @3);
				}
		;

/* What is given of each of several rows. */
row_givens:
			row_given						{ $$ = list_make1($1); }
		|	row_givens ',' row_given		{ $$ = lappend($1, $3); }
		;

row_given:
			'(' givens ')'
				{ $$ = build_expr(state, EXPR_ROW, $2, @$); }
		;

given_value:
			literal
		|	'[' ']'
				{ $$ = build_expr(state, EXPR_ROWS, NIL, @$); }
		|	'[' list_elements ']'
				{ $$ = build_expr(state, EXPR_ROWS, $2, @$); }
		;

list_elements:
			list_element						{ $$ = list_make1($1); }
		|	list_elements ',' list_element		{ $$ = lappend($1, $3); }
		;

list_element:
			literal
		|	'(' setters ')'
				{ $$ = build_expr(state, EXPR_ROW, $2, @$); }
		;

setters:
			setter					{ $$ = list_make1($1); }
		|	setters ',' setter		{ $$ = lappend($1, $3); }
		;

setter:
			name '=' literal
				{ $$ = build_named(state, EXPR_SET, $1, list_make1($3), @$); }
		;

number:
			QUANTITY		{ $$ = build_number(state, $1, @1); }
		|	'-' QUANTITY
				{
					$2.number = DatumGetNumeric(DirectFunctionCall1(numeric_uminus, NumericGetDatum($2.number)));
					$$ = build_number(state, $2, @$);
				}
		;

literal:
			number
		|	DATE_LITERAL
				{
					$$ = build_expr(state, EXPR_DATE, NIL, @1);
					$$->date = $1;
				}
		|	STRING			{ $$ = build_named(state, EXPR_TEXT, $1, NIL, @1); }
		|	TRUE_P
				{
					$$ = build_expr(state, EXPR_BOOLEAN, NIL, @1);
					$$->boolean = true;
				}
		|	FALSE_P			{ $$ = build_expr(state, EXPR_BOOLEAN, NIL, @1); }
		|	NONE_P			{ $$ = build_expr(state, EXPR_NONE, NIL, @1); }
		|	UNKNOWN_P		{ $$ = build_expr(state, EXPR_UNKNOWN, NIL, @1); }
		;

expectations:
			expectation						{ $$ = list_make1($1); }
		|	expectations ',' expectation	{ $$ = lappend($1, $3); }
		;

expectation:
			CLAUSE_P CODE verdict
				{
					$$ = $3;
					$$->kind = EXPECT_CLAUSE;
					$$->code = $2;
					$$->span = @$;
				}
		|	CLAUSE_P CODE STAGE_P CODE verdict
				{
					$$ = $5;
					$$->kind = EXPECT_STAGE;
					$$->code = $2;
					$$->stage = $4;
					$$->span = @$;
				}
		|	GROUP_P CODE verdict
				{
					$$ = $3;
					$$->kind = EXPECT_GROUP;
					$$->code = $2;
					$$->span = @$;
				}
		|	SELECT_P CODE verdict
				{
					$$ = $3;
					$$->kind = EXPECT_SELECTION;
					$$->code = $2;
					$$->span = @$;
				}
		|	SELECT_P CODE '(' row_verdicts ')'
				{ $$ = build_row_expectation(EXPECT_SELECTION, $2, $4, @$); }
		|	BUDGET_P CODE '(' row_verdicts ')'
				{ $$ = build_row_expectation(EXPECT_BUDGET, $2, $4, @$); }
		|	RUNG_P CODE verdict
				{
					$$ = $3;
					$$->kind = EXPECT_RUNG;
					$$->code = $2;
					$$->span = @$;
				}
		|	PLACEMENT_P expect_name
				{
					$$ = palloc0(sizeof(Expectation));
					$$->kind = EXPECT_PLACEMENT;
					$$->verdict = VERDICT_NAMES;
					$$->names = list_make1($2);
					$$->span = @$;
				}
		|	PLACEMENT_P RUNG_P CODE
				{
					$$ = palloc0(sizeof(Expectation));
					$$->kind = EXPECT_PLACEMENT;
					$$->verdict = VERDICT_NAMES;
					$$->names = list_make1($3);
					$$->span = @$;
				}
		|	PLACEMENT_P NONE_P
				{
					$$ = palloc0(sizeof(Expectation));
					$$->kind = EXPECT_PLACEMENT;
					$$->verdict = VERDICT_NONE;
					$$->span = @$;
				}
		|	PLACEMENT_P UNKNOWN_P
				{
					$$ = palloc0(sizeof(Expectation));
					$$->kind = EXPECT_PLACEMENT;
					$$->verdict = VERDICT_UNKNOWN;
					$$->span = @$;
				}
		|	AMOUNT_P verdict
				{
					$$ = $2;
					$$->kind = EXPECT_AMOUNT;
					$$->span = @$;
				}
		|	MISSING_P '(' ')'
				{
					$$ = palloc0(sizeof(Expectation));
					$$->kind = EXPECT_MISSING;
					$$->verdict = VERDICT_NAMES;
					$$->span = @$;
				}
		|	MISSING_P '(' names ')'
				{
					$$ = palloc0(sizeof(Expectation));
					$$->kind = EXPECT_MISSING;
					$$->verdict = VERDICT_NAMES;
					$$->names = $3;
					$$->span = @$;
				}
		|	expect_name verdict
				{
					$$ = $2;
					$$->kind = EXPECT_NAME;
					$$->code = $1;
					$$->expr = build_named(state, EXPR_NAME, $1, NIL, @1);
					$$->span = @$;
				}
		;

verdict:
			TRUE_P
				{ $$ = palloc0(sizeof(Expectation)); $$->verdict = VERDICT_TRUE; }
		|	FALSE_P
				{ $$ = palloc0(sizeof(Expectation)); $$->verdict = VERDICT_FALSE; }
		|	UNKNOWN_P
				{ $$ = palloc0(sizeof(Expectation)); $$->verdict = VERDICT_UNKNOWN; }
		|	NONE_P
				{ $$ = palloc0(sizeof(Expectation)); $$->verdict = VERDICT_NONE; }
		|	UNDETERMINED_P
				{ $$ = palloc0(sizeof(Expectation)); $$->verdict = VERDICT_UNDETERMINED; }
		|	'=' literal
				{ $$ = palloc0(sizeof(Expectation)); $$->verdict = VERDICT_EQUALS; $$->low = $2; }
		|	BETWEEN_P literal AND_P literal
				{
					$$ = palloc0(sizeof(Expectation));
					$$->verdict = VERDICT_BETWEEN;
					$$->low = $2;
					$$->high = $4;
				}
		;

/* What is expected of each row: a truth or an amount. */
row_verdicts:
			row_verdict						{ $$ = list_make1($1); }
		|	row_verdicts ',' row_verdict	{ $$ = lappend($1, $3); }
		;

row_verdict:
			number
				{
					$$ = palloc0(sizeof(Expectation));
					$$->verdict = VERDICT_EQUALS;
					$$->low = $1;
					$$->span = @$;
				}
		|	BETWEEN_P number AND_P number
				{
					$$ = palloc0(sizeof(Expectation));
					$$->verdict = VERDICT_BETWEEN;
					$$->low = $2;
					$$->high = $4;
					$$->span = @$;
				}
		|	TRUE_P
				{ $$ = palloc0(sizeof(Expectation)); $$->verdict = VERDICT_TRUE; $$->span = @$; }
		|	FALSE_P
				{ $$ = palloc0(sizeof(Expectation)); $$->verdict = VERDICT_FALSE; $$->span = @$; }
		|	UNKNOWN_P
				{ $$ = palloc0(sizeof(Expectation)); $$->verdict = VERDICT_UNKNOWN; $$->span = @$; }
		;

names:
			missing_name				{ $$ = list_make1($1); }
		|	names ',' missing_name		{ $$ = lappend($1, $3); }
		;

/* A fact, or what one has at an index, as `missing` names it. */
missing_name:
			name
		|	PAID_OF_P CODE	{ $$ = psprintf("paid of %s", $2); }
		|	name '[' literal ']'
				{ $$ = build_indexed_name(state, $1, $3); }
		;

/* ---------------- expressions ---------------- */

expr:
			or_expr
		;

or_expr:
			and_expr
		|	or_expr OR_P and_expr
				{ $$ = build_logic(state, EXPR_OR, $1, $3, @$); }
		;

and_expr:
			not_expr
		|	and_expr AND_P not_expr
				{ $$ = build_logic(state, EXPR_AND, $1, $3, @$); }
		;

not_expr:
			predicate
		|	NOT_P not_expr
				{ $$ = build_expr(state, EXPR_NOT, list_make1($2), @$); }
		;

predicate:
			arith
		|	SATISFIES_P CODE
				{ $$ = build_reference(state, EXPR_SATISFIES, $2, @2, NULL, @$); }
		|	SATISFIES_P CODE ON_P arith
				{ $$ = build_reference(state, EXPR_SATISFIES, $2, @2, $4, @$); }
		|	arith compare arith
				{ $$ = build_compare(state, $2, $1, $3, @$); }
		|	chain			{ teach_chain(state, $1.text, @1); }
		|	arith not BETWEEN_P arith AND_P arith
				{
					$$ = build_expr(state, EXPR_BETWEEN, list_make3($1, $4, $6), @$);
					$$->negated = $2;
				}
		|	arith not IN_P '(' members ')'
				{
					$$ = build_expr(state, EXPR_IN, lcons($1, $5), @$);
					$$->negated = $2;
				}
		|	arith IS_P not NULL_P
				{
					$$ = build_expr(state, EXPR_IS_NULL, list_make1($1), @$);
					$$->negated = $3;
				}
		|	arith EQUALS_P NULL_P
				{ $$ = build_expr(state, EXPR_IS_NULL, list_make1($1), @$); }
		|	arith DIFFERS_P NULL_P
				{
					$$ = build_expr(state, EXPR_IS_NULL, list_make1($1), @$);
					$$->negated = true;
				}
		;

/* An error, unless it is read here, would not name the operands. */
chain:
			arith compare arith compare arith
				{
					$$.text = teach_chain_text(state, teach_text(state, @1.start, @3.end), @3, @5);
					$$.last = @5;
				}
		|	chain compare arith
				{
					$$.text = teach_chain_text(state, $1.text, $1.last, @3);
					$$.last = @3;
				}
		;

not:
			%empty			{ $$ = false; }
		|	NOT_P			{ $$ = true; }
		;

compare:
			'='				{ $$ = CMP_EQ; }
		|	NOT_EQUAL		{ $$ = CMP_NE; }
		|	'<'				{ $$ = CMP_LT; }
		|	AT_MOST_SIGN	{ $$ = CMP_LE; }
		|	'>'				{ $$ = CMP_GT; }
		|	AT_LEAST_SIGN	{ $$ = CMP_GE; }
		/* the same in words */
		|	EQUALS_P		{ $$ = CMP_EQ; }
		|	DIFFERS_P		{ $$ = CMP_NE; }
		|	LESS_P			{ $$ = CMP_LT; }
		|	at_most			{ $$ = CMP_LE; }
		|	MORE_P			{ $$ = CMP_GT; }
		|	at_least		{ $$ = CMP_GE; }
		;

members:
			arith					{ $$ = list_make1($1); }
		|	members ',' arith		{ $$ = lappend($1, $3); }
		;

arith:
			term
		|	arith '+' term
				{ $$ = build_expr(state, EXPR_ADD, list_make2($1, $3), @$); }
		|	arith '-' term
				{ $$ = build_expr(state, EXPR_SUBTRACT, list_make2($1, $3), @$); }
		;

term:
			factor
		|	term '*' factor
				{ $$ = build_expr(state, EXPR_MULTIPLY, list_make2($1, $3), @$); }
		|	term '/' factor
				{ $$ = build_expr(state, EXPR_DIVIDE, list_make2($1, $3), @$); }
		;

factor:
			power
		|	'-' factor
				{ $$ = build_expr(state, EXPR_NEGATE, list_make1($2), @$); }
		;

/* The exponent is a literal, and it does not chain. */
power:
			primary
		|	primary '^' QUANTITY
				{ $$ = build_power(state, $1, $3, @3, @$); }
		;

primary:
			QUANTITY		{ $$ = build_number(state, $1, @1); }
		|	DATE_LITERAL
				{
					$$ = build_expr(state, EXPR_DATE, NIL, @1);
					$$->date = $1;
				}
		|	STRING			{ $$ = build_named(state, EXPR_TEXT, $1, NIL, @1); }
		|	TRUE_P
				{
					$$ = build_expr(state, EXPR_BOOLEAN, NIL, @1);
					$$->boolean = true;
				}
		|	FALSE_P			{ $$ = build_expr(state, EXPR_BOOLEAN, NIL, @1); }
		|	name			{ $$ = build_named(state, EXPR_NAME, $1, NIL, @1); }
		|	AMOUNT_OF_P CODE
				{ $$ = build_reference(state, EXPR_AMOUNT_OF, $2, @2, NULL, @$); }
		|	PAID_OF_P CODE
				{ $$ = build_reference(state, EXPR_PAID_OF, $2, @2, NULL, @$); }
		|	LEVEL_OF_P CODE
				{ $$ = build_reference(state, EXPR_LEVEL_OF, $2, @2, NULL, @$); }
		|	name '.' name
				{
					$$ = build_named(state, EXPR_NAME, $3, NIL, @$);
					$$->element = $1;
				}
		|	'(' expr ')'	{ $$ = $2; }
		|	name '[' expr ']'
				{ $$ = build_named(state, EXPR_INDEX, $1, list_make1($3), @$); }
		|	name '[' expr ']' '.' name
				{
					$$ = build_named(state, EXPR_INDEX, $1, list_make1($3), @$);
					$$->column = $6;
				}
		|	name '(' exprs ')'
				{ $$ = build_named(state, EXPR_CALL, $1, $3, @$); }
		|	name '(' argument element WHERE_P expr ')'
				{ $$ = build_list_call(state, $1, $3, $4, $6, NULL, @$); }
		|	name '(' argument element ':' expr ')'
				{ $$ = build_list_call(state, $1, $3, $4, NULL, $6, @$); }
		|	name '(' argument element WHERE_P expr ':' expr ')'
				{ $$ = build_list_call(state, $1, $3, $4, $6, $8, @$); }
		|	BAND_P '(' expr ':' arms ')'
				{ $$ = build_expr(state, EXPR_BAND, lcons($3, $5), @$); }
		|	TIERS_P '(' expr ':' tiers ')'
				{
					$$ = build_expr(state, EXPR_TIERS, lcons($3, $5), @$);
					$$->has_else = list_length($5) % 2 == 1;
				}
		|	CASE_P when_arms END_P
				{ $$ = build_expr(state, EXPR_CASE, $2, @$); }
		|	CASE_P when_arms ELSE_P expr END_P
				{
					$$ = build_expr(state, EXPR_CASE, lappend($2, $4), @$);
					$$->has_else = true;
				}
		;

exprs:
			argument				{ $$ = list_make1($1); }
		|	exprs ',' argument		{ $$ = lappend($1, $3); }
		;

/* Of a call; only functions that say so take a range. */
argument:
			expr
		|	arith TO_P arith
				{ $$ = build_expr(state, EXPR_RANGE, list_make2($1, $3), @$); }
		;

/* What the element of a list is called. */
element:
			%empty				{ $$ = NULL; }
		|	AS_P name			{ $$ = $2; }
		|	NAMED_P name		{ $$ = $2; }
		;

when_arms:
			WHEN_P expr THEN_P expr					{ $$ = list_make2($2, $4); }
		|	when_arms WHEN_P expr THEN_P expr		{ $$ = lappend(lappend($1, $3), $5); }
		;

arms:
			arm					{ $$ = list_make1($1); }
		|	arms ',' arm		{ $$ = lappend($1, $3); }
		;

arm:
			compare arith THEN_P expr
				{
					$$ = build_expr(state, EXPR_ARM, list_make2($4, $2), @$);
					$$->compare = $1;
				}
		|	IN_P '(' members ')' THEN_P expr
				{
					$$ = build_expr(state, EXPR_ARM, lcons($6, $3), @$);
					$$->compare = CMP_EQ;
				}
		|	ELSE_P expr
				{ $$ = build_expr(state, EXPR_ARM, list_make1($2), @$); }
		;

/* Rates and bounds in turn; the rate of else has no bound. */
tiers:
			tier_parts
		|	tier_parts ',' ELSE_P number	{ $$ = lappend($1, $4); }
		;

tier_parts:
			number TO_P number						{ $$ = list_make2($1, $3); }
		|	tier_parts ',' number TO_P number		{ $$ = lappend(lappend($1, $3), $5); }
		;

/* ---------------- names ---------------- */

name:
			IDENT
		|	unreserved			{ $$ = $1; is_name(state, @1); }
		;

unreserved:
			unreserved_but_rows
		|	ROWS_P
		;

/* In an example, "rows [" begins the rows. */
given_name:
			IDENT
		|	unreserved_but_rows	{ $$ = $1; is_name(state, @1); }
		;

unreserved_but_rows:
			plain_unreserved
		|	AMOUNT_P
		|	PLACEMENT_P
		|	MISSING_P
		;

expect_name:
			IDENT
		|	plain_unreserved	{ $$ = $1; is_name(state, @1); }
		|	ROWS_P				{ $$ = $1; is_name(state, @1); }
		;

plain_unreserved:
			ARTICLE_P | AS_P | AT_P | AT_LEAST_P | AT_MOST_P | BOOLEAN_P | BY_DATE_P | BY_NUMBER_P | BY_P | BY_TEXT_P | BY_YEAR_P | CAP_P
		|	COUNT_P | COVERS_P | CURRENCY_P | DATE_P | DEFAULT_P | DEFINE_P | DESC_P | DIFFERS_P | EACH_P | ELIGIBILITY_P
		|	ENTERPRISE_P | EQUALS_P | EXAMPLE_P | EXPECT_P | FACT_P | FIRST_P | FIXED_P | FLOW_P | FORCE_P | FROM_P
		|	GIVEN_P | IN_ALL_P | ISSUED_P | ISSUER_P | LADDER_P | LEAST_P | LESS_P | LEVEL_P | LIKE_P
		|	LIST_P | MEANS_P | MORE_P | MOST_P | NAMED_P | NUMBER_P | OF_P | OFFICE_P | ON_P | ONCE_P | OVER_P | PART_P | PAY_P | PER_P
		|	PER_YEAR_P | PLATFORM_P | POINTS_P | POPULATION_P | PRO_RATA_P | REGION_P | REWARD_P | SCORE_P
		|	SHOULD_P | SOURCE_P | STOCK_P | SUBJECT_P | SUBSIDY_P | SUMMARY_P | TABLE_P | TAX_P
		|	TEXT_P | THROUGH_P | TO_P | UNIT_P | UNTIL_P | USES_P | WHERE_P | WORDING_P | YEAR_P
		;

%%

/* The keywords in both languages, for messages. */
static const struct
{
	yysymbol_kind_t symbol;
	const char *english;
	const char *chinese;
}			words[] = {
#define KEYWORD(token, english, chinese) {YYSYMBOL_##token, english, chinese},
#include "language/keywords.h"
#undef KEYWORD
};

/* What a grammar state takes. */
typedef struct Expected
{
	const yysymbol_kind_t *symbols;
	int			count;
	bool		chinese;		/* list keywords in Chinese */
	bool		names;
	bool		signs;
} Expected;

static bool
expects(const Expected *expected, yysymbol_kind_t symbol)
{
	int			i;

	for (i = 0; i < expected->count; i++)
		if (expected->symbols[i] == symbol)
			return true;
	return false;
}

static bool
is_comparison_word(yysymbol_kind_t symbol)
{
	switch (symbol)
	{
		case YYSYMBOL_AT_P:
		case YYSYMBOL_AT_LEAST_P:
		case YYSYMBOL_AT_MOST_P:
		case YYSYMBOL_DIFFERS_P:
		case YYSYMBOL_EQUALS_P:
		case YYSYMBOL_LESS_P:
		case YYSYMBOL_MORE_P:
			return true;
		default:
			return false;
	}
}

/* How a message shows a symbol. */
static const char *
shown(const Expected *expected, yysymbol_kind_t symbol)
{
	const char *english = yysymbol_name(symbol);
	size_t		i;

	if (!expected->chinese)
		return english;
	if (symbol == YYSYMBOL_NUMBER_P && expects(expected, YYSYMBOL_ISSUER_P))
		return message_word("文号", english);
	for (i = 0; i < lengthof(words); i++)
		if (words[i].symbol == symbol && words[i].chinese)
			return message_word(words[i].chinese, english);
	return english;
}

/* Whether the list of what was expected names a symbol. */
static bool
is_listed(const Expected *expected, yysymbol_kind_t symbol)
{
	if (symbol == YYSYMBOL_STATEMENTS_P)
		return false;

	/* both name the element of a list, each in its language */
	if (expected->chinese ? symbol == YYSYMBOL_AS_P && expects(expected, YYSYMBOL_NAMED_P) : symbol == YYSYMBOL_NAMED_P)
		return false;

	/* the signs stand for the words that mean the same */
	if (expected->signs && is_comparison_word(symbol))
		return false;

	/* a second comparison is expected only to be reported */
	if (expected->signs && !expects(expected, YYSYMBOL_IN_P) &&
		((symbol >= YYSYMBOL_NOT_EQUAL && symbol <= YYSYMBOL_AT_LEAST_SIGN) || is_comparison_word(symbol) ||
		 strchr("=<>", yysymbol_name(symbol)[1]) != NULL))
		return false;

	/* where a name is allowed, so are all unreserved keywords, and references */
	if (expected->names && ((symbol >= YYSYMBOL_AMOUNT_P && symbol <= YYSYMBOL_YEAR_P) ||
							(symbol >= YYSYMBOL_SATISFIES_P && symbol <= YYSYMBOL_PAID_OF_P)))
		return false;
	return true;
}

/*
 * The keyword that the author may have meant: another word for it, or one that looks like it.
 */
static char *
nearest_keyword(const Expected *expected, const char *word)
{
	Nearest		nearest;
	const char *synonym;
	size_t		j;
	int			i;

	for (i = 0; (synonym = teach_keyword(word, i)) != NULL; i++)
		for (j = 0; j < lengthof(words); j++)
			if (words[j].english && strcmp(words[j].english, synonym) == 0 && expects(expected, words[j].symbol))
				return psprintf(_("Perhaps you meant \"%s\"."), shown(expected, words[j].symbol));

	nearest_start(&nearest, word);
	for (i = 0; i < expected->count; i++)
	{
		if (expected->symbols[i] < YYSYMBOL_AND_P || expected->symbols[i] > YYSYMBOL_YEAR_P)
			continue;
		nearest_offer(&nearest, yysymbol_name(expected->symbols[i]));
		for (j = 0; j < lengthof(words); j++)
			if (words[j].symbol == expected->symbols[i] && words[j].chinese)
				nearest_offer(&nearest, words[j].chinese);
	}

	/* in the language of the document, if both languages have the word */
	for (j = 0; j < lengthof(words) && nearest.best; j++)
		if (words[j].english && words[j].chinese && strcmp(words[j].chinese, nearest.best) == 0 && !expected->chinese)
			return psprintf(_("Perhaps you meant \"%s\"."), words[j].english);
	return nearest_hint(&nearest);
}

/* Reports a mistake that is recognised, with its correction. */
static void
report_known_mistake(ReadState *state, const Expected *expected, Span at)
{
	Unexpected	unexpected = {0};
	int			i;

	unexpected.token = read_token_before(state, 0)->token;
	unexpected.at = at;
	unexpected.operand = expects(expected, YYSYMBOL_QUANTITY) && expects(expected, YYSYMBOL_CASE_P);
	unexpected.comparison = expected->signs && expects(expected, YYSYMBOL_BETWEEN_P);
	unexpected.text = expects(expected, YYSYMBOL_STRING) && !expected->names;
	unexpected.only_text = unexpected.text;
	for (i = 0; i < expected->count; i++)
		unexpected.only_text &= expected->symbols[i] < YYSYMBOL_AND_P && expected->symbols[i] != YYSYMBOL_QUANTITY;
	unexpected.date = expects(expected, YYSYMBOL_DATE_LITERAL) && !expects(expected, YYSYMBOL_QUANTITY);
	unexpected.and_only = expects(expected, YYSYMBOL_AND_P) && !expects(expected, YYSYMBOL_OR_P) && !expected->signs;
	for (i = 0; i < expected->count; i++)
	{
		unexpected.equals_only |= !expected->signs && strcmp(yysymbol_name(expected->symbols[i]), "'='") == 0;
		unexpected.bracket |= strcmp(yysymbol_name(expected->symbols[i]), "'('") == 0;
	}
	unexpected.when = expects(expected, YYSYMBOL_WHEN_P);
	teach_syntax(state, &unexpected);
}

/*
 * Reports an unexpected token, the expected ones, and the keyword that the author may have
 * meant.
 */
static int
yyreport_syntax_error(const yypcontext_t *context, ReadState *state,
					  void *scanner pg_attribute_unused())
{
	yysymbol_kind_t symbols[YYNTOKENS];
	yysymbol_kind_t found = yypcontext_token(context);
	Span	   *at = yypcontext_location(context);
	char	   *word = pnstrdup(state->text + at->start, at->end - at->start);
	bool		is_word = found >= YYSYMBOL_IDENT && found != YYSYMBOL_STRING &&
		found != YYSYMBOL_QUANTITY;
	Expected	expected;
	int			listed = 0;
	StringInfoData list;
	int			i;

	expected.symbols = symbols;
	expected.count = yypcontext_expected_tokens(context, symbols, YYNTOKENS);
	expected.chinese = teach_in_chinese(state, 1);
	expected.names = expects(&expected, YYSYMBOL_IDENT);
	expected.signs = expects(&expected, YYSYMBOL_NOT_EQUAL);

	report_known_mistake(state, &expected, *at);
	initStringInfo(&list);
	for (i = 0; i < expected.count; i++)
		if (is_listed(&expected, symbols[i]) && ++listed <= 12)
			appendStringInfo(&list, "%s%s", list.len > 0 ? ", " : "", shown(&expected, symbols[i]));
	state->detail = psprintf(listed > 12 ? _("Expected %s, and more.") : _("Expected %s."),
							 list.len > 0 ? list.data : yysymbol_name(YYSYMBOL_YYEOF));
	if (found == YYSYMBOL_YYEOF)
		read_error(state, at->start, NULL, "the text ends too early");
	read_error(state, at->start, is_word ? nearest_keyword(&expected, word) : NULL, found == YYSYMBOL_STRING ? gettext_noop("unexpected text %s") : gettext_noop("unexpected \"%s\""), word);
	return 0;
}

/* Adds a token to the hash of the text.  The first one and the last one may have no characters. */
static void
add_content(ReadState *state, const Token *token)
{
	if (token->span.end > token->span.start)
		state->content = hash_bytes_extended((const unsigned char *) state->text + token->span.start,
											 token->span.end - token->span.start, state->content);
}

/* Begins the hash again at a position.  The parser may have read one token behind it. */
static void
restart_content(ReadState *state, int from)
{
	const Token *last = &state->recent[(state->ntokens - 1) & (RECENT_TOKENS - 1)];

	state->content = 0;
	if (last->span.start >= from)
		add_content(state, last);
}

static void
keep_token(TextTokens *tokens, int token, const YYLTYPE *location)
{
	TextToken  *kept;

	if (tokens->count == tokens->size)
	{
		tokens->size *= 2;
		tokens->tokens = repalloc_huge(tokens->tokens, tokens->size * sizeof(TextToken));
	}
	kept = &tokens->tokens[tokens->count++];
	kept->token = token;
	kept->span = *location;
	kept->name = false;
}

/* Notes that a keyword is a name, for those who want the tokens. */
static void
is_name(ReadState *state, YYLTYPE location)
{
	int			i;

	/* the parser looks ahead by one token */
	for (i = state->tokens ? state->tokens->count - 1 : -1; i >= 0 && state->tokens->tokens[i].span.start >= location.start; i--)
		if (state->tokens->tokens[i].span.start == location.start)
			state->tokens->tokens[i].name = true;
}

/* The scanner's next token, which is remembered for error messages. */
static int
next_token(YYSTYPE *value, YYLTYPE *location, ReadState *state, void *scanner)
{
	int			token = zjtx_yylex(value, location, scanner);
	Token	   *recent = &state->recent[state->ntokens++ & (RECENT_TOKENS - 1)];

	recent->token = token;
	recent->span = *location;
	add_content(state, recent);
	recent->keyword = token >= AND_P && token <= YEAR_P;
	if (recent->keyword)
		(IS_HIGHBIT_SET(state->text[location->start])) ? state->chinese++ : state->english++;
	if (state->tokens)
		keep_token(state->tokens, token, location);
	return token;
}

static void
zjtx_yyerror(YYLTYPE *location, ReadState *state, void *scanner pg_attribute_unused(),
			 const char *message pg_attribute_unused())
{
	/* syntax errors are reported above, so this is a parser stack overflow */
	read_error(state, location->start, NULL, "nested too deeply");
}
