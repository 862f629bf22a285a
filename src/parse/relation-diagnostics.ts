import type { Diagnostic, Location } from '../base/diagnostic.ts';
import { nearestArchitecture } from '../debian/architecture.ts';
import { architectureHint, excerpt, nameHint, VERSION_HINT } from './diagnostics.ts';
import type { RelationProblem, UnusableKind } from './relation-groups.ts';

/** Words one problem of a relation field; the codes are the kinds. */
export function relationDiagnostic(field: string, problem: RelationProblem, location: Location): Diagnostic {
  return { code: problem.kind, location, ...wordRelationProblem(field, problem) };
}

/** What else is wrong in a field, without words for each. */
export function moreProblems(field: string, count: number, location: Location): Diagnostic {
  return {
    code: 'more-problems',
    severity: 'warning',
    message: `${field}: ${count} more problems in this field`,
    location,
    hint: 'mend the first ones: the others may follow from them',
  };
}

type Wording = Pick<Diagnostic, 'severity' | 'message' | 'hint'>;

function wordRelationProblem(field: string, problem: RelationProblem): Wording {
  const text = excerpt(problem.text);
  switch (problem.kind) {
    case 'missing-comma':
      return warning(
        `${field}: a comma is missing before '${text}'`,
        'both relations are used; write the comma',
      );
    case 'empty-alternative':
      return warning(
        `${field}: an alternative of '${text}' is empty`,
        'remove the "|", or name the package that should stand beside it',
      );
    case 'obsolete-operator':
      return warning(
        `${field}: '${text}' has an obsolete operator, read as '${problem.meant}'`,
        `write "${problem.meant}", or "<<" and ">>" for strictly smaller and larger`,
      );
    case 'bad-version':
      return warning(
        `${field}: '${text}' is no version: ${problem.reason}; compared as it stands`,
        VERSION_HINT,
      );
    case 'unknown-architecture':
      return warning(
        `${field}: dpkg knows no architecture '${text}'`,
        architectureHint(nearestArchitecture(problem.text)),
      );
    case 'mixed-architectures':
      return warning(
        `${field}: '${text}' mixes architectures with and without "!"`,
        'negate all of them or none; read as dpkg does: the first that matches decides',
      );
    case 'bad-package-name':
    case 'bad-qualifier':
    case 'bad-relation':
    case 'unclosed-bracket':
    case 'bad-operator':
    case 'bad-architecture-list':
    case 'bad-profiles': {
      const [what, hint] = LEFT_OUT[problem.kind];
      const message = `${field}: '${text}' ${what}; the relation is left out`;
      return {
        severity: 'error',
        message,
        hint: problem.kind === 'bad-package-name' ? nameHint(text) : hint,
      };
    }
  }
}

/** What is wrong with a relation that is left out, and what to do about it. */
const LEFT_OUT: Readonly<Record<UnusableKind, readonly [what: string, hint: string]>> = {
  'bad-package-name': ['is no package name', ''],
  'bad-qualifier': ['is no architecture qualifier', 'use :any, :native or an architecture'],
  'bad-relation': ['stands twice in one relation', 'write the package once for each version'],
  'unclosed-bracket': ['has no closing bracket', 'close it before the comma'],
  'bad-operator': ['is no version constraint', 'operators are <<, <=, =, >=, >>, then one version'],
  'bad-architecture-list': ['is no architecture list', 'write it as "[amd64 arm64]"'],
  'bad-profiles': ['is no restriction formula', 'write it as "<!nocheck> <stage1 cross>"'],
};

function warning(message: string, hint: string): Wording {
  return { severity: 'warning', message, hint };
}
