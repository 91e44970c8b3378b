import { describe, expect, it } from "vitest";
import type { Stamp } from "../../schema/result.ts";
import { exampleStamp as stamp } from "../../testing/resultsExample.ts";
import { poolDecoding } from "../generation/bestOfPool.ts";
import { poolNote, stampDifferences, thresholdNote } from "./stamps.ts";

const under = (version: string, prompt: string, grammar: Stamp["decoding"]["grammar"] = "none"): Stamp => ({
  ...stamp,
  version,
  prompt,
  decoding: { ...stamp.decoding, grammar },
});
const differing = (one: Stamp, other: Stamp) => stampDifferences(one, other).map(({ field }) => field);

describe("stampDifferences", () => {
  it("lets the prompt differ between a prompted version and any other", () => {
    expect(differing(under("prompted", "long"), under("v2", "short"))).toEqual([]);
    expect(differing(under("base", "short"), under("prompted", "long"))).toEqual([]);
  });

  it("reports the prompt of two adapters, and of two prompted versions", () => {
    expect(differing(under("v1", "short"), under("v2", "other"))).toEqual(["prompt"]);
    expect(differing(under("prompted", "long"), under("prompted+grammar", "other", "names"))).toEqual([
      "prompt",
    ]);
  });

  it("reports the same prompt with different examples, unless a stamp doesn't tell", () => {
    const filled = (version: string, filledPrompt?: string): Stamp => ({
      ...under(version, "long"),
      ...(filledPrompt === undefined ? {} : { filledPrompt }),
    });
    expect(differing(filled("prompted", "one"), filled("prompted", "other"))).toEqual(["filledPrompt"]);
    expect(differing(filled("prompted", "one"), filled("prompted", "one"))).toEqual([]);
    expect(differing(filled("prompted"), filled("prompted", "other"))).toEqual([]);
    const edited = { ...filled("prompted", "other"), prompt: "edited" };
    expect(differing(filled("prompted", "one"), edited)).toEqual(["prompt"]);
  });

  it("lets the refusal threshold differ only where one version refuses with a word", () => {
    const at = (version: string, refusalThreshold: number | null, refusal: string | null): Stamp => ({
      ...stamp,
      version,
      promptUse: { name: "some", refusal, examples: null },
      decoding: { ...stamp.decoding, refusalThreshold },
    });
    expect(differing(at("prompted", null, "NONE"), at("v2", 0.5, null))).toEqual([]);
    expect(differing(at("v1", 0.5, null), at("v2", null, "NONE"))).toEqual([]);
    expect(differing(at("prompted", null, null), at("v2", 0.5, null))).toEqual(["refusalThreshold"]);
    expect(differing(at("v1", 0.5, null), at("v2", 0.4, null))).toEqual(["refusalThreshold"]);
  });

  it("takes thresholds that were chosen for both versions as part of the versions, and says so", () => {
    const at = (version: string, refusalThreshold: number, thresholdFrom: Stamp["thresholdFrom"]): Stamp => ({
      ...stamp,
      version,
      adapter: `adapter of ${version}`,
      ...(thresholdFrom === undefined ? {} : { thresholdFrom }),
      decoding: { ...stamp.decoding, refusalThreshold },
    });
    const [chosen, asked] = [at("v1", 0.5, "version"), at("v2", 0.4, "asked")];
    expect(differing(chosen, asked)).toEqual([]);
    expect(thresholdNote(chosen, asked).map(({ message }) => message)).toEqual([
      expect.stringContaining("(0.5 and 0.4)"),
    ]);
    expect(differing(chosen, at("v2", 0.4, "workspace"))).toEqual(["refusalThreshold"]);
    expect(thresholdNote(chosen, at("v2", 0.4, "workspace"))).toEqual([]);
    expect(thresholdNote(chosen, at("v2", 0.5, "version"))).toEqual([]);
    // One model at two thresholds: the threshold is what is compared.
    expect(differing(at("v2", 0.25, "workspace"), at("v2", 0.4, "asked"))).toEqual([]);
  });

  it("lets the grammar differ only where it defines one of the versions", () => {
    const constrained = under("prompted+grammar", "long", "names");
    expect(differing(under("prompted", "long"), constrained)).toEqual([]);
    expect(differing(constrained, under("v2", "short"))).toEqual([]);
    expect(differing(under("prompted", "long"), under("v2", "short", "names"))).toEqual(["grammar"]);
  });

  it("takes best of pool as part of a version against greedy decoding, and says so", () => {
    const of = (version: string, decoding: Partial<Stamp["decoding"]> = {}): Stamp => ({
      ...stamp,
      version,
      adapter: `adapter of ${version}`,
      decoding: { ...stamp.decoding, ...decoding },
    });
    const pool = of("v2", poolDecoding);
    expect(differing(of("v2"), pool)).toEqual([]);
    expect(differing(pool, of("v1"))).toEqual([]);
    expect(poolNote(of("v2"), pool).map(({ message }) => message)).toEqual([
      "The names of the candidate are the best of several completions, so the comparison is of decoding.",
    ]);
    expect(poolNote(pool, of("v1"))[0]?.message).toMatch(/of the baseline .* model and decoding together/);
    expect(poolNote(pool, pool)).toEqual([]);

    const sampled = { mode: "sampled", temperature: 0.8, samples: 3 } as const;
    expect(differing(of("v2", sampled), pool)).toEqual(["decoding"]);
    expect(differing(of("v2", { maxTokens: 50 }), pool)).toEqual(["decoding"]);
    expect(differing(of("v2", { ...poolDecoding, seed: 2 }), pool)).toEqual(["decoding"]);
    expect(differing(of("v2", { ...poolDecoding, pool: { k: 4, lambda: 0.7 } }), pool)).toEqual(["decoding"]);
    expect(differing(of("v2", { grammar: "names" }), pool)).toEqual(["grammar"]);
    expect(differing(of("v2", { refusalThreshold: 0.4 }), pool)).toEqual(["refusalThreshold"]);
  });
});
