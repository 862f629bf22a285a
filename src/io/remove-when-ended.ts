import { rmSync } from 'node:fs';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const satisfies readonly NodeJS.Signals[];

/** Signals come to the process, so there is one list of what they are to remove. */
const files = new Set<string>();

/** Removes a file when a signal ends the process, as it does where nobody else listens: who listens decides what becomes of files. */
export function removeWhenEnded(file: string): void {
  if (files.size === 0) for (const signal of SIGNALS) process.on(signal, removeFiles);
  files.add(file);
}

/** Takes files back; where none is left, signals do what they always do. */
export function keepWhenEnded(kept: readonly string[]): void {
  for (const file of kept) files.delete(file);
  if (files.size === 0) for (const signal of SIGNALS) process.off(signal, removeFiles);
}

function removeFiles(signal: NodeJS.Signals): void {
  if (process.listenerCount(signal) > 1) return;
  for (const file of files) rmSync(file, { force: true });
  keepWhenEnded([...files]);
  process.kill(process.pid, signal);
}
