const testedBinary = /\/node-llama-cpp\/.*\/bindings\/utils\/testBindingBinary\.js$/;

/**
 * Skips node-llama-cpp's binary test in Electron's utility process. The test uses `child_process.fork`, which the
 * `runAsNode` fuse forbids, and this process may crash anyway. Returns whether it was skipped. Call it before
 * node-llama-cpp is imported. node-llama-cpp must not be bundled.
 */
export async function skipBinaryTestInElectron(versions: NodeJS.ProcessVersions): Promise<boolean> {
  if (versions.electron === undefined) return false;
  const { registerHooks } = await import("node:module"); // absent before Node 22.15, which Electron never uses
  registerHooks({
    load(url, context, nextLoad) {
      if (!testedBinary.test(url)) return nextLoad(url, context);
      return {
        format: "module",
        source: "export async function testBindingBinary() { return true; }\n",
        shortCircuit: true,
      };
    },
  });
  return true;
}
