import { readFile } from "node:fs/promises";
import path from "node:path";
import { canaries } from "../../../shared/domain/judging/canary.ts";
import { contentOf } from "../../judge-replies.mjs";
import type { JudgeRequest, JudgeServer } from "../../judge-server.mjs";

/**
 * Counts what a scripted judge was asked again. Replies on disk when a process dies must never be requested again.
 * Replies in flight are lost with the process and are requested again.
 */
export class PaidReplies {
  readonly #server: JudgeServer;
  readonly #cache: string;
  /** How often each question had been answered when its reply was found on disk. */
  readonly #onDisk = new Map<string, number>();

  constructor(server: JudgeServer, workspace: string) {
    this.#server = server;
    this.#cache = path.join(workspace, ".namewright", "judge-cache.jsonl");
  }

  /** Called when the process has just died: from now on, the replies on disk count. */
  async note(): Promise<void> {
    const replies = await this.#cached();
    for (const [question, content] of this.#contents()) {
      if (!replies.has(content) || this.#onDisk.has(question)) continue;
      this.#onDisk.set(question, this.#server.usable.get(question) ?? 0);
    }
  }

  /** Returns whether every reply is sent and on disk. */
  async allOnDisk(): Promise<boolean> {
    if (this.#server.answering() > 0) return false;
    const replies = await this.#cached();
    return [...this.#contents()].every(
      ([question, content]) => !this.#server.usable.has(question) || replies.has(content),
    );
  }

  /** Returns the questions asked again although their reply was on disk. */
  askedAgain(): string[] {
    return [...this.#onDisk].flatMap(([question, times]) =>
      (this.#server.usable.get(question) ?? 0) > times ? [question] : [],
    );
  }

  get noted(): number {
    return this.#onDisk.size;
  }

  /** Returns the questions asked again because their reply was not on disk yet. */
  get lostOnTheWire(): number {
    return [...this.#contents().keys()].filter((question) => (this.#server.usable.get(question) ?? 0) > 1)
      .length;
  }

  async #cached(): Promise<Set<string>> {
    const text = await readFile(this.#cache, "utf8").catch(() => "");
    return new Set(text.split("\n").flatMap((line) => replyIn(line) ?? []));
  }

  /** Returns the reply to each question as it is sent, without replies that several questions share. */
  #contents(): Map<string, string> {
    const contents = new Map(
      this.#server.requests.flatMap((request) => {
        const { schema, description } = asked(request);
        // Every run asks the canaries again on purpose.
        return canaryDescriptions.has(description) ? [] : [[`${schema} ${description}`, sent(request)]];
      }),
    );
    const times = new Map<string, number>();
    for (const content of contents.values()) times.set(content, (times.get(content) ?? 0) + 1);
    return new Map([...contents].filter(([, content]) => times.get(content) === 1));
  }
}

function replyIn(line: string): string | null {
  try {
    return JSON.parse(line).reply;
  } catch {
    return null;
  }
}

const sent = (request: JudgeRequest) => JSON.stringify(contentOf(request, { words: 0, names: 0 }));

const canaryDescriptions: ReadonlySet<string> = new Set(canaries.map(({ description }) => description));

function asked(request: JudgeRequest): { schema: string; description: string } {
  const user = request.messages.find(({ role }) => role === "user")?.content ?? "";
  const { description } = JSON.parse(user.split("\n")[1] ?? "{}");
  return { schema: request.response_format.json_schema.name, description };
}
