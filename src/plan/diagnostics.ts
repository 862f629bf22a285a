import type { Diagnostic, Location } from '../base/diagnostic.ts';

export function unknownEstimate(source: string): Diagnostic {
  return {
    code: 'unknown-estimate',
    severity: 'note',
    message: `the estimates have a row for ${source}, which is not among the sources`,
  };
}

export function tooLong(): Diagnostic {
  return {
    code: 'too-long',
    severity: 'error',
    message: 'the durations add up to more than can be counted in milliseconds',
    hint: 'correct the estimates, --disk-factor or the speed of the builders',
  };
}

export function hardCycle(ring: string, members: number, location: Location): Diagnostic {
  const size = members === 1 ? '1 unit' : `${String(members)} units`;
  return {
    code: 'hard-cycle',
    severity: 'error',
    message: `cycle without a way out: ${ring} (${size} left out, with all that needs them)`,
    location,
    hint: 'a Packages index with one of the binaries, or a build profile that drops one of the relations, would open it; debplan why shows each relation',
  };
}

export function unbuildableUnit(unit: string, reason: string, location: Location | undefined): Diagnostic {
  return {
    code: 'unbuildable',
    severity: 'warning',
    message: `${unit}: ${reason}`,
    ...(location === undefined ? {} : { location }),
  };
}

export function laterLayer(
  from: string,
  to: string,
  reason: string,
  servedBy: string | undefined,
): Diagnostic {
  return {
    code: 'later-layer',
    severity: 'warning',
    message: `${from} needs ${to} of a later layer: ${reason}; ${servedBy === undefined ? 'nothing that exists serves instead' : `${servedBy} serves instead`}`,
    hint: 'build the needed source in the same layer or an earlier one, or give the order with --layers',
  };
}

export function notMinimal(): Diagnostic {
  return {
    code: 'cut-not-minimal',
    severity: 'note',
    message: 'the cycles are large: not every cut edge was tried again, so some could be put back',
  };
}
