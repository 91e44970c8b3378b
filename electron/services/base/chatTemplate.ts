import vm from "node:vm";
import { Environment, Interpreter, parse, tokenize } from "@huggingface/jinja";
import { formatMessage, type SpecialTexts } from "../../../shared/domain/chat/chatFormat.ts";

/** A template is foreign code without access to ours; this bounds its time. In milliseconds. */
const patience = 1000;

/**
 * Renders a chat template for one user message, as the trainer's `chat_format.py` does: without `strftime_now`, because
 * a prompt must not change from day to day, and without `range`. Returns null if the template can't be rendered.
 */
export function renderedPrompt(template: string, { bos, eos }: SpecialTexts): string | null {
  const render = (): string => {
    const environment = new Environment();
    for (const [name, value] of Object.entries({
      ...{ true: true, True: true, false: false, False: false, none: null, None: null },
      raise_exception: (message: unknown) => {
        throw new Error(String(message));
      },
      ...{ bos_token: bos ?? "", eos_token: eos ?? "", tools: null, documents: null },
      messages: [{ role: "user", content: formatMessage }],
      add_generation_prompt: true,
    }))
      environment.set(name, value);
    const program = parse(tokenize(template, { lstrip_blocks: true, trim_blocks: true }));
    return String((new Interpreter(environment).run(program) as { value: unknown }).value);
  };
  try {
    return String(vm.runInNewContext("render()", { render }, { timeout: patience }));
  } catch {
    return null;
  }
}
