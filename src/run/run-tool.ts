import { execFile } from 'node:child_process';

/** How a small program of the system ended. */
export interface ToolEnd {
  readonly isDone: boolean;
  readonly stdout: string;
  /** What it said of its failure, in one line; empty when it was done. */
  readonly reason: string;
}

/** Where the system's own programs are, whatever the user has put before them. */
const env = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C.UTF-8' };

/** Runs one of the system's small programs (mount, umount, getent, rm) to its end. Never rejects. */
export function runTool(file: string, args: readonly string[]): Promise<ToolEnd> {
  return new Promise((resolve) => {
    execFile(file, args, { env }, (error, stdout, stderr) => {
      if (error === null) {
        resolve({ isDone: true, stdout, reason: '' });
        return;
      }
      const [said = ''] = stderr.trim().split('\n');
      resolve({ isDone: false, stdout, reason: said === '' ? error.message : said });
    });
  });
}
