import { useEffect, useEffectEvent } from "react";
import { create } from "zustand";

/** A file that came in: dropped onto the page, or chosen in the desktop's menu. `path` is where the host finds it. */
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
  /** For the screen that will take them, once it is there. */
  readonly waiting: readonly IncomingFile[];
}

const useIncoming = create<Incoming>(() => ({ claims: [], waiting: [] }));

/** Takes files that come in while the component is there, and those that wait for it. */
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

/** Gives files to the screen that takes them. @returns false where none does: they wait for the next that will */
export function deliverFiles(files: readonly IncomingFile[]): boolean {
  const claim = useIncoming.getState().claims.find((one) => one.accepts(files));
  if (claim === undefined) useIncoming.setState({ waiting: files });
  else claim.take(files);
  return claim !== undefined;
}
