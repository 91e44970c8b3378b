import { useEffect, useEffectEvent } from "react";
import { create } from "zustand";

/** A file dropped onto the page or selected in the desktop's menu. `path` is its path on the host. */
export interface IncomingFile {
  readonly name: string;
  readonly path: string;
}

interface FileClaim {
  accepts(files: readonly IncomingFile[]): boolean;
  take(files: readonly IncomingFile[]): void;
}

interface Incoming {
  readonly claims: readonly FileClaim[];
  /** Files for the next screen that accepts them. */
  readonly waiting: readonly IncomingFile[];
}

const useIncoming = create<Incoming>(() => ({ claims: [], waiting: [] }));

/** Receives waiting files, and those that arrive while the component is mounted. */
export function useIncomingFiles(claim: FileClaim): void {
  const accepts = useEffectEvent(claim.accepts);
  const take = useEffectEvent(claim.take);
  useEffect(() => {
    const own: FileClaim = { accepts: (files) => accepts(files), take: (files) => take(files) };
    useIncoming.setState((state) => ({ claims: [own, ...state.claims] }));
    const { waiting } = useIncoming.getState();
    if (waiting.length > 0 && own.accepts(waiting)) {
      useIncoming.setState({ waiting: [] });
      own.take(waiting);
    }
    return () => useIncoming.setState((state) => ({ claims: state.claims.filter((one) => one !== own) }));
  }, []);
}

/**
 * Delivers files to the screen that accepts them. Returns false if none does; then they wait for the next one that
 * does.
 */
export function deliverFiles(files: readonly IncomingFile[]): boolean {
  const claim = useIncoming.getState().claims.find((one) => one.accepts(files));
  if (claim === undefined) useIncoming.setState({ waiting: files });
  else claim.take(files);
  return claim !== undefined;
}
