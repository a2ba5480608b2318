/*
 * lines.c
 *		What a document answers, line by line.
 */
#include "postgres.h"

#include "compat.h"
#include "miscadmin.h"
#include "utils/builtins.h"

#include "lines.h"
#include "phrases.h"
#include "engine/value.h"

ZJTX_FUNCTION(zjtx_line_key);

const char *
line_status_name(LineStatus status)
{
	switch (status)
	{
		case LINE_UNDECIDED:
			return "undecided";
		case LINE_REFUSED:
			return "refused";
		case LINE_TO_COME:
			return "to come";
		case LINE_SATISFIED:
			return "satisfied";
		case LINE_UNDETERMINED:
			return "undetermined";
		case LINE_NOTHING:
			return "nothing";
		case LINE_OWED:
			return "owed";
		case LINE_CAPPED:
			return "capped";
	}
	return NULL;
}

bool
line_status_find(const char *name, LineStatus *status)
{
	int			i;

	for (i = LINE_UNDECIDED; i <= LINE_CAPPED; i++)
	{
		*status = i;
		if (strcmp(line_status_name(*status), name) == 0)
			return true;
	}
	return false;
}

/* ---------------- which lines there are ---------------- */

/* Finds the line of the group of which each line is a member. */
static void
find_outer(const Program *program, LineEntry *entries, int nlines)
{
	int			i,
				j,
				k;

	for (i = 0; i < nlines; i++)
	{
		const GroupEntry *group = entries[i].group;

		for (j = 0; group && j < group->nmembers; j++)
			for (k = 0; k < nlines; k++)
				if (group->members[j].is_group ? entries[k].group == &program->groups[group->members[j].number]
					: entries[k].clause == &program->clauses[group->members[j].number])
					entries[k].outer = i;
	}
}

int
lines_of(const Program *program, LineEntry **entries)
{
	LineEntry  *entry;
	int			count = program->nclauses + program->nrungs + program->ngroups;
	int			i,
				j;

	for (i = 0; i < program->nclauses; i++)
		count += program->clauses[i].nstages;
	*entries = entry = palloc0_array(LineEntry, count + 1);
	for (i = 0; i < program->nclauses; i++)
	{
		const ClauseEntry *clause = &program->clauses[i];

		if (!clause->in_whole)
			continue;
		for (j = -1; j < clause->nstages; j++, entry++)
		{
			entry->clause = clause;
			entry->stage = j < 0 ? NULL : &clause->stages[j];
			entry->provision = j < 0 ? &clause->clause->provision : &clause->stages[j].stage->provision;
			entry->code = clause->clause->provision.code;
			entry->kind = clause_kind_name(clause->clause->kind);
			if (clause->amount >= 0 || clause->clause->undetermined)
				entry->unit = unit_name(clause_unit(clause->clause));
			entry->in_total = clause->in_total;
			entry->outer = -1;
		}
	}
	for (i = 0; i < program->ngroups; i++)
	{
		const GroupEntry *group = &program->groups[i];

		if (!group->in_whole)
			continue;
		entry->group = group;
		entry->provision = &group->group->provision;
		entry->code = entry->provision->code;
		entry->kind = "group";
		entry->unit = unit_name(UNIT_YUAN);
		entry->in_total = group->in_total;
		entry->outer = -1;
		entry++;
	}
	find_outer(program, *entries, entry - *entries);
	for (i = 0; i < program->nrungs; i++, entry++)
	{
		entry->rung = &program->rungs[i];
		entry->provision = &entry->rung->rung->provision;
		entry->code = entry->provision->code;
		entry->kind = "rung";
		entry->outer = -1;
	}
	return entry - *entries;
}

char *
line_key_of(const char *code, const char *stage)
{
	if (code == NULL || *code == '\0')
		return pstrdup("rule");
	return stage ? psprintf("%s/%s", code, stage) : pstrdup(code);
}

/* line_key(code, stage) → text, never NULL: code, code/stage; rule where the code is NULL or empty */
Datum
zjtx_line_key(PG_FUNCTION_ARGS)
{
	char	   *code = PG_ARGISNULL(0) ? NULL : text_to_cstring(PG_GETARG_TEXT_PP(0));
	char	   *stage = PG_ARGISNULL(1) ? NULL : text_to_cstring(PG_GETARG_TEXT_PP(1));

	PG_RETURN_TEXT_P(cstring_to_text(line_key_of(code, stage)));
}

