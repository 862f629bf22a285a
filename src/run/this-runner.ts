/** Ctrl-C, a polite kill, and a terminal that is closed. */
const ASK_TO_STOP = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const satisfies readonly NodeJS.Signals[];

/**
 * Calls at each signal that asks this process to end; the third one ends it at once, with nothing finished: what runs goes on by
 * itself then. A terminal that is closed asks once, however often it says so: it may tell each process group of its own.
 * @param die ends this process; for tests
 * @returns what takes the listener back
 */
export function onInterrupt(
  listener: () => void,
  die: () => void = () => process.kill(process.pid, 'SIGKILL'),
): () => void {
  let count = 0;
  let isHungUp = false;
  const onSignal = (signal: NodeJS.Signals): void => {
    if (signal === 'SIGHUP' && (isHungUp || count > 0)) return;
    isHungUp ||= signal === 'SIGHUP';
    count++;
    if (count > 2) die();
    else listener();
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
