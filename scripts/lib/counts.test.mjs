import { expect, it } from "vitest";
import { countJunit, countPlaywright, countVitest, summaryLine } from "./counts.mjs";

// As pytest 9 writes it: a pass, a failure, an error at import, two skips.
const junit = `<?xml version="1.0" encoding="utf-8"?><testsuites name="pytest tests"><testsuite name="pytest" errors="1" failures="1" skipped="2" tests="5" time="0.123">
<testcase classname="tests.test_rows" name="test_a[x &gt; 1]" time="0.001" /><testcase classname="tests.test_rows" name="test_b" time="0.001"><failure message="AssertionError: assert &quot;&lt;skipped&quot; == 2">def test_b():</failure></testcase>
<testcase classname="" name="tests.test_mps" time="0.000"><error message="collection failure">ImportError</error></testcase>
<testcase classname="tests.test_cuda" name="test_c" time="0.000"><skipped type="pytest.skip" message="no CUDA &amp; no Metal">/x.py:1: no CUDA</skipped></testcase><testcase classname="tests.test_cuda" name="test_d" time="0.000"><skipped type="pytest.skip" message="" /></testcase>
</testsuite></testsuites>`;

it("counts a JUnit report, with import errors as failures and reasons of skips", () => {
  expect(countJunit(junit)).toEqual({
    passed: 1,
    failed: 2,
    skipped: [
      { name: "tests.test_cuda test_c", reason: "no CUDA & no Metal" },
      { name: "tests.test_cuda test_d", reason: "no reason given" },
    ],
  });
});

it("counts a Vitest report, with a file that couldn't run as a failure", () => {
  const test = (status, fullName) => ({ status, fullName });
  const report = {
    testResults: [
      {
        name: "a.test.ts",
        status: "failed",
        assertionResults: [test("passed", "a"), test("failed", "b"), test("pending", "c"), test("todo", "d")],
      },
      { name: "b.test.ts", status: "failed", message: "cannot import", assertionResults: [] },
      { name: "c.test.ts", status: "passed", assertionResults: [test("passed", "e")] },
    ],
  };
  expect(countVitest(report)).toEqual({
    passed: 2,
    failed: 2,
    skipped: [
      { name: "c", reason: "no reason given" },
      { name: "d", reason: "todo" },
    ],
  });
});

it("summarizes in one line, with skips only if there are any", () => {
  expect(summaryLine([{ passed: 3, failed: 0, skipped: [] }])).toBe("3 passed, 0 failed");
  const skipped = [{ name: "x", reason: "y" }];
  expect(
    summaryLine([
      { passed: 3, failed: 0, skipped: [] },
      { passed: 1, failed: 2, skipped },
    ]),
  ).toBe("4 passed, 2 failed, 1 skipped");
});

it("counts a Playwright report with nested suites, and a file that can't be loaded as a failure", () => {
  const spec = (title, status, annotations = []) => ({
    title,
    tests: [{ status, projectName: "socket", annotations }],
  });
  const report = {
    errors: [{ message: "SyntaxError" }],
    suites: [
      {
        specs: [spec("a", "expected"), spec("b", "unexpected")],
        suites: [
          {
            specs: [spec("c", "flaky"), spec("d", "skipped", [{ type: "skip", description: "no Electron" }])],
          },
        ],
      },
    ],
  };
  expect(countPlaywright(report)).toEqual({
    passed: 1,
    failed: 3,
    skipped: [{ name: "d (socket)", reason: "no Electron" }],
  });
});
