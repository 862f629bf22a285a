const ASK_TO_STOP = ['SIGINT', 'SIGTERM'] as const satisfies readonly NodeJS.Signals[];

/** The exit code of a program that a person has stopped. */
export const INTERRUPTED = 130;

/**
 * Calls at each signal that asks this process to end; the third one ends it at once: what runs goes on by itself then, as if the
 * process had been killed.
 * @returns what takes the listener back
 */
export function onInterrupt(listener: () => void): () => void {
  let count = 0;
  const onSignal = (): void => {
    count++;
    if (count > 2) process.exit(INTERRUPTED);
    listener();
  };
  for (const signal of ASK_TO_STOP) process.on(signal, onSignal);
  return () => {
    for (const signal of ASK_TO_STOP) process.removeListener(signal, onSignal);
  };
}

/** ms since 1970. */
export function wallClock(): number {
  return Date.now();
}
