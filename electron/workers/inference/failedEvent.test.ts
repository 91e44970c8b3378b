import { describe, expect, it } from "vitest";
import { Failure } from "../../../shared/domain/failure.ts";
import { engineUnavailable, failedEvent } from "./failedEvent.ts";

const load = { kind: "load", id: 1 } as const;
const generate = { kind: "generate", id: 2 } as const;

describe("failedEvent", () => {
  it.each([
    ["llama_model_load: error loading model: std::bad_alloc"],
    ["llama_mmap: mmap failed: Cannot allocate memory"],
    ["ggml_backend_cuda_buffer_type_alloc_buffer: cudaMalloc failed: out of memory"],
  ])("blames memory, not the file, for a load that ends with %s", (line) => {
    const errors = [line, "llama_model_load_from_file_impl: failed to load model"];
    expect(failedEvent(load, new Error("Failed to load model"), errors)).toMatchObject({
      code: "missing",
      message: "there isn't enough memory to load the model (Failed to load model)",
      hint: expect.stringMatching(/ulimit -v.*smaller base/),
    });
  });

  it("blames memory for a context that can't be allocated", () => {
    const error = new Error("A context size of 1024 is too large for the available VRAM");
    expect(failedEvent(generate, error, [])).toMatchObject({ code: "missing" });
  });

  it("keeps the file as the cause of any other failed load, with llama.cpp's errors", () => {
    const errors = ["llama_model_load: error loading model: missing tensor 'output_norm.weight'"];
    expect(failedEvent(load, new Error("Failed to load model"), errors)).toEqual({
      kind: "failed",
      id: 1,
      code: "bad-value",
      message: "Failed to load model",
      hint: expect.stringMatching(/llama.cpp can't load it/),
      native: errors,
    });
  });

  it("passes on our failure with its hint and without llama.cpp's lines", () => {
    const failure = new Failure("bad-value", "the prompt of row 0 has 45024 tokens; the maximum is 924", {
      hint: "Shorten the description.",
    });
    expect(failedEvent(generate, failure, ["an error of another call"])).toEqual({
      kind: "failed",
      id: 2,
      code: "bad-value",
      message: "the prompt of row 0 has 45024 tokens; the maximum is 924",
      hint: "Shorten the description.",
      native: [],
    });
  });

  it("blames neither file nor model if llama.cpp can't start", () => {
    const failure = engineUnavailable(new Error("NoBinaryFoundError"));
    expect(failedEvent(load, failure, [])).toMatchObject({
      code: "missing",
      message: "llama.cpp can't be started on this machine (NoBinaryFoundError)",
      hint: expect.stringMatching(/Memory.*ulimit -v.*doctor/),
    });
  });

  it("reports an unexplained error as a defect", () => {
    expect(failedEvent(generate, new Error("the model gave no next token"), [])).toMatchObject({
      code: "defect",
    });
  });
});
