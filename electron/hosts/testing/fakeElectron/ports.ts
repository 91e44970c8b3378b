import { EventEmitter } from "node:events";
import { MessageChannel, type MessagePort } from "node:worker_threads";
import type Electron from "electron";

/** A port as main has it: silent until it is started, its messages wrapped in events. */
export class StandInPort
  extends EventEmitter
  implements Pick<Electron.MessagePortMain, "postMessage" | "start" | "close">
{
  /** The other kind of the same port, as a page has it. */
  readonly web: MessagePort;

  constructor(web: MessagePort) {
    super();
    this.web = web;
  }

  start(): void {
    this.web.on("message", (data) => this.emit("message", { data, ports: [] }));
    this.web.on("close", () => this.emit("close"));
    this.web.start();
  }

  postMessage(message: unknown): void {
    this.web.postMessage(message);
  }

  close(): void {
    this.web.close();
  }
}

export class StandInChannel {
  readonly port1: StandInPort;
  readonly port2: StandInPort;

  constructor() {
    const { port1, port2 } = new MessageChannel();
    this.port1 = new StandInPort(port1);
    this.port2 = new StandInPort(port2);
  }
}
