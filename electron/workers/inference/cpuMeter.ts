import { cpus } from "node:os";

/** Measures how many cores other programs use. */
export interface CpuMeter {
  /** Starts a new measurement. */
  start(): void;
  /** Returns the average since the start, in cores, and the time since then. */
  usedByOthers(): { readonly cores: number; readonly milliseconds: number };
}

function busyMilliseconds(): number {
  return cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0);
}

function ownMilliseconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Returns a meter of the machine: the busy time of all cores without that of this process. */
export function systemCpu(): CpuMeter {
  const read = () => ({ busy: busyMilliseconds(), own: ownMilliseconds(), at: performance.now() });
  let begin = read();
  return {
    start: () => {
      begin = read();
    },
    usedByOthers: () => {
      const now = read();
      const milliseconds = now.at - begin.at;
      const others = now.busy - begin.busy - (now.own - begin.own);
      return { cores: milliseconds === 0 ? 0 : Math.max(0, others / milliseconds), milliseconds };
    },
  };
}
