/*
 * check.c
 *		Checks names, types, units and ranges of a parsed policy.
 *
 * Afterwards every expression has a type, unit and meaning, and the document compiles
 * without errors.  In a policy that is an expression, the facts are collected and their
 * types inferred.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"

#include "messages.h"
#include "names.h"
#include "teach.h"

/* ---------------- literals against what is declared ---------------- */

int
compare_literals(const Expression *a, const Expression *b)
{
	if (a->kind == EXPR_DATE)
		return a->date < b->date ? -1 : a->date > b->date;
	return DatumGetInt32(DirectFunctionCall2(numeric_cmp, NumericGetDatum(literal_numeric(a)),
											 NumericGetDatum(literal_numeric(b))));
}

/* Sets what the checker says of a number that is no expression of a rule. */
void
check_number(Expression *literal)
{
	literal->type = TYPE_NUMBER;
	literal->money = literal->unit == UNIT_FREE && check_is_zero(literal) ? MONEY_ANY : check_money_of_unit(literal->unit);
}

void
check_want_literal_of(Checker *checker, const char *name, const Expression *expr, Expression *literal)
{
	static const struct
	{
		ExprKind	kind;
		ValueType	type;
	}			kinds[] = {
		{EXPR_NUMBER, TYPE_NUMBER}, {EXPR_DATE, TYPE_DATE},
		{EXPR_TEXT, TYPE_TEXT}, {EXPR_BOOLEAN, TYPE_BOOLEAN}
	};
	size_t		i;

	for (i = 0; i < lengthof(kinds); i++)
		if (kinds[i].kind == literal->kind)
			break;
	if (i == lengthof(kinds) || kinds[i].type != expr->type)
	{
		Expression	declared = *literal;

		declared.kind = expr->type == TYPE_DATE ? EXPR_DATE : EXPR_UNKNOWN;
		declared.type = expr->type;
		teach_comparison_types(checker, &declared, literal);
		read_error(checker->state, literal->span.start, NULL,
				   "\"%s\" is a %s", name, _(type_name(expr->type)));
	}
	literal->type = expr->type;
	if (expr->type == TYPE_NUMBER)
	{
		Expression	declared = *literal;

		declared.kind = EXPR_NAME;
		declared.unit = expr->unit;
		declared.money = expr->money;
		check_number(literal);
		check_join_numbers(checker, &declared, literal, NULL);
	}
}

void
check_want_literal(Checker *checker, const Fact *fact, Expression *literal)
{
	Expression	declared = {0};

	declared.type = fact->type;
	declared.unit = fact->unit;
	declared.money = check_money_of_unit(fact->unit);
	check_want_literal_of(checker, fact->name, &declared, literal);
}

/*
 * A fact or field is read from the column of the same name.  PostgreSQL truncates column
 * names, so a longer name would never match.
 */
void
check_want_column_name(Checker *checker, const char *name, int at)
{
	if (strlen(name) >= NAMEDATALEN)
		read_error(checker->state, at,
				   _("A Chinese character in UTF-8 has 3 bytes. A label may be longer."),
				   "the name \"%s\" has %d bytes, and that of a column at most %d",
				   name, (int) strlen(name), NAMEDATALEN - 1);
}

/* Checks the values of a text fact; a text must not denote two of them. */
static void
check_values(Checker *checker, Fact *fact)
{
	Span		twice;
	const TextValue *other = NULL;

	fact->texts = texts_create(fact->values, &twice, &other);
	if (fact->texts == NULL)
	{
		char	   *text = pnstrdup(checker->state->text + twice.start, twice.end - twice.start);

		read_error(checker->state, twice.start,
				   _("A text can mean only one value of its fact."),
				   "%s already means \"%s\"", text, other->text);
	}
}

