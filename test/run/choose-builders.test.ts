import { describe, expect, it } from 'vitest';
import { chooseBuilders, type WantedBuilders } from '../../src/run/choose-builders.ts';
import { planBuilder } from '../emit/small-plan.ts';

const BUILDERS = [
  planBuilder({ name: 'arm', arch: 'arm64' }),
  planBuilder({ name: 'x86-1' }),
  planBuilder({ name: 'x86-2' }),
];
const WANTED: WantedBuilders = {
  ...{ builders: undefined, architectures: undefined, place: 'here', isEmulating: false },
};

function choose(wanted: Partial<WantedBuilders>, machine = 'amd64'): readonly string[] {
  return chooseBuilders(BUILDERS, { ...WANTED, ...wanted }, machine);
}

describe('chooseBuilders', () => {
  it("takes this machine's builder, if there is one alone", () => {
    expect(choose({}, 'arm64')).toEqual(['arm']);
    expect(() => choose({})).toThrow('the plan has several builders for amd64: x86-1, x86-2');
    expect(() => choose({}, 'riscv64')).toThrow('the plan has no builder for riscv64');
  });

  it('takes those that are named, in the order of the plan', () => {
    expect(choose({ builders: ['x86-2', 'x86-1'] })).toEqual(['x86-1', 'x86-2']);
    expect(() => choose({ builders: ['x86-3'] })).toThrow("the plan has no builder 'x86-3'");
  });

  it('runs no foreign programs unless it may emulate', () => {
    expect(() => choose({ architectures: ['arm64'] })).toThrow('builder arm is arm64, and this machine is');
    expect(choose({ architectures: ['arm64'], isEmulating: true })).toEqual(['arm']);
  });

  it('takes all builders for a cluster', () => {
    expect(choose({ place: 'slurm' })).toEqual(['arm', 'x86-1', 'x86-2']);
  });
});
