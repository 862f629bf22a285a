import { statSync } from 'node:fs';

/** What tells a plain file from all others, whatever names and links lead to it; undefined where none can be seen. */
export function fileIdentity(path: string): string | undefined {
  try {
    const found = statSync(path, { bigint: true });
    return found.isFile() ? `${String(found.dev)}/${String(found.ino)}` : undefined;
  } catch {
    return undefined;
  }
}

/** Whether two paths lead to one file, be it through links. False where there is none. */
export function isSameFile(a: string, b: string): boolean {
  const identity = fileIdentity(a);
  return identity !== undefined && identity === fileIdentity(b);
}