static void
check_fact(Checker *checker, Fact *fact, bool is_field)
{
	ListCell   *cell;

	check_want_column_name(checker, fact->by_year ? psprintf("%s_%d", fact->name, LAST_YEAR) : fact->name,
						   fact->span.start);
	fact->has_low = fact->low != NULL;
	fact->has_high = fact->high != NULL;
	if ((fact->low || fact->high) && fact->type != TYPE_NUMBER && fact->type != TYPE_DATE)
		read_error(checker->state, fact->span.start, NULL, "only a number or a date has a range");
	if (fact->low)
		check_want_literal(checker, fact, fact->low);
	if (fact->high)
		check_want_literal(checker, fact, fact->high);
	if (fact->low && fact->high && compare_literals(fact->low, fact->high) > 0)
		read_error(checker->state, fact->high->span.start, NULL, "the range is empty");
	if (fact->values && fact->type != TYPE_TEXT)
		read_error(checker->state, fact->span.start,
				   fact->type == TYPE_NUMBER ? _("A number has a range: between, at least, at most.") : NULL,
				   "only a text has a list of values");
	if (fact->values)
		check_values(checker, fact);
	if (fact->null_means == NULL_ZERO && fact->type != TYPE_NUMBER)
		read_error(checker->state, fact->span.start, NULL, "only a number's NULL can mean 0");
	if (is_field && fact->type == TYPE_LIST)
		read_error(checker->state, fact->span.start, NULL, "a list cannot hold lists");
	foreach(cell, fact->fields)
	{
		Fact	   *field = lfirst(cell);

		if (policy_find_field(fact, field->name) != field)
			read_error(checker->state, field->span.start, NULL,
					   "the field \"%s\" is declared twice", field->name);
		check_fact(checker, field, true);
	}
}

/* ---------------- statements ---------------- */

static void
declared_twice(Checker *checker, const Provision *provision, const char *what)
{
	read_error(checker->state, provision->span.start, NULL,
			   "duplicate %s \"%s\"", _(what), provision->code);
}

void
check_money(Checker *checker, Expression *money, Unit unit, Scope *scope)
{
	check_expr(checker, money, scope);
	check_want_type(checker, money, TYPE_NUMBER, "what is paid");
	check_want_money_unit(checker, money, unit);
	if (money->unit != UNIT_FREE && money->unit != unit)
		read_error(checker->state, money->span.start, NULL,
				   "a clause of this kind is paid in %s, not in %s", unit_word(unit), check_unit_phrase(money->unit));
	if (money->money == MONEY_ANY || check_money_equal(money->money, check_money_of_unit(unit)))
		return;
	if (unit == UNIT_YUAN)
		read_error(checker->state, money->span.start, check_money_hint(checker, money, check_money_of_unit(unit)),
				   "a clause of this kind pays an amount of %s, and this is %s",
				   unit_word(unit), check_money_phrase(money->money));
	read_error(checker->state, money->span.start,
			   psprintf(_("Divide it by an amount, such as 1%s or 1%s%s."), unit_word(UNIT_YUAN),
						message_word("万", "0000 "), unit_word(UNIT_YUAN)),
			   "points are a number, and this is %s", check_money_phrase(money->money));
}

/*
 * Begins to check what others may refer to; false where that is done.  Whoever refers to it
 * does so at a position.
 */
bool
check_begin(Checker *checker, Provision *provision, const char *what, int at)
{
	if (provision->state == 2)
		return false;
	if (provision->state == 1)
		read_error(checker->state, at, NULL, "the %s \"%s\" refers to itself", _(what), provision->code);
	provision->state = 1;
	return true;
}

static void
check_cap(Checker *checker, const Clause *clause, Expression *cap)
{
	if (cap == NULL)
		return;
	if (clause->pay == NULL && clause->stages == NIL)
		read_error(checker->state, cap->span.start, NULL, "a clause that pays nothing cannot have a cap");
	check_money(checker, cap, clause_unit(clause), NULL);
	if (cap == clause->cap_in_all && clause_unit(clause) != UNIT_YUAN)
		read_error(checker->state, cap->span.start, NULL, "points are not paid, and have no cap over all periods");
}

