import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { skipBinaryTestInElectron } from "./electronHook.ts";

const hook = new URL("./electronHook.ts", import.meta.url).href;
const tested = new URL(
  "../../../node_modules/node-llama-cpp/dist/bindings/utils/testBindingBinary.js",
  import.meta.url,
).href;

/** Runs the worker's first step in a separate process, with or without Electron's version. */
function binaryTestSource(versions: string): string {
  const script = `
    const { skipBinaryTestInElectron } = await import(${JSON.stringify(hook)});
    await skipBinaryTestInElectron(${versions});
    const { testBindingBinary } = await import(${JSON.stringify(tested)});
    console.log(testBindingBinary.toString().length, await Promise.race([testBindingBinary("/no/such/file", [], false, 500), 0]));`;
  const cwd = fileURLToPath(new URL("../../../", import.meta.url));
  const child = spawnSync(process.execPath, ["--input-type=module", "--eval", script], {
    cwd,
    encoding: "utf8",
  });
  return `${child.stdout}${child.stderr}`;
}

test("in Electron the binary test passes without a fork", () => {
  expect(binaryTestSource("{ ...process.versions, electron: '45.0.0' }")).toMatch(/^\d{2} true\n$/);
});

test("in Node no hook is installed", async () => {
  expect(await skipBinaryTestInElectron(process.versions)).toBe(false);
  expect(binaryTestSource("process.versions")).toMatch(/^\d{4,} /);
});
