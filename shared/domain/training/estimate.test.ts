import { describe, expect, it } from "vitest";
import { Failure } from "../failure.ts";
import {
  architectureOf,
  keyValueBytesPerToken,
  loraParameterCount,
  parameterCounts,
} from "./architecture.ts";
import { estimateDisk, estimateHostMemory, estimateMemory, validationBatch } from "./estimate.ts";
import { judgeFit, refuseUnlessItFits, unsupportedPrecision } from "./fit.ts";
import { knownArchitecture, mistral7b } from "./mistral7b.ts";
import { withOverrides } from "./overrides.ts";
import { PRESETS } from "./presets.ts";

const study = PRESETS["mistral-7b-study"];
const tiny = architectureOf({
  hidden_size: 192,
  num_hidden_layers: 4,
  num_attention_heads: 6,
  num_key_value_heads: 2,
  intermediate_size: 512,
  vocab_size: 2856,
  tie_word_embeddings: false,
});

describe("Mistral 7B v0.3 by arithmetic", () => {
  it("has 7.25 billion parameters, 14.5 GB in bfloat16", () => {
    const { linear, rest } = parameterCounts(mistral7b);
    // The number that Hugging Face shows for mistralai/Mistral-7B-Instruct-v0.3.
    expect(linear + rest).toBe(7_248_023_552);
    expect(estimateMemory(mistral7b, study, "cuda").weights / 1e9).toBeCloseTo(14.5, 1);
  });

  it("gets 168 million LoRA parameters at r 64 on all seven projections", () => {
    expect(loraParameterCount(mistral7b, study.lora)).toBe(167_772_160);
  });

  it("stores 128 KiB of keys and values per token", () => {
    expect(keyValueBytesPerToken(mistral7b)).toBe(128 * 1024);
  });

  it("needs 19 to 20 GB for the study's training", () => {
    const { total } = estimateMemory(mistral7b, study, "cuda");
    expect(total / 1e9).toBeGreaterThan(18.5);
    expect(total / 1e9).toBeLessThan(20.5);
  });

  it("needs about 9 GB of disk for a run of the study", () => {
    const disk = estimateDisk(mistral7b, study, "q8_0");
    expect(disk.checkpoints).toBe(4 * 167_772_160 * 12);
    expect(disk.total / 1e9).toBeCloseTo(9.1, 0);
  });
});

describe("DoRA", () => {
  const dora = withOverrides(study, { lora: { dora: true } });

  it("has a magnitude for each output row of each adapted projection", () => {
    const outputs = 2 * 4096 + 2 * 1024 + 2 * 14336 + 4096;
    const lora = { ...dora.lora, targetModules: [...dora.lora.targetModules] };
    expect(loraParameterCount(mistral7b, lora)).toBe(167_772_160 + 32 * outputs);
  });

  it("needs memory for the outputs that it keeps and for the norms of the widest projection", () => {
    const rows = { longest: 512 };
    const settings = withOverrides(study, {
      lora: { dora: true },
      optimisation: { gradientCheckpointing: false },
    });
    const plain = { ...settings, lora: { ...settings.lora, dora: false } };
    const [one, other] = [settings, plain].map(
      (tried) => estimateMemory(mistral7b, tried, "cuda", rows).activations,
    );
    const kept = 2 * (2 * 4096 + 2 * 1024 + 2 * 14336 + 4096) * 32;
    const norms = 14336 * (4 * (14336 + 4096) + 3 * 2 * 4096);
    const tokens = settings.optimisation.batchSize * 512;
    expect((one ?? 0) - (other ?? 0)).toBe(tokens * kept * 2 + norms);
  });

  it("needs disk space for a merged GGUF instead of an adapter GGUF", () => {
    const [plain, merged] = [study, dora].map((one) => estimateDisk(mistral7b, one, "q8_0"));
    expect([plain?.merged, merged?.adapterGguf]).toEqual([0, 0]);
    expect((merged?.merged ?? 0) / 1e9).toBeCloseTo(7.7, 1);
    expect(estimateDisk(mistral7b, dora, "q4_k_m").merged / 1e9).toBeCloseTo(18.9, 1);
  });
});

describe("validation", () => {
  it("takes batches of its own: 16 rows on a CPU, 32 on an accelerator, fewer if rows are long", () => {
    expect(validationBatch(study, "cpu", 700)).toBe(16);
    expect(validationBatch(study, "cuda", 60)).toBe(32);
    expect(validationBatch(study, "cuda", 700)).toBe(7);
    expect(validationBatch(study, "mps", 100_000)).toBe(1);
    const asked = withOverrides(study, { evaluation: { batchSize: 5 } });
    expect(validationBatch(asked, "cuda", 60)).toBe(5);
  });

  it("counts only where it needs more than a training step", () => {
    const large = withOverrides(study, { evaluation: { batchSize: 64 } });
    const [none, some] = [study, large].map((one) =>
      estimateMemory(mistral7b, one, "cuda", { longest: 120 }),
    );
    // Rows × (prompt and new tokens) × 128 KiB.
    expect(some?.keyValueCache).toBe(32 * 220 * 128 * 1024);
    expect(some?.total).toBeGreaterThan(none?.total ?? 0);
    const training = withOverrides(study, {
      evaluation: { batchSize: 64 },
      optimisation: { batchSize: 64, gradientCheckpointing: false },
    });
    expect(estimateMemory(mistral7b, training, "cuda", { longest: 120 }).keyValueCache).toBe(0);
  });

  it("counts no more rows than there are", () => {
    const large = withOverrides(study, { evaluation: { batchSize: 64, generationRows: 64 } });
    const { keyValueCache } = estimateMemory(mistral7b, large, "cuda", { longest: 120, validation: 40 });
    expect(keyValueCache).toBe(40 * 220 * 128 * 1024);
  });
});

