/**
 * Runs in the page before its own code and replaces the desktop's preload. It connects a MessagePort to the browser
 * host's WebSocket, so that the desktop's connection code also runs in Chromium.
 */
export function standInForPreload(): void {
  const name = "namewright.token";
  const inHash = /^#token=([\w-]+)$/.exec(window.location.hash)?.[1];
  const token = () => inHash ?? sessionStorage.getItem(name) ?? "none";
  const asking = new Set<string>();
  Object.defineProperty(window, "namewright", {
    value: {
      // A file in the browser has no path, so its contents are sent to the host.
      pathForFile: () => "",
      requestPort(workspaceId: string | null) {
        const url = new URL("/rpc", window.location.href);
        url.protocol = "ws:";
        if (workspaceId !== null) url.searchParams.set("workspace", workspaceId);
        if (asking.has(url.href)) return;
        asking.add(url.href);
        const socket = new WebSocket(url.href, ["namewright", `token.${token()}`]);
        socket.binaryType = "arraybuffer";
        socket.addEventListener("close", () => asking.delete(url.href));
        socket.addEventListener("open", () => {
          asking.delete(url.href);
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = ({ data }) => socket.send(data);
          socket.addEventListener("message", ({ data }) => port1.postMessage(data));
          // Electron fires close when the other end of a port closes. Chromium doesn't.
          const take = (event: MessageEvent) => {
            const [received] = event.ports;
            window.removeEventListener("message", take);
            socket.addEventListener("close", () => received?.dispatchEvent(new Event("close")));
          };
          window.addEventListener("message", take);
          socket.addEventListener("close", () => port1.close());
          const answer = { type: "namewright:port", workspaceId: workspaceId ?? "" };
          window.postMessage(answer, window.location.origin, [port2]);
        });
      },
    },
  });
}
