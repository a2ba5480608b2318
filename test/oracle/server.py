"""Asks the server in large batches, through psql."""

import json
import subprocess
import sys
import time
from fractions import Fraction

from check import Answers, wants
from values import ABSENT, NOT_FINITE, NULL, decimal_text

PREPARE = r"""
\set QUIET on
\set VERBOSITY terse
SET client_min_messages = error;
SET search_path = public, zjtx;
SET client_encoding = 'UTF8';
CREATE FUNCTION pg_temp.answers(e jsonb, doc text, part text, wanted text[])
RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  p zjtx.policy;
  found jsonb;
  low numeric;
  high numeric;
BEGIN
  p := doc::zjtx.policy;
  IF part IS NOT NULL THEN p := p -> part; END IF;
  found := jsonb_build_object('eligible', e |= p, 'missing', to_jsonb(e |! p));
  IF 'placement' = ANY (wanted) THEN
    found := found || jsonb_build_object('placement', to_jsonb(e |^ p));
  END IF;
  IF 'amount' = ANY (wanted) THEN
    SELECT r.low, r.high INTO low, high FROM zjtx.amount_range(e, p) r;
    found := found || jsonb_build_object('amount', (e |# p)::text,
                                         'low', low::text, 'high', high::text);
  END IF;
  IF part IS NULL THEN
    found := found || jsonb_build_object('values', (SELECT jsonb_object_agg(d.name, CASE d.type
        WHEN 'number' THEN (SELECT jsonb_build_array(value(e, p -> d.name)::text, r.low::text, r.high::text)
          FROM value_range(e, p -> d.name) r)
        ELSE to_jsonb(e |= (p -> d.name)) END)
      FROM definitions(p) d WHERE d.list IS NULL AND d.type IN ('number', 'boolean')));
  END IF;
  RETURN found || jsonb_build_object(
    'lines', (SELECT coalesce(jsonb_agg(jsonb_build_object('clause', a.clause, 'stage', a.stage, 'kind', a.kind,
      'unit', a.unit, 'eligible', a.eligible, 'period', a.period, 'status', a.status, 'reservations', a.reservations,
      'amount', a.amount::text, 'low', a.low::text, 'high', a.high::text)), '[]') FROM zjtx.assess(e, p) a),
    'judged',
      (SELECT array_agg(ROW(a.policy, a.clause, a.stage, a.title, a.kind, a.unit, a.eligible, a.status, a.period,
        a.amount, a.low, a.high)) FROM zjtx.assess(e, p) a)
      IS NOT DISTINCT FROM
      (SELECT array_agg(ROW(l.policy, l.clause, l.stage, l.title, l.kind, l.unit, l.eligible, l.status, l.period,
        l.amount, CASE WHEN l.stage IS NULL THEN l.low END, CASE WHEN l.stage IS NULL THEN l.high END))
        FROM zjtx.lines(zjtx.judge(e, p)) l));
EXCEPTION WHEN OTHERS THEN
  RETURN jsonb_build_object('error', SQLSTATE || ': ' || SQLERRM);
END $$;
CREATE TEMP TABLE trial (id int, doc text, part text, wanted text[], e jsonb);
"""


def quote(text):
    """Returns a SQL string literal."""
    if "\\" in text:
        return "E'" + text.replace("\\", "\\\\").replace("'", "''") + "'"
    return "'" + text.replace("'", "''") + "'"


def as_json(raw):
    """Returns the JSON text of a raw value."""
    if raw is NULL:
        return "null"
    if isinstance(raw, bool):
        return "true" if raw else "false"
    if isinstance(raw, Fraction):
        return decimal_text(raw)
    if isinstance(raw, str):
        return json.dumps(raw, ensure_ascii=False)
    if isinstance(raw, list):
        return "[" + ", ".join(as_json(x) for x in raw) + "]"
    if isinstance(raw, dict):
        return "{" + ", ".join(
            f"{as_json(k)}: {as_json(v)}" for k, v in raw.items()
            if v is not ABSENT and v is not NOT_FINITE) + "}"
    return f'"{raw.isoformat()}"'


def copy_field(text):
    if text is None:
        return r"\N"
    for plain, escaped in (("\\", "\\\\"), ("\t", "\\t"), ("\n", "\\n"), ("\r", "\\r")):
        text = text.replace(plain, escaped)
    return text


class Server:
    def __init__(self, options):
        self.command = ["psql", "-X", "-q", "-A", "-t", "-F", "\t", "-v", "ON_ERROR_STOP=0"]
        for flag, value in options:
            if value:
                self.command += [flag, str(value)]

    def run(self, script):
        """Runs a script; returns its output lines and its standard error."""
        done = subprocess.run(
            self.command + ["-f", "-"], input=script, capture_output=True, text=True,
            encoding="utf-8", errors="replace", check=False)
        return done.stdout.splitlines(), done.stderr

    def wait(self, seconds=20):
        """Waits a little for a restarting server; ends the test if it does not return."""
        for _ in range(seconds):
            output, errors = self.run("SELECT 'there' FROM pg_extension WHERE extname = 'zjtx';\n")
            if output == ["there"]:
                return
            time.sleep(1)
        sys.exit(f"no server with the extension zjtx: {errors.strip() or 'extension not created'}")

    def ask(self, trials):
        """Returns the answers to every trial, by its number."""
        lines = [PREPARE, "COPY trial FROM stdin;"]
        for t in trials:
            wanted = "{" + ",".join(wants(t.document)) + "}"
            lines.append("\t".join(map(copy_field, (
                str(t.number), t.text, t.part, wanted, as_json(t.row)))))
        lines += ["\\.", "SELECT id, pg_temp.answers(e, doc, part, wanted) FROM trial;"]
        output, errors = self.run("\n".join(lines) + "\n")
        found = {}
        for line in output:
            number, _, answer = line.partition("\t")
            found[int(number)] = Answers.read(json.loads(answer))
        lost = [t for t in trials if t.number not in found]
        if not lost:
            return found
        # The whole batch was lost: find the trial that caused it.
        if len(trials) == 1:
            return {trials[0].number: Answers(error="no answer: " + errors.strip()[-300:])}
        self.wait()
        middle = len(trials) // 2
        return {**self.ask(trials[:middle]), **self.ask(trials[middle:])}
