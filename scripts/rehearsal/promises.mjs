// What the product promises about memory before a stage runs.

/** `namewright_trainer convert-base --help`: it uses at most 2 GB of memory, whatever the model's size. */
export const conversionPromise = { bytes: 2e9, kind: "at most", of: "resident" };

/** Reads `train --plan --json` of one version: memory in bytes, and the finding that prevents the training or null. */
export function readPlan({ plans: [plan] }) {
  const { memory, device, findings } = plan;
  const problem = findings.find(({ severity }) => severity === "error") ?? null;
  return { needed: memory.needed, available: memory.available, device: device.device, problem };
}
