import { valueText, type Stanza } from '../../parse/field.ts';
import { readStanzas } from '../../parse/stanza.ts';

/** What a .dsc tells of its source package. */
export interface Dsc {
  readonly source: string;
  readonly version: string;
  /** In the order of the file, without the .dsc itself. */
  readonly files: readonly DscFile[];
}

/** A file that a source package consists of. */
export interface DscFile {
  /** A plain base name. */
  readonly name: string;
  readonly bytes: number;
  /** Lower-case hexadecimal. */
  readonly checksum: string;
  readonly algorithm: 'sha256' | 'md5';
}

/**
 * Reads a .dsc, signed or not; the signature isn't checked.
 * @returns undefined for what is none: without name, version or a list of files, or with names that lead elsewhere. O(length)
 * @see dsc(5)
 */
export function readDsc(text: string): Dsc | undefined {
  for (const stanza of readStanzas(text, 'dsc', () => undefined)) {
    const source = valueOf(stanza, 'source');
    const version = valueOf(stanza, 'version');
    const sha256 = readFiles(valueOf(stanza, 'checksums-sha256'), 'sha256');
    const files = sha256 ?? readFiles(valueOf(stanza, 'files'), 'md5');
    if (source === '' && version === '') continue;
    return source === '' || version === '' || files === undefined ? undefined : { source, version, files };
  }
  return undefined;
}

function valueOf({ fields }: Stanza, name: string): string {
  const field = fields.get(name);
  return field === undefined ? '' : valueText(field).trim();
}

function readFiles(text: string, algorithm: DscFile['algorithm']): readonly DscFile[] | undefined {
  const rows = text.split('\n').filter((row) => row.trim() !== '');
  const files = rows.map((row): DscFile | undefined => {
    const [, checksum, bytes, name] = /^\s*([0-9a-f]+)\s+(\d{1,15})\s+(\S+)\s*$/i.exec(row) ?? [];
    if (checksum?.length !== DIGITS[algorithm] || name === undefined || !isPlainName(name)) return undefined;
    return { name, bytes: Number(bytes), checksum: checksum.toLowerCase(), algorithm };
  });
  const known = files.filter((file) => file !== undefined);
  return known.length === 0 || known.length < files.length ? undefined : known;
}

const DIGITS: Readonly<Record<DscFile['algorithm'], number>> = { sha256: 64, md5: 32 };

function isPlainName(name: string): boolean {
  return !/[/\0]/.test(name) && !name.startsWith('.');
}
