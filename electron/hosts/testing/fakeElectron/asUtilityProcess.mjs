// Makes a child process of Node look like Electron's utility process from the inside.
import { EventEmitter } from "node:events";

class ParentPort extends EventEmitter {
  postMessage(message) {
    process.send?.(message);
  }
}

const parentPort = new ParentPort();
const { send } = process;
process.on("message", (data) => parentPort.emit("message", { data, ports: [] }));
process.on("disconnect", () => process.exit(0));
Object.defineProperty(process, "parentPort", { value: parentPort });
Object.defineProperty(process, "versions", { value: { ...process.versions, electron: "45.4.1" } });
process.send = send;
