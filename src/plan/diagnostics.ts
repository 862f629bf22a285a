import type { Diagnostic, Location } from '../base/diagnostic.ts';
import type { PlanStale } from './plan.ts';

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
    hint: 'a Packages index with one of the binaries, or a build profile that drops one of the relations, would open it, if --break-cost does not forbid that; debplan cycles shows each relation',
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

export function staleLibrary(
  from: string,
  { binary, existingVersion, plannedVersion }: PlanStale,
): Diagnostic {
  return {
    code: 'stale-library',
    severity: 'warning',
    message: `${from} is built with ${binary} ${existingVersion} to open a cycle, though the plan builds ${plannedVersion}`,
    hint: '--rebuild-stale builds it again at the end; --break-cost FILE can open the cycle elsewhere',
  };
}

export function builtWithFirst(from: string, standIn: string): Diagnostic {
  return {
    code: 'built-with-first-build',
    severity: 'warning',
    message: `${from} is built with what ${standIn} makes, and not built again after the full build`,
    hint: 'leave --no-rebuild-after-stage out',
  };
}

export function contradictoryPlan(file: string, problem: string): Diagnostic {
  return {
    code: 'bad-plan',
    severity: 'error',
    message: `${file} contradicts itself: ${problem}`,
    location: { file, line: 1 },
    hint: 'make it anew with debplan plan -o plan.json',
  };
}

export function learnedSpeed(builder: string, speed: number): Diagnostic {
  return {
    code: 'learned-speed',
    severity: 'note',
    message: `builder '${builder}' is planned at speed ${String(speed)}, as its builds in the history tell`,
    hint: 'give it a speed= of your own to change that',
  };
}
