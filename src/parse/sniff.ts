import { isArchitecture } from '../debian/architecture.ts';
import { valueWords, type Stanza } from './field.ts';
import { readStanzas } from './stanza.ts';

/** What a control-like text is: `debian/control`, a `.dsc`, a `Sources` or a `Packages` index. */
export type TextKind = 'control' | 'dsc' | 'sources' | 'packages' | 'unknown';

/** Fields that stand in one kind of index only; the first stanza that has one decides. */
const SOURCE_MARKS: readonly string[] = [
  ...[
    'build-depends',
    'build-depends-arch',
    'build-depends-indep',
    'build-conflicts',
    'package-list',
    'binary',
  ],
  ...['directory', 'files', 'checksums-sha256', 'format', 'standards-version', 'extra-source-only'],
  ...['x-stx-layer', 'x-stx-build-type', 'x-stx-control', 'build-size'],
];
const BINARY_MARKS: readonly string[] = [
  ...['filename', 'installed-size', 'size', 'depends', 'pre-depends', 'provides', 'source', 'status'],
  ...['multi-arch', 'recommends', 'suggests', 'conflicts', 'breaks', 'replaces', 'description-md5'],
];
/** `.changes` and `.buildinfo` look like a `.dsc`. */
const UPLOAD_MARKS: readonly string[] = [
  'changes',
  'distribution',
  'installed-build-depends',
  'build-architecture',
];
/** Index stanzas without any mark that are looked at before the architectures decide. */
const LOOK_AHEAD = 100;

/**
 * Tells by content what a text is, from its first stanzas. An index whose stanzas have nothing but name, version and
 * plain architectures counts as `packages`. Never fails; O(length) at worst, a few stanzas as a rule
 */
export function sniffText(text: string): TextKind {
  let looked = 0;
  let kind: TextKind = 'unknown';
  for (const stanza of readStanzas(text, '', () => undefined)) {
    if (looked++ === LOOK_AHEAD) break;
    if (!has(stanza, 'package')) return looked === 1 && has(stanza, 'source') ? sniffSource(stanza) : kind;
    if (!has(stanza, 'version')) return kind;
    if (SOURCE_MARKS.some((mark) => has(stanza, mark))) return 'sources';
    if (BINARY_MARKS.some((mark) => has(stanza, mark))) return 'packages';
    if (!namesOneArchitecture(stanza)) return 'sources';
    kind = 'packages';
  }
  return kind;
}

function sniffSource(stanza: Stanza): TextKind {
  if (UPLOAD_MARKS.some((mark) => has(stanza, mark))) return 'unknown';
  const isDsc = ['files', 'checksums-sha256', 'format'].some((mark) => has(stanza, mark));
  return isDsc || has(stanza, 'version') ? 'dsc' : 'control';
}

/** Sources say `any`, `linux-any` or several; a binary has one architecture. */
function namesOneArchitecture(stanza: Stanza): boolean {
  const [arch, ...more] = valueWords(stanza.fields.get('architecture'));
  return arch !== undefined && more.length === 0 && (arch === 'all' || isArchitecture(arch));
}

function has(stanza: Stanza, key: string): boolean {
  return stanza.fields.has(key);
}
