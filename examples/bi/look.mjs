// Serves build/, opens it in headless Chromium, holds the figures on the page against what the
// queries in sources/ say, and takes screenshots.  Asks for no address but its own.
//
//     node look.mjs FOLDER [--stay]
//
// Where the database is, is said in the environment, as for Evidence.  The last line is
// "N passed, N failed"; --stay goes on serving.

import { createReadStream, existsSync, mkdirSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import path from "node:path";
import pg from "pg";
import { chromium } from "playwright-core";

const here = import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname);
const folder = process.argv[2];
const variable = (name) => process.env[`EVIDENCE_SOURCE__district__${name}`];
const types = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".json": "application/json",
  ".svg": "image/svg+xml", ".wasm": "application/wasm", ".woff2": "font/woff2", ".webmanifest": "application/json" };

let passed = 0;
let failed = 0;

function check(what, ok) {
  if (ok) passed++;
  else {
    failed++;
    console.log(`not ok: ${what}`);
  }
}

/** The files of build/; DuckDB reads parts of them. */
function serve() {
  const server = createServer((request, response) => {
    let file = path.join(here, "build", path.normalize(decodeURIComponent(request.url.split("?")[0])));
    if (existsSync(file) && statSync(file).isDirectory()) file = path.join(file, "index.html");
    if (!existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    const size = statSync(file).size;
    const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? "");
    const start = range ? Number(range[1]) : 0;
    const end = range && range[2] ? Math.min(Number(range[2]), size - 1) : size - 1;
    const headers = { "Content-Type": types[path.extname(file)] ?? "application/octet-stream",
      "Accept-Ranges": "bytes", "Content-Length": end - start + 1 };
    if (range) headers["Content-Range"] = `bytes ${start}-${end}/${size}`;
    response.writeHead(range ? 206 : 200, headers);
    if (request.method === "HEAD" || size === 0) response.end();
    else createReadStream(file, { start, end }).pipe(response);
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

/** The rows of a query in sources/district, their numbers as PostgreSQL prints them. */
async function source(client, name) {
  const text = readFileSync(path.join(here, "sources", "district", `${name}.sql`), "utf8");
  return (await client.query(text)).rows;
}

/** 6762081.00 as the page shows it: 6,762,081.00; exact, for it is done with the text. */
function grouped(number) {
  const [whole, fraction] = String(number).split(".");
  return whole.replace(/\B(?=(\d{3})+$)/g, ",") + (fraction ? `.${fraction}` : "");
}

/** The sum of texts with two decimals, as such a text. */
function sum(numbers) {
  const fen = String(numbers.reduce((total, number) => total + BigInt(number.replace(".", "")), 0n)).padStart(3, "0");
  return `${fen.slice(0, -2)}.${fen.slice(-2)}`;
}

/** Whether a row of a table on the page has all of these cells. */
function hasRow(rows, cells) {
  return rows.some((row) => cells.every((cell) => row.includes(cell)));
}

async function compare(client, page) {
  const rows = await page.$$eval("table tr", (found) =>
    found.map((row) => [...row.querySelectorAll("td, th")].map((cell) => cell.innerText.trim())));
  const text = await page.innerText("body");
  const labels = await page.$$eval("svg text", (found) => found.map((label) => label.textContent.trim()));

  const budget = await source(client, "budget");
  for (const line of budget)
    check(`budget of ${line.clause}`, hasRow(rows, [line.clause, line.title, grouped(line.eligible), grouped(line.undecided),
      grouped(line.low), grouped(line.high)]));
  const low = sum(budget.map((line) => line.low));
  const high = sum(budget.map((line) => line.high));
  check(`the sums ${low} and ${high}`, hasRow(rows, ["合计", grouped(low), grouped(high)]));
  const inAll = await client.query(`select sum(low)::text as low, sum(high)::text as high, round(sum(low) / 10000, 2)::text as wan
    from enterprise_facts as e, amount_range(e, 'yubei-2024-34')`);
  check("the sums are those of the whole document", inAll.rows[0].low === low && inAll.rows[0].high === high);
  check("the sum in the head", text.includes(grouped(inAll.rows[0].wan)));

  const years = await source(client, "budget_by_year");
  for (const clause of new Set(years.map((line) => line.clause))) {
    const line = years.filter((other) => other.clause === clause);
    check(`years of ${clause}`, hasRow(rows, [clause, ...line.map((year) => grouped(year.yuan))]));
    check(`years of ${clause} add up`, sum(line.map((year) => year.yuan)) === budget.find((other) => other.clause === clause).low);
    check(`${clause} is in the charts`, labels.includes(line[0].title));
  }

  for (const rung of await source(client, "ladder")) {
    check(`rung ${rung.rung}`, hasRow(rows, [rung.rung, grouped(rung.enterprises)]));
    if (rung.level > 0) check(`bar of ${rung.rung}`, labels.includes(grouped(rung.enterprises)));
  }

  for (const target of await source(client, "targets")) {
    check(`target ${target.code}`, hasRow(rows, [target.indicator, target.state, target.goal_text, ...(target.actual === null ? [] :
      [target.actual_text, target.percent])]));
    if (target.actual !== null)
      check(`bars of ${target.code}`, labels.includes(grouped(Number(target.goal))) && labels.includes(grouped(Number(target.actual))));
  }

  const reward = readFileSync(path.join(here, "sources", "district", "reward.sql"), "utf8");
  const enterprise = readFileSync(path.join(here, "sources", "district", "enterprise.sql"), "utf8");
  for (const dimension of ["size", "industry"]) {
    const bars = await client.query(`select ${dimension} as name, round(sum(r.low) / 10000, 1)::text as wan
      from (${reward}) as r join (${enterprise}) as e using (enterprise_id) where r.low > 0 group by 1`);
    for (const bar of bars.rows)
      check(`bar of ${bar.name}`, labels.includes(bar.name) && labels.includes(grouped(bar.wan)));
  }

  const first = await client.query(`select name, low::text from (${reward}) as r join (${enterprise}) as e using (enterprise_id)
    order by r.low desc, name limit 10`);
  for (const one of first.rows) check(`enterprise ${one.name}`, hasRow(rows, [one.name, grouped(one.low)]));
}

/** Waits for a table with that many rows or more. */
async function tables(page, rows) {
  await page.waitForFunction((least) => document.querySelectorAll("table tr").length >= least, rows, { timeout: 120000 });
  await page.waitForTimeout(2500);
  return page.$$eval("table tr", (found) =>
    found.map((row) => [...row.querySelectorAll("td, th")].map((cell) => cell.innerText.trim())));
}

/** Chooses an option of the drop-down that shows a text. */
async function choose(page, shown, option) {
  await page.getByRole("combobox").filter({ hasText: shown }).first().click();
  await page.getByRole("option", { name: option, exact: true }).first().click();
  await page.waitForTimeout(2500);
}

/** The query of a source, as a subquery. */
function subquery(name) {
  return `(${readFileSync(path.join(here, "sources", "district", `${name}.sql`), "utf8")})`;
}

async function compareFilter(client, page, address) {
  await client.query(`create temp table line as select * from ${subquery("line")} as l join ${subquery("enterprise")} as e using (enterprise_id)`);
  await page.goto(`${address}filter/`);
  const clauses = (day, street) => client.query("select title, count(distinct enterprise_id) as enterprises, sum(yuan)::text as yuan from line " +
    "where day = $1 and street like $2 group by title", [day, street]);
  let rows = await tables(page, 3);
  for (const one of (await clauses("2024-12-31", "%")).rows)
    check(`${one.title}, all`, hasRow(rows, [one.title, grouped(one.enterprises), grouped(one.yuan)]));
  const street = (await client.query("select street from line where day = '2023-12-31' group by street order by sum(yuan) desc limit 1")).rows[0].street;
  await choose(page, "2024-12-31", "2023-12-31");
  await choose(page, "全部街道", street);
  rows = await tables(page, 3);
  const found = (await clauses("2023-12-31", street)).rows;
  check("there are such lines", found.length > 0);
  for (const one of found) check(`${one.title}, ${street}`, hasRow(rows, [one.title, grouped(one.enterprises), grouped(one.yuan)]));
}

async function compareChase(client, page, address) {
  await page.goto(`${address}chase/`);
  const rows = await tables(page, 10);
  const facts = await client.query(`select fact, count(distinct enterprise_id) as enterprises, sum(yuan)::text as yuan
    from ${subquery("chase")} as c group by fact`);
  for (const one of facts.rows) check(`chase ${one.fact}`, hasRow(rows, [one.fact, grouped(one.enterprises), grouped(one.yuan)]));
}

async function compareAllotment(client, page, address) {
  await page.goto(`${address}allotment/`);
  const rows = await tables(page, 20);
  const places = await client.query(`select name, place, selected from ${subquery("place")} as p join ${subquery("enterprise")} as e
    using (enterprise_id) where place_low <= 12`);
  check("some places are undecided", places.rows.some((one) => one.selected === "未定"));
  for (const one of places.rows) check(`place of ${one.name}`, hasRow(rows, [one.place, one.name, one.selected]));
  const fund = (await client.query(`select count(*) as enterprises, sum(claim_low)::text as low, sum(claim_high)::text as high
    from ${subquery("place")} as p where claim_high > 0`)).rows[0];
  check("the fund", hasRow(rows, [grouped(fund.enterprises), grouped(fund.low), grouped(fund.high)]));
}

async function compareEnterprise(client, page, address) {
  await page.goto(`${address}enterprise/`);
  const rows = await tables(page, 20);
  const first = (await client.query(`select enterprise_id, name, low::text from ${subquery("reward")} as r join ${subquery("enterprise")} as e
    using (enterprise_id) order by r.low desc, name limit 1`)).rows[0];
  check(`the page of ${first.name}`, hasRow(rows, [first.name, grouped(first.low)]));
  const lines = await client.query(`select line from ${subquery("explanation")} as x where enterprise_id = $1`, [first.enterprise_id]);
  const shown = new Set(rows.flat());
  for (const one of lines.rows) check(`why: ${one.line}`, shown.has(one.line.trim()));
  const ledger = await client.query(`select clause, what, paid::text from ${subquery("ledger")} as l where enterprise_id = $1`, [first.enterprise_id]);
  for (const one of ledger.rows) check(`ledger: ${one.clause}`, hasRow(rows, [one.clause, one.what, grouped(one.paid)]));
}

/** A picture of the whole page, on a desktop and on a phone, where nothing may be cut off. */
async function picture(page, address, name) {
  for (const [device, width] of [["", 1400], ["-phone", 390]]) {
    await page.setViewportSize({ width, height: 1000 });
    await page.goto(address + name);
    await tables(page, 3);
    const size = await page.evaluate(() => ({ wide: document.documentElement.scrollWidth,
      height: Math.max(...[...document.querySelectorAll("*")].map((one) => one.scrollHeight)) }));
    check(`${name || "district"}${device} fits the width: ${size.wide}`, size.wide <= width);
    await page.setViewportSize({ width, height: Math.min(size.height + 100, 8000) });
    await page.waitForTimeout(1500);
    await page.screenshot({ path: path.join(folder, `${name || "district"}${device}.png`), fullPage: true });
  }
}

async function main() {
  mkdirSync(folder, { recursive: true });
  const client = new pg.Client({ host: variable("host"), port: Number(variable("port")), user: variable("user"),
    database: variable("database"), options: "-c search_path=public,zjtx" });
  await client.connect();
  const server = await serve();
  const address = `http://127.0.0.1:${server.address().port}/`;
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", headless: true,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync"] });
  try {
    const page = await browser.newPage({ viewport: { width: 1400, height: 1000 } });
    const elsewhere = [];
    page.on("request", (request) => {
      if (!request.url().startsWith(address) && !/^(data|blob):/.test(request.url())) elsewhere.push(request.url());
    });
    page.on("pageerror", (error) => check(`error on the page: ${error.message}`, false));
    await page.goto(address);
    // the tables come when DuckDB has started in the page
    await page.waitForFunction(() => document.querySelectorAll("table").length >= 5
      && document.querySelectorAll("svg text").length > 40, null, { timeout: 120000 });
    await page.waitForTimeout(3000);
    await compare(client, page);
    await compareFilter(client, page, address);
    await compareChase(client, page, address);
    await compareAllotment(client, page, address);
    await compareEnterprise(client, page, address);
    for (const name of ["", "filter", "chase", "allotment", "enterprise"]) await picture(page, address, name);
    check(`nothing is asked of another address: ${elsewhere}`, elsewhere.length === 0);
  } finally {
    await browser.close();
    await client.end();
  }
  console.log(`${passed} passed, ${failed} failed`);
  if (process.argv[3] === "--stay") console.log(`The page is at ${address}; stop with Ctrl-C.`);
  else server.close();
  process.exitCode = failed ? 1 : 0;
}

await main();
