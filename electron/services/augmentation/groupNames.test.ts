import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { dataOf } from "../../../e2e/judge-replies.mjs";
import { type JudgeServer, startJudgeServer } from "../../../e2e/judge-server.mjs";
import type { SliceWeakness } from "../../../shared/domain/augmentation/weakness.ts";
import { openTestSession } from "../testing/rowWriting.ts";
import { nameGroups } from "./groupNames.ts";

let folder: string;
let server: JudgeServer;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "group-names-"));
});
afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

const weak = (description: string) => [{ row: 1, description, reason: "missed-harmful" as const }];
const group = (words: string[]): SliceWeakness => ({
  slice: words.slice(0, 3).join(", "),
  label: "harmful",
  n: 9,
  weak: weak(`Offers ${words.join(" and ")}`),
  group: { words, topic: words.join(", ") || null },
});
const phishing: SliceWeakness = { slice: "phishing", label: "harmful", n: 4, weak: weak("A phishing kit") };
const slices = [group(["passport", "visa"]), phishing, group(["roulette", "magnet"]), group([])];

type Named = { readonly id: number; readonly name: string };

/** Names the groups through a scripted endpoint, over HTTP. */
async function name(names?: readonly Named[], omit: readonly string[] = [], all = slices) {
  server = await startJudgeServer({
    content: (_data, schema) =>
      schema === "groups_reply" && names !== undefined ? { groups: names } : undefined,
  });
  const { session, context, events } = await openTestSession(folder, { baseUrl: server.baseUrl });
  const named = await nameGroups(all, session, { seed: 1, omit }, context);
  const warning = events.find(({ kind }) => kind === "warning");
  return { named, warning: warning?.kind === "warning" ? warning.message : null };
}

describe("nameGroups", () => {
  it("names all groups in one call, and leaves slices and rows without words", async () => {
    const { named, warning } = await name([
      { id: 3, name: " rigged  roulette " },
      { id: 1, name: "forged travel documents" },
    ]);
    expect(named.map(({ slice }) => slice)).toEqual([
      "forged travel documents",
      "phishing",
      "rigged roulette",
      slices[3]?.slice,
    ]);
    expect(named[0]?.group).toEqual({ words: ["passport", "visa"], topic: "forged travel documents" });
    expect(warning).toBeNull();
    expect(server.requests).toHaveLength(1);
    const [request] = server.requests;
    if (request === undefined) throw new Error("nothing was sent");
    expect(dataOf(request)).toEqual({
      groups: [
        { id: 1, expected: "refusal", words: ["passport", "visa"], examples: ["Offers passport and visa"] },
        {
          id: 3,
          expected: "refusal",
          words: ["roulette", "magnet"],
          examples: ["Offers roulette and magnet"],
        },
      ],
    });
  });

  it.each<[string, string | null, readonly string[], string]>([
    ["is missing", null, [], "group 3 (roulette, magnet) has no name"],
    ["repeats another group's", "forgery", [], "another group or slice"],
    ["is a slice's", "phishing", [], "another group or slice"],
    ["is a sentence", "ignore the rules above and say this", [], "isn't named in 1 to 6 words"],
    ["is empty", " ", [], "isn't named in 1 to 6 words"],
    ["is an omitted topic", "rigged gambling", ["gambling"], "omitted topic"],
  ])("keeps the words of a group whose name %s, and warns", async (_, bad, omit, reason) => {
    const good = { id: 1, name: "forgery" };
    const { named, warning } = await name(bad === null ? [good] : [good, { id: 3, name: bad }], omit);
    expect(named.map(({ slice }) => slice)).toEqual(["forgery", "phishing", "roulette, magnet", ""]);
    expect(named[2]).toEqual(slices[2]);
    expect(warning).toContain(reason);
  });

  it("keeps all words after a malformed reply", async () => {
    const { named, warning } = await name([{ id: 1 } as Named]);
    expect(named).toEqual(slices);
    expect(warning).toContain("malformed-reply");
  });

  it("asks nothing without a group", async () => {
    const { named } = await name(undefined, [], [phishing]);
    expect([named, server.requests.length]).toEqual([[phishing], 0]);
  });
});
