"""Documents for which the kernel is compared with exact arithmetic, besides the shipped and generated ones."""

# Where rounding, zero and open ends matter.
WRITTEN = [f"policy p 'p' {facts} clause c reward when a > 0 pay ({pay}) * 1元"
           for facts in ("fact a number fact b number fact c number",
                         "fact a number at least 0 fact b number at most 1 null means none "
                         "fact c number between 0.1 and 0.3",
                         "fact a number null means none fact b number at least 0.1 fact c number at most -0.1")
           for pay in ("a / (b - c)", "a / (a - b - c)", "(a - b) / (b - c)", "(a - b) * (b - c)", "a / b / c",
                       "1 / (a * b)", "a / 3 - b / 3 + c", "round(a / b, 2)", "floor(a / b) + ceil(b / c)",
                       "round(a * b, 1) - c", "(a - b) ^ 2 / (b - c) ^ 3", "least(a / 3, b / 3, c)",
                       "greatest(a - b, b - c)", "clamp(a / 7, b / 7, c)", "coalesce(case when a > b then c end, 1)",
                       "band(a / b : >= 0.1 then b, > 0 then c / 3, else a)",
                       "case when a / 3 = b / 3 then c when a < b then b else a end",
                       "tiers(a : 5% to 0.3, 3% to 100)", "greatest(a, -a) / greatest(b, -b)",
                       # exactly at a bound, and integers
                       "case when a / b >= 3 then 1 when a / c - 1 < 0.1 then 2 when a / 3 <= b / c then 3 else 4 end",
                       "case when (a + b) / 2 > 0.1 then 1 when a * 3 - b = 0.3 then 2 when a - b >= c - a then 3 end",
                       "band(a / b : >= 3 then 5, >= 1 then 3, >= 0.1 then 1, else 0) "
                       "+ band(a - b : > 0.2 then 1, else -1)",
                       "floor(a) + floor(b / 3) * 2 - floor(c / 1000)",
                       "least(5, floor(a / 2), greatest(1, floor(b))) + 3 * count_true(a > b, b = 0.1, not c > 0)",
                       "least(count_true(a >= 0), 1) - greatest(floor(a), floor(b), -3)")]
# The high end of an unknown divisor is so little below zero that its sign is in doubt.
WRITTEN += ["policy p 'p' fact a number fact b number fact c number between -0.3 and -0.1 "
            f"clause c1 reward when b > 0.09999999999999999999 pay ({pay}) * 1元"
            for pay in ("1 / (c + b)", "a / (c + b)", "a / (b + c) - 3", "(a - 1) / (c + b) / 3")]

# A condition of elements asks the row for another list, through the day of a stage.
WRITTEN += ["""policy p 'p' fact f list of date null means none fact n number null means none
clause 1 '一' reward
  when any(f : case when n > 2 then as_of >= it when n > 1 then as_of = as_of else it > as_of - 100日 end)
  stage filed '一' each f on it pay n * 1元
  stage listed '二' on min(f : it) pay 5元"""]

# The day of a reference goes through a list; what it is for goes through lists too, and near a bound.
WRITTEN += ["""policy p 'p' fact f list (d date null means none, x number, y number at least 0 null means none)
clause 1 '一' reward when satisfies 2 on one(f where x + y <> 20 : d) pay amount of 2
clause 2 '二' reward when not avg(f where y > 1 : x) > 0
  stage filed '二' each f on d when x / 35% = 5000 pay y * 1元"""]

# What is demanded of every rung, of every clause and of all that is paid leaves few rows.
WRITTEN += [f"""policy p 'p' fact g boolean fact h boolean fact k text in ('x', 'y', 'z') fact a number
fact b number at least 0 fact c number null means none fact d date null means none fact f list (day date, x number)
define score = band(a / b : >= 3 then 5, >= 1 then 3, >= 0.1 then 1, else 0) + band(c - b : > 0.2 then 1, else -1)
  + case when a > 3 then 2 when b > c then 1 else 0 end + least(5, floor(b / 2)) + count_true(a > b, c = 0.1, d < as_of)
clause 1 '一' reward when {demanded} and (score >= 4 or d >= as_of - 100日) pay round(a * b, 2) * 1元 cap 100元
clause 2 '二' reward when {demanded} and (score < 2 or any(f : x > a))
  stage early '一' each f {once} on day when x > 3 and c > 1 pay 5元
  stage late '二' on d when score > 3 pay score * 1元
group top '就高' best of 1, 2 cap 50元
ladder '级'
rung low '低' when {demanded} and score > 1
rung middle '中' when {demanded} and (score > 3 or count(f where x > c) > 1) and a <> 0.1
rung high '高' when a / b > 0.3 and {demanded} and c < 100 and (score >= 5 or d = as_of)"""
            for demanded in ("g and not h", "g and k = 'x' and not h", "not (h or k in ('x', 'y')) and count(f) = 0",
                             "(g or h) and b < 1")
            for once in ("", "once")]
