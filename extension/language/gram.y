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

#include "language/build.h"
#include "language/syntax.h"
#include "language/teach.h"
#include "language/gram.h"
#include "language/tokens.h"
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
static void zjtx_yyerror(YYLTYPE *location, ReadState *state, void *scanner, const char *message);

#undef yylex
#define yylex token_next
}

%token YYEOF 0 _("the end of the text")
%token <text> IDENT _("a name") CODE _("a code") STRING _("text in quotes")
%token <quantity> QUANTITY _("a number")
%token <date> DATE_LITERAL _("a date")
%token NOT_EQUAL "<>" AT_MOST_SIGN "<=" AT_LEAST_SIGN ">="

/*
 * The keywords.  keywords.h has their words, in English and Chinese; only those that have no English word of
 * their own have one here, for messages.  First the reserved ones, then those that can be names.
 */
%token <text> AND_P OR_P NOT_P BETWEEN_P IN_P IS_P NULL_P TRUE_P FALSE_P CASE_P WHEN_P THEN_P ELSE_P
	END_P BAND_P TIERS_P POLICY_P CLAUSE_P STAGE_P RUNG_P TARGET_P SERVICE_P SERIES_P REPEALS_P NOTE_P
	NONE_P UNKNOWN_P UNDETERMINED_P GROUP_P SELECT_P BUDGET_P SATISFIES_P AMOUNT_OF_P LEVEL_OF_P
	PAID_OF_P BEST_OF_P SUM_OF_P

%token <text> AMOUNT_P ARTICLE_P AS_P AT_P AT_LEAST_P "at least" AT_MOST_P "at most" BOOLEAN_P
	BY_DATE_P "by date" BY_NUMBER_P "by number" BY_P BY_TEXT_P "by text" BY_YEAR_P "by year" CAP_P
	COUNT_P COVERS_P CURRENCY_P DATE_P DEFAULT_P DEFINE_P DESC_P DIFFERS_P "unequal" EACH_P
	ELIGIBILITY_P ENTERPRISE_P EQUALS_P "equal" EXAMPLE_P EXPECT_P FACT_P FIRST_P FIXED_P FLOW_P
	FORCE_P FROM_P GIVEN_P IN_ALL_P ISSUED_P ISSUER_P LADDER_P LEAST_P LESS_P "less" LEVEL_P LIKE_P
	LIST_P MEANS_P MISSING_P MORE_P "more" MOST_P NAMED_P "named" NUMBER_P OF_P OFFICE_P ON_P ONCE_P
	OVER_P PART_P PAY_P PER_P PER_YEAR_P "per year" PLACEMENT_P PLATFORM_P POINTS_P POPULATION_P
	PRO_RATA_P REGION_P REWARD_P ROWS_P SCORE_P SHOULD_P SOURCE_P STOCK_P SUBJECT_P SUBSIDY_P SUMMARY_P
	TABLE_P TAX_P TEXT_P THROUGH_P TO_P UNIT_P UNTIL_P USES_P WHERE_P WORDING_P YEAR_P

/* Never in a text.  The scanner returns it first when statements without a document are parsed. */
%token STATEMENTS_P "statements"

%type <text> name given_name missing_name expect_name unreserved unreserved_but_rows
	plain_unreserved optional_title optional_code element like
%type <expr> expr or_expr and_expr not_expr predicate arith term factor power primary argument
	mapping arm literal number given_value list_element given setter optional_when row_given
%type <list> sort_keys budget_order population_values row_givens row_verdicts mapped group_members
	exprs when_arms arms tiers tier_parts members strings text_values names fields setters
	list_elements givens expectations goals columns cells literals
%type <integer> compare scalar_type measure null_meaning subject clause_kind table_key
%type <unit> unit_name unit
%type <sort_key> sort_key
%type <population_value> population_value
%type <boolean> descending default_day how not direction fixed once by_year
%type <text_value> text_value
%type <counted> counted
%type <fact> field column
%type <table> table_rows
%type <row> table_row
%type <range> range
%type <goal> goal
%type <expectation> expectation verdict row_verdict
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

/* Only one of the provisions that follow gives answers.  It needs the others. */
part_of:
			PART_P STRING OF_P	{ build_part(state, $2, @2); }
		;

