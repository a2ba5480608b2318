"""Asks zjtx through the object-relational mapper of Django.  Arguments: host, port, user, database."""

import decimal
import sys

import django
from django.conf import settings

from checks import BY_OLD_LAW, EXACT, MISSING, NAME, RULE, check, part

HOST, PORT, USER, DATABASE = sys.argv[1:]
settings.configure(
    DATABASES={"default": {"ENGINE": "django.db.backends.postgresql", "HOST": HOST, "PORT": PORT, "USER": USER,
                           "NAME": DATABASE}},
    DEFAULT_AUTO_FIELD="django.db.models.AutoField")
django.setup()

from django.contrib.postgres.fields import ArrayField   # noqa: E402
from django.db import ProgrammingError, models   # noqa: E402
from django.db.models.expressions import Func, RawSQL, Value   # noqa: E402


class Enterprise(models.Model):
    id = models.IntegerField(primary_key=True)
    name = models.TextField()

    class Meta:
        app_label = "district"
        managed = False
        db_table = "enterprise"


class Amount(Func):
    """zjtx.amount of the row and a stored name."""
    function = "zjtx.amount"
    output_field = models.DecimalField(max_digits=1000, decimal_places=2)

    def __init__(self, name):
        # the row is the table's name
        super().__init__(RawSQL("enterprise", ()), Value(name, output_field=models.TextField()))


def questions():
    rows = Enterprise.objects.order_by("id")
    eligible = RawSQL("enterprise |= %s", (NAME,), output_field=models.BooleanField(null=True))
    check("an annotation", list(rows.annotate(eligible=eligible).values_list("eligible", flat=True)), BY_OLD_LAW)
    check("a filter", list(rows.annotate(eligible=eligible).filter(eligible=True).values_list("id", flat=True)), [1, 4])
    check("the undecided", list(rows.annotate(eligible=eligible).filter(eligible=None).values_list("id", flat=True)),
          [2])
    check("a policy", list(rows.extra(where=["enterprise |= %s::zjtx.policy"], params=[RULE])
                           .values_list("id", flat=True)), [1])
    check("amounts, exact", list(rows.annotate(amount=Amount(NAME)).values_list("amount", flat=True)),
          [decimal.Decimal(EXACT), None, decimal.Decimal("0.00"), None])
    check("what is missing", list(rows.annotate(missing=RawSQL(
        "enterprise |! %s", ("grants",), output_field=ArrayField(models.TextField())))
        .values_list("missing", flat=True)),
          MISSING)


def raw():
    ranked = Enterprise.objects.raw("SELECT e.id, e.name, (e |^ 'grants').label AS label FROM enterprise e ORDER BY id")
    check("a raw query", [enterprise.label for enterprise in ranked], ["领先, “一”级", "稳健", "未入梯度", None])


def errors():
    try:
        list(Enterprise.objects.extra(where=["enterprise |= 'grant'"]))
        check("an unknown name", "no error", "42704")
    except ProgrammingError as error:
        check("an unknown name", error.__cause__.pgcode, "42704")


part("questions", questions)
part("a raw query", raw)
part("errors", errors)
