// What trains here: the device and its training precisions.
import path from "node:path";
import { runProgram } from "./product.mjs";

const trainer = path.resolve(import.meta.dirname, "../../resources/trainer");

/** The trainer's own probe, and whether torch multiplies bfloat16 natively on this CPU: without, a step takes minutes. */
const probeCode = `
import json, torch
from namewright_trainer.probe import probe
print(json.dumps({**probe(), "cpuBfloat16": torch.ops.mkldnn._is_mkldnn_bf16_supported()}))
`;

/** @returns {Promise<any>} the probe's document */
export async function probeDevice({ python, env, signal, log }) {
  const options = { env: { ...env, PYTHONPATH: trainer }, signal, log };
  const { code, stdout, stderr } = await runProgram(python, ["-c", probeCode], options);
  if (code !== 0) throw new Error(`couldn't load torch: ${stderr.slice(-600)}`);
  return JSON.parse(stdout.trim().split("\n").at(-1));
}

/** Returns the device that trains: the one asked for, or the best one. */
export function chosenDevice(asked, { devices }) {
  if (asked === "auto") return devices[0];
  if (devices.includes(asked)) return asked;
  throw new Error(`this machine has no ${asked}; available: ${devices.join(", ")}`);
}

/** Returns the training precisions that a device has, the best for a 7B first. */
export function precisionsOf(device, { cuda, bitsandbytes, cpuBfloat16 }) {
  if (device === "cuda")
    return [cuda.bfloat16 ? "bfloat16" : "float16", ...(bitsandbytes ? ["int4"] : []), "float32"];
  if (device === "mps") return ["bfloat16", "float32"];
  return cpuBfloat16 ? ["bfloat16", "float32"] : ["float32"];
}