# The same of all that is paid, which depends on elements.
WRITTEN += [f"""policy p 'p' fact g boolean fact a number fact b number at least 0 fact d date null means none
fact f list (day date, x number)
clause 1 '一' reward
  stage early '一' each f {once} on day when g and x > 3 and (x + a > b or x - a < b or day > d or x * b > 7 and x < 8)
    and (x / 3 <> a or x + b > 2 or d < as_of) and (a - b < 3 or x > 9 or d = day) pay round(a * x, 2) * 1元"""
            for once in ("", "once")]

# Days that are chosen from others, of which any may be none or unknown.
WRITTEN += [f"policy p 'p' fact a date {a} fact b date {b} fact c date null means none "
            f"clause 1 '一' reward when {rule} pay 1元"
            for a in ("null means none", "between 2024-03-01 and 2025-02-28 null means none")
            for b in ("", "null means none", "between 2024-01-01 and 2024-12-31")
            for rule in ("latest(a, b, c) <= as_of", "least(a, b) < greatest(b, c, 2024-06-30)",
                         "least(a, c) > b and latest(coalesce(a, b), coalesce(c, b)) >= as_of",
                         "latest(c, a) = least(c, a) or coalesce(c, latest(a, b)) < b",
                         "coalesce(c, a) is null and b > as_of or latest(a, c) is not null and greatest(a, c) > as_of",
                         "greatest(coalesce(c, as_of), least(a, b, c), latest(a, c)) <= coalesce(latest(c, a), b)")]

# What an element must satisfy depends on its row alone in one way or another; the same list at two depths.
WRITTEN += [f"""policy p 'p' fact f list (d date, x number null means none) null means none
fact g list of number null means none fact day date null means none fact n number null means none fact ok boolean
clause 1 '一' reward when any(f : {first}) pay sum(f where {second} : x) * 1元
clause 2 '二' reward when ok or min(f where d > day : d) <= as_of
  stage early '一' each f once on d when {first} and any(f where d = as_of and x > 3)
    pay case when x > 3 then 5元 else 2.5元 end
  stage late '二' on max(f where {second} : d) pay n * 1元
clause 3 '三' reward when count(g where it > n) = 0 or max(f where {second} : x) > 3
  pay count(f where {first}) * 1元"""
            for first, second in (
                ("day >= 2024-06-30 and d > day or day < 2024-06-30 and ok and d > min(f where d > day : d)",
                 "d > day and ok"),
                ("(n > 2 or d > day) and (ok or x > n)", "n > 2 and d < day or x = n or not ok and d <= as_of"),
                ("x > n or day is not null and d = day", "ok and (d > day or n < 3 and x < 5 or x > n)"),
                ("ok and d > latest(day, as_of)", "x > 1 and (ok or x < 3)"))]

# What is paid: fractions, ranges, caps that may be none or in doubt, groups, sums that are too large for hundredths.
WRITTEN += [f"""policy p 'p' fact a number at least 0 fact b number null means none fact c number between 0 and 10
fact ok boolean fact f list (x number at least 0) null means none
group best '高' best of 1, 2, 3
group both '和' sum of 4, best cap {cap}
clause 1 '一' reward when a > 3 pay a * 0.07元
clause 2 '二' reward when ok pay 12.345元
clause 3 '三' reward when ok or b > 2 pay {pay} cap {cap}
clause 4 '四' reward when c > 3
  stage one '一' each f on as_of when x > 1 pay x * 1元
clause 5 '五' reward when b > 1 pay sum(f : x) * {pay}
clause 6 '六' reward when not ok pay 1000000000000元 cap 7000000000000元"""
            for cap in ("100元", "b * 1元", "coalesce(b, c) * 0.5元", "case when ok then a * 1元 end", "10000000000001元")
            for pay in ("0.005元", "5元", "c * 1元", "b / 3 * 1元", "9000000000000元")]

