const name = "namewright.token";

/** Moves this launch's token from the URL to the tab's session, so that it isn't kept in the history. */
export function keepToken(): void {
  const token = /^#token=([\w-]+)$/.exec(window.location.hash)?.[1];
  if (token === undefined) return;
  sessionStorage.setItem(name, token);
  history.replaceState(history.state, "", window.location.pathname + window.location.search);
}

export function launchToken(): string | null {
  return sessionStorage.getItem(name);
}
