/** What the kernel does with programs of one kind: an entry of binfmt_misc. */
export interface BinfmtEntry {
  readonly isEnabled: boolean;
  /** The interpreter was opened when the entry was made, so that it works inside of chroots that don't have it. */
  readonly isFixed: boolean;
  /** First bytes of such programs, from their beginning, as hexadecimal digits; empty: they are told by something else. */
  readonly magic: string;
}

/** Reads an entry as the kernel shows it. @see the kernel's admin-guide/binfmt-misc */
export function parseBinfmt(text: string): BinfmtEntry {
  const value = (pattern: RegExp): string => pattern.exec(text)?.[1] ?? '';
  return {
    isEnabled: /^enabled$/m.test(text),
    isFixed: value(/^flags: *(\S*)$/m).includes('F'),
    magic: value(/^offset +(\d+)$/m) === '0' ? value(/^magic +([0-9a-f]+)$/m) : '',
  };
}

/** Class, byte order and machine in the head of an ELF program, by Debian architecture. @see elf(5), dpkg's cputable */
const ELF: Readonly<Record<string, readonly [bits: '01' | '02', order: '01' | '02', machine: string]>> = {
  amd64: ['02', '01', '3e00'],
  arm64: ['02', '01', 'b700'],
  armel: ['01', '01', '2800'],
  armhf: ['01', '01', '2800'],
  i386: ['01', '01', '0300'],
  loong64: ['02', '01', '0201'],
  mips64el: ['02', '01', '0800'],
  mipsel: ['01', '01', '0800'],
  powerpc: ['01', '02', '0014'],
  ppc64: ['02', '02', '0015'],
  ppc64el: ['02', '01', '1500'],
  riscv64: ['02', '01', 'f300'],
  s390x: ['02', '02', '0016'],
};
const BYTE = 2;
const MACHINE = 18 * BYTE;

/** Whether the entry is for programs of an architecture. False for architectures that aren't known here. */
export function isForArch({ magic }: BinfmtEntry, arch: string): boolean {
  const elf = Object.hasOwn(ELF, arch) ? ELF[arch] : undefined;
  if (elf === undefined || !magic.startsWith('7f454c46')) return false;
  const [bits, order, machine] = elf;
  return magic.slice(4 * BYTE, 6 * BYTE) === bits + order && magic.slice(MACHINE).startsWith(machine);
}