static void
check_clause_body(Checker *checker, Clause *clause)
{
	ListCell   *cell;
	int			at = clause->provision.span.start;
	Unit		unit = clause_unit(clause);

	if (clause->when)
		check_boolean(checker, clause->when, NULL, "a condition");
	foreach(cell, clause->should)
	{
		check_boolean(checker, lfirst(cell), NULL, "a condition");
	}

	if (clause->pay || clause->undetermined || clause->stages)
	{
		if (clause->kind == CLAUSE_ELIGIBILITY)
			read_error(checker->state, at,
					   _("Add reward, subsidy, tax or points after its title."),
					   "a clause that pays needs a kind");
		if ((clause->pay != NULL) + clause->undetermined + (clause->stages != NIL) > 1)
			read_error(checker->state, at, NULL, "a clause pays once or in stages");
	}
	else if (clause->kind != CLAUSE_ELIGIBILITY)
		read_error(checker->state, at,
				   _("Write \"pay undetermined\" where the text has no figure."),
				   "a %s says what it pays", _(clause_kind_name(clause->kind)));
	if (clause->pay)
		check_money(checker, clause->pay, unit, NULL);
	check_cap(checker, clause, clause->cap);
	check_cap(checker, clause, clause->cap_in_all);
	foreach(cell, clause->stages)
	{
		Stage	   *stage = lfirst(cell);
		Scope		scope;
		Scope	   *inner = NULL;
		ListCell   *other;

		foreach(other, clause->stages)
		{
			if (lfirst(other) == stage)
				break;
			if (strcmp(((Stage *) lfirst(other))->provision.code, stage->provision.code) == 0)
				declared_twice(checker, &stage->provision, "stage");
		}
		if (stage->each)
		{
			stage->list = policy_find_fact(checker->doc, stage->each);
			if (stage->list == NULL || stage->list->type != TYPE_LIST)
				read_error(checker->state, stage->each_span.start, NULL,
						   "\"%s\" is not a list fact", stage->each);
			stage->list->used = true;
			scope.list = stage->list;
			scope.element = NULL;
			scope.outer = NULL;
			inner = &scope;
		}
		check_expr(checker, stage->on, inner);
		check_want_type(checker, stage->on, TYPE_DATE, "the day of a stage");
		if (stage->when)
			check_boolean(checker, stage->when, inner, "a condition");
		check_money(checker, stage->pay, unit, inner);
	}
}

void
check_clause(Checker *checker, Clause *clause, int at)
{
	if (!check_begin(checker, &clause->provision, "clause", at))
		return;
	check_clause_body(checker, clause);
	clause->provision.state = 2;
}

void
check_rung(Checker *checker, Rung *rung, int at)
{
	ListCell   *cell;

	if (!check_begin(checker, &rung->provision, "rung", at))
		return;
	if (rung->when == NULL)
		read_error(checker->state, rung->provision.span.start, NULL, "a rung needs \"when\"");
	check_boolean(checker, rung->when, NULL, "a condition");
	foreach(cell, rung->should)
	{
		check_boolean(checker, lfirst(cell), NULL, "a condition");
	}
	rung->provision.state = 2;
}

/* Levels are set before anything is checked that may refer to them. */
static void
set_levels(Checker *checker)
{
	Document   *doc = checker->doc;
	int			level = 0;
	ListCell   *cell;

	foreach(cell, doc->rungs)
	{
		Rung	   *rung = lfirst(cell);

		if (rung->level == 0)
			rung->level = level + 1;
		if (rung->level <= level)
			read_error(checker->state, rung->provision.span.start, NULL,
					   "rungs must be in ascending order of their levels");
		level = rung->level;
		if (strcmp(rung->provision.code, "none") == 0)
			read_error(checker->state, rung->provision.span.start, NULL,
					   "\"none\" cannot be the code of a rung");
	}
}

static void
check_goals(Checker *checker, const Target *target)
{
	ListCell   *cell;

	if (target->of && target->unit != UNIT_PLAIN)
		read_error(checker->state, target->provision.span.start, NULL,
				   "a target that is a share must be in %%");
	foreach(cell, target->goals)
	{
		Goal	   *goal = lfirst(cell);

		if (goal->year == 0 && list_length(target->goals) > 1)
			read_error(checker->state, goal->value->span.start, _("Write either one goal for every year or goals for single years."),
					   "a target with a goal for every year cannot have other goals");
		if (goal->value->unit != UNIT_FREE && goal->value->unit != target->unit &&
			!check_convert(goal->value, target->unit))
			read_error(checker->state, goal->value->span.start, NULL,
					   "units do not fit: %s and %s", check_unit_phrase(target->unit), check_unit_phrase(goal->value->unit));
	}
}

