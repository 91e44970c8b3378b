const testedBinary = /\/node-llama-cpp\/.*\/bindings\/utils\/testBindingBinary\.js$/;

/**
 * In Electron's utility process node-llama-cpp would test its binary with `child_process.fork`, which the `runAsNode`
 * fuse forbids. The test is skipped there: this process is one that may crash. Call it before node-llama-cpp is
 * imported; node-llama-cpp must not be bundled.
 */
export async function skipBinaryTestInElectron(versions: NodeJS.ProcessVersions): Promise<boolean> {
  if (versions.electron === undefined) return false;
  const { registerHooks } = await import("node:module"); // absent from Node below 22.15, which never is Electron's
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
