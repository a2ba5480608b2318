/*
 * module.c
 *		The documents of a program under construction.
 *
 * All documents of a program share its own document's facts, into which the checker has
 * merged the facts of the others.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "messages.h"
#include "module.h"

/* limits of one program: documents with different mappings, and provisions for different days */
#define MAX_MODULES 1000
#define MAX_MEMOS 20000

static Module *
new_module(const Document *doc)
{
	Module	   *module = palloc0(sizeof(Module));

	module->doc = doc;
	module->defines = palloc0_array(List *, list_length(doc->defines) + 1);
	module->mapped = palloc0_array(List *, list_length(doc->facts) + 1);
	module->clauses = palloc0_array(List *, list_length(doc->clauses) + 1);
	module->rungs = palloc0_array(List *, list_length(doc->rungs) + 1);
	module->groups = palloc0_array(List *, list_length(doc->groups) + 1);
	return module;
}

Module *
module_create(const Document *doc)
{
	Module	   *module = new_module(doc);

	module->plain = true;
	return module;
}

/* Whether a document reads the day judged, or is in force only on some days. */
static bool
needs_day(const Document *doc)
{
	ListCell   *cell;

	foreach(cell, doc->clauses)
	{
		const Clause *clause = lfirst(cell);

		if (clause->stages != NIL || clause->per_year)
			return true;
	}
	return ((const Fact *) linitial(doc->facts))->used || doc->has_from || doc->has_until || doc->is_repealed;
}

Module *
module_used(Compiler *compiler, Module *user, const DocumentUse *use, const Document *doc)
{
	bool		plain = user->plain && use->mapped == NIL;
	Module	   *module;
	ListCell   *cell;

	/* without mappings, a document is the same module wherever it is used */
	if (plain)
		user = compiler->module;
	foreach(cell, user->used)
	{
		module = lfirst(cell);
		if (module->doc == doc && (plain ? module->plain : module->use == use))
			return module;
	}
	if (++compiler->nmodules > MAX_MODULES)
		compiler_exceeds_number(compiler, gettext_noop("a zjtx.policy uses documents in more than %d ways"), MAX_MODULES);
	module = new_module(doc);
	module->user = user;
	module->use = use;
	module->plain = plain;
	user->used = lappend(user->used, module);
	compiler->program->uses_as_of |= needs_day(doc);
	return module;
}

/* ---------------- facts ---------------- */

const Fact *
module_fact(const Compiler *compiler, const Module *module, const Fact *fact)
{
	while (module->user)
	{
		const Expression *expr = module->plain ? NULL : policy_mapped(module->use, fact->name);

		if (expr)
		{
			if (expr->kind != EXPR_NAME || expr->meaning != NAME_FACT || expr->fact->index == 0)
				return NULL;
			fact = expr->fact;
		}
		else
			fact = policy_find_fact(module->user->doc, policy_used_name(module->doc, fact));
		module = module->user;
	}
	return compiler->program->facts[fact->index];
}

/* Returns the expression that a fact is mapped to, and the module whose names it uses. */
static const Expression *
find_mapped(const Module *module, const Fact *fact, const Module **written_in)
{
	for (; module->user; module = module->user)
	{
		const Expression *expr = module->plain ? NULL : policy_mapped(module->use, fact->name);

		if (expr)
		{
			*written_in = module->user;
			return expr;
		}
		fact = policy_find_fact(module->user->doc, policy_used_name(module->doc, fact));
	}
	return NULL;
}

int
module_compile_fact(Compiler *compiler, const Fact *fact, const Place *place)
{
	const Fact *own = module_fact(compiler, place->module, fact);
	Module	   *module = place->module;
	const Module *written_in = NULL;
	const Expression *expr;
	Place		there;
	PlaceMemo  *memo;

	/* what a population comes to on another day than that judged is not known */
	if (own && own->across == ACROSS_POPULATION && place->asked != compiler->row.asked)
		return compile_unknown_number(compiler);
	if (own)
		return emit_fact(compiler, own);
	/* the limit was exceeded */
	if (compiler->failed)
		return place->as_of;
	check_stack_depth();
	memo = module_find_memo(module->mapped[fact->index], place);
	if (memo)
		return memo->instr;
	there = module_outside(place);
	expr = find_mapped(module, fact, &written_in);
	there.module = unconstify(Module *, written_in);
	memo = module_add_memo(compiler, &module->mapped[fact->index], sizeof(PlaceMemo), place);
	memo->instr = compile_expr(compiler, expr, &there);
	return memo->instr;
}

/* ---------------- places ---------------- */

Place
module_outside(const Place *place)
{
	Place		outside;

	memset(&outside, 0, sizeof(outside));
	outside.module = place->module;
	outside.as_of = place->as_of;
	outside.asked = place->asked;
	outside.depth = place->depth;
	return outside;
}

PlaceMemo *
module_find_memo(const List *memos, const Place *place)
{
	ListCell   *cell;

	foreach(cell, memos)
	{
		PlaceMemo  *memo = lfirst(cell);

		if (memo->as_of == place->as_of && memo->asked == place->asked && memo->depth == place->depth &&
			memo->element == place->element)
			return memo;
	}
	return NULL;
}

PlaceMemo *
module_add_memo(Compiler *compiler, List **memos, Size size, const Place *place)
{
	PlaceMemo  *memo = palloc0(size);

	CHECK_FOR_INTERRUPTS();
	if (++compiler->nmemos > MAX_MEMOS)
		compiler_exceeds_number(compiler, gettext_noop("a zjtx.policy judges provisions for more than %d days"), MAX_MEMOS);
	memo->as_of = place->as_of;
	memo->asked = place->asked;
	memo->depth = place->depth;
	memo->element = place->element;
	*memos = lappend(*memos, memo);
	return memo;
}