bound_to:
			as_of default_day DATE_LITERAL	{ build_bound(state, $3, $2, @3); }
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
			expr	{ build_bare(state, $1, @1); }
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
				{ build_text(state, &state->doc->number, $2, @1, "number"); }
		|	ISSUER_P STRING
				{ build_text(state, &state->doc->issuer, $2, @1, "issuer"); }
		|	REGION_P STRING
				{ build_text(state, &state->doc->region, $2, @1, "region"); }
		|	SOURCE_P STRING
				{ build_text(state, &state->doc->source, $2, @1, "source"); }
		|	ISSUED_P DATE_LITERAL
				{ build_day(state, &state->doc->has_issued, &state->doc->issued, $2, @1, "issued"); }
		|	IN_P FORCE_P FROM_P DATE_LITERAL in_force_until
				{ build_day(state, &state->doc->has_from, &state->doc->from, $4, @1, "in force"); }
		|	FORCE_P FROM_P DATE_LITERAL in_force_until
				{ build_day(state, &state->doc->has_from, &state->doc->from, $3, @1, "in force"); }
		|	REPEALS_P optional_code
				{ state->doc->repeals = lappend(state->doc->repeals, $2); }
		|	SERIES_P CODE
				{ build_text(state, &state->doc->series, $2, @1, "series"); }
		|	UNIT_P IDENT
				{ build_declared_unit(state, $2, NULL, false, @2); }
		|	UNIT_P IDENT '=' QUANTITY
				{ build_declared_unit(state, $2, &$4, false, @2); }
		|	UNIT_P IDENT CURRENCY_P
				{ build_declared_unit(state, $2, NULL, true, @2); }
		|	USES_P want_code used_documents
		;

/* The documents that this one uses, each with the facts that are mapped, in brackets. */
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

/* This is reduced without a lookahead token, so the code that follows has not been scanned yet. */
want_code:
			%empty			{ scanner_want_code(scanner); }
		;

in_force_until:
			%empty
		|	UNTIL_P DATE_LITERAL		{ build_until(state, $2, false); }
		|	THROUGH_P DATE_LITERAL		{ build_until(state, $2, true); }
		;

optional_code:
			CODE
		|	STRING
		;

/* ---------------- facts ---------------- */

fact:
			FACT_P field by_year optional_title range null_meaning fixed
				{
					build_declaration($2, $4, &$5, $6);
					build_fact(state, $2, $3, @3, $7, @$);
				}
		;

field:
			name scalar_type unit
				{ $$ = build_field(state, $1, $2, $3, @3, @$); }
		|	name LIST_P OF_P scalar_type unit
				{ $$ = build_list($1, list_make1(build_field(state, pstrdup(IT_NAME), $4, $5, @5, @4)), true, @$); }
		|	name LIST_P '(' fields ')'
				{ $$ = build_list($1, $4, false, @$); }
		;

by_year:
			%empty			{ $$ = false; }
		|	BY_P YEAR_P		{ $$ = true; }
		|	BY_YEAR_P		{ $$ = true; }
		;

fields:
			field optional_title range null_meaning
				{ $$ = list_make1(build_declaration($1, $2, &$3, $4)); }
		|	fields ',' field optional_title range null_meaning
				{ $$ = lappend($1, build_declaration($3, $4, &$5, $6)); }
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
			%empty							{ $$ = (FactRange) {0}; }
		|	at_least literal				{ $$ = (FactRange) {.low = $2}; }
		|	at_most literal					{ $$ = (FactRange) {.high = $2}; }
		|	BETWEEN_P literal AND_P literal	{ $$ = (FactRange) {.low = $2, .high = $4}; }
		|	IN_P '(' text_values ')'		{ $$ = (FactRange) {.values = $3}; }
		;

/* A text value, followed by its labels. */
text_values:
			text_value						{ $$ = list_make1($1); }
		|	text_values ',' text_value		{ $$ = lappend($1, $3); }
		;

