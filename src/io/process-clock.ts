/** What a command may want to know of the time. */
export interface ProcessClock {
  /** Processor time of all threads of this process so far, user and system, in ms. */
  readonly cpuMs: () => number;
  /** The time of day in UTC, as RFC 3339 has it, to the second. */
  readonly now: () => string;
}

/** The clocks of the process that runs debplan. */
export const processClock: ProcessClock = {
  cpuMs: () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  },
  now: () => `${new Date().toISOString().slice(0, 19)}Z`,
};
