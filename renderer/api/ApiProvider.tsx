import { QueryClientProvider } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import type { Connection } from "./connection.ts";
import { takeConnection } from "./earlyConnection.ts";

const ConnectionContext = createContext<Connection | null>(null);

interface ApiProviderProps {
  readonly workspaceId: string | null;
  readonly children: ReactNode;
}

/** Connects its children to a workspace; another id is another connection, with nothing of the former one in it. */
export function ApiProvider(props: ApiProviderProps) {
  return <Connected key={props.workspaceId ?? "first"} {...props} />;
}

function Connected({ workspaceId, children }: ApiProviderProps) {
  const [connection] = useState(() => takeConnection(workspaceId));
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

/** The connection of the workspace on screen. */
export function useConnection(): Connection {
  const connection = useContext(ConnectionContext);
  if (connection === null) throw new Error("useConnection is for what stands inside ApiProvider");
  return connection;
}

/** TanStack Query's options of every procedure. */
export const useApi = () => useConnection().api;
/** The typed client itself, for streams and for calls that are no query. */
export const useClient = () => useConnection().client;
