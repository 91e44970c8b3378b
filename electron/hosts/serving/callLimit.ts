import { Failure } from "../../../shared/domain/failure.ts";
import type { RouterContext } from "../../router/context.ts";
import { onAbort } from "../../services/async/abort.ts";

/** Counts calls in progress and refuses calls above the limit. A streaming call lasts until its stream ends. */
export class CallLimit {
  readonly #most: number;
  readonly #shared: CallLimit | null;
  #calls = 0;

  /** `shared` is a limit across several instances. Each call counts toward it too. */
  constructor(most: number, shared: CallLimit | null = null) {
    this.#most = most;
    this.#shared = shared;
  }

  /** Starts a call and returns the function that ends it. Throws `Failure` `service-refused` above the limit. */
  begin(): () => void {
    if (this.#calls >= this.#most) {
      throw new Failure("service-refused", `too many requests at once: ${this.#most} are in progress`, {
        hint: "Try again when some of the requests have finished.",
      });
    }
    const endShared = this.#shared?.begin();
    this.#calls += 1;
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      this.#calls -= 1;
      endShared?.();
    };
  }
}

function isStream(value: unknown): value is AsyncGenerator<unknown> {
  return typeof value === "object" && value !== null && Symbol.asyncIterator in value;
}

async function* ending(stream: AsyncIterable<unknown>, end: () => void): AsyncGenerator<unknown> {
  try {
    yield* stream;
  } finally {
    end();
  }
}

/** Intercepts every procedure of a served router: each call counts toward the host's limit. */
export async function withinCallLimit({
  context,
  signal,
  next,
}: {
  context: RouterContext;
  signal?: AbortSignal | undefined;
  next: () => Promise<unknown>;
}): Promise<unknown> {
  const end = context.beginCall?.() ?? (() => {});
  try {
    const output = await next();
    if (!isStream(output)) {
      end();
      return output;
    }
    // A stream that is never read never ends.
    onAbort(signal, end);
    return ending(output, end);
  } catch (error) {
    end();
    throw error;
  }
}