/* ---------------- the whole ---------------- */

/* as_of always exists; it is the first fact. */
static void
add_as_of(Checker *checker)
{
	Document   *doc = checker->doc;
	Fact	   *as_of = palloc0(sizeof(Fact));
	ListCell   *cell;

	as_of->name = pstrdup("as_of");
	as_of->label = pstrdup("判断日");
	as_of->type = TYPE_DATE;
	as_of->index = -1;
	doc->facts = lcons(as_of, doc->facts);
	foreach(cell, doc->facts)
	{
		((Fact *) lfirst(cell))->index++;
	}
}

/* Finds the list over whose elements a definition is. */
static void
enter_list(Checker *checker, Define *define)
{
	define->list = policy_find_fact(checker->doc, define->of);
	if (define->list == NULL || define->list->type != TYPE_LIST)
		read_error(checker->state, define->of_span.start, NULL, "\"%s\" is not a list fact", define->of);
	if (policy_find_field(define->list, define->provision.code))
		read_error(checker->state, define->provision.span.start, NULL,
				   "\"%s\" is a field of \"%s\" already", define->provision.code, define->of);
}

/* Enters all names before any check, so that the order of statements does not matter. */
static void
enter_names(Checker *checker)
{
	Document   *doc = checker->doc;
	ListCell   *cell;

	doc->facts_by_name = symbols_create();
	foreach(cell, doc->facts)
	{
		Fact	   *fact = lfirst(cell);

		if (symbols_add(doc->facts_by_name, fact->name, fact))
			continue;
		if (strcmp(fact->name, "as_of") == 0)
			read_error(checker->state, fact->span.start, NULL,
					   "\"as_of\" is predefined and cannot be declared");
		read_error(checker->state, fact->span.start, NULL,
				   "the fact \"%s\" is declared twice", fact->name);
	}
	doc->tables_by_name = symbols_create();
	foreach(cell, doc->tables)
	{
		Table	   *table = lfirst(cell);

		table->index = foreach_current_index(cell);
		if (!symbols_add(doc->tables_by_name, table->provision.code, table))
			declared_twice(checker, &table->provision, "table");
		if (policy_find_fact(doc, table->provision.code))
			read_error(checker->state, table->provision.span.start, NULL,
					   "\"%s\" is already a fact", table->provision.code);
	}
	doc->defines_by_name = symbols_create();
	foreach(cell, doc->defines)
	{
		Define	   *define = lfirst(cell);

		define->index = foreach_current_index(cell);
		if (!symbols_add(doc->defines_by_name, define->provision.code, define))
			declared_twice(checker, &define->provision, "definition");
		if (define->of)
			enter_list(checker, define);
		if (policy_find_fact(doc, define->provision.code))
			read_error(checker->state, define->provision.span.start, NULL,
					   "\"%s\" is already a fact", define->provision.code);
		if (policy_find_table(doc, define->provision.code))
			read_error(checker->state, define->provision.span.start, NULL,
					   "\"%s\" is already a table", define->provision.code);
	}
	doc->clauses_by_code = symbols_create();
	foreach(cell, doc->clauses)
	{
		Clause	   *clause = lfirst(cell);

		clause->provision.index = foreach_current_index(cell);
		if (!doc->bare && !symbols_add(doc->clauses_by_code, clause->provision.code, clause))
			declared_twice(checker, &clause->provision, "clause");
	}
	doc->rungs_by_code = symbols_create();
	foreach(cell, doc->rungs)
	{
		Rung	   *rung = lfirst(cell);

		rung->provision.index = foreach_current_index(cell);
		if (!symbols_add(doc->rungs_by_code, rung->provision.code, rung))
			declared_twice(checker, &rung->provision, "rung");
		if (policy_find_clause(doc, rung->provision.code))
			read_error(checker->state, rung->provision.span.start, NULL,
					   "\"%s\" is already a clause", rung->provision.code);
	}
	doc->groups_by_code = symbols_create();
	foreach(cell, doc->groups)
	{
		ClauseGroup *group = lfirst(cell);
		const char *code = group->provision.code;

		group->provision.index = foreach_current_index(cell);
		if (!symbols_add(doc->groups_by_code, code, group))
			declared_twice(checker, &group->provision, "group");
		if (policy_find_clause(doc, code) || policy_find_rung(doc, code) || policy_find_fact(doc, code) ||
			policy_find_define(doc, code))
			read_error(checker->state, group->provision.span.start, NULL,
					   "\"%s\" is a %s already", code,
					   policy_find_clause(doc, code) ? _("clause") : policy_find_rung(doc, code) ? _("rung") :
					   policy_find_fact(doc, code) ? _("fact") : _("definition"));
	}
	check_across_names(checker);
	doc->examples_by_title = symbols_create();
	foreach(cell, doc->examples)
	{
		Example    *example = lfirst(cell);

		if (!symbols_add(doc->examples_by_title, example->title, example))
			read_error(checker->state, example->span.start, NULL,
					   "duplicate example '%s'", example->title);
	}
}

