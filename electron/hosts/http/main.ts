import { enableCompileCache } from "node:module";

// Before our code loads, so that a second start compiles nothing.
enableCompileCache();
const { runBrowserHost } = await import("./browserHost.ts");

// Exits without waiting for open handles, such as a hanging worker or a probe of a slow disk.
process.exit(await runBrowserHost(process.argv.slice(2)));
