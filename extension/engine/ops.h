/*
 * ops.h
 *		The instructions.
 *
 * This table is the only definition of the instructions.  program.h takes their numbers from
 * it, and program.c and ops.c their operands and printed form.  run.c and the kernel call the two
 * implementations of each, exact_<name> and kernel_<name>.  missing.c and gap/undo.c take from
 * it how to search the operands.  A file that includes it defines OP, which is undefined at
 * the end:
 *
 *		OP(NAME, name, a, b, c, args, flag, result, digits, reads, missing, undo, kernel)
 *
 * a, b, c, args	the kind of each operand:
 *		_			unused
 *		REGISTER	the number of a preceding instruction
 *		OPTIONAL	the same, or -1
 *		REGISTERS	args: any number of instructions
 *		CONSTANT	an index into Program.numbers or .texts, depending on the result
 *		INTEGER		the value itself: a truth value, a date, decimals, or a number of units
 *		TABLE, COLUMN	a table of the document, and one of its columns
 *		FACT, FIELD, LIST, DEPTH	a fact; a field of a list, the list, and the depth of
 *					the element
 * flag				the meaning of Instr.flag: COMPARE: CompareOp; UNIT: BuiltinUnit; NEGATED: the
 *					result is negated; FUNCTION: Function; or _
 * result			the type of the result; ANY: the type of the operands or of the fact;
 *					ORDERED: the type of the operands, a number or a date
 * digits			ADDS: a number of the result may have as many digits as all operands
 *					together; POWERS: b times as many as a; KEEPS: as many as one of them
 * reads			the printed form: $a, $b, $c are operands; $f is the flag; $( x ) are the
 *					args separated by x; [...] is omitted if its operand is -1
 * missing			how missing.c finds the operands that keep it from being known
 *					(find_in_<missing>)
 * undo				how gap/undo.c derives from a wanted result what an operand must be
 *					(undo_<undo>); search: tries values
 * kernel			how the float kernel (kernel.h) computes it: EACH: kernel_<name>(), lane by
 *					lane; LANES: in kernel_lanes.h or a part of it, many lanes at a time;
 *					EXACT: only exact arithmetic does (a comment says why)
 */

/* constants */
OP(NUMBER, number, CONSTANT, _, _, _, _, NUMBER, KEEPS, "$a", all, nothing, LANES)
OP(DATE, date, INTEGER, _, _, _, _, DATE, KEEPS, "$a", all, nothing, LANES)
OP(TEXT, text, CONSTANT, _, _, _, _, TEXT, KEEPS, "$a", all, nothing, LANES)
OP(BOOLEAN, boolean, INTEGER, _, _, _, _, BOOLEAN, KEEPS, "$a", all, nothing, LANES)

/* facts; the value of a fact by year in year b */
OP(FACT, fact, FACT, _, _, _, _, ANY, KEEPS, "$a", fact, fact, LANES)
OP(YEARLY, yearly, FACT, REGISTER, _, _, _, ANY, KEEPS, "$a of year $b", yearly, yearly, LANES)
OP(FIELD, field, FIELD, DEPTH, LIST, _, _, ANY, KEEPS, "$c.$a at $b", field, nothing, LANES)

/* conditions; comparisons with none are false */
OP(AND, and, _, _, _, REGISTERS, _, BOOLEAN, KEEPS, "$( and )", all, nothing, LANES)
OP(OR, or, _, _, _, REGISTERS, _, BOOLEAN, KEEPS, "$( or )", all, nothing, LANES)
OP(NOT, not, REGISTER, _, _, _, _, BOOLEAN, KEEPS, "not $a", all, nothing, LANES)
OP(COMPARE, compare, REGISTER, REGISTER, _, _, COMPARE, BOOLEAN, KEEPS, "$a $f $b", all, nothing, LANES)
OP(TEXT_IN, text_in, REGISTER, _, _, REGISTERS, NEGATED, BOOLEAN, KEEPS, "$a $fin ($(, ))", all, nothing, LANES)
OP(IS_NONE, is_none, REGISTER, _, _, _, NEGATED, BOOLEAN, KEEPS, "$a is $fnone", all, nothing, LANES)

/* arithmetic; the result with none is none */
OP(ADD, add, REGISTER, REGISTER, _, _, _, NUMBER, ADDS, "$a + $b", all, arithmetic, LANES)
OP(SUBTRACT, subtract, REGISTER, REGISTER, _, _, _, NUMBER, ADDS, "$a - $b", all, arithmetic, LANES)
OP(MULTIPLY, multiply, REGISTER, REGISTER, _, _, _, NUMBER, ADDS, "$a * $b", all, arithmetic, LANES)
OP(DIVIDE, divide, REGISTER, REGISTER, _, _, _, NUMBER, ADDS, "$a / $b", divide, arithmetic, LANES)
OP(NEGATE, negate, REGISTER, _, _, _, _, NUMBER, KEEPS, "-$a", all, negate, EACH)
OP(POWER, power, REGISTER, INTEGER, _, _, _, NUMBER, POWERS, "$a ^ $b", all, power, EACH)
OP(FLOOR, floor, REGISTER, _, _, _, _, NUMBER, KEEPS, "floor($a)", all, floor, EACH)
OP(CEIL, ceil, REGISTER, _, _, _, _, NUMBER, KEEPS, "ceil($a)", all, ceil, EACH)
OP(ROUND, round, REGISTER, INTEGER, _, _, _, NUMBER, KEEPS, "round($a, $b)", all, round, EACH)