text_value:
			STRING					{ $$ = build_text_value($1, @1); }
		|	text_value STRING		{ $$ = build_label($1, $2, @2); }
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
		|	NULL_P MEANS_P QUANTITY		{ $$ = build_null_number(state, $3, @3); }
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
				{ build_table(state, $8, $4, $6, $2, $3, @$); }
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
				{ $$ = build_field(state, $1, TYPE_NUMBER, $2, @$, @$); }
		|	name scalar_type unit
				{ $$ = build_field(state, $1, $2, $3, @$, @$); }
		;

table_rows:
			table_row				{ $$ = build_row(state, NULL, $1); }
		|	table_rows ',' table_row
				{ $$ = build_row(state, $1, $3); }
		;

table_row:
			literal ':' cells
				{ $$ = build_table_row($1, $3, @$); }
		|	ELSE_P optional_colon cells
				{ $$ = build_table_row(NULL, $3, @$); }
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
				{ build_define(state, $2, $3, $5, @$); }
		|	DEFINE_P name optional_title OF_P name element '=' expr
				{ build_define_of(build_define(state, $2, $3, $8, @$), $5, @5, $6); }
		|	SCORE_P name optional_title '=' expr
				{ build_define(state, $2, $3, $5, @$)->is_score = true; }
		;

optional_title:
			%empty			{ $$ = NULL; }
		|	STRING
		;

/* ---------------- clauses ---------------- */

clause:
			CLAUSE_P CODE optional_title
				{ build_clause(state, $2, $3, @$); }
		;

clause_part:
			clause_kind
				{ build_kind(state, $1, @1); }
		|	per_year
				{ build_clause_of(state, @1)->per_year = true; }
		|	CAP_P expr
				{ build_cap(state, $2, false, @1); }
		|	CAP_P expr IN_ALL_P
				{ build_cap(state, $2, true, @1); }
		|	PAY_P expr
				{ build_pay(state, $2, @1); }
		|	PAY_P UNDETERMINED_P
				{ build_undetermined(state, @1); }
		|	STAGE_P CODE optional_title each ON_P expr optional_when PAY_P expr
				{ build_stage(state, $2, $3, &$4, @4, $6, $7, $9, @1, @$); }
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
			%empty					{ $$ = (Each) {0}; }
		|	EACH_P name once		{ $$ = (Each) {$2, $3}; }
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
				{ build_ladder(state, $2, @1, @$); }
		;

rung:
			RUNG_P CODE optional_title
				{ build_rung(state, $2, $3, @1, @$); }
		;

rung_part:
			LEVEL_P QUANTITY	{ build_level(state, $2, @2, @1); }
		/* shared by clauses and rungs */
		|	WHEN_P expr			{ build_when(state, $2, @1); }
		|	SHOULD_P expr		{ build_should(state, $2, @1); }
		;

/* ---------------- groups ---------------- */

group:
			GROUP_P CODE optional_title how group_members
				{ build_group(state, $2, $3, $4, $5, @$); }
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
			arith descending	{ $$ = build_sort_key($1, $2); }
		;

descending:
			%empty			{ $$ = false; }
		|	DESC_P			{ $$ = true; }
		;

budget:
			BUDGET_P CODE optional_title QUANTITY budget_order OVER_P want_codes group_members
				{ build_budget(state, $2, $3, build_number(state, $4, @4), $5, $8, @$); }
		;

budget_order:
			PRO_RATA_P			{ $$ = NIL; }
		|	BY_P sort_keys		{ $$ = $2; }
		;

/* This is reduced without a lookahead token, so the codes that follow have not been scanned yet. */
want_codes:
			%empty			{ scanner_want_codes(scanner); }
		;

population:
			POPULATION_P name optional_title optional_when ':' population_values
				{ build_population(state, $2, $3, $4, $6, @$); }
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
					Target	   *target = build_target(state, $2, $3, $4, $7, &$8, @$);

					target->flow = $5;
					target->at_most = $6;
				}
		;

direction:
			%empty			{ $$ = false; }
		|	at_most			{ $$ = true; }
		;

counted:
			%empty							{ $$ = (Counted) {0}; }
		|	COUNT_P WHERE_P expr			{ $$ = (Counted) {.count = $3}; }
		|	COUNT_P WHERE_P expr OF_P expr	{ $$ = (Counted) {.count = $3, .of = $5}; }
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
				{ $$ = build_goal(0, build_number(state, $3, @3)); }
		|	QUANTITY ':' QUANTITY
				{ $$ = build_goal(build_goal_year(state, $1, @1), build_number(state, $3, @3)); }
		;

