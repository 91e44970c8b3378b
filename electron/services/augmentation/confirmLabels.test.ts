import path from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { type JudgeServer, startJudgeServer } from "../../../e2e/judge-server.mjs";
import { createJudge } from "../judge/createJudge.ts";
import { readFrozenLabels } from "../judge/labelFiles.ts";
import { createRuleJudge } from "../judge/ruleJudge.ts";
import { createMeter } from "../llm/meter.ts";
import { judgeDependencies } from "../testing/judge.ts";
import { confirmLabels } from "./confirmLabels.ts";

let server: JudgeServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

const rows = [
  { description: "A bakery by the river", label: "safe" },
  { description: "A shop for counterfeit watches", label: "harmful" },
  { description: "A museum of malware", label: "safe" },
  { description: "A firm that trains people", label: "safe" },
  { description: "A silent row", label: "harmful" },
] as const;
const now = () => new Date("2026-01-02T03:04:05Z");
const signal = new AbortController().signal;

async function start(limits = {}) {
  server = await startJudgeServer({ script: (row) => (row === "A silent row" ? ["refusal"] : ["normal"]) });
  const dependencies = await judgeDependencies(server.baseUrl);
  const place = {
    files: dependencies.files,
    file: path.join(dependencies.folder, "test_set.labels.csv"),
    judge: await createJudge("openai", dependencies),
  };
  return { place, meter: createMeter(null, limits), requests: server.requests };
}

describe("confirmLabels", () => {
  it("confirms labels with three calls and marks disagreements for review, where the judge's label counts", async () => {
    const { place, meter, requests } = await start();
    const { labels, confirmation, stoppedBy } = await confirmLabels(place, rows, { meter, signal, now });
    expect(labels).toEqual(["safe", "harmful", null, "safe", "harmful"]);
    expect(confirmation).toEqual({ judge: "openai scripted", confirmed: 3, review: 1, unconfirmed: 1 });
    expect([requests.length, stoppedBy]).toEqual([15, null]);
    const frozen = await readFrozenLabels(place.files, place.file);
    expect(frozen.find(({ description }) => description === "A museum of malware")).toMatchObject({
      label: "harmful",
      review: true,
      reason: "written as safe: scripted",
    });
    expect(frozen.filter(({ review }) => review).map(({ description }) => description)).toEqual([
      "A museum of malware",
      "A silent row",
    ]);
  });

  it("changes nothing when repeated, except for rows without a majority", async () => {
    const { place, meter } = await start();
    const first = await confirmLabels(place, rows, { meter, signal, now });
    const before = await readFrozenLabels(place.files, place.file);
    expect(await confirmLabels(place, rows, { meter, signal, now })).toEqual(first);
    expect(await readFrozenLabels(place.files, place.file)).toEqual(before);
  });

  it("reports labels as unconfirmed where the judge can't label", async () => {
    const { place, meter, requests } = await start();
    const { labels, confirmation } = await confirmLabels({ ...place, judge: createRuleJudge() }, rows, {
      meter,
      signal,
      now,
    });
    expect(labels).toEqual(rows.map(({ label }) => label));
    expect(confirmation).toMatchObject({ confirmed: 0, review: 0, unconfirmed: 5 });
    expect(requests).toHaveLength(0);
  });

  it("stops at a spending limit", async () => {
    const { place, meter } = await start({ maxCalls: 4 });
    expect((await confirmLabels(place, rows, { meter, signal, now })).stoppedBy).toBe("budget");
  });
});
