import { type Connection, connect } from "./connection.ts";

let early: { readonly workspaceId: string | null; readonly connection: Connection } | null = null;

/** Connects before React's first draw. `ApiProvider` claims the connection. */
export function connectEarly(workspaceId: string | null): Connection {
  const connection = connect(workspaceId);
  early = { workspaceId, connection };
  return connection;
}

/** Returns the early connection if it is for this workspace, otherwise a new one. The caller closes it. */
export function claimConnection(workspaceId: string | null): Connection {
  const made = early;
  early = null;
  if (made === null) return connect(workspaceId);
  if (made.workspaceId === workspaceId) return made.connection;
  made.connection.close();
  return connect(workspaceId);
}
