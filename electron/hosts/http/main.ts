import { runBrowserHost } from "./browserHost.ts";

process.exitCode = await runBrowserHost(process.argv.slice(2));
