// Asks zjtx through node-postgres.  Arguments: host, port, user, database.

const { isDeepStrictEqual } = require("node:util");
const { Client } = require("pg");

const [host, port, user, database] = process.argv.slice(2);
const BY_OLD_LAW = [true, null, false, true];
const RULE = "revenue >= 100万元";
let mode = "";

function check(what, found, expected) {
  const same = isDeepStrictEqual(found, expected);
  console.log((same ? "ok " : "not ok ") + mode + what +
    (same ? "" : `: found ${JSON.stringify(found)}, expected ${JSON.stringify(expected)}`));
}

async function connect() {
  const client = new Client({ host, port: Number(port), user, database });
  await client.connect();
  return client;
}

async function questions(client, binary) {
  // a named statement is prepared on the server
  const column = async (name, text, ...values) =>
    (await client.query({ name, text, values, binary })).rows.map((row) => Object.values(row)[0]);
  for (let i = 1; i <= 7; i++)
    check(`a name as a parameter, execution ${i}`,
      await column("name", "SELECT e |= $1 FROM enterprise e ORDER BY id", "grants/1"), BY_OLD_LAW);
  check("a policy as a parameter",
    await column("policy", "SELECT e |= $1::zjtx.policy FROM enterprise e ORDER BY id", RULE),
    [true, false, false, null]);
  check("a function",
    await column("function", "SELECT zjtx.eligible(e, $1) FROM enterprise e ORDER BY id", "grants/1"), BY_OLD_LAW);
  check("facts as an object",
    await column("facts", "SELECT zjtx.eligible($1::jsonb, $2)", { region: "east" }, "grants/1"), [true]);
  if (binary) return;   // the driver reads few types in binary
  check("amounts, exact, as texts", await column("amount", "SELECT e |# $1 FROM enterprise e ORDER BY id", "grants/1"),
    ["12345678901234567.89", null, "0.00", null]);
  check("what is missing", await column("missing", "SELECT e |! $1 FROM enterprise e ORDER BY id", "grants"),
    [[], ["region"], [], ["revenue", "rated"]]);
  check("a placement as text",
    (await column("placement", "SELECT e |^ $1 FROM enterprise e ORDER BY id", "grants"))[1], "(1,sound,稳健)");
  check("its columns", (await client.query("SELECT (e |^ 'grants').* FROM enterprise e WHERE id = 1")).rows,
    [{ level: 2, code: "leading", label: "领先, “一”级" }]);
}

async function newLaw(client) {
  const other = await connect();
  for (let i = 0; i < 8; i++) {
    const old = i % 4 < 2;
    await other.query("SELECT zjtx.store(document) FROM law WHERE name = $1", [old ? "old" : "new"]);
    const { rows } = await client.query({
      name: "law",
      text: "SELECT array_agg(e |= 'grants/1' ORDER BY id) AS answers FROM enterprise e WHERE id <= $1",
      values: [4] });
    check(`law ${i}`, rows[0].answers, old ? BY_OLD_LAW : [false, null, true, false]);
  }
  await other.query("SELECT zjtx.store(document) FROM law WHERE name = 'old'");
  await other.end();
}

async function errors(client) {
  try {
    await client.query("SELECT e |= $1 FROM enterprise e", ["grant"]);
    check("an unknown name", "no error", "42704");
  } catch (error) {
    check("an unknown name", error.code, "42704");
    check("its hint", error.hint, 'Perhaps you meant "grants".');
  }
}

async function main() {
  for (const binary of [false, true]) {
    mode = binary ? "in binary, " : "in text, ";
    const client = await connect();
    await questions(client, binary);
    await newLaw(client);
    await errors(client);
    await client.end();
  }
}

main().catch((error) => {
  console.log(`not ok ${mode}${error.stack}`);
});
