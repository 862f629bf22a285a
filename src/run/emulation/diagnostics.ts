import type { Diagnostic } from '../../base/diagnostic.ts';
import { EMULATION_FACTOR } from '../../dispatch/parse-builder.ts';

/** The kernel doesn't know what to do with programs of another architecture. */
export function noEmulator(builder: string, arch: string, problem: EmulatorProblem): Diagnostic {
  return { code: 'no-emulator', severity: 'error', ...WORDS[problem](builder, arch) };
}

/** `unmounted`: binfmt_misc can't be seen; `unfixed`: the emulator would have to lie in each chroot. */
export type EmulatorProblem = 'unmounted' | 'missing' | 'disabled' | 'unfixed';

type Words = (builder: string, arch: string) => Pick<Diagnostic, 'message' | 'hint'>;

const INSTALL = 'apt-get install qemu-user-static binfmt-support';

const WORDS: Readonly<Record<EmulatorProblem, Words>> = {
  unmounted: (builder, arch) => ({
    message: `builder ${builder}: nobody knows whether this machine runs programs of ${arch}: binfmt_misc is not mounted`,
    hint: `mount -t binfmt_misc binfmt_misc /proc/sys/fs/binfmt_misc, then ${INSTALL} and update-binfmts --enable`,
  }),
  missing: (builder, arch) => ({
    message: `builder ${builder}: this machine does not run programs of ${arch}: binfmt_misc has nothing for them`,
    hint: `${INSTALL}; if they are installed, update-binfmts --enable`,
  }),
  disabled: (builder, arch) => ({
    message: `builder ${builder}: what binfmt_misc has for programs of ${arch} is switched off`,
    hint: 'update-binfmts --enable',
  }),
  unfixed: (builder, arch) => ({
    message: `builder ${builder}: programs of ${arch} would not run in chroots: what binfmt_misc has for them lacks the flag F`,
    hint: `${INSTALL}: the static emulator is held open for all chroots`,
  }),
};

/** What the plan takes for a native machine is an emulated one. */
export function nativeDurations(builder: string, arch: string, machineArch: string): Diagnostic {
  return {
    code: 'native-durations',
    severity: 'warning',
    message: `builder ${builder} is planned as a machine that is ${arch} itself: emulated, its builds take about ${EMULATION_FACTOR} times as long`,
    hint: `plan with what it is: --builder name=${builder},arch=${arch},host=${machineArch},…`,
  };
}

/** The plan says that the builder is another kind of machine. */
export function otherHost(builder: string, host: string, machineArch: string): Diagnostic {
  return {
    code: 'other-host',
    severity: 'warning',
    message: `builder ${builder} is planned to emulate on ${host}, and this machine is ${machineArch}`,
    hint: 'its durations are those of another machine: plan anew for this one',
  };
}