/* Each pass carries a type through one more name. */
#define MAX_INFERENCE_PASSES 100

static void
infer_types(Checker *checker)
{
	Clause	   *clause = linitial(checker->doc->clauses);
	ListCell   *cell;
	int			pass = 0;

	do
	{
		checker->progress = false;
		check_boolean(checker, clause->when, NULL, "a policy of one expression");
	} while (checker->progress && ++pass < MAX_INFERENCE_PASSES);

	foreach(cell, checker->doc->facts)
	{
		Fact	   *fact = lfirst(cell);

		if (fact->type != TYPE_UNKNOWN)
			continue;
		teach_untyped(checker, clause->when);
		read_error(checker->state, fact->span.start,
				   _("Write a document that begins with \"policy\" and declare it with \"fact\"."),
				   "the type of \"%s\" cannot be inferred", fact->name);
	}
}

/* Enters the names of a document and checks its facts. */
static void
check_declarations(Checker *checker)
{
	Document   *doc = checker->doc;
	ListCell   *cell;

	add_as_of(checker);
	enter_names(checker);
	if (doc->bare)
		return;
	if (doc->series && !doc->has_from)
		read_error(checker->state, doc->header.start,
				   _("Write \"in force from\" and a date."),
				   "a version of a series needs the day from which it is in force");
	if (doc->has_until && doc->until <= doc->from)
		read_error(checker->state, doc->header.start, NULL, "the document is never in force");

	foreach(cell, doc->facts)
	{
		CHECK_FOR_INTERRUPTS();
		check_fact(checker, lfirst(cell), false);
	}
	check_uses_facts(checker);
	set_levels(checker);
	check_members(checker);
	check_across_facts(checker);
}

static void
check_document(Checker *checker)
{
	Document   *doc = checker->doc;
	ListCell   *cell;

	if (doc->bare)
	{
		infer_types(checker);
		return;
	}
	check_uses_mappings(checker);
	foreach(cell, doc->tables)
	{
		CHECK_FOR_INTERRUPTS();
		check_table(checker, lfirst(cell));
	}
	foreach(cell, doc->defines)
	{
		Define	   *define = lfirst(cell);

		check_define(checker, define, define->provision.span.start);
	}
	foreach(cell, doc->clauses)
	{
		CHECK_FOR_INTERRUPTS();
		check_clause(checker, lfirst(cell), -1);
	}
	foreach(cell, doc->rungs)
	{
		CHECK_FOR_INTERRUPTS();
		check_rung(checker, lfirst(cell), -1);
	}
	foreach(cell, doc->groups)
	{
		CHECK_FOR_INTERRUPTS();
		check_group(checker, lfirst(cell), -1);
	}
	check_across(checker);
	foreach(cell, doc->targets)
	{
		Target	   *target = lfirst(cell);

		if (target->count)
			check_boolean(checker, target->count, NULL, "what is counted");
		if (target->of)
			check_boolean(checker, target->of, NULL, "what is counted");
		check_goals(checker, target);
	}
	foreach(cell, doc->examples)
	{
		check_example(checker, lfirst(cell));
	}
	foreach(cell, doc->examples)
	{
		check_example_chain(checker, lfirst(cell));
	}
	foreach(cell, doc->examples)
	{
		check_example_rows(checker, lfirst(cell));
	}
}

