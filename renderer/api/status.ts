import { create } from "zustand";

export type ConnectionStatus =
  | { readonly kind: "connecting" }
  | { readonly kind: "open" }
  /** The host is gone: what was shown stays, nothing new can be asked until it is back. */
  | { readonly kind: "lost" }
  /** Trying again would not help: the token is an old one, the workspace is gone. */
  | { readonly kind: "refused"; readonly reason: string };

/** How the connection to the host is; one for the page. */
export const useConnectionStatus = create<{ status: ConnectionStatus }>(() => ({
  status: { kind: "connecting" },
}));

export function setConnectionStatus(status: ConnectionStatus): void {
  useConnectionStatus.setState({ status });
}
