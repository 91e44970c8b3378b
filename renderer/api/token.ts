const name = "namewright.token";

/** Takes this launch's token out of the URL, so that it stands in no history, and keeps it for this tab. */
export function keepToken(): void {
  const token = /^#token=([\w-]+)$/.exec(window.location.hash)?.[1];
  if (token === undefined) return;
  sessionStorage.setItem(name, token);
  history.replaceState(history.state, "", window.location.pathname + window.location.search);
}

export function launchToken(): string | null {
  return sessionStorage.getItem(name);
}