service:
			SERVICE_P CODE STRING
				{ build_service(state, $2, $3, @$); }
		;

/* ---------------- what every provision may carry ---------------- */

attribute:
			ARTICLE_P STRING
				{ build_text(state, &build_provision_of(state, @1)->article, $2, @1, "article"); }
		|	COVERS_P strings
				{ build_covers(build_provision_of(state, @1), $2); }
		|	SUMMARY_P STRING
				{ build_text(state, &build_provision_of(state, @1)->summary, $2, @1, "summary"); }
		|	WORDING_P STRING
				{ build_text(state, &build_provision_of(state, @1)->wording, $2, @1, "wording"); }
		|	OFFICE_P strings
				{ build_offices(build_provision_of(state, @1), $2); }
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
				{ $$ = build_in_year(build_named(state, EXPR_SET, $1, list_make1($6), @$), build_year(state, $3, @3)); }
		;

/* The facts given for each of several rows. */
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
		|	'-' QUANTITY	{ $$ = build_negative(state, $2, @$); }
		;

literal:
			number
		|	DATE_LITERAL	{ $$ = build_date(state, $1, @1); }
		|	STRING			{ $$ = build_named(state, EXPR_TEXT, $1, NIL, @1); }
		|	TRUE_P			{ $$ = build_boolean(state, true, @1); }
		|	FALSE_P			{ $$ = build_boolean(state, false, @1); }
		|	NONE_P			{ $$ = build_expr(state, EXPR_NONE, NIL, @1); }
		|	UNKNOWN_P		{ $$ = build_expr(state, EXPR_UNKNOWN, NIL, @1); }
		;

expectations:
			expectation						{ $$ = list_make1($1); }
		|	expectations ',' expectation	{ $$ = lappend($1, $3); }
		;

expectation:
			CLAUSE_P CODE verdict
				{ $$ = build_expectation(EXPECT_CLAUSE, $2, $3, @$); }
		|	CLAUSE_P CODE STAGE_P CODE verdict
				{
					$$ = build_expectation(EXPECT_STAGE, $2, $5, @$);
					$$->stage = $4;
				}
		|	GROUP_P CODE verdict
				{ $$ = build_expectation(EXPECT_GROUP, $2, $3, @$); }
		|	SELECT_P CODE verdict
				{ $$ = build_expectation(EXPECT_SELECTION, $2, $3, @$); }
		|	SELECT_P CODE '(' row_verdicts ')'
				{ $$ = build_expectation(EXPECT_SELECTION, $2, build_rows($4, @$), @$); }
		|	BUDGET_P CODE '(' row_verdicts ')'
				{ $$ = build_expectation(EXPECT_BUDGET, $2, build_rows($4, @$), @$); }
		|	RUNG_P CODE verdict
				{ $$ = build_expectation(EXPECT_RUNG, $2, $3, @$); }
		|	PLACEMENT_P expect_name
				{ $$ = build_expectation(EXPECT_PLACEMENT, NULL, build_names(list_make1($2), @2), @$); }
		|	PLACEMENT_P RUNG_P CODE
				{ $$ = build_expectation(EXPECT_PLACEMENT, NULL, build_names(list_make1($3), @3), @$); }
		|	PLACEMENT_P NONE_P
				{ $$ = build_expectation(EXPECT_PLACEMENT, NULL, build_verdict(VERDICT_NONE, @2), @$); }
		|	PLACEMENT_P UNKNOWN_P
				{ $$ = build_expectation(EXPECT_PLACEMENT, NULL, build_verdict(VERDICT_UNKNOWN, @2), @$); }
		|	AMOUNT_P verdict
				{ $$ = build_expectation(EXPECT_AMOUNT, NULL, $2, @$); }
		|	MISSING_P '(' ')'
				{ $$ = build_expectation(EXPECT_MISSING, NULL, build_names(NIL, @$), @$); }
		|	MISSING_P '(' names ')'
				{ $$ = build_expectation(EXPECT_MISSING, NULL, build_names($3, @3), @$); }
		|	expect_name verdict
				{
					$$ = build_expectation(EXPECT_NAME, $1, $2, @$);
					$$->expr = build_named(state, EXPR_NAME, $1, NIL, @1);
				}
		;

