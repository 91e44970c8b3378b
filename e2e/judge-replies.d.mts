import type { JudgeRequest } from "./judge-server.mjs";

/** The content of a good answer to a request, as `JSON.stringify` sends it. */
export declare function contentOf(request: JudgeRequest, counter: { rows: number }): object;
