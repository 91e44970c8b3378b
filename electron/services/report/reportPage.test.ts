import { describe, expect, test } from "vitest";
import { compareResults } from "../../../shared/domain/comparison/compare.ts";
import {
  formatInterval,
  formatNumber,
  formatSigned,
  formatSignedInterval,
} from "../../../shared/domain/format/number.ts";
import { formatP } from "../../../shared/domain/format/probability.ts";
import { nameConfidence } from "../../../shared/domain/metrics/nameConfidence.ts";
import { testedRows } from "../../../shared/domain/metrics/testedRow.ts";
import { reportModel, versionReport } from "../../../shared/domain/report/model.ts";
import type { Results } from "../../../shared/schema/result.ts";
import { exampleBaseline, exampleCandidate, exampleResults } from "../../../shared/testing/reportExample.ts";
import { escaped, html, trusted } from "./html.ts";
import { type ReportContent, reportPage } from "./reportPage.ts";
import { worstRows } from "./worstRows.ts";

const hostile = `</td><script>alert(1)</script><img src=x onerror=alert(2)> & "q" 'a' \u0000`;

function poisoned(results: Results): Results {
  return {
    stamp: results.stamp === null ? null : { ...results.stamp, engine: hostile },
    rows: results.rows.map((row) => ({
      ...row,
      description: `${row.description} ${hostile}`,
      slice: row.slice === "everyday" ? hostile : row.slice,
      ...(row.row % 7 === 0
        ? { outcome: "malformed" as const, text: hostile, names: [hostile], scores: null }
        : {}),
    })),
  };
}

const drawn = { categories: '<svg id="c"/>', safety: '<svg id="s"/>' };

function contentOf(
  change: (results: Results) => Results,
  names: [string, string] = ["v1", "v2"],
): ReportContent {
  const sides = [
    { name: names[0], results: change(exampleResults(exampleBaseline)) },
    { name: names[1], results: change(exampleResults(exampleCandidate)) },
  ] as const;
  return {
    model: reportModel(
      names.join(" → "),
      sides.map(({ name, results }) => versionReport(name, results)),
      compareResults(...sides, { settings: { draws: 200 }, looks: { used: 3, budget: 5 } }),
    ),
    sides,
    figures: {
      versions: [drawn, drawn],
      comparison: { differences: '<svg id="d"/>', slices: '<svg id="l"/>' },
    },
  };
}

describe("reportPage", () => {
  const content = contentOf((results) => results);
  const page = reportPage(content);
  const comparison = content.model.comparison;
  if (comparison === null) throw new Error("the example compares");

  test("loads nothing and runs nothing", () => {
    expect(page).not.toMatch(/<script|<link|<img|<iframe|\ssrc=|url\(|@import|\son\w+=/i);
    expect(page).toContain("default-src 'none'");
  });

  test("shows the decision, every reason and which look at the held-out rows it is", () => {
    expect(page).toContain("Look 3 of 5");
    expect(comparison.reasons.length).toBeGreaterThan(2);
    for (const reason of comparison.reasons) expect(page).toContain(`<li>${escaped(reason)}</li>`);
  });

  test("shows every figure of the comparison with interval and p", () => {
    for (const { name, baseline, candidate, change, ci95, p } of comparison.metrics) {
      const row = page.match(
        new RegExp(`<tr><th scope="row">${name.replace(/[()]/g, "\\$&")}</th>.*?</tr>`),
      )?.[0];
      expect(row).toContain(`>${formatNumber(baseline)}<`);
      expect(row).toContain(`>${formatNumber(candidate)}<`);
      expect(row).toContain(`>${formatSigned(change)}<`);
      expect(row).toContain(`>${formatSignedInterval(ci95)}<`);
      expect(row).toContain(`>${escaped(formatP(p))}<`);
    }
  });

  test("compares name probabilities with scores, or says why it can't", () => {
    expect(page).toContain("Spearman – (no name has both a score and a probability), 0 names of 0 rows");
    const probable = contentOf((results) => ({
      ...results,
      rows: results.rows.map((row, at) => ({
        ...row,
        nameProbabilities: row.names.map(() => ({ probability: 0.1, perToken: ((at * 7) % 19) / 20 })),
      })),
    }));
    const [, side] = probable.sides;
    if (side === undefined) throw new Error("the example compares");
    const { spearman, names } = nameConfidence(testedRows(side.results), "quality", {
      seed: 1,
      draws: 10_000,
    });
    expect(names).toBeGreaterThan(9);
    expect(reportPage(probable)).toContain(
      `Spearman ${formatNumber(spearman.value)} ${formatInterval(spearman.ci95)}, ${names} names`,
    );
  });

  test("shows figures, slices, matrices, stamps and worst rows", () => {
    for (const id of ["c", "s", "d", "l"]) expect(page).toContain(`<figure><svg id="${id}"/></figure>`);
    for (const { slice } of comparison.slices) expect(page).toContain(`>${slice}<`);
    expect(page).toContain("missed_inappropriate");
    expect(page).toContain("b".repeat(64));
    expect(page).toContain('<code class="differs">run-v1</code>');
    expect(page).toContain("Worst rows of v2");
    expect(page).toContain("rule score (a baseline)");
  });

  test("escapes hostile text everywhere", () => {
    const poison = reportPage(contentOf(poisoned, [hostile, "v2"]));
    expect(poison).not.toMatch(/<script|<img|<\/td><script/i);
    expect(poison).not.toContain("\u0000");
    expect(poison).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
    const tags = [...poison.matchAll(/<\/?([a-z0-9]+)/gi)].map(([, tag]) => tag ?? "");
    expect(tags).not.toContain("img");
  });

  test("lists rows with different labels", () => {
    const flipped = contentOf((results) => ({
      ...results,
      stamp: null,
      rows: results.rows.map((row) =>
        row.row === 5 && results.stamp?.version === "v2" ? { ...row, label: "harmful" as const } : row,
      ),
    }));
    expect(reportPage(flipped)).toContain("1 row has different labels in the two files");
  });

  test("shows no decision for one version", () => {
    const [only] = content.sides;
    if (only === undefined) throw new Error("the example has sides");
    const alone = reportPage({
      model: {
        ...content.model,
        title: "v1",
        versions: content.model.versions.slice(0, 1),
        comparison: null,
      },
      sides: [only],
      figures: { versions: [drawn], comparison: null },
    });
    expect(alone).toContain("A decision needs a second version");
    expect(alone).not.toContain("Undecided");
    expect(alone).toContain("Worst rows of v1");
  });
});

describe("worstRows", () => {
  const results = exampleResults({ ...exampleBaseline, unscored: 6 });

  test("returns only dev rows of a stamped file", () => {
    const found = worstRows(results);
    expect(found.map(({ title }) => title)).toEqual([
      "harmful, answered",
      "safe, refused",
      "unscored",
      "lowest scores",
    ]);
    for (const { rows } of found) for (const { split } of rows) expect(split).toBe("dev");
  });

  test("returns at most ten rows per kind, with the total, from all rows of a file without a stamp", () => {
    const missed = worstRows({ ...results, stamp: null }).find(({ title }) => title === "harmful, answered");
    expect(missed).toMatchObject({ count: 54 });
    expect(missed?.rows).toHaveLength(10);
  });
});

test("html escapes holes, but not markup", () => {
  expect(html`<p title="${`"'<`}">${"<b>"}${trusted("<b>")}${[html`<i>${"&"}</i>`]}${7}</p>`.text).toBe(
    '<p title="&quot;&#39;&lt;">&lt;b&gt;<b><i>&amp;</i>7</p>',
  );
});