describe("the parity gate's reference", () => {
  it("counts the keys and values of its sequences and a head in float32", () => {
    const short = withOverrides(study, { optimisation: { batchSize: 1 } });
    const rows = { longest: 60, validation: 1 };
    const { keyValueCache, logits } = estimateMemory(mistral7b, short, "cuda", rows);
    expect(keyValueCache).toBe(20 * 160 * 128 * 1024);
    const head = 4096 * 32768 * 4;
    expect(logits).toBe(head + 6 * 100 * 32768 * 4);
    const exact = estimateMemory(mistral7b, { ...short, precision: "float32" }, "cuda", rows);
    expect(exact.logits).toBeLessThan(head);
  });
});

describe("QLoRA", () => {
  it("fits in a 16 GB card with room to spare", () => {
    const { total, optimiser } = estimateMemory(mistral7b, PRESETS["mistral-7b-qlora"], "cuda");
    expect(total / 1e9).toBeLessThan(10);
    // Two moments of one byte each for 42 million LoRA parameters, and their constants.
    expect(optimiser / 1e6).toBeCloseTo(2 * 41.94 * (1 + 4 / 256), 0);
  });
});

describe("the embedded base", () => {
  it("has the parameters that the trainer counts", () => {
    // Counted by the trainer on a model of this shape: 2,888,384 with 217,088 of them LoRA.
    expect(loraParameterCount(tiny, PRESETS.embedded.lora)).toBe(217_088);
  });

  it("fits into a laptop's memory", () => {
    const fit = judgeFit(tiny, PRESETS.embedded, "cpu", 4e9);
    expect(fit.kind).toBe("fits");
  });
});

describe("a training that doesn't fit", () => {
  it("suggests changes that fit", () => {
    const fit = judgeFit(mistral7b, study, "cuda", 16e9);
    expect(fit).toMatchObject({
      kind: "too-large",
      remedy: { changes: [expect.stringContaining("precision int4 (requires bitsandbytes")] },
    });
    if (fit.kind !== "too-large" || fit.remedy === null) throw new Error("no remedy");
    expect(fit.remedy.needed).toBeLessThanOrEqual(16e9);
  });

  it("suggests smaller batches before anything that changes the result", () => {
    const fit = judgeFit(mistral7b, PRESETS["mistral-7b"], "cuda", 18e9);
    expect(fit).toMatchObject({
      kind: "too-large",
      remedy: { changes: ["evaluation.batchSize 4", "batchSize 1 and gradientAccumulation 4"] },
    });
    const short = judgeFit(mistral7b, PRESETS["mistral-7b"], "cuda", 17.5e9, { longest: 120 });
    expect(short).toMatchObject({ kind: "too-large", remedy: { changes: ["evaluation.batchSize 4"] } });
  });

  it("suggests bfloat16 on a CPU too, where float32 needs twice the memory", () => {
    const fit = judgeFit(mistral7b, { ...study, precision: "float32" }, "cpu", 23e9);
    expect(fit).toMatchObject({
      kind: "too-large",
      remedy: { changes: ["precision bfloat16 (only fast on a CPU with AVX-512 or AMX)"] },
    });
  });

  it("is judged by the longest row, where it is known", () => {
    const long = judgeFit(mistral7b, study, "cpu", 21e9);
    const short = judgeFit(mistral7b, study, "cpu", 21e9, { longest: 120 });
    expect([long.kind, short.kind]).toEqual(["too-large", "fits"]);
    expect(short.needed).toBeLessThan(long.needed);
  });

  it("is rejected, and names those changes", () => {
    const fit = judgeFit(mistral7b, study, "cuda", 16e9);
    expect(() => refuseUnlessItFits(fit, "cuda")).toThrow(
      expect.objectContaining({ code: "missing", hint: expect.stringContaining("precision int4") }),
    );
  });

  it("is rejected without a remedy if there is none", () => {
    const fit = judgeFit(mistral7b, study, "mps", 8e9);
    expect(fit).toMatchObject({ kind: "too-large", remedy: null });
    expect(() => refuseUnlessItFits(fit, "mps")).toThrow(Failure);
  });
});

it("refuses precisions that a device can't train in", () => {
  expect(unsupportedPrecision("int4", "cpu")).toMatchObject({
    code: "bad-value",
    hint: expect.stringContaining("bfloat16"),
  });
  expect(unsupportedPrecision("float16", "mps")?.message).toContain("float16");
  expect(unsupportedPrecision("int4", "cuda")).toBeNull();
  expect(unsupportedPrecision("bfloat16", "cpu")).toBeNull();
});

it("counts host memory apart from a GPU's, and only once where they are the same", () => {
  expect((estimateHostMemory(mistral7b, study, "cuda") ?? 0) / 1e9).toBeCloseTo(7.5, 0);
  expect((estimateHostMemory(tiny, PRESETS.embedded, "cuda") ?? 0) / 1e9).toBeCloseTo(2.5, 0);
  expect(estimateHostMemory(mistral7b, study, "mps")).toBeNull();
  expect(estimateHostMemory(mistral7b, study, "cpu")).toBeNull();
});

it("knows the sizes of Mistral 7B before it is downloaded", () => {
  expect(knownArchitecture("mistralai/Mistral-7B-Instruct-v0.3")).toBe(mistral7b);
  expect(knownArchitecture("HuggingFaceTB/SmolLM2-135M")).toBeNull();
});
