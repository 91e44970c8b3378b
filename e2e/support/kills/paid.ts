import { readFile } from "node:fs/promises";
import path from "node:path";
import { canaries } from "../../../shared/domain/judging/canary.ts";
import { contentOf } from "../../judge-replies.mjs";
import type { JudgeRequest, JudgeServer } from "../../judge-server.mjs";

/**
 * Keeps account of what a scripted judge was asked again. What a workspace has on disk of its replies when its process
 * dies must never be asked again; a reply that was still on the wire is lost with the process, and is.
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

  /** The process has just died: what it had on disk counts from now on. */
  async note(): Promise<void> {
    const replies = await this.#cached();
    for (const [question, content] of this.#contents()) {
      if (!replies.has(content) || this.#onDisk.has(question)) continue;
      this.#onDisk.set(question, this.#server.usable.get(question) ?? 0);
    }
  }

  /** Whether every reply is sent and on disk. */
  async allOnDisk(): Promise<boolean> {
    if (this.#server.answering() > 0) return false;
    const replies = await this.#cached();
    return [...this.#contents()].every(
      ([question, content]) => !this.#server.usable.has(question) || replies.has(content),
    );
  }

  /** Questions that were asked again although their reply was on disk. */
  askedAgain(): string[] {
    return [...this.#onDisk].flatMap(([question, times]) =>
      (this.#server.usable.get(question) ?? 0) > times ? [question] : [],
    );
  }

  get noted(): number {
    return this.#onDisk.size;
  }

  /** Questions that were asked again because their reply had not reached the disk. */
  get lostOnTheWire(): number {
    return [...this.#contents().keys()].filter((question) => (this.#server.usable.get(question) ?? 0) > 1)
      .length;
  }

  async #cached(): Promise<Set<string>> {
    const text = await readFile(this.#cache, "utf8").catch(() => "");
    return new Set(text.split("\n").flatMap((line) => replyIn(line) ?? []));
  }

  /** The reply to each question, as it is sent; one that another question has too tells nothing and is left out. */
  #contents(): Map<string, string> {
    const contents = new Map(
      this.#server.requests.flatMap((request) => {
        const { schema, description } = asked(request);
        // Canaries are asked anew in every run, on purpose.
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

const sent = (request: JudgeRequest) => JSON.stringify(contentOf(request, { rows: 0 }));

const canaryDescriptions: ReadonlySet<string> = new Set(canaries.map(({ description }) => description));

function asked(request: JudgeRequest): { schema: string; description: string } {
  const user = request.messages.find(({ role }) => role === "user")?.content ?? "";
  const { description } = JSON.parse(user.split("\n")[1] ?? "{}");
  return { schema: request.response_format.json_schema.name, description };
}