char *
line_key(const LineEntry *entry)
{
	return line_key_of(entry->code, entry->stage ? entry->provision->code : NULL);
}

char *
line_citation(const Document *doc, const LineEntry *entry)
{
	const char *article = entry->stage ? entry->clause->clause->provision.article : entry->provision->article;
	char	   *text;

	if (doc->bare)
		return NULL;
	text = psprintf("《%s》", doc->provision.title);
	if (doc->number)
		text = psprintf("%s（%s）", text, doc->number);
	if (article && phrases_article_is_number(article) && phrases_of(doc, NULL)->chinese)
		text = psprintf("%s%s", text, phrases_of_article(phrases_of(doc, NULL), article));
	else if (article)
		text = psprintf("%s %s", text, article);
	return text;
}

const List *
line_offices(const LineEntry *entry)
{
	if (entry->stage && entry->provision->offices == NIL)
		return entry->clause->clause->provision.offices;
	return entry->provision->offices;
}

/* ---------------- amounts ---------------- */

bool
line_is_decided(const Line *line)
{
	return line->pays && !line->unbounded && number_compare(&line->low, &line->high) == 0;
}

static void
set_amount(Line *line, const Amount *amount)
{
	line->pays = true;
	line->low = amount->low;
	line->high = amount->high;
	line->unbounded = amount->unbounded;
}

static Number
least_of(const Number *a, const Number *b)
{
	return number_compare(a, b) < 0 ? *a : *b;
}

/* Returns limit minus taken, but at least zero. */
static Number
rest_of(const Number *limit, const Number *taken)
{
	Number		minus = number_negate(taken);
	Number		rest;

	if (!number_add(&rest, limit, &minus) || number_sign(&rest) < 0)
		return number_zero;
	return rest;
}

/*
 * Computes the shares of a clause's stages.  In the order of the document, each stage
 * gets what the earlier stages have left of the clause's cap.
 */
static void
share_stages(Run *run, const ClauseEntry *clause, Line *stages)
{
	const Value *cap = clause->cap >= 0 ? run_value(run, clause->cap) : NULL;
	Number		least_cap = number_zero;
	Number		most_cap = number_zero;
	Number		least_taken = number_zero;
	Number		most_taken = number_zero;
	bool		taken_open = false; /* most_taken is not bounded */
	bool		cap_open = true;	/* there may be no cap */
	int			i;

	if (cap && cap->known && cap->none)
		cap = NULL;
	if (cap)
	{
		if ((cap->known || !cap->low_open) && !number_as_payment(&least_cap, &cap->low))
			least_cap = number_zero;
		cap_open = (!cap->known && (cap->none || cap->high_open)) || !number_as_payment(&most_cap, value_high(cap));
	}
	for (i = 0; i < clause->nstages; i++)
	{
		Line	   *line = &stages[i];
		Amount		raw = answer_amount_of_register(run, clause->stages[i].amount);
		Number		rest;

		set_amount(line, &raw);
		if (cap)
		{
			rest = taken_open ? number_zero : rest_of(&least_cap, &most_taken);
			line->low = least_of(&raw.low, &rest);
			if (!cap_open)
			{
				rest = rest_of(&most_cap, &least_taken);
				line->high = raw.unbounded ? rest : least_of(&raw.high, &rest);
				line->unbounded = false;
				line->capped = number_compare(&raw.low, &line->high) > 0;
			}
		}
		(void) number_add(&least_taken, &least_taken, &raw.low);
		taken_open |= raw.unbounded || !number_add(&most_taken, &most_taken, &raw.high);
	}
}

/* Assigns each amount to exactly one of the clause's and the stages' lines. */
static void
place_amounts(Line *clause, Line *stages, int nstages)
{
	bool		all = true;
	int			i;

	for (i = 0; i < nstages; i++)
		all &= line_is_decided(&stages[i]);
	if (line_is_decided(clause) && (nstages == 0 || !all))
	{
		clause->has_amount = true;
		clause->amount = clause->low;
		return;
	}
	for (i = 0; i < nstages; i++)
	{
		stages[i].has_amount = line_is_decided(&stages[i]);
		stages[i].amount = stages[i].low;
	}
}

/* ---------------- reading ---------------- */

