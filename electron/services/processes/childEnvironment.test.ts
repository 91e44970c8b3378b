import { afterEach, expect, it, vi } from "vitest";
import { childEnvironment } from "./childEnvironment.ts";

afterEach(() => vi.unstubAllEnvs());

it("passes on the allocator's variables and settings of NCCL, W&B and MLflow", () => {
  const wanted = {
    PYTORCH_CUDA_ALLOC_CONF: "expandable_segments:True",
    PYTORCH_ALLOC_CONF: "expandable_segments:True",
    PYTORCH_MPS_HIGH_WATERMARK_RATIO: "0.0",
    PYTORCH_MPS_LOW_WATERMARK_RATIO: "0.0",
    NCCL_P2P_DISABLE: "1",
    WANDB_MODE: "offline",
    MLFLOW_TRACKING_URI: "http://localhost:5000",
  };
  for (const [name, value] of Object.entries(wanted)) vi.stubEnv(name, value);
  expect(childEnvironment()).toMatchObject(wanted);
});

it("passes on no keys, and nothing that isn't on the list", () => {
  const names = [
    "WANDB_API_KEY",
    "MLFLOW_TRACKING_TOKEN",
    "MLFLOW_TRACKING_PASSWORD",
    "OPENAI_API_KEY",
    "SHELL_X",
  ];
  for (const name of names) vi.stubEnv(name, "secret");
  const passed = childEnvironment({ DEVICE: "cpu", PYTHONPATH: undefined });
  for (const name of names) expect(passed).not.toHaveProperty(name);
  expect(passed.DEVICE).toBe("cpu");
  expect(passed).not.toHaveProperty("PYTHONPATH");
});