verdict:
			TRUE_P			{ $$ = build_verdict(VERDICT_TRUE, @$); }
		|	FALSE_P			{ $$ = build_verdict(VERDICT_FALSE, @$); }
		|	UNKNOWN_P		{ $$ = build_verdict(VERDICT_UNKNOWN, @$); }
		|	NONE_P			{ $$ = build_verdict(VERDICT_NONE, @$); }
		|	UNDETERMINED_P	{ $$ = build_verdict(VERDICT_UNDETERMINED, @$); }
		|	'=' literal		{ $$ = build_between(VERDICT_EQUALS, $2, NULL, @$); }
		|	BETWEEN_P literal AND_P literal
				{ $$ = build_between(VERDICT_BETWEEN, $2, $4, @$); }
		;

/* What is expected for each row: a truth value or an amount. */
row_verdicts:
			row_verdict						{ $$ = list_make1($1); }
		|	row_verdicts ',' row_verdict	{ $$ = lappend($1, $3); }
		;

row_verdict:
			number			{ $$ = build_between(VERDICT_EQUALS, $1, NULL, @$); }
		|	BETWEEN_P number AND_P number
				{ $$ = build_between(VERDICT_BETWEEN, $2, $4, @$); }
		|	TRUE_P			{ $$ = build_verdict(VERDICT_TRUE, @$); }
		|	FALSE_P			{ $$ = build_verdict(VERDICT_FALSE, @$); }
		|	UNKNOWN_P		{ $$ = build_verdict(VERDICT_UNKNOWN, @$); }
		;

names:
			missing_name				{ $$ = list_make1($1); }
		|	names ',' missing_name		{ $$ = lappend($1, $3); }
		;

/* A fact, or its value at an index, as `missing` names it. */
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
		|	chain
				{ teach_chain(state, $1.text, @1); }
		|	arith not BETWEEN_P arith AND_P arith
				{ $$ = build_negated(state, $2, EXPR_BETWEEN, list_make3($1, $4, $6), @$); }
		|	arith not IN_P '(' members ')'
				{ $$ = build_negated(state, $2, EXPR_IN, lcons($1, $5), @$); }
		|	arith IS_P not NULL_P
				{ $$ = build_negated(state, $3, EXPR_IS_NULL, list_make1($1), @$); }
		|	arith EQUALS_P NULL_P
				{ $$ = build_expr(state, EXPR_IS_NULL, list_make1($1), @$); }
		|	arith DIFFERS_P NULL_P
				{ $$ = build_negated(state, true, EXPR_IS_NULL, list_make1($1), @$); }
		;

/* The grammar accepts a chain in order to report it with its operands. */
chain:
			arith compare arith compare arith
				{ $$ = (Chain) {teach_chain_text(state, teach_text(state, @1.start, @3.end), @3, @5), @5}; }
		|	chain compare arith
				{ $$ = (Chain) {teach_chain_text(state, $1.text, $1.last, @3), @3}; }
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
		|	DATE_LITERAL	{ $$ = build_date(state, $1, @1); }
		|	STRING			{ $$ = build_named(state, EXPR_TEXT, $1, NIL, @1); }
		|	TRUE_P			{ $$ = build_boolean(state, true, @1); }
		|	FALSE_P			{ $$ = build_boolean(state, false, @1); }
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
				{ $$ = build_cases(state, list_length($5) % 2 == 1, EXPR_TIERS, lcons($3, $5), @$); }
		|	CASE_P when_arms END_P
				{ $$ = build_expr(state, EXPR_CASE, $2, @$); }
		|	CASE_P when_arms ELSE_P expr END_P
				{ $$ = build_cases(state, true, EXPR_CASE, lappend($2, $4), @$); }
		;

exprs:
			argument				{ $$ = list_make1($1); }
		|	exprs ',' argument		{ $$ = lappend($1, $3); }
		;

