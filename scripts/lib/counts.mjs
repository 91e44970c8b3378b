// Reads the counts of a test run from its machine-readable report. Parsed by hand, because set-up uses no packages.

/**
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 * @property {{name: string, reason: string}[]} skipped
 */

const entities = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" };

/** @param {string} text of an XML attribute */
function unescapeXml(text) {
  return text
    .replace(/&#x([0-9a-f]+);/gi, (_, hex) => String.fromCodePoint(Number.parseInt(hex, 16)))
    .replace(/&#(\d+);/g, (_, number) => String.fromCodePoint(Number(number)))
    .replace(/&(lt|gt|quot|apos|amp);/g, (_, name) => entities[name]);
}

/** @param {string} tag @param {string} name */
function attribute(tag, name) {
  const found = new RegExp(`\\s${name}="([^"]*)"`).exec(tag);
  return found ? unescapeXml(found[1]) : "";
}

/**
 * @typedef {{specs: {title: string, tests: {status: string, projectName: string, annotations: {type: string,
 *   description?: string}[]}[]}[], suites?: PlaywrightSuite[]}} PlaywrightSuite
 */

/**
 * Returns the counts of a JUnit XML report of pytest. An error outside a test (a file that can't be imported) counts as
 * a failure.
 * @param {string} xml
 * @returns {Counts}
 */
export function countJunit(xml) {
  const counts = { passed: 0, failed: 0, skipped: [] };
  for (const [, head, body = ""] of xml.matchAll(
    /<testcase\b((?:"[^"]*"|[^">])*?)(?:\/>|>([\s\S]*?)<\/testcase>)/g,
  )) {
    if (/<(failure|error)\b/.test(body)) counts.failed += 1;
    else if (/<skipped\b/.test(body)) {
      const tag = /<skipped\b(?:"[^"]*"|[^">])*>/.exec(body)?.[0] ?? "";
      const name = [attribute(head, "classname"), attribute(head, "name")].filter(Boolean).join(" ");
      counts.skipped.push({ name, reason: attribute(tag, "message") || "no reason given" });
    } else counts.passed += 1;
  }
  return counts;
}

/**
 * Returns the counts of a Vitest JSON report. A file that couldn't run counts as one failure.
 * @param {{testResults: {name: string, status: string, message?: string, assertionResults: {status: string, fullName: string,
 *   meta?: {skipReason?: string}}[]}[]}} report
 * @returns {Counts}
 */
export function countVitest(report) {
  const counts = { passed: 0, failed: 0, skipped: [] };
  for (const file of report.testResults) {
    if (file.status === "failed" && !file.assertionResults.some(({ status }) => status === "failed"))
      counts.failed += 1;
    for (const { status, fullName, meta } of file.assertionResults) {
      if (status === "passed") counts.passed += 1;
      else if (status === "failed") counts.failed += 1;
      else
        counts.skipped.push({
          name: fullName,
          reason: meta?.skipReason ?? (status === "todo" ? "todo" : "no reason given"),
        });
    }
  }
  return counts;
}

/**
 * Returns the counts of a Playwright JSON report. A test that passed only on retry counts as failed. An error outside a
 * test (a file that can't be loaded) is a failure too.
 * @param {{suites: PlaywrightSuite[], errors: unknown[]}} report
 * @returns {Counts}
 */
export function countPlaywright(report) {
  const counts = { passed: 0, failed: report.errors.length, skipped: [] };
  const visit = (suite) => {
    for (const { title, tests } of suite.specs)
      for (const { status, projectName, annotations } of tests) {
        if (status === "expected") counts.passed += 1;
        else if (status === "skipped") {
          const reason = annotations.find(({ type }) => type === "skip" || type === "fixme")?.description;
          counts.skipped.push({ name: `${title} (${projectName})`, reason: reason ?? "no reason given" });
        } else counts.failed += 1;
      }
    for (const inner of suite.suites ?? []) visit(inner);
  };
  for (const suite of report.suites) visit(suite);
  return counts;
}

/**
 * Returns the last line of `npm test`.
 * @param {Counts[]} all
 */
export function summaryLine(all) {
  const sum = (of) => all.reduce((total, counts) => total + of(counts), 0);
  const skipped = sum((counts) => counts.skipped.length);
  const line = `${sum((counts) => counts.passed)} passed, ${sum((counts) => counts.failed)} failed`;
  return skipped === 0 ? line : `${line}, ${skipped} skipped`;
}
