import { QueryClientProvider } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import type { Connection } from "./connection.ts";
import { claimConnection } from "./earlyConnection.ts";

const ConnectionContext = createContext<Connection | null>(null);

interface ApiProviderProps {
  readonly workspaceId: string | null;
  readonly children: ReactNode;
}

/** Connects its children to a workspace. A new id creates a new connection with an empty cache. */
export function ApiProvider(props: ApiProviderProps) {
  return <Connected key={props.workspaceId ?? "first"} {...props} />;
}

function Connected({ workspaceId, children }: ApiProviderProps) {
  const [connection] = useState(() => claimConnection(workspaceId));
  useEffect(() => () => connection.close(), [connection]);
  return <ConnectionProvider connection={connection}>{children}</ConnectionProvider>;
}

/** Gives its children a connection that is there already. */
export function ConnectionProvider(props: { readonly connection: Connection; readonly children: ReactNode }) {
  const { connection, children } = props;
  return (
    <ConnectionContext value={connection}>
      <QueryClientProvider client={connection.queries}>{children}</QueryClientProvider>
    </ConnectionContext>
  );
}

/** Returns the connection of the workspace on screen. */
function useConnection(): Connection {
  const connection = useContext(ConnectionContext);
  if (connection === null) throw new Error("useConnection must be used inside ApiProvider");
  return connection;
}

/** Returns TanStack Query's options for every procedure. */
export const useApi = () => useConnection().api;
/** Returns the typed client, for streams and for calls that aren't queries. */
export const useClient = () => useConnection().client;
