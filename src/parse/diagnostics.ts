import type { Diagnostic, Location } from '../base/diagnostic.ts';
import type { Field } from './field.ts';

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

export function badFlag(location: Location, field: string, text: string): Diagnostic {
  return {
    code: 'bad-flag',
    severity: 'warning',
    message: `${field}: '${excerpt(text)}' is neither yes nor no, taken as 'no'`,
    location,
    hint: `write "${field}: yes", or leave the field out`,
  };
}

/** An architecture that dpkg has no name for; it stays, and matches itself alone. */
export function unknownArchitecture(
  location: Location,
  field: string,
  name: string,
  near: string | undefined,
): Diagnostic {
  return {
    code: 'unknown-architecture',
    severity: 'warning',
    message: `${field}: dpkg knows no architecture '${excerpt(name)}'`,
    location,
    hint: architectureHint(near),
  };
}

/** A field of a control file that is not read because of its spelling. */
export function misspeltField(location: Location, name: string, near: string): Diagnostic {
  return {
    code: 'misspelt-field',
    severity: 'warning',
    message: `field '${excerpt(name)}' is not known and not used`,
    location,
    hint: `did you mean ${near}?`,
  };
}

/** A field in a stanza of the wrong kind. */
export function misplacedField(location: Location, name: string, kind: 'source' | 'binary'): Diagnostic {
  const other = kind === 'source' ? "a binary's" : "the source's, the first";
  return {
    code: 'misplaced-field',
    severity: 'warning',
    message: `field '${name}' does not belong into the stanza of a ${kind} and is not used`,
    location,
    hint: `move it into ${other}`,
  };
}

/** A source tree that builds nothing: no unit comes of it. */
export function noBinaries(location: Location, name: string, hasUdebs: boolean): Diagnostic {
  return {
    code: 'no-binaries',
    severity: 'warning',
    message: hasUdebs
      ? `source '${name}' builds udebs only: it is not planned`
      : `source '${name}' has no binary stanza: it is not planned`,
    location,
    hint: hasUdebs
      ? 'packages of the installer are passed over'
      : 'add a stanza with "Package: …" and "Architecture: …" behind an empty line',
  };
}

/** A changelog that tells no version. */
export function noChangelogEntry(file: string): Diagnostic {
  return {
    code: 'no-changelog-entry',
    severity: 'warning',
    message: `${file} has no entry: the version is unknown`,
    location: { file, line: 1 },
    hint: 'an entry begins with "name (version) distribution; urgency=medium"',
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

/** What a version looks like. */
export const VERSION_HINT = 'versions are [epoch:]upstream[-revision] and begin with a digit';

/** What to do about a name that no architecture has. */
export function architectureHint(near: string | undefined): string {
  return near === undefined
    ? 'dpkg-architecture -L lists all, and "any", "linux-any" and the like name several'
    : `did you mean ${near}?`;
}

/** What to do about a text that is no package name. */
export function nameHint(name: string): string {
  return /@\w+@/.test(name)
    ? 'a template: give the value of its placeholder'
    : 'names are letters, digits, "+", "-" and "."';
}

/** Input in a message: one line, no control characters, 60 characters at most. */
export function excerpt(text: string): string {
  const line = text
    .slice(0, 200)
    .replace(/[\u0000-\u001f\u007f-\u009f\s]+/g, ' ')
    .trim();
  return line.length <= 60 ? line : `${line.slice(0, 59)}…`;
}
