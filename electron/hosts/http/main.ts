import { enableCompileCache } from "node:module";

// Before anything of ours is loaded: a second start compiles nothing.
enableCompileCache();
const { runBrowserHost } = await import("./browserHost.ts");

// What is still open by then (a worker that does not end, a probe of a slow disk) keeps nobody waiting.
process.exit(await runBrowserHost(process.argv.slice(2)));