/* An argument of a call.  Only some functions take a range. */
argument:
			expr
		|	arith TO_P arith
				{ $$ = build_expr(state, EXPR_RANGE, list_make2($1, $3), @$); }
		;

/* The name for the element of a list. */
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
				{ $$ = build_arm(state, $1, list_make2($4, $2), @$); }
		|	IN_P '(' members ')' THEN_P expr
				{ $$ = build_arm(state, CMP_EQ, lcons($6, $3), @$); }
		|	ELSE_P expr
				{ $$ = build_expr(state, EXPR_ARM, list_make1($2), @$); }
		;

/* Rates and bounds alternate; the rate after else has no bound. */
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
		|	unreserved			{ $$ = $1; token_is_name(state, @1); }
		;

unreserved:
			unreserved_but_rows
		|	ROWS_P
		;

/* In an example, "rows [" begins the rows. */
given_name:
			IDENT
		|	unreserved_but_rows	{ $$ = $1; token_is_name(state, @1); }
		;

unreserved_but_rows:
			plain_unreserved
		|	AMOUNT_P
		|	PLACEMENT_P
		|	MISSING_P
		;

expect_name:
			IDENT
		|	plain_unreserved	{ $$ = $1; token_is_name(state, @1); }
		|	ROWS_P				{ $$ = $1; token_is_name(state, @1); }
		;

plain_unreserved:
			ARTICLE_P | AS_P | AT_P | AT_LEAST_P | AT_MOST_P | BOOLEAN_P | BY_DATE_P | BY_NUMBER_P
		|	BY_P | BY_TEXT_P | BY_YEAR_P | CAP_P | COUNT_P | COVERS_P | CURRENCY_P | DATE_P
		|	DEFAULT_P | DEFINE_P | DESC_P | DIFFERS_P | EACH_P | ELIGIBILITY_P | ENTERPRISE_P
		|	EQUALS_P | EXAMPLE_P | EXPECT_P | FACT_P | FIRST_P | FIXED_P | FLOW_P | FORCE_P | FROM_P
		|	GIVEN_P | IN_ALL_P | ISSUED_P | ISSUER_P | LADDER_P | LEAST_P | LESS_P | LEVEL_P
		|	LIKE_P | LIST_P | MEANS_P | MORE_P | MOST_P | NAMED_P | NUMBER_P | OF_P | OFFICE_P
		|	ON_P | ONCE_P | OVER_P | PART_P | PAY_P | PER_P | PER_YEAR_P | PLATFORM_P | POINTS_P
		|	POPULATION_P | PRO_RATA_P | REGION_P | REWARD_P | SCORE_P | SHOULD_P | SOURCE_P
		|	STOCK_P | SUBJECT_P | SUBSIDY_P | SUMMARY_P | TABLE_P | TAX_P | TEXT_P | THROUGH_P
		|	TO_P | UNIT_P | UNTIL_P | USES_P | WHERE_P | WORDING_P | YEAR_P
		;

%%

/* Returns the token of a symbol; -1 for a symbol that is not a token. */
static int
token_of(yysymbol_kind_t symbol)
{
	int			token;

	for (token = 0; token <= YYMAXUTOK; token++)
		if (YYTRANSLATE(token) == symbol)
			return token;
	return -1;
}

/* Reports an unexpected token. */
static int
yyreport_syntax_error(const yypcontext_t *context, ReadState *state,
					  void *scanner pg_attribute_unused())
{
	yysymbol_kind_t symbols[YYNTOKENS];
	ExpectedToken tokens[YYNTOKENS];
	int			count = yypcontext_expected_tokens(context, symbols, YYNTOKENS);
	int			i;

	for (i = 0; i < count; i++)
	{
		tokens[i].token = token_of(symbols[i]);
		tokens[i].name = yysymbol_name(symbols[i]);
	}
	syntax_error(state, tokens, count, token_of(yypcontext_token(context)), *yypcontext_location(context));
}

static void
zjtx_yyerror(YYLTYPE *location, ReadState *state, void *scanner pg_attribute_unused(),
			 const char *message pg_attribute_unused())
{
	/* syntax errors are reported above, so this is a parser stack overflow */
	read_error(state, location->start, NULL, "nested too deeply");
}
