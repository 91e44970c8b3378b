/** The steps of a script and what they do. */
export declare const steps: Readonly<Record<string, string>>;

/** A chat-completions request as the server received it. */
export interface JudgeRequest {
  readonly model: string;
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly seed?: number;
  readonly response_format: { readonly json_schema: { readonly name: string } };
}

/** The data of a request. Which fields there are depends on the prompt. */
export interface ScriptedData {
  readonly description?: string;
  readonly count?: number;
  readonly business?: {
    readonly trade?: string;
    readonly harmfulTopic?: string;
    readonly length: string;
    readonly wishAboutNames?: string;
    readonly style?: string;
  };
  readonly stayAwayFrom?: readonly string[];
  readonly examples?: readonly { readonly description: string; readonly suggestions: readonly string[] }[];
  readonly rejected?: readonly { readonly description: string; readonly reason: string }[];
  readonly avoidInNames?: readonly string[];
}

export interface JudgeServer {
  readonly baseUrl: string;
  /** Requests per row, by its description. */
  readonly counts: ReadonlyMap<string, number>;
  /** Usable replies sent, by the requested schema and the description: `names_reply A bakery`. */
  readonly usable: ReadonlyMap<string, number>;
  readonly requests: readonly JudgeRequest[];
  /** Every step played, in order: `at` in milliseconds of `performance.now()`, `underWay` including this one. */
  readonly log: readonly {
    readonly row: string;
    readonly step: string;
    readonly at: number;
    readonly underWay: number;
  }[];
  /** Requests being answered now, without those that are never answered (`timeout`). */
  answering(): number;
  close(): Promise<void>;
}

export declare function startJudgeServer(options?: {
  script?: readonly string[] | ((row: string) => readonly string[]);
  port?: number;
  key?: string | null;
  /** Maximum concurrent requests. Others get a 429. */
  capacity?: number | null;
  /** Replaces the content of usable replies; undefined: as usual. */
  content?: (data: ScriptedData, schema: string, usual: unknown) => unknown;
  /** Serves /embeddings: returns the vector of a text. Without it, the endpoint has no embeddings. */
  embed?: (text: string) => readonly number[];
}): Promise<JudgeServer>;