# Tables, whose keys are unknown, none, labels, days, near a bound, or have no row.
KEYED = {
    "text": "fact k text in ('x' '甲', 'y' '乙', 'z')",
    "text none": "fact k text in ('x', 'y', 'z', 'w') null means none",
    "text free": "fact k text null means none",
    "number": "fact k number null means none",
    "number between": "fact k number between 0.1 and 3",
    "date": "fact k date null means none",
    "date between": "fact k date between 2019-01-01 and 2025-12-31",
    "year": "fact k date null means none",
    "year between": "fact k date between 2023-03-01 and 2025-06-30",
}
TABLES = {
    "text": ["'x': ({0}), 'y': ({1})", "'甲': ({0}), '乙': ({1}), else ({2})", "'z': ({0}), 'x': ({0})",
             "'x': ({0}), 'y': ({0}), 'z': ({0})"],
    "number": ["0.1: ({0}), 0.3: ({1}), 2: ({2})", "1: ({0})", "-3: ({2}), 0: ({0}), 1000000000000000.5: ({1})"],
    "date": ["2019-01-01: ({0}), 2024-07-01: ({1}), 2025-01-01: ({2})", "2024-06-30: ({1})"],
    "year": ["2023: ({0}), 2024: ({1}), 2025: ({2})", "2020: ({0}), 2026: ({1}), else ({2})"],
}
CELLS = ("0.1, 2024-01-01, 'x'", "none, none, none", "-7, 2026-02-03, 'y'")


def tables():
    """Documents that look a key up for a number, a day and a text."""
    for kind, facts in KEYED.items():
        by = kind.split()[0]
        for rows in TABLES[by]:
            if "甲" in rows and kind != "text":
                continue
            keys = ("k",) if by != "year" else ("year(k)", "year(k) + 1", "year(as_of)")
            if by == "number":
                keys = ("k", "k + b", "k * 3 / 3", "floor(k)")
            table = f"table t by {by} (n, d date, w text) " + rows.format(*CELLS)
            for key in keys:
                yield (f"policy p 'p' {facts} fact b number at least 0 {table} "
                       f"clause 1 reward when t[{key}].n > b "
                       f"pay case when t[{key}].n > b then t[{key}].n else 1 end * 1元 "
                       f"clause 2 reward when t[{key}].d <= as_of or t[{key}].w = 'x' pay b * 1元 "
                       + (f"clause 3 reward when t[{key}].n is null pay 2元"
                          if "null means none" in facts or "{1}" in rows else ""))


# Facts by year, and ranges, with indexes that are known, unknown, none and no years.
YEARLY = [f"policy p 'p' fact r number by year {more} fact ok boolean by year fact kind text by year in ('x', 'y') "
          f"fact d date null means none fact e date between 2021-03-01 and 2025-06-30 fact n number "
          f"fact f date between 1960-01-01 and 2009-12-31 fact g date between 1960-01-01 and 2010-12-31 "
          f"clause 1 reward when {rule} pay ({pay}) * 1元"
          for more in ("", "at least 0", "null means none")
          for rule, pay in (
              ("r[last_year] > r[last_year - 1]", "r[this_year] - r[year(d)]"),
              ("ok[year(e)] and kind[year(e) + 1] = 'x'", "r[year(e)]"),
              ("ok[year(d)] or kind[last_year] in ('y')", "r[year(d) - 1] / 3"),
              ("all(last_year - 2 to last_year : r[it] > r[it - 1])", "sum(year(e) to this_year : r[it])"),
              ("any(year(d) to this_year : r[it] >= n)", "max(last_year - 3 to last_year : r[it])"),
              ("count(year(e) to year(d) where ok[it]) > 2", "min(this_year - 2 to year(e) where ok[it] : r[it])"),
              ("any(n to n + 3 : it * it > 20)", "sum(floor(n) to 3 : it / 3)"),
              ("all(1 to n : it < 4)", "count(n / 3 to 2 * n where it > 2)"),
              ("any(last_year - 1 to last_year as y : any(y - 1 to y : r[it] > r[y]))",
               "avg(last_year - 2 to last_year : r[it])"),
              ("kind[n] = 'y'", "one(last_year - 2 to last_year where ok[it] : r[it])"),
              ("r[year(f)] > 1 or r[year(g)] < 2", "count(n to n + 49 where it > 3) + count(n to n + 50 where it > 3)"),
              ("r[2024] > r[n]", "one(year(e) to year(d) : it)"),
              ("r[2024] / r[2019] >= 3 or r[2025] < n", "r[2024] * 3 - r[2025]"),
              ("r[2014] + r[2020] > r[2023]", "least(r[2018] / 7, r[2024]) + n"))]
