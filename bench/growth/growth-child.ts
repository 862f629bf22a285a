import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeArchive } from '../archive/write-archive.ts';
import { growthStages } from './stages.ts';

/**
 * One process of `npm run bench:growth`: `growth-child.js generate|STAGE FOLDER SOURCES`. It runs the stages up to the one that is
 * named and prints one line of JSON with what that one took.
 */
const [stage = '', folder = '', sources = ''] = process.argv.slice(2);
const ARCH = 'amd64';

if (stage === 'generate') {
  const began = process.cpuUsage();
  writeArchive(folder, { sources: Number(sources), seed: 1 }, [ARCH]);
  tell(began, Number(sources));
} else {
  const files = { sources: join(folder, 'Sources'), packages: [{ arch: ARCH, path: join(folder, `${ARCH}.Packages`) }] }; // prettier-ignore
  for (const { name, run } of growthStages(files)) {
    if (name === stage) forgetPeak();
    const began = process.cpuUsage();
    const count = await run();
    if (name !== stage) continue;
    tell(began, count);
    break;
  }
}

function tell(began: NodeJS.CpuUsage, count: number): void {
  const { user, system } = process.cpuUsage(began);
  process.stdout.write(`${JSON.stringify({ cpuS: (user + system) / 1e6, peakMib: readPeakMib(), count })}\n`);
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
