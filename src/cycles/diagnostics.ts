import type { Diagnostic, Location } from '../base/diagnostic.ts';

export function badBreakCost(problem: string, location: Location, hint: string): Diagnostic {
  return { code: 'bad-break-cost', severity: 'error', message: problem, location, hint };
}

export function unknownCost(what: string, location: Location, nearest: string | undefined): Diagnostic {
  return {
    code: 'unknown-break-cost',
    severity: 'warning',
    message: `--break-cost has a cost for the ${what}, which is not among the inputs`,
    location,
    hint: nearest === undefined ? 'correct the name, or leave it out' : `did you mean ${nearest}?`,
  };
}
