import path from "node:path";
import type { RouterClient } from "@orpc/server";
import { createRouterClient } from "@orpc/server";
import { Failure } from "../../../shared/domain/failure.ts";
import type { Router } from "../../router/index.ts";
import type { Services } from "../../services/services.ts";
import { nodePlatform } from "../node/nodePlatform.ts";
import { singleLine, written } from "./output.ts";
import { Progress } from "./progress.ts";

/** Options of every command. */
export interface CommonOptions {
  readonly workspace?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** `read` falls back to the sample if there is no workspace. `write` doesn't. `any` accepts both. */
export type Access = "read" | "write" | "any";

export type Client = RouterClient<Router>;

/** The context of a command: the client of its workspace, and its output. */
export class CommandContext {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  readonly #named: string | undefined;
  #services: Services | null = null;
  #recovered = false;

  constructor(options: CommonOptions, signal: AbortSignal) {
    this.json = options.json === true;
    this.quiet = options.quiet === true;
    this.progress = new Progress({ quiet: this.quiet });
    this.signal = signal;
    this.#named = options.workspace;
  }

  /** Returns the typed client of the router, in this process. */
  async client(access: Access): Promise<Client> {
    const services = await this.services(access);
    const { createRouter } = await import("../../router/index.ts");
    return createRouterClient(createRouter(services), { context: {} });
  }

  async services(access: Access): Promise<Services> {
    this.#services ??= await this.#open();
    const { assertWritable } = await import("../../services/workspace/workspace.ts");
    if (access === "write") {
      assertWritable(this.#services.workspace);
      await this.#recover(this.#services);
    } else if (access === "read" && this.#services.workspace.sample && this.#named === undefined) {
      this.progress.note(
        `no workspace in this folder; reading the sample in ${this.#services.workspace.folder}`,
      );
    }
    return this.#services;
  }

  /** Recovers, once per command, what an interrupted command left behind. */
  async #recover(services: Services): Promise<void> {
    if (this.#recovered) return;
    this.#recovered = true;
    for (const line of await services.workspaces.recover()) this.progress.note(line);
  }

  async #open(): Promise<Services> {
    const platform = nodePlatform("terminal");
    const { createServices } = await import("../../services/services.ts");
    const { findWorkspace, openWorkspace } = await import("../../services/workspace/workspace.ts");
    const { createFileLayer } = await import("../../services/files/fileLayer.ts");
    const { realPlace } = await import("../../services/files/guardedPrimitives.ts");
    const files = createFileLayer();
    const sample = platform.paths.sample;
    let folder: string | null;
    if (this.#named === undefined) folder = await findWorkspace(files, process.cwd());
    else {
      folder = path.resolve(this.#named);
      if (!(await files.exists(path.join(folder, "namewright.json")))) {
        throw new Failure("missing", `${folder} isn't a workspace: it has no namewright.json`, {
          hint: `Run \`namewright workspace init ${this.#named}\` to create a workspace there.`,
        });
      }
    }
    const found = folder ?? sample;
    const workspace = await openWorkspace(
      files,
      found,
      (await realPlace(found)) === (await realPlace(sample)),
    );
    return createServices({ platform, files, workspace });
  }

  /** Stops the runs of this command so that they can be resumed. */
  async close(): Promise<void> {
    await this.#services?.close();
  }

  /** Prints one JSON document, or text for people. */
  print(value: unknown, human: () => string): void {
    process.stdout.write(written(this.json ? `${JSON.stringify(value, null, 2)}\n` : `${human()}\n`));
  }

  /** Returns a path relative to the current folder if that is shorter. */
  shortPath(file: string): string {
    const relative = path.relative(process.cwd(), file);
    return singleLine(
      relative.length < file.length && !relative.startsWith("../../..") ? relative || "." : file,
    );
  }
}