/* Sorts by first day in force, then by position in the text. */
static int
compare_versions(const void *a, const void *b)
{
	const Document *one = *(const Document *const *) a;
	const Document *other = *(const Document *const *) b;

	if (one->from != other->from)
		return one->from < other->from ? -1 : 1;
	return one->provision.span.start - other->provision.span.start;
}

/* A row's day selects the version, so two versions must not begin on the same day. */
static void
check_versions(ReadState *state)
{
	List	   *documents = state->policy->documents;
	Document  **versions = palloc_array(Document *, list_length(documents));
	ListCell   *cell;
	int			i;

	foreach(cell, documents)
	{
		versions[foreach_current_index(cell)] = lfirst(cell);
	}
	qsort(versions, list_length(documents), sizeof(Document *), compare_versions);
	for (i = 1; i < list_length(documents); i++)
		if (versions[i - 1]->has_from && versions[i]->has_from && versions[i - 1]->from == versions[i]->from)
			read_error(state, versions[i]->provision.span.start,
					   _("Give one of them another day, or leave it out."),
					   "\"%s\" and \"%s\" of series \"%s\" are both in force from %s",
					   versions[i - 1]->provision.code, versions[i]->provision.code,
					   state->policy->series, date_text(versions[i]->from));
	pfree(versions);
}

/* The provision that answers alone; in a series, not every version needs to have it. */
static void
check_part(ReadState *state)
{
	const char *part = state->policy->part;
	Nearest		nearest;
	bool		found = false;
	ListCell   *cell;
	ListCell   *item;

	nearest_start(&nearest, part);
	foreach(cell, state->policy->documents)
	{
		Document   *doc = lfirst(cell);
		const Define *define;

		doc->part = part;
		if (doc->bare)
			read_error(state, state->policy->part_at, NULL, "a rule of one expression has no parts");
		define = policy_find_define(doc, part);
		if (define && define->of)
			read_error(state, state->policy->part_at, NULL, "\"%s\" is a value of each element of \"%s\", not of a row",
					   part, define->of);
		found |= policy_find_clause(doc, part) || policy_find_rung(doc, part) || define ||
			policy_find_table(doc, part) || policy_find_group(doc, part) || policy_find_selection(doc, part) ||
			policy_find_population_value(doc, part);
		foreach(item, doc->defines)
		{
			nearest_offer(&nearest, ((Define *) lfirst(item))->provision.code);
		}
		foreach(item, doc->clauses)
		{
			nearest_offer(&nearest, ((Clause *) lfirst(item))->provision.code);
		}
		foreach(item, doc->rungs)
		{
			nearest_offer(&nearest, ((Rung *) lfirst(item))->provision.code);
		}
		foreach(item, doc->groups)
		{
			nearest_offer(&nearest, ((ClauseGroup *) lfirst(item))->provision.code);
		}
		foreach(item, doc->selections)
		{
			nearest_offer(&nearest, ((Selection *) lfirst(item))->provision.code);
		}
	}
	if (!found)
		read_error(state, state->policy->part_at, nearest_hint(&nearest),
				   "there is no clause, rung, group or definition \"%s\"", part);
}

void
check_policy(ReadState *state)
{
	List	   *order = check_uses_order(state);
	Checker    *checkers = palloc0_array(Checker, list_length(order));
	ListCell   *cell;
	int			i;

	/* what others use comes first, because its facts become theirs */
	foreach(cell, order)
	{
		Checker    *checker = &checkers[foreach_current_index(cell)];

		checker->state = state;
		checker->doc = lfirst(cell);
		check_declarations(checker);
	}
	/* and last, because they say whether its facts can be none */
	for (i = list_length(order) - 1; i >= 0; i--)
		check_document(&checkers[i]);
	/* the units of what is merged are known only now */
	for (i = 0; i < list_length(order); i++)
		check_across_merged(&checkers[i]);
	if (state->policy->series)
		check_versions(state);
	if (state->policy->part)
		check_part(state);
}
