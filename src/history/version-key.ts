import type { BuildRecord } from './record.ts';

/** What records of one build have in common: records with different ones are never joined. */
export function versionKey({ source, version, arch }: BuildRecord): string {
  return `${source}_${version}/${arch}`;
}