/* The year judged, or 0 if it is unknown. */
static int
period_judged(Run *run)
{
	const Value *as_of = run_value(run, run->program->fact_instrs[0]);
	int			year = as_of->known ? date_year(as_of->day) : 0;

	/* years outside this range are not used */
	return year < 1 || year > 9999 ? 0 : year;
}

/* An amount; the claim is what caps leave of uncapped, and the amount what a budget leaves of that. */
static void
set_capped_amount(Run *run, int number, int claim, int before, Line *line)
{
	Amount		amount = answer_amount_of_register(run, number);
	Amount		uncapped = answer_amount_of_register(run, before);
	Amount		capped = claim == number ? amount : answer_amount_of_register(run, claim);

	set_amount(line, &amount);
	line->capped = !capped.unbounded && number_compare(&uncapped.low, &capped.high) > 0;
}

static void
read_group(Run *run, const GroupEntry *group, Line *line)
{
	line->truth = run_truth(run, group->satisfied);
	if (group->group->per_year)
		line->period = period_judged(run);
	set_capped_amount(run, group->amount, group->claim, group->uncapped, line);
}

static void
read_clause(Run *run, const ClauseEntry *clause, Line *line)
{
	Assert(clause != NULL);
	line->truth = run_truth(run, clause->satisfied);
	if (clause->clause->per_year)
		line->period = period_judged(run);
	if (clause->amount >= 0)
		set_capped_amount(run, clause->amount, clause->claim, clause->uncapped, line);
	else if (clause->clause->undetermined && line->truth == TRUTH_FALSE)
		line->pays = true;
}

/* Whether a day is known and after the day judged. */
static bool
is_later(const Value *day, const Value *as_of)
{
	return day->known && !day->none && day->day > as_of->day;
}

/* Returns whether a stage's day is known and in the future; for a stage over a list, that of any element. */
static bool
is_to_come(Run *run, const StageEntry *stage)
{
	const Value *as_of = run_value(run, run->program->fact_instrs[0]);
	const Instr *any = &run->program->instrs[stage->earned];
	const Value *list;
	int			i;

	if (!as_of->known)
		return false;
	if (stage->stage->list == NULL)
		return is_later(run_value(run, stage->on), as_of);
	/* a condition that is always false has left no list */
	if (any->op != OP_LIST)
		return false;
	list = run_value(run, any->a);
	for (i = 0; list->known && i < list->list->count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		run_enter_element(run, any->depth, list->list->fields + i * list->list->nfields);
		if (is_later(run_value(run, stage->on), as_of))
			return true;
	}
	return false;
}

/* Whether a member of a group is satisfied, for which the document names no sum. */
static bool
has_undetermined(Run *run, const GroupEntry *group)
{
	const Program *program = run->program;
	int			i;

	check_stack_depth();
	for (i = 0; i < group->nmembers; i++)
	{
		const MemberEntry *member = &group->members[i];

		if (member->is_group ? has_undetermined(run, &program->groups[member->number])
			: program->clauses[member->number].clause->undetermined &&
			run_truth(run, program->clauses[member->number].satisfied) == TRUTH_TRUE)
			return true;
	}
	return false;
}

static LineStatus
status_of(Run *run, const LineEntry *entry, const Line *line)
{
	if (line->truth == TRUTH_UNKNOWN)
		return LINE_UNDECIDED;
	if (line->truth == TRUTH_FALSE)
		return entry->stage && is_to_come(run, entry->stage) ? LINE_TO_COME : LINE_REFUSED;
	if (!line->pays)
		return entry->unit ? LINE_UNDETERMINED : LINE_SATISFIED;
	if (!line_is_decided(line))
		return entry->group && has_undetermined(run, entry->group) ? LINE_UNDETERMINED : LINE_UNDECIDED;
	if (line->capped)
		return LINE_CAPPED;
	return number_sign(&line->low) > 0 ? LINE_OWED : LINE_NOTHING;
}

/* If it is not certain that the document applies, only refusals are proved. */
static void
make_conditional(Line *line)
{
	if (line->truth == TRUTH_TRUE)
		line->truth = TRUTH_UNKNOWN;
	line->low = number_zero;
	line->capped = false;
}

