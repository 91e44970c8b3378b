/**
 * Copies text to the clipboard. The desktop denies its page the asynchronous clipboard, so there it uses the copy
 * command, which a click or key press may trigger. Throws an error if the clipboard wasn't written.
 */
export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    if (!copyByCommand(text)) throw new Error("the clipboard couldn't be written");
  }
}

function copyByCommand(text: string): boolean {
  let written = false;
  const write = (event: ClipboardEvent) => {
    event.clipboardData?.setData("text/plain", text);
    event.preventDefault();
    // Otherwise the grid would copy its own selection.
    event.stopImmediatePropagation();
    written = true;
  };
  document.addEventListener("copy", write, { capture: true, once: true });
  document.execCommand("copy");
  document.removeEventListener("copy", write, { capture: true });
  return written;
}
