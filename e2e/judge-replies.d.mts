import type { JudgeRequest } from "./judge-server.mjs";

/** Returns the content of a usable reply to a request, as `JSON.stringify` writes it. */
export declare function contentOf(request: JudgeRequest, counter: { rows: number }): object;
