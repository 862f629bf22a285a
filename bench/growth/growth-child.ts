import { readFileSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { writeArchive } from '../archive/write-archive.ts';
import { growthStages } from './stages.ts';

/**
 * One process of `npm run bench:growth`: `growth-child.js FOLDER SOURCES generate|stages`. It writes the archive, or runs all
 * stages on it, each on what the one before left; a line of JSON as soon as a stage has ended, so that a later one that fails takes
 * nothing away.
 */
const [folder = '', sources = '', task = ''] = process.argv.slice(2);
const ARCH = 'amd64';

if (task === 'generate') {
  const began = process.cpuUsage();
  writeArchive(folder, { sources: Number(sources), seed: 1 }, [ARCH]);
  tell(task, began, Number(sources));
} else {
  const packages = [{ arch: ARCH, path: join(folder, `${ARCH}.Packages`) }];
  for (const { name, run } of growthStages({ sources: join(folder, 'Sources'), packages })) {
    forgetPeak();
    const began = process.cpuUsage();
    tell(name, began, await run());
  }
}

function tell(stage: string, began: NodeJS.CpuUsage, count: number): void {
  const { user, system } = process.cpuUsage(began);
  const cpuS = (user + system) / 1e6;
  // at once, whatever becomes of this process
  writeSync(1, `${JSON.stringify({ stage, cpuS, peakMib: readPeakMib(), count })}\n`);
}

/** Collects what earlier stages left, then tells the kernel to begin its high-water mark anew. */
function forgetPeak(): void {
  globalThis.gc?.();
  try {
    writeFileSync('/proc/self/clear_refs', '5');
  } catch {
    // not Linux, or not allowed: the peak is that of all stages so far
  }
}

function readPeakMib(): number {
  try {
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return process.resourceUsage().maxRSS / 1024;
  }
}
