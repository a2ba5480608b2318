/*
 * table_phrases.h
 *		The words of check_table, part of the table of phrases (phrases.h).
 *
 * Numbers of rows and values are given as texts.
 */
#ifndef ZJTX_TABLE_PHRASES_H
#define ZJTX_TABLE_PHRASES_H

#define TABLE_PHRASES(PHRASE) \
	/* columns */ \
	PHRASE(table_by_name, "by its name", "列名即其名称") \
	PHRASE(table_by_label, "by its label", "列名即其标签") \
	PHRASE(table_absent, "no column has the fact's name or label, so the fact is unknown in every row", \
		   "没有列名与其名称或者标签相同的列，各行均按未知处理") \
	PHRASE(table_perhaps, "The column \"%s\" may be the right one.", "可能是列“%s”。") \
	PHRASE(table_perhaps_flat, "If there is one element at most, these columns may be its fields: %s.", \
		   "如果每户至多一项，可能由这些列组成：%s。") \
	PHRASE(table_column, "\"%s\"", "“%s”") \
	PHRASE(table_mapped, "the view takes it from the column \"%s\"", "视图取自列“%s”") \
	PHRASE(table_from_detail, "the view takes it from the column \"%s\" of \"%s\"", "视图取自“%2$s”的列“%1$s”") \
	PHRASE(table_in_unit, ", in %s", "，单位%s") \
	/* the year, the day judged */ \
	PHRASE(table_of_year, "; on %2$s the fact means %1$d", "；按判断日%2$s，应取%1$d年") \
	PHRASE(table_by_values, "; its texts are values of the fact", "；该列内容都是规定的取值") \
	PHRASE(table_until_view, "Without the view, the fact is unknown in every row.", "不建视图，则各行均按未知处理。") \
	PHRASE(table_guess, "It is a guess: check it.", "这是推测，请核对。") \
	PHRASE(table_denied, "the current role may not read the column, so its values were not examined", \
		   "当前角色无权读取该列，未检查其内容") \
	PHRASE(table_denied_hint, "The view leaves it out.", "视图不含该列。") \
	/* types: of the column, of the fact */ \
	PHRASE(table_type, "a column of type %s cannot provide a %s: questions that read it fail", \
		   "%s 类型的列不能直接用作 %s，直接提问会出错") \
	PHRASE(table_type_zone, "The day of a timestamp with time zone depends on the session: cast it at a time zone.", \
		   "带时区的时间是哪一天取决于会话，请按时区转换。") \
	PHRASE(table_type_cast, "Cast the column in a view.", "请在视图中转换类型。") \
	PHRASE(table_type_read, "The view reads its texts with %s.", "视图用 %s 读取。") \
	/* texts: numbers of texts */ \
	PHRASE(table_unreadable, "%1$s of %2$s texts cannot be read and count as unknown: %3$s", \
		   "%2$s个填写值中有%1$s个读不出，按未知处理：%3$s") \
	PHRASE(table_unreadable_none, "%1$s of %2$s texts cannot be read and count as none: %3$s", \
		   "%2$s个填写值中有%1$s个读不出，视图中按无处理：%3$s") \
	PHRASE(table_unreadable_hint, "Correct them in the table.", "请在原表中更正。") \
	PHRASE(table_row, "row %s", "第%s行") \
	PHRASE(table_example, "%s \"%s\"", "%s “%s”") \
	PHRASE(table_mixed, "the texts have several formats: %s", "写法不一：%s") \
	PHRASE(table_format, "\"%s\" and similar (%s)", "“%s”等%s个") \
	PHRASE(table_word, "\"%s\" (%s)", "“%s”%s个") \
	PHRASE(table_mixed_share, "A number without % is a fraction: 0.08 is 8%.", "没有百分号的按小数读：0.08 即 8%。") \
	PHRASE(table_mixed_percent, "A number without % is in percent: 8 is 8%.", "没有百分号的按百分数读：8 即 8%。") \
	PHRASE(table_near, "%1$s of %2$s texts equal a value only without their spaces or widths: %3$s", \
		   "%2$s个填写值中有%1$s个去掉空格、统一全半角后才与取值相同：%3$s") \
	PHRASE(table_near_fixed, "The view removes them with %s.", "视图用 %s 处理。") \
	PHRASE(table_near_label, "Add these texts as labels to the fact: %s.", "可以作为标签加入该事实：%s。") \
	PHRASE(table_contains, "%1$s of %2$s texts contain a value but are none: %3$s", \
		   "%2$s个填写值中有%1$s个包含取值而不等于取值：%3$s") \
	/* values */ \
	PHRASE(table_nulls, "NULL in %1$s of %2$s rows, where it is unknown", "%2$s行中有%1$s行为空值，按未知处理") \
	PHRASE(table_empty, "empty in %1$s of %2$s rows, where it is unknown", "%2$s行中有%1$s行未填，按未知处理") \
	PHRASE(table_empty_none, "empty in %1$s of %2$s rows, which means %3$s", "%2$s行中有%1$s行未填，按“%3$s”处理") \
	PHRASE(table_empty_none_hint, "If one of them is not known, write a text that cannot be read, such as \"not known\"; then it is unknown.", \
		   "其中尚未查明的，请填“不详”，即按未知处理。") \
	PHRASE(table_all_null, "NULL in every row, which means %s", "各行均为空值，即%s") \
	PHRASE(table_all_null_hint, "If the fact is not known, leave the column out; then the fact is unknown.", \
		   "如果并不知道，请去掉该列，则按未知处理。") \
	PHRASE(table_range, "%1$s of %2$s values are impossible and count as unknown", \
		   "%2$s个值中有%1$s个不可能，按未知处理") \
	PHRASE(table_range_numbers, "They range from %s to %s; the fact can be: %s.", "最小 %s，最大 %s；规定的取值：%s。") \
	PHRASE(table_range_one, "One is \"%s\"; the fact can be: %s.", "例如“%s”；规定的取值：%s。") \
	PHRASE(table_range_hint, "The fact can be: %s.", "规定的取值：%s。") \
	PHRASE(table_any_finite, "any finite value", "任何有限的值") \
	PHRASE(table_unit, "half of its %s values that are not zero are at most %s: in %s?", \
		   "%s个非零的值有一半不超过 %s：单位是否为%s？") \
	PHRASE(table_unit_share, "The fact is a fraction: 10% is 0.10.", "该事实是小数：10% 为 0.10。") \
	PHRASE(table_unit_hint, "The fact is in %s.", "该事实的单位是%s。") \
	/* what treats texts as equal, of which field */ \
	PHRASE(table_the_type, "the type %s", "类型 %s ") \
	PHRASE(table_the_collation, "the collation \"%s\"", "排序规则“%s”") \
	PHRASE(table_of_field, " of the field \"%s\"", "（字段“%s”）") \
	PHRASE(table_equality, "%s treats different texts%s as equal, but the policy compares them byte for byte", \
		   "%s把不同的文字%s视为相同，而政策逐字节比较") \
	PHRASE(table_equality_hint, "Write the values as the policy does, or add labels for their other forms to the fact.", \
		   "请按政策的写法填写，或者把其他写法作为标签加入该事实。") \
	/* years */ \
	PHRASE(table_years_lacking, "columns give %s; %s is unknown in every row", "各列给出%s；%s各行均按未知处理") \
	PHRASE(table_years, "columns give %s", "各列给出%s") \
	PHRASE(table_year_column, "the column gives %s", "该列给出%s") \
	PHRASE(table_twice, "%1$s of %2$s rows have two values for a year, which is unknown there: %3$s", \
		   "%2$s行中有%1$s行同一年有两个值，按未知处理：%3$s") \
	PHRASE(table_twice_hint, "Keep one element for a year.", "请每年只留一个值。") \
	/* the table */ \
	PHRASE(table_duplicates, "%1$s keys occur in several rows: %2$s", "%1$s个主键重复：%2$s") \
	PHRASE(table_duplicate, "%s (%s rows)", "%s（%s行）") \
	PHRASE(table_duplicates_hint, "Delete the other rows: each row is judged, and counted, alone.", \
		   "请删去多余的行：各行分别判断、分别计数。") \
	PHRASE(table_no_key, "%s of %s rows have no key", "%2$s行中有%1$s行没有主键") \
	PHRASE(table_sample, "texts were read in a sample of %s of %s rows", "填写值抽查了%2$s行中的%1$s行") \
	PHRASE(table_view_hint, "Read the comments before you create it.", "建立之前请看注释。") \
	/* comments in the view */ \
	PHRASE(view_in_unit, "in %s", "单位%s") \
	PHRASE(view_in_unit_guess, "in %s?", "单位是%s？") \
	PHRASE(view_was, "was %s", "原为 %s") \
	PHRASE(view_year, "%1$d, for %2$s", "按判断日%2$s取%1$d年") \
	PHRASE(view_guess, "a guess", "推测") \
	PHRASE(view_absent, "absent", "缺") \
	PHRASE(view_absent_years, "absent: a column for each year, such as %s", "缺：每年一列，例如 %s") \
	PHRASE(view_left_out, "left out: %s, of type %s", "未取：%s，类型 %s") \
	PHRASE(view_denied, "left out: %s, which the current role may not read", "未取：%s，当前角色无权读取") \
	PHRASE(view_perhaps, "perhaps: %s", "可能：%s")

#endif							/* ZJTX_TABLE_PHRASES_H */
