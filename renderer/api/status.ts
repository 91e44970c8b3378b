import { create } from "zustand";

export type ConnectionStatus =
  | { readonly kind: "connecting" }
  | { readonly kind: "open" }
  /** The host isn't reachable. The page keeps what it shows until the connection is back. */
  | { readonly kind: "lost" }
  /** Retrying won't help: the token expired or the workspace is gone. */
  | { readonly kind: "refused"; readonly reason: string };

/** The page's connection status. */
export const useConnectionStatus = create<{ status: ConnectionStatus }>(() => ({
  status: { kind: "connecting" },
}));

export function setConnectionStatus(status: ConnectionStatus): void {
  useConnectionStatus.setState({ status });
}
