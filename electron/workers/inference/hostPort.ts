/** The connection to the parent process, over Electron's parent port or Node's IPC channel. */
export interface HostPort {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  onClose(listener: () => void): void;
}

interface ParentPort {
  postMessage(message: unknown): void;
  on(event: "message", listener: (event: { data: unknown }) => void): void;
}

function isParentPort(value: unknown): value is ParentPort {
  return typeof value === "object" && value !== null && "postMessage" in value;
}

/** Returns the port to the parent process. Throws if this process wasn't launched as a worker. */
export function hostPort(source: NodeJS.Process): HostPort {
  const parentPort: unknown = Reflect.get(source, "parentPort");
  if (isParentPort(parentPort)) {
    return {
      post: (message) => parentPort.postMessage(message),
      onMessage: (listener) => parentPort.on("message", ({ data }) => listener(data)),
      onClose: () => undefined,
    };
  }
  if (source.send === undefined) throw new Error("a worker needs a parent process with a channel");
  return {
    post: (message) => {
      if (source.connected) source.send?.(message);
    },
    onMessage: (listener) => source.on("message", listener),
    onClose: (listener) => source.once("disconnect", listener),
  };
}
