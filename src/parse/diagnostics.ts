import type { Diagnostic, Location } from '../base/diagnostic.ts';
import type { Field } from './field.ts';
import type { RelationProblem, UnusableKind } from './relation-groups.ts';

/** The input begins like a compressed or binary file: nothing of it is read. */
export function binaryInput(file: string): Diagnostic {
  return {
    code: 'binary-input',
    severity: 'error',
    message: `${file} is no text: it has a NUL character at its start`,
    location: { file, line: 1 },
    hint: 'unpack it first, or give its name the suffix of its compression (.gz, .xz, .zst)',
  };
}

export function nulCharacter(file: string, line: number): Diagnostic {
  return {
    code: 'nul-character',
    severity: 'warning',
    message: `${file} contains a NUL character: it may be cut or damaged`,
    location: { file, line },
    hint: 'fetch the file again and compare its checksum',
  };
}

export function malformedLine(file: string, line: number, content: string): Diagnostic {
  return {
    code: 'malformed-line',
    severity: 'error',
    message: `'${excerpt(content)}' is no field, continuation line or comment`,
    location: { file, line },
    hint: 'write "Name: value", or begin the line with a blank to continue the field above',
  };
}

export function strayContinuation(file: string, line: number, content: string): Diagnostic {
  return {
    code: 'stray-continuation',
    severity: 'error',
    message: `'${excerpt(content)}' continues no field`,
    location: { file, line },
    hint: 'remove the blank at the start of the line, or the empty line above it',
  };
}

export function duplicateField(file: string, field: Field, earlier: Field): Diagnostic {
  return {
    code: 'duplicate-field',
    severity: 'warning',
    message: `field '${field.name}' stands twice in one stanza: line ${earlier.line} counts, line ${field.line} does not`,
    location: { file, line: field.line },
    hint: 'join the two values, or part the stanzas with an empty line',
  };
}

export function unfinishedSignature(file: string, line: number): Diagnostic {
  return {
    code: 'unfinished-signature',
    severity: 'warning',
    message: 'the OpenPGP signature does not end: the file may be cut',
    location: { file, line },
    hint: 'fetch the file again',
  };
}

/** A stanza without a field that it must have; it is left out. */
export function missingField(file: string, line: number, field: string, what: string): Diagnostic {
  return {
    code: 'missing-field',
    severity: 'error',
    message: `${what} has no field '${field}' and is left out`,
    location: { file, line },
    hint: `add "${field}: …" to the stanza`,
  };
}

export function badPackageName(location: Location, name: string): Diagnostic {
  return {
    code: 'bad-package-name',
    severity: 'error',
    message: `'${excerpt(name)}' is no package name`,
    location,
    hint: nameHint(name),
  };
}

export function badVersion(location: Location, version: string, reason: string): Diagnostic {
  return {
    code: 'bad-version',
    severity: 'error',
    message: `'${excerpt(version)}' is no version: ${reason}`,
    location,
    hint: VERSION_HINT,
  };
}

export function badSize(location: Location, field: string, text: string): Diagnostic {
  return {
    code: 'bad-size',
    severity: 'warning',
    message: `${field}: '${excerpt(text)}' is no size and is not used`,
    location,
    hint: 'write a number with a unit, as in "39GB" or "512 MiB"',
  };
}

export function badMultiArch(location: Location, text: string): Diagnostic {
  return {
    code: 'bad-multi-arch',
    severity: 'warning',
    message: `Multi-Arch: '${excerpt(text)}' is not known, taken as 'no'`,
    location,
    hint: "it is one of 'no', 'same', 'foreign' and 'allowed'",
  };
}

export function badProfiles(location: Location, field: string, text: string): Diagnostic {
  return {
    code: 'bad-profiles',
    severity: 'error',
    message: `${field}: '${excerpt(text)}' is no restriction formula`,
    location,
    hint: 'write it as "<!nocheck> <stage1 cross>"',
  };
}

export function badPackageList(location: Location, text: string): Diagnostic {
  return {
    code: 'bad-package-list',
    severity: 'warning',
    message: `Package-List: '${excerpt(text)}' is no line of a package list and is not used`,
    location,
    hint: 'write "name type section priority arch=…"',
  };
}

export function badMetaData(location: Location, reason: string): Diagnostic {
  return {
    code: 'bad-meta-data',
    severity: 'error',
    message: `meta data can't be read: ${excerpt(reason)}`,
    location,
    hint: 'correct the YAML: "key: value", nested keys indented by blanks',
  };
}

export function misspeltKey(location: Location, key: string, meant: string): Diagnostic {
  return {
    code: 'misspelt-key',
    severity: 'note',
    message: `key '${excerpt(key)}' is not known, taken as '${meant}'`,
    location,
    hint: `write "${meant}:"`,
  };
}

/** Words one problem of a relation field; the codes are the kinds. */
export function relationDiagnostic(field: string, problem: RelationProblem, location: Location): Diagnostic {
  return { code: problem.kind, location, ...wordRelationProblem(field, problem) };
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

const VERSION_HINT = 'versions are [epoch:]upstream[-revision] and begin with a digit';

function nameHint(name: string): string {
  return /@\w+@/.test(name)
    ? 'a template: give the value of its placeholder'
    : 'names are letters, digits, "+", "-" and "."';
}

function warning(message: string, hint: string): Wording {
  return { severity: 'warning', message, hint };
}

/** Input in a message: one line, no control characters, 60 characters at most. */
function excerpt(text: string): string {
  const line = text
    .slice(0, 200)
    .replace(/[\u0000-\u001f\u007f-\u009f\s]+/g, ' ')
    .trim();
  return line.length <= 60 ? line : `${line.slice(0, 59)}…`;
}
