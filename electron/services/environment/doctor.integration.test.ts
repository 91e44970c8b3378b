import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { CheckIdSchema, DoctorReportSchema, TrainerProbeSchema } from "../../../shared/schema/environment.ts";
import type { Platform } from "../platform.ts";
import { fromOutside } from "../settings/outside.ts";
import { askChild } from "./childProbe.ts";
import { runDoctor } from "./doctor.ts";
import { readDotenv } from "./dotenv.ts";
import { judgeLlama, judgeTorch } from "./engineProbes.ts";
import { checkElectron, checkMemory, checkNode, doctorProbes, judgeDisk } from "./probes.ts";

const gb = 1e9;

describe("runDoctor", () => {
  it("keeps the order and turns a crash and a timeout into warnings with reasons", async () => {
    let aborted = false;
    const { checks } = await runDoctor([
      { id: "node", timeoutMs: 1000, check: async () => ({ status: "ok", detail: "Node 24" }) },
      {
        id: "torch",
        timeoutMs: 1000,
        check: () => Promise.reject(new Error("libgomp.so.1 is missing\nat x")),
      },
      {
        id: "llama",
        timeoutMs: 30,
        check: async (signal) => {
          signal.addEventListener("abort", () => {
            aborted = true;
          });
          await sleep(5000, null, { signal });
          return { status: "ok", detail: "never" };
        },
      },
    ]);
    expect(checks).toEqual([
      { id: "node", status: "ok", detail: "Node 24" },
      { id: "torch", status: "warning", detail: "the check failed: libgomp.so.1 is missing" },
      { id: "llama", status: "warning", detail: "no answer within 0.03 s" },
    ]);
    expect(aborted).toBe(true);
  });

  it("has one check per ID and never shows a key", async () => {
    const secret = "sk-do-not-show";
    const platform = {
      name: "test",
      paths: {
        userData: "/nowhere",
        resources: "/nowhere/resources",
        sample: "/nowhere",
        embeddedBase: "/nowhere",
      },
      secrets: { get: async (name: string) => (name === "OPENAI_API_KEY" ? secret : null) },
      ...fromOutside([]),
      launchWorker: () => {
        throw new Error("no worker is needed");
      },
    } satisfies Platform;
    const probes = doctorProbes(platform, undefined);
    expect(probes.map(({ id }) => id)).toEqual(CheckIdSchema.options);
    const keys = await runDoctor(
      probes.filter(({ id }) => id === "openai-key" || id === "huggingface-token"),
    );
    expect(DoctorReportSchema.parse(keys).checks.map(({ status }) => status)).toEqual(["ok", "warning"]);
    expect(JSON.stringify(keys)).not.toContain(secret);
  });
});

describe("askChild", () => {
  const ask = (script: string, schema: z.ZodType = z.strictObject({ a: z.number() })) =>
    askChild({ file: process.execPath, words: ["--eval", script], schema }, AbortSignal.timeout(10_000));
  it("reads the last line", async () => {
    expect(await ask("console.log('hello'); console.log('{\"a\":1}')")).toEqual({ a: 1 });
  });
  it("fails with the child's error message or its invalid reply", async () => {
    await expect(ask("throw new Error('no backend')")).rejects.toThrow("no backend");
    await expect(ask("console.log('{}')")).rejects.toThrow("the reply is not valid");
  });
});

