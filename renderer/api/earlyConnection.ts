import { type Connection, connect } from "./connection.ts";

let ahead: { readonly workspaceId: string | null; readonly connection: Connection } | null = null;

/** Connects before React has drawn anything. `ApiProvider` takes the connection over. */
export function connectAhead(workspaceId: string | null): Connection {
  const connection = connect(workspaceId);
  ahead = { workspaceId, connection };
  return connection;
}

/** The connection made ahead where it is to this workspace, else a new one. The caller closes it. */
export function takeConnection(workspaceId: string | null): Connection {
  const made = ahead;
  ahead = null;
  if (made === null) return connect(workspaceId);
  if (made.workspaceId === workspaceId) return made.connection;
  made.connection.close();
  return connect(workspaceId);
}
