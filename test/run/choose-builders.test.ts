import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/base/diagnostic.ts';
import { chooseBuilders, type WantedBuilders } from '../../src/run/choose-builders.ts';
import { planBuilder } from '../emit/small-plan.ts';

const X86 = planBuilder({ name: 'x86', arch: 'amd64' });
const QEMU = planBuilder({ name: 'qemu', arch: 'arm64', host: 'amd64' });
const ARM = planBuilder({ name: 'arm', arch: 'arm64' });
const WANTED: WantedBuilders = {
  ...{ builders: undefined, architectures: undefined, place: 'here', isEmulating: false },
};

describe('the builders of a plan that are run', () => {
  it('are those of this machine', () => {
    expect(chooseBuilders([ARM, X86], WANTED, 'amd64')).toEqual(['x86']);
    expect(chooseBuilders([QEMU, X86], WANTED, 'amd64')).toEqual(['x86']);
    expect(chooseBuilders([ARM, X86], WANTED, 'arm64')).toEqual(['arm']);
  });

  it('are also those that it emulates, once it may', () => {
    const wanted = { ...WANTED, isEmulating: true };
    expect(chooseBuilders([QEMU, X86], wanted, 'amd64')).toEqual(['qemu', 'x86']);
    expect(chooseBuilders([QEMU], wanted, 'amd64')).toEqual(['qemu']);
    // planned as another machine: only by name or architecture
    expect(chooseBuilders([ARM, X86], wanted, 'amd64')).toEqual(['x86']);
    expect(chooseBuilders([ARM, X86], { ...wanted, builders: ['arm'] }, 'amd64')).toEqual(['arm']);
    expect(chooseBuilders([ARM, X86], { ...wanted, architectures: ['arm64'] }, 'amd64')).toEqual(['arm']);
  });

  it('are all of them on a cluster', () => {
    const wanted: WantedBuilders = { ...WANTED, place: 'slurm' };
    expect(chooseBuilders([QEMU, ARM, X86], wanted, 'amd64')).toEqual(['qemu', 'arm', 'x86']);
  });

  it.each<[string, Partial<WantedBuilders>, string]>([
    ['one that is not native', { builders: ['arm'] }, '--emulate builds there with qemu-user'],
    ['an architecture that is not native', { architectures: ['arm64'] }, '--emulate builds there'],
    [
      'an architecture that the plan lacks',
      { architectures: ['riscv64'] },
      'it has arm (arm64), x86 (amd64)',
    ],
    ['a name that the plan lacks', { builders: ['x87'] }, 'did you mean x86?'],
  ])('are refused with what to type: %s', (_, wanted, hint) => {
    expect(hintsOf(() => chooseBuilders([ARM, X86], { ...WANTED, ...wanted }, 'amd64'))).toContain(hint);
  });

  it('tells of --emulate where the plan has nothing else for this machine', () => {
    expect(hintsOf(() => chooseBuilders([QEMU], WANTED, 'amd64'))).toContain('--emulate runs');
  });

  it('are not two of one architecture on one machine', () => {
    const second = planBuilder({ name: 'x86-2', arch: 'amd64' });
    expect(() => chooseBuilders([X86, second], WANTED, 'amd64')).toThrow('several builders for amd64');
    expect(chooseBuilders([X86, second], { ...WANTED, builders: ['x86-2'] }, 'amd64')).toEqual(['x86-2']);
  });
});

/** What to type, of what is refused. */
function hintsOf(refused: () => unknown): string {
  try {
    refused();
  } catch (error) {
    if (error instanceof UserError) return error.diagnostics.map(({ hint }) => hint).join('\n');
    throw error;
  }
  throw new Error('it was not refused');
}