/* the parts of a number, each at its own rate: args are rate, bound, rate, …, [rate above] */
OP(TIERS, tiers, REGISTER, _, _, REGISTERS, _, NUMBER, ADDS, "tiers($a: $(, ))", all, tiers, EACH)

/* dates */
OP(SHIFT, shift, REGISTER, INTEGER, _, _, UNIT, DATE, KEEPS, "$a + $b $f", all, shift, EACH)
OP(DAYS, days, REGISTER, REGISTER, _, _, _, NUMBER, KEEPS, "$a - $b", all, days, EACH)
OP(YEAR, year, REGISTER, _, _, _, _, NUMBER, KEEPS, "year($a)", all, year, EACH)
OP(MONTH, month, REGISTER, _, _, _, _, NUMBER, KEEPS, "month($a)", all, search, EACH)
OP(MONTHS, months, REGISTER, REGISTER, _, _, _, NUMBER, KEEPS, "months($a, $b)", all, search, EACH)

/* choices; args of a case: condition, value, …, [else]; a is the operand of a band */
OP(CASE, case, OPTIONAL, _, _, REGISTERS, _, ANY, KEEPS, "case([$a: ]$(, ))", case, nothing, LANES)
OP(LEAST, least, _, _, _, REGISTERS, _, ORDERED, KEEPS, "least($(, ))", extreme, same, EACH)
OP(GREATEST, greatest, _, _, _, REGISTERS, _, ORDERED, KEEPS, "greatest($(, ))", extreme, same, EACH)
OP(CLAMP, clamp, REGISTER, REGISTER, REGISTER, _, _, ORDERED, KEEPS, "clamp($a, $b, $c)", all, same, EACH)
OP(LATEST, latest, _, _, _, REGISTERS, _, DATE, KEEPS, "latest($(, ))", all, same, EACH)
OP(COALESCE, coalesce, REGISTER, REGISTER, _, _, _, ANY, KEEPS, "coalesce($a, $b)", coalesce, same, LANES)
OP(COUNT_TRUE, count_true, _, _, _, REGISTERS, _, NUMBER, KEEPS, "count_true($(, ))", all, nothing, LANES)

/* the list of the whole numbers from a to b, and its element */
OP(RANGE, range, REGISTER, REGISTER, _, _, _, LIST, KEEPS, "$a to $b", all, nothing, LANES)
OP(ELEMENT, element, DEPTH, _, _, _, _, NUMBER, KEEPS, "it at $a", all, nothing, LANES)

/* the cell in column c of table b, in the row that key a finds */
OP(TABLE, table, REGISTER, TABLE, COLUMN, _, _, ANY, KEEPS, "$b($a).$c", table, table, LANES)

/* a function over the elements of list a that satisfy b; its argument is c */
OP(LIST, list, REGISTER, OPTIONAL, OPTIONAL, _, FUNCTION, ANY, KEEPS, "$f($a[ where $b][ : $c])", list, nothing, LANES)

/*
 * the sum of the lines c for the elements of list a that satisfy b, where elements of the
 * same day count once; args: the day of an element, and its amount if it counts
 */
OP(ONCE, once, REGISTER, REGISTER, REGISTER, REGISTERS, _, NUMBER, KEEPS, "sum($a where $b : $c once on $(, ))", once, nothing, LANES)

/*
 * money, rounded and never negative: b while a holds; a sum; the highest; an amount that the
 * document does not name; a limited to b
 */
OP(LINE, line, REGISTER, REGISTER, _, _, _, NUMBER, KEEPS, "pay $b when $a", all, nothing, LANES)
OP(TOTAL, total, _, _, _, REGISTERS, _, NUMBER, KEEPS, "total($(, ))", all, nothing, LANES)
OP(HIGHEST, highest, _, _, _, REGISTERS, _, NUMBER, KEEPS, "highest($(, ))", extreme, nothing, LANES)
OP(UNDETERMINED, undetermined, _, _, _, _, _, NUMBER, KEEPS, "undetermined", all, nothing, EACH)
OP(CAP, cap, REGISTER, REGISTER, _, _, _, NUMBER, KEEPS, "$a cap $b", cap, nothing, LANES)

#undef OP
