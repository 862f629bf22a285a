import { availableParallelism, totalmem } from 'node:os';

/** What the machine that runs debplan could offer as a builder. */
export interface Machine {
  /** Debian's name of its architecture. */
  readonly arch: string;
  readonly cpus: number;
  readonly memoryBytes: number;
}

const DEBIAN_NAMES: Readonly<Record<string, string>> = {
  x64: 'amd64',
  arm64: 'arm64',
  ia32: 'i386',
  arm: 'armhf',
  riscv64: 'riscv64',
  ppc64: 'ppc64el',
  s390x: 's390x',
  loong64: 'loong64',
};

/**
 * Describes this machine.
 * @example
 * thisMachine().cpus > 0; // → true
 */
export function thisMachine(): Machine {
  return {
    arch: DEBIAN_NAMES[process.arch] ?? process.arch,
    cpus: availableParallelism(),
    memoryBytes: totalmem(),
  };
}
