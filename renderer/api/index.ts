export { ApiProvider, useApi, useClient, useConnection } from "./ApiProvider.tsx";
export type { Client } from "./connection.ts";
export { failureOf } from "./failure.ts";
export { following } from "./linkOptions.ts";
export { downloadFile, fetchesFiles, pathOfFile, saveBlob } from "./localFiles.ts";
export { isActive, useFollowRuns, useRuns } from "./runs.ts";
export { useConnectionStatus } from "./status.ts";
export { useRunPages } from "./useRunPages.ts";
export { type StreamState, useStream } from "./useStream.ts";
