import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A source package of one file. */
export interface SourceSpec {
  readonly source: string;
  readonly version: string;
  /** What its file holds. */
  readonly content?: string;
  /** A name that the .dsc lists instead of the file's. */
  readonly listed?: string;
}

/** Writes a source package into a folder, which is made. @returns the path of its .dsc */
export function makeSource(folder: string, { source, version, content = 'x', listed }: SourceSpec): string {
  mkdirSync(folder, { recursive: true });
  const stem = `${source}_${version.replace(/^\d+:/, '')}`;
  const file = `${stem}.tar.xz`;
  writeFileSync(join(folder, file), content);
  const sum = (algorithm: string): string => createHash(algorithm).update(content).digest('hex');
  const row = `${String(content.length)} ${listed ?? file}`;
  const lines = [
    ...[
      '-----BEGIN PGP SIGNED MESSAGE-----',
      'Hash: SHA512',
      '',
      'Format: 3.0 (native)',
      `Source: ${source}`,
    ],
    ...['Architecture: any', `Version: ${version}`, 'Checksums-Sha256:', ` ${sum('sha256')} ${row}`],
    ...['Files:', ` ${sum('md5')} ${row}`, '', '-----BEGIN PGP SIGNATURE-----', '', 'x', ''],
    '-----END PGP SIGNATURE-----\n',
  ];
  writeFileSync(join(folder, `${stem}.dsc`), lines.join('\n'));
  return join(folder, `${stem}.dsc`);
}
