/**
 * Puts text on the clipboard. The desktop permits its page nothing, the asynchronous clipboard included: there it is
 * the copying that a person's own key press or click may do. @throws where the clipboard was not written
 */
export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    if (!copyAsPressed(text)) throw new Error("the clipboard was not written");
  }
}

function copyAsPressed(text: string): boolean {
  let written = false;
  const write = (event: ClipboardEvent) => {
    event.clipboardData?.setData("text/plain", text);
    event.preventDefault();
    // The grid would put its own selection there.
    event.stopImmediatePropagation();
    written = true;
  };
  document.addEventListener("copy", write, { capture: true, once: true });
  document.execCommand("copy");
  document.removeEventListener("copy", write, { capture: true });
  return written;
}
