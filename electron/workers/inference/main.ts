import { skipBinaryTestInElectron } from "./electronHook.ts";
import { hostPort } from "./hostPort.ts";
import { Session } from "./session.ts";

// Disposing of llama.cpp may hang after an invalid file, so this process always ends by exit().
// Ctrl-C reaches every process of the terminal, but only the host decides when to stop.
process.on("SIGINT", () => undefined);
await skipBinaryTestInElectron(process.versions);
const port = hostPort(process);
const session = new Session(
  (event) => port.post(event),
  () => process.exit(0),
);
port.onClose(() => process.exit(0));
port.onMessage((message) => session.receive(message));
port.post({ kind: "ready" });
