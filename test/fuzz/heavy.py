"""Documents that are slow in different ways; questions about them must be cancellable."""

N = 20000

ROW = """'{"a": 5, "a1": 4, "d": "2020-01-01"}'::jsonb"""
QUESTIONS = tuple(f"SELECT zjtx.{f}({{p}})" for f in ("lint", "facts", "provisions", "examples", "clauses", "targets",
                                                      "notes")) + tuple(
    f"SELECT zjtx.{f}({e}, {{p}}){source}" for f in
    ("eligible", "placement", "amount_range", "missing", "assess", "judge", "explain", "explain_json", "gap")
    for e, source in (("'{}'::jsonb", ""), (ROW, ""), ("r", " FROM (SELECT 1 AS x OFFSET 0) r"),
                      ("r", " FROM (SELECT 1.5 AS a, true AS a1 OFFSET 0) r"))) + (
    "SELECT zjtx.part({p}, '1')", "SELECT zjtx.amend({p}, 'clause 1 when true')",
    "SELECT zjtx.as_of({p}, '2024-01-01')",
    "SELECT zjtx.check_table('fuzz_table', {p})", "SELECT zjtx.progress({p}, 'fuzz_table')")


def many(count, text, join=" "):
    """Joins copies of a text, with # replaced by each number."""
    return join.join(text.replace("#", str(i)) for i in range(count))


def documents():
    """Returns the documents by name."""
    head = "policy p 'p' fact a number "
    money = "policy p 'p' fact a number 元 fact d date "
    return {
        "in": "policy p 'p' fact a text clause 1 when a in (" + many(3 * N, "'v#'", ",") + ")",
        "values": "policy p 'p' fact a text in (" + many(2 * N, "'v#'", ",") +
        ") clause 1 when a = 'v5' clause 2 when not (a in ('v9'))",
        "definitions": head + many(N, "define d# = a + #") + " clause 1 when d5 > 3",
        "chain": head + "define d0 = a " + " ".join(f"define d{i} = d{i - 1} + 1" for i in range(1, 1900)) +
        " clause 1 when d1899 > 3",
        "squares": head + "define d0 = a / 3 " + " ".join(f"define d{i} = d{i - 1} * d{i - 1}" for i in range(1, 40)) +
        " clause 1 when d39 > 3",
        "doubled": head + "define d0 = a " + " ".join(
            f"define d{i} = d{i - 1} * d{i - 1} + d{i - 1}" for i in range(1, 900)) + " clause 1 when d899 > 3",
        "and": "policy p 'p' " + many(N, "fact a# boolean") + " clause 1 when " + many(N, "a#", " and "),
        "or": "policy p 'p' " + many(3000, "fact a# number") + " clause 1 when " + " and ".join(
            f"(a{i} > {i} or a{i * 7 % 3000} < {i})" for i in range(3000)),
        "band": head + "score s 's' = band(a : " + ", ".join(f">= {N - i} then {i}" for i in range(N)) +
        ", else 0) clause 1 when s > 5",
        "bands": "policy p 'p' " + many(300, "fact a# number") + " score s 's' = " + many(
            300, "band(a# : >= 5 then 5, >= 3 then 4, else 0)",
            " + ") + " clause 1 when s > 500 ladder 'l' rung x 'x' when s > 700 rung y 'y' when s > 900",
        "count_true": "policy p 'p' " + many(2000, "fact a# boolean") + " clause 1 when count_true(" +
        many(2000, "a#", ", ") + ") > 1000",
        "clauses": money + many(5000, "clause # 't' reward when a > #元 pay a / 3 cap 7元"),
        "stages": money + "clause 1 reward cap 5元 " + many(3000, "stage # 't' on d + #日 when a > #元 pay 1元"),
        "rungs": money + "fact b number 元 ladder 'l' " + many(1500, "rung r# 't' when a > #元 or b > #元"),
        "deep": "policy p 'p' fact a boolean clause 1 when " + "not (a and " * 490 + "a" + ")" * 490,
        "digits": head + "define d = a * " + many(300, "9" * 999, " * ") + " clause 1 when d > 1",
        "examples": head + "clause 1 when a > 3 example 'e0' given a = 9 expect clause 1 true " + " ".join(
            f"example 'e{i}' like 'e{i - 1}' given a = {i} expect clause 1 true" for i in range(1, 4000)),
        "targets": head + many(3000, "target # 't' 家 stock 2024: # count where a > #"),
        "title": "policy p '" + "长" * 300000 + "' fact a number clause 1 when a > 1",
    }
