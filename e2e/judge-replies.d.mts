import type { JudgeRequest, ScriptedData } from "./judge-server.mjs";

/** Returns the data between the delimiters of a request. */
export declare function dataOf(request: JudgeRequest): ScriptedData;

/** Returns the content of a usable reply to a request, as `JSON.stringify` writes it. */
export declare function contentOf(request: JudgeRequest, counter: { words: number; names: number }): object;
