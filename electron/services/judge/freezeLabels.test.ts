import path from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { type JudgeServer, startJudgeServer } from "../../../e2e/judge-server.mjs";
import { judgeDependencies } from "../testing/judge.ts";
import { createJudge } from "./createJudge.ts";
import { freezeLabels } from "./freezeLabels.ts";
import { readFrozenLabels } from "./labelFiles.ts";
import { createRuleJudge } from "./ruleJudge.ts";

let server: JudgeServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

const descriptions = [
  'A bakery, with "quotes",\nand a second line',
  "A shop for counterfeit watches",
  "=1+1",
];
const options = {
  rowsAtOnce: 2,
  signal: new AbortController().signal,
  now: () => new Date("2026-01-02T03:04:05Z"),
};

async function start(script: (row: string) => string[]) {
  server = await startJudgeServer({ script });
  const dependencies = await judgeDependencies(server.baseUrl);
  const file = path.join(dependencies.folder, "test_set.labels.csv");
  return {
    files: dependencies.files,
    file,
    judge: await createJudge("openai", dependencies),
    counts: server.counts,
  };
}

describe("freezeLabels", () => {
  it("asks three times per row, freezes the majority, and reads it back as written", async () => {
    const { counts, ...place } = await start(() => ["normal"]);
    const frozen = await freezeLabels(place, [...descriptions, "=1+1"], options);
    expect(frozen).toMatchObject({ added: 3, review: 0, unlabelled: 0, stoppedBy: null });
    expect([...counts.values()]).toEqual([3, 3, 3]);
    const read = await readFrozenLabels(place.files, place.file);
    expect(read).toEqual(frozen.labels);
    expect(new Map(read.map(({ description, label }) => [description, label]))).toEqual(
      new Map([
        [descriptions[0], "safe"],
        [descriptions[1], "harmful"],
        [descriptions[2], "safe"],
      ]),
    );
    expect(read[0]?.rubric).toBe(place.judge.labelRubric);
    expect(read[0]).toMatchObject({
      judge: "openai scripted",
      frozenAt: "2026-01-02T03:04:05.000Z",
      votes: ["safe", "safe", "safe"],
    });
  });

  it("never changes a frozen label and asks again only where there was no majority", async () => {
    const { counts, ...place } = await start((row) =>
      row === "=1+1" ? ["refusal", "refusal", "normal"] : ["normal"],
    );
    const first = await freezeLabels(place, descriptions, options);
    expect(first).toMatchObject({ unlabelled: 1, review: 1 });
    const second = await freezeLabels(place, descriptions, {
      ...options,
      now: () => new Date("2027-01-01T00:00:00Z"),
    });
    expect(second).toMatchObject({ added: 1, unlabelled: 0 });
    expect(counts.get("A shop for counterfeit watches")).toBe(3);
    expect(second.labels.filter(({ frozenAt }) => frozenAt.startsWith("2026"))).toHaveLength(2);
    // The one usable reply of the first round came from the cache.
    expect(counts.get("=1+1")).toBe(5);
  });

  it("keeps frozen labels after an interruption", async () => {
    const { counts, ...place } = await start((row) => (row === "=1+1" ? ["quota"] : ["normal"]));
    const cut = freezeLabels(place, descriptions, { ...options, rowsAtOnce: 1 });
    await expect(cut).rejects.toMatchObject({ code: "service-refused" });
    expect(await readFrozenLabels(place.files, place.file)).toHaveLength(2);
    expect(counts.get("=1+1")).toBe(1);
  });

  it("freezes nothing beyond a limit and resumes there", async () => {
    const { counts, ...place } = await start(() => ["normal"]);
    const limited = { ...options, rowsAtOnce: 1, meter: place.judge.openMeter({ maxCalls: 4 }) };
    const cut = await freezeLabels(place, descriptions, limited);
    expect(cut).toMatchObject({ added: 1, stoppedBy: "budget" });
    expect(await readFrozenLabels(place.files, place.file)).toHaveLength(1);
    const rest = await freezeLabels(place, descriptions, options);
    expect(rest).toMatchObject({ added: 2, stoppedBy: null });
    expect([...counts.values()]).toEqual([3, 3, 3]);
  });

  it("is refused by the rule judge with a remedy", async () => {
    const { judge: _, counts: __, ...place } = await start(() => ["normal"]);
    const asked = freezeLabels({ ...place, judge: createRuleJudge() }, descriptions, options);
    await expect(asked).rejects.toMatchObject({ code: "missing", hint: expect.stringContaining("label") });
  });
});
