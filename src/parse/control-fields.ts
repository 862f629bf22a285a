import type { Report } from '../base/diagnostic.ts';
import { editDistance, nearestName } from '../base/nearest-name.ts';
import { misplacedField, misspeltField } from './diagnostics.ts';
import type { Stanza } from './field.ts';

/** The fields that a plan reads from a source's stanza, and those from a binary's: the other kind has no use for them. */
const SOURCE_RELATIONS: readonly string[] = [
  ...['Build-Depends', 'Build-Depends-Arch', 'Build-Depends-Indep'],
  ...['Build-Conflicts', 'Build-Conflicts-Arch', 'Build-Conflicts-Indep'],
];
const BINARY_RELATIONS: readonly string[] = ['Pre-Depends', 'Depends', 'Provides', 'Conflicts', 'Breaks'];

/** What dpkg and Debian's archive know in a control file. @see Dpkg::Control::FieldsCore */
const KNOWN: readonly string[] = [
  ...SOURCE_RELATIONS,
  ...BINARY_RELATIONS,
  ...['Architecture', 'Autobuild', 'Bugs', 'Build-Essential', 'Build-Indep-Architecture', 'Build-Profiles'],
  ...['Build-Size', 'Built-Using', 'Classes', 'Description', 'Dm-Upload-Allowed', 'Enhances', 'Essential'],
  ...['Extra-Source-Only', 'Ghc-Package', 'Go-Import-Path', 'Homepage', 'Important', 'Installer-Menu-Item'],
  ...[
    'Kernel-Version',
    'Lua-Versions',
    'Maintainer',
    'Multi-Arch',
    'Original-Maintainer',
    'Origin',
    'Package',
  ],
  ...['Package-Type', 'Priority', 'Protected', 'Python-Version', 'Python3-Version', 'Recommends', 'Replaces'],
  ...['Rules-Requires-Root', 'Ruby-Versions', 'Section', 'Source', 'Standards-Version', 'Static-Built-Using'],
  ...[
    'Subarchitecture',
    'Suggests',
    'Tag',
    'Task',
    'Testsuite',
    'Testsuite-Triggers',
    'Uploaders',
    'Version',
  ],
  ...['Vcs-Arch', 'Vcs-Browse', 'Vcs-Browser', 'Vcs-Bzr', 'Vcs-Cvs', 'Vcs-Darcs', 'Vcs-Git', 'Vcs-Hg'],
  ...['Vcs-Mtn', 'Vcs-Svn', 'Date', 'Changes', 'Format', 'Directory', 'Files', 'Binary'],
];
const KNOWN_KEYS: ReadonlyMap<string, string> = new Map(KNOWN.map((name) => [name.toLowerCase(), name]));
const MISPLACED: Readonly<Record<'source' | 'binary', ReadonlySet<string>>> = {
  source: new Set(BINARY_RELATIONS.map((name) => name.toLowerCase())),
  binary: new Set(SOURCE_RELATIONS.map((name) => name.toLowerCase())),
};
/** In shorter names two letters make another word. */
const LONG_NAME = 7;

/**
 * Reports the fields of a control's stanza that are not read although somebody meant them to be: names a letter or two away
 * from a known one, and relations that belong into a stanza of the other kind. `X…-` fields are the packager's own.
 */
export function checkFieldNames(
  stanza: Stanza,
  kind: 'source' | 'binary',
  file: string,
  report: Report,
): void {
  for (const [key, { name, line }] of stanza.fields) {
    const location = { file, line, column: 1 };
    if (MISPLACED[kind].has(key)) report(misplacedField(location, name, kind));
    if (KNOWN_KEYS.has(key) || /^x[sbc]*-/.test(key)) continue;
    const near = nearestName(key, KNOWN_KEYS.keys());
    const limit = key.length < LONG_NAME ? 1 : 2;
    if (near !== undefined && editDistance(key, near) <= limit)
      report(misspeltField(location, name, KNOWN_KEYS.get(near) ?? near));
  }
}