describe("what the probes make of answers", () => {
  // Printed by `python -m namewright_trainer probe` on a machine without a GPU.
  const printed = {
    kind: "probe",
    elapsedSeconds: 2.044,
    packages: { python: "3.11.7", torch: "2.13.0", transformers: "5.18.0", trl: "1.13.0", peft: "0.21.0" },
    platform: "Linux x86_64",
    devices: ["cpu"],
    chosen: "cpu",
    cpuThreads: 2,
    memory: { totalBytes: 24 * gb, availableBytes: 20 * gb },
    cuda: null,
    bitsandbytes: false,
  };

  it("torch on a CPU, and on a machine whose GPU it does not see", () => {
    const probe = TrainerProbeSchema.parse(printed);
    expect(judgeTorch(probe, [], null)).toEqual({
      status: "ok",
      detail:
        "torch 2.13.0, trl 1.13.0, transformers 5.18.0, peft 0.21.0; device cpu (20.0 GB of memory available)",
    });
    const l4 = { name: "NVIDIA L4", driver: "550.120", computeCapability: 8.9 };
    const unused = judgeTorch(probe, [l4], null);
    expect(unused.status).toBe("warning");
    expect(unused.detail).toContain("NVIDIA L4 is not used");
    const old = judgeTorch(probe, [l4], { version: "2.13.0+cu130", cuda: "13.0" });
    expect(old.detail).toContain(
      "NVIDIA L4 is not used because driver 550.120 is too old for torch's CUDA 13.0",
    );
    expect(old.hint).toBe("Update the NVIDIA driver.");
    const built = judgeTorch(probe, [l4], { version: "2.13.0+cpu", cuda: null });
    expect(built.detail).toContain("torch 2.13.0+cpu is a CPU build");
    const cuda = { name: "NVIDIA L4", freeBytes: 22 * gb, totalBytes: 24 * gb, version: "13.0" };
    const seen = { ...probe, devices: ["cuda", "cpu"], chosen: "cuda", cuda };
    const turing = judgeTorch(seen, [{ ...l4, name: "Tesla T4", computeCapability: 7.5 }], null);
    expect(turing.hint).toContain("Tesla T4 only emulates bfloat16");
    const used = judgeTorch(seen, [l4], null);
    expect(used).toMatchObject({
      status: "ok",
      detail: expect.stringContaining("22.0 GB free of 24.0 GB"),
    });
  });

  it("llama.cpp with and without a GPU", () => {
    const cpu = {
      version: "3.22.1",
      release: "v0.5.0",
      gpu: null,
      supported: [null],
      devices: [],
      vramTotalBytes: null,
    };
    expect(judgeLlama(cpu).detail).toBe(
      "node-llama-cpp 3.22.1 (llama.cpp v0.5.0); backends CPU; uses the CPU",
    );
    const metal = {
      ...cpu,
      gpu: "metal",
      supported: ["metal", null],
      devices: ["Apple M3"],
      vramTotalBytes: 16 * gb,
    };
    expect(judgeLlama(metal).detail).toContain("backends metal, CPU; uses metal: Apple M3, 16.0 GB");
  });

  it("Node, disk and memory at their limits", () => {
    expect(checkNode("22.18.0").status).toBe("ok");
    expect(checkNode("22.17.9")).toMatchObject({
      status: "missing",
      hint: expect.stringContaining("Node 24"),
    });
    expect(judgeDisk(8 * gb, "/d").status).toBe("ok");
    expect(judgeDisk(8 * gb - 1, "/d")).toMatchObject({ status: "warning", hint: expect.any(String) });
    expect(checkMemory(gb, 8 * gb).status).toBe("warning");
  });

  it("Electron's binary by its files", () => {
    const root = mkdtempSync(path.join(tmpdir(), "namewright-electron-"));
    const dist = path.join(root, "node_modules", "electron", "dist");
    try {
      expect(checkElectron(root).status).toBe("warning");
      mkdirSync(dist, { recursive: true });
      writeFileSync(path.join(dist, "..", "path.txt"), "electron");
      expect(checkElectron(root).status).toBe("warning");
      writeFileSync(path.join(dist, "electron"), "");
      expect(checkElectron(root)).toEqual({ status: "ok", detail: path.join(dist, "electron") });
    } finally {
      rmSync(root, { recursive: true });
    }
  });
});

it("reads .env with a byte order mark and quotes, sets nothing, and takes a missing file for none", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "namewright-env-"));
  try {
    expect(readDotenv(folder)).toEqual({});
    writeFileSync(path.join(folder, ".env"), '\uFEFFDEVICE=mps\r\nOPENAI_API_KEY="sk-1 2" # mine\r\n');
    expect(readDotenv(folder)).toEqual({ DEVICE: "mps", OPENAI_API_KEY: "sk-1 2" });
    expect(process.env.DEVICE).not.toBe("mps");
    rmSync(path.join(folder, ".env"));
    mkdirSync(path.join(folder, ".env"));
    expect(readDotenv(folder)).toEqual({});
  } finally {
    rmSync(folder, { recursive: true });
  }
});
