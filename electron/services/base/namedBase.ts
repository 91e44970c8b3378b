import { Failure } from "../../../shared/domain/failure.ts";
import { type AddableBase, AddableBaseSchema } from "../../../shared/schema/base.ts";
import type { ProgressFeed } from "../async/progressFeed.ts";
import { SetupFailure } from "../environment/build.mjs";
import { pythonOf } from "../environment/pythonOf.ts";
import { ensureSmollm2, hasSmollm2, smollm2Folder } from "../environment/smollm2.mjs";
import type { Platform, PlatformPaths } from "../platform.ts";

/** Returns a value of `base` that names a base model from a package, or null. */
export function asAddable(base: string): AddableBase | null {
  return AddableBaseSchema.safeParse(base).data ?? null;
}

/** Returns the folder of an added base, or null if it isn't on this machine. */
export function addedFolder(_base: AddableBase, paths: PlatformPaths): string | null {
  return hasSmollm2(paths) ? smollm2Folder(paths.userData) : null;
}

/**
 * Adds a base model to this machine once and returns its folder.
 * @throws Failure `missing` with the reason and the command that tries again
 */
export async function addBase(
  base: AddableBase,
  { platform, progress }: { platform: Platform; progress: ProgressFeed },
  { signal, onProgress }: { signal: AbortSignal; onProgress(text: string): void },
): Promise<string> {
  const { userData, resources } = platform.paths;
  const python = pythonOf(platform.paths);
  const steps = stepsOf(base, progress);
  try {
    const { folder } = await ensureSmollm2(
      { userData, resources, python },
      {
        signal,
        onProgress: (text) => steps.show(text),
        onNote: (text) => {
          steps.show(text);
          onProgress(`${base}: ${text}`);
        },
      },
    );
    return folder;
  } catch (error) {
    if (!(error instanceof SetupFailure)) throw error;
    const said = error.lines.length === 0 ? "" : ` Output: ${error.lines.join(" · ")}`;
    throw new Failure("missing", error.message, {
      hint: `${error.hint} (or \`namewright base add ${base}\`). Nothing was changed.${said}`,
      cause: error,
    });
  } finally {
    steps.end();
  }
}

/** Shows texts as consecutive steps to whoever waits for the base. */
function stepsOf(base: AddableBase, progress: ProgressFeed) {
  let shown = "";
  let end = (): void => {};
  return {
    show(text: string): void {
      if (text === shown) return;
      end();
      shown = text;
      const over = Promise.withResolvers<void>();
      end = over.resolve;
      void progress.track({ text: `${base}: ${text}`, unit: "steps" }, () => over.promise);
    },
    end: () => end(),
  };
}
