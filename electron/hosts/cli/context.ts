import path from "node:path";
import type { RouterClient } from "@orpc/server";
import { createRouterClient } from "@orpc/server";
import { Failure } from "../../../shared/domain/failure.ts";
import type { Router } from "../../router/index.ts";
import type { Services } from "../../services/services.ts";
import { nodePlatform } from "../node/nodePlatform.ts";
import { harmless, written } from "./output.ts";
import { Progress } from "./progress.ts";

/** Options every command has. */
export interface CommonOptions {
  readonly workspace?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** `read`: the sample serves where there is no workspace. `write`: it does not. `any`: no matter which. */
export type Access = "read" | "write" | "any";

export type Client = RouterClient<Router>;

/** What a command is given: the client of its workspace, and where its output goes. */
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

  /** The typed client over the router, in this process. */
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
      this.progress.note(`no workspace here: reading the sample in ${this.#services.workspace.folder}`);
    }
    return this.#services;
  }

  /** Once a command: what an earlier one that was cut off had left. */
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
        throw new Failure("missing", `${folder} is no workspace: it holds no namewright.json`, {
          hint: `Make it one with \`namewright workspace init ${this.#named}\`.`,
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

  /** Stops what this command runs, resumably. */
  async close(): Promise<void> {
    await this.#services?.close();
  }

  /** One JSON document, or text for people. */
  print(value: unknown, human: () => string): void {
    process.stdout.write(written(this.json ? `${JSON.stringify(value, null, 2)}\n` : `${human()}\n`));
  }

  /** A path as a person would write it: relative to where they stand, if that is shorter. */
  shortPath(file: string): string {
    const relative = path.relative(process.cwd(), file);
    return harmless(
      relative.length < file.length && !relative.startsWith("../../..") ? relative || "." : file,
    );
  }
}
