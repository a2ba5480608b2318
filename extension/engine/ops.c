/*
 * ops.c
 *		Functions derived from the table of instructions: walks, and printing a program.
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "miscadmin.h"

#include "program.h"
#include "table.h"

#define IS_REGISTER(role) ((role) == ROLE_REGISTER || (role) == ROLE_OPTIONAL)
#define TYPE_ANY TYPE_UNKNOWN
#define TYPE_ORDERED TYPE_UNKNOWN

const OpInfo op_info[] =
{
#define OP(NAME, name, a, b, c, args, flag, result, digits, reads, missing, undo, ...) \
	[OP_##NAME] = {#name, {ROLE_##a, ROLE_##b, ROLE_##c}, ROLE_##args, \
		IS_REGISTER(ROLE_##a) | IS_REGISTER(ROLE_##b) << 1 | IS_REGISTER(ROLE_##c) << 2, FLAG_##flag, \
		TYPE_##result, DIGITS_##digits, reads},
#include "ops.h"
};

/* ---------------- walks ---------------- */

void
program_dependents(const Program *program, int number, bool *depends)
{
	int			i;

	memset(depends, 0, program->ninstrs);
	depends[number] = true;
	for (i = number + 1; i < program->ninstrs; i++)
		foreach_operand(operand, program, &program->instrs[i])
			depends[i] |= depends[operand];
}

void
program_reach(const Program *program, bool *reached)
{
	int			i;

	/* operands have lower numbers than the instructions that read them */
	for (i = program->ninstrs - 1; i >= 0; i--)
	{
		CHECK_FOR_INTERRUPTS();
		if (reached[i])
			foreach_operand(operand, program, &program->instrs[i])
				reached[operand] = true;
	}
}

/* ---------------- printing ---------------- */

static void
print_operand(StringInfo buf, const Program *program, const Instr *instr, int place)
{
	int			operand = place == 0 ? instr->a : place == 1 ? instr->b : instr->c;
	const Fact *list;

	switch ((Role) op_info[instr->op].roles[place])
	{
		case ROLE_REGISTER:
		case ROLE_OPTIONAL:
			appendStringInfo(buf, "#%d", operand);
			break;
		case ROLE_CONSTANT:
			if (op_info[instr->op].result == TYPE_TEXT)
				appendStringInfo(buf, "'%s'", program->texts[operand]);
			else
				appendStringInfoString(buf, number_text(&program->numbers[operand]));
			break;
		case ROLE_INTEGER:
			if (op_info[instr->op].result == TYPE_BOOLEAN)
				appendStringInfoString(buf, operand ? "true" : "false");
			else if (instr->op == OP_DATE)
				appendStringInfoString(buf, date_text(operand));
			else
				appendStringInfo(buf, "%d", operand);
			break;
		case ROLE_FACT:
		case ROLE_LIST:
			appendStringInfoString(buf, program->facts[operand]->name);
			break;
		case ROLE_TABLE:
			appendStringInfoString(buf, program->tables[operand]->name);
			break;
		case ROLE_COLUMN:
			appendStringInfoString(buf, program->tables[instr->b]->columns[operand].name);
			break;
		case ROLE_FIELD:
			list = program->facts[instr->c];
			appendStringInfoString(buf, ((const Fact *) list_nth(list->fields, operand))->name);
			break;
		default:
			appendStringInfo(buf, "%d", operand);
			break;
	}
}

static void
print_flag(StringInfo buf, const Instr *instr)
{
	static const char *const comparisons[] = {
		[CMP_EQ] = "=",[CMP_NE] = "<>",[CMP_LT] = "<",[CMP_LE] = "<=",[CMP_GT] = ">",[CMP_GE] = ">="
	};

	switch ((FlagRole) op_info[instr->op].flag)
	{
		case FLAG_COMPARE:
			appendStringInfoString(buf, comparisons[instr->flag]);
			break;
		case FLAG_UNIT:
			appendStringInfoString(buf, unit_name(&builtin_units[instr->flag]));
			break;
		case FLAG_NEGATED:
			appendStringInfoString(buf, instr->flag ? "not " : "");
			break;
		case FLAG_FUNCTION:
			appendStringInfoString(buf, function_name(instr->flag));
			break;
		case FLAG__:
			break;
	}
}

/*
 * Prints the args for $( x ), separated by x.  `at` is after the bracket; returns the
 * position after the closing one.
 */
static const char *
print_args(StringInfo buf, const Program *program, const Instr *instr, const char *at)
{
	int			length = strcspn(at, ")");
	int			i;

	for (i = 0; i < instr->nargs; i++)
		appendStringInfo(buf, "%.*s#%d", i > 0 ? length : 0, at, program->args[instr->args + i]);
	return at + length;
}

static void
print_instr(StringInfo buf, const Program *program, const Instr *instr)
{
	const char *at;
	int			operands[3] = {instr->a, instr->b, instr->c};

	for (at = op_info[instr->op].reads; *at; at++)
	{
		const char *place = at[0] == '$' && at[1] ? strchr("abc", at[1]) : NULL;

		/* an optional part, which is skipped if its operand is -1 */
		if (*at == '[')
		{
			const char *of = strchr(at, '$');

			if (operands[of[1] - 'a'] < 0)
				at = strchr(at, ']');
			continue;
		}
		if (*at == ']')
			continue;
		if (*at != '$')
		{
			appendStringInfoChar(buf, *at);
			continue;
		}
		at++;
		if (place)
			print_operand(buf, program, instr, *at - 'a');
		else if (*at == 'f')
			print_flag(buf, instr);
		else
			at = print_args(buf, program, instr, at + 1);
	}
	if (instr->op == OP_LIST || instr->op == OP_ONCE)
		appendStringInfo(buf, " at %d", instr->depth);
}

char *
program_text(const Program *program)
{
	StringInfoData buf;
	int			i;

	initStringInfo(&buf);
	for (i = 0; i < program->ninstrs; i++)
	{
		CHECK_FOR_INTERRUPTS();
		appendStringInfo(&buf, "%s#%d %s = ", i > 0 ? "\n" : "", i, type_name(program->instrs[i].type));
		print_instr(&buf, program, &program->instrs[i]);
	}
	return buf.data;
}