void
lines_read(Run *run, const LineEntry *entries, int nlines, bool conditional, Line *lines)
{
	int			i,
				j;

	memset(lines, 0, nlines * sizeof(Line));
	for (i = 0; i < nlines; i += j)
	{
		const LineEntry *entry = &entries[i];
		int			nstages = entry->clause ? entry->clause->nstages : 0;

		for (j = 0; j <= nstages; j++)
			lines[i + j].low = lines[i + j].high = number_zero;
		if (entry->rung)
			lines[i].truth = run_truth(run, entry->rung->when);
		else if (entry->group)
			read_group(run, entry->group, &lines[i]);
		else
			read_clause(run, entry->clause, &lines[i]);
		for (j = 1; j <= nstages; j++)
		{
			lines[i + j].truth = run_truth(run, entries[i + j].stage->earned);
			lines[i + j].period = lines[i].period;
		}
		if (nstages > 0)
			share_stages(run, entry->clause, &lines[i + 1]);
		for (j = 0; conditional && j <= nstages; j++)
			make_conditional(&lines[i + j]);
		place_amounts(&lines[i], &lines[i + 1], nstages);
		lines[i].status = status_of(run, entry, &lines[i]);
		for (j = 1; j <= nstages; j++)
		{
			lines[i + j].status = status_of(run, &entries[i + j], &lines[i + j]);
			if (lines[i + j].status == LINE_TO_COME && lines[i].status == LINE_REFUSED)
				lines[i].status = LINE_TO_COME;
		}
	}
	/* a group is `to come` if a member is; members may be groups that follow */
	for (i = 0; i < nlines; i++)
		for (j = entries[i].outer; lines[i].status == LINE_TO_COME && j >= 0; j = entries[j].outer)
			if (lines[j].status == LINE_REFUSED)
				lines[j].status = LINE_TO_COME;
}

/* Whether one line certainly pays more than another, or as much and comes first. */
static bool
supersedes(const Line *lines, int one, int other)
{
	int			order;

	if (lines[other].unbounded || !lines[one].pays || !lines[other].pays)
		return false;
	order = number_compare(&lines[one].low, &lines[other].high);
	return order > 0 || (order == 0 && one < other);
}

/* The line of a member by its code. */
static int
best_of(const LineEntry *entries, int outer, const char *code, int nlines)
{
	int			i;

	for (i = 0; i < nlines; i++)
		if (entries[i].outer == outer && entries[i].stage == NULL && strcmp(entries[i].code, code) == 0)
			return i;
	return outer;
}

void
lines_superseded(const LineEntry *entries, const Line *lines, int nlines, const char **by)
{
	int			i,
				j;

	memset(by, 0, nlines * sizeof(char *));
	for (i = 0; i < nlines; i++)
	{
		int			outer = entries[i].outer;

		if (outer < 0 || entries[i].stage || !entries[outer].group->group->best || lines[i].truth != TRUTH_TRUE)
			continue;
		for (j = 0; j < nlines; j++)
			if (j != i && entries[j].outer == outer && entries[j].stage == NULL && supersedes(lines, j, i) &&
				(by[i] == NULL || number_compare(&lines[j].low, &lines[best_of(entries, outer, by[i], nlines)].low) > 0))
				by[i] = entries[j].code;
	}

	/*
	 * lines that are not paid because of their group, and stages that are not
	 * paid because of their clause
	 */
	for (i = 0; i < nlines; i++)
	{
		for (j = entries[i].outer; by[i] == NULL && j >= 0; j = entries[j].outer)
			if (lines[i].truth == TRUTH_TRUE)
				by[i] = by[j];
	}
	for (i = 1; i < nlines; i++)
		if (entries[i].stage && lines[i].truth == TRUTH_TRUE)
		{
			for (j = i; entries[j].stage; j--)
				 /* go back to the clause */ ;
			by[i] = by[j];
		}
}

/* ---------------- reservations ---------------- */

List *
line_reservations(Run *run, const LineEntry *entry, const Line *line)
{
	int			nshould = entry->rung ? entry->rung->nshould : entry->group ? 0 : entry->clause->nshould;
	const int  *numbers = entry->rung ? entry->rung->should : entry->group ? NULL : entry->clause->should;
	const char **words = entry->rung ? entry->rung->should_texts : entry->group ? NULL : entry->clause->should_texts;
	List	   *texts = NIL;
	int			i;

	if (entry->group || entry->stage || line->truth == TRUTH_FALSE)
		return NIL;
	for (i = 0; i < nshould; i++)
		if (run_truth(run, numbers[i]) == TRUTH_FALSE)
			texts = lappend(texts, unconstify(char *, words[i]));
	return texts;
}
