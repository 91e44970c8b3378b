import { useQuery } from "@tanstack/react-query";
import { Redirect } from "wouter";
import { useApi } from "../api/index.ts";
import { FailureNotice } from "../ui/FailureNotice.tsx";
import { ConnectionNotice } from "./ConnectionNotice.tsx";

/** Redirects a URL without a workspace to the host's first one. */
export function FirstWorkspace() {
  const { data, error } = useQuery(useApi().host.info.queryOptions());
  if (data !== undefined) return <Redirect to={`/w/${data.workspaceId}/overview`} replace />;
  if (error !== null) return <FailureNotice error={error} />;
  return <ConnectionNotice />;
}
