import type { Diagnostic } from '../../base/diagnostic.ts';

/** Builds that were planned for RAM disks are built on disk. @param reasons why there is none, one a way to have one */
export function noRamDisk(reasons: readonly string[]): Diagnostic {
  return {
    code: 'no-ram-disk',
    severity: 'warning',
    message: `builds are made on disk, not on RAM disks as planned: ${reasons.join('; ')}`,
    hint: 'run debplan as root, or name a RAM disk that is there: --ram-dir /dev/shm',
  };
}

/** Builds share a RAM disk, whose size nobody divides. */
export function sharedRamDisk(path: string): Diagnostic {
  return {
    code: 'shared-ram-disk',
    severity: 'note',
    message: `all builds share the RAM disk of ${path}: their sizes are planned, but not enforced`,
  };
}

/** What the user calls a RAM disk is none. */
export function notARamDisk(path: string): Diagnostic {
  return {
    code: 'not-a-ram-disk',
    severity: 'warning',
    message: `${path} is no RAM disk (tmpfs): builds there are as slow as on any disk`,
    hint: 'df -T lists file systems with their types',
  };
}

/** Other users must come through to the build. */
export function closedFolder(path: string): Diagnostic {
  return {
    code: 'closed-folder',
    severity: 'error',
    message: `the work folder lies below '${path}', which other users may not enter: sbuild's chroots have users of their own`,
    hint: `chmod o+x '${path}', or another place: --work DIR`,
  };
}

/** Whoever builds has no users for chroots. */
export function noSubordinateUsers(user: string): Diagnostic {
  const isRoot = user === 'root';
  return {
    code: 'no-subordinate-users',
    severity: 'error',
    message: `sbuild can't make chroots for ${user}, who has no range of users in /etc/subuid and /etc/subgid`,
    hint: isRoot
      ? 'name another user who builds: --user NAME'
      : `as root: usermod --add-subuids 100000-165535 --add-subgids 100000-165535 ${user}`,
  };
}

/** A chroot's tarball can't be read. */
export function noChroot(arch: string, path: string): Diagnostic {
  return {
    code: 'no-chroot',
    severity: 'error',
    message: `there is no chroot for ${arch}: '${path}' is no file`,
    hint: `mmdebstrap --variant=buildd --arch=${arch} SUITE '${path}'`,
  };
}

/** A path that sbuild's settings can't hold. */
export function unquotableFolder(path: string): Diagnostic {
  return {
    code: 'work-folder-name',
    severity: 'error',
    message: `the path of the work folder holds a letter that sbuild can't read: ${path}`,
    hint: 'no quotes, $, ` and \\ there: --work DIR',
  };
}

/** There is no such user to build as. */
export function noSuchUser(name: string): Diagnostic {
  return {
    code: 'no-such-user',
    severity: 'error',
    message: `there is no user ${name} on this machine`,
    hint: 'getent passwd lists users; adduser makes one',
  };
}

/** No build can have the RAM disk that it was planned with. */
export function cannotMount(path: string, reason: string): Diagnostic {
  return {
    code: 'cannot-mount',
    severity: 'error',
    message: `no RAM disk can be mounted on ${path}: ${reason}`,
    hint: 'is there memory left: free -m; a RAM disk that is there: --ram-dir DIR',
  };
}

/** The folders or files that a build begins with can't be made. */
export function cannotPrepare(folder: string, reason: string): Diagnostic {
  return {
    code: 'cannot-prepare',
    severity: 'error',
    message: `cannot make what a build needs in '${folder}': ${reason}`,
    hint: 'make room there, then go on with --resume; or another place: --work DIR',
  };
}

/** A RAM disk is in use by what nobody may end. */
export function lazilyUnmounted(path: string): Diagnostic {
  return {
    code: 'busy-ram-disk',
    severity: 'warning',
    message: `${path} was still in use: it is out of the way, but its memory is free only when its last user ends`,
    hint: 'see what runs: fuser, lsof',
  };
}

/** A mount stays. */
export function stillMounted(path: string, reason: string): Diagnostic {
  return {
    code: 'still-mounted',
    severity: 'warning',
    message: `cannot unmount ${path}: ${reason}`,
    hint: `umount --lazy '${path}'`,
  };
}

/** Something that a build has made can't be removed. */
export function leftFolder(path: string, reason: string): Diagnostic {
  return {
    code: 'left-folder',
    severity: 'warning',
    message: `cannot remove ${path}: ${reason}`,
    hint: 'remove it as root',
  };
}

/** Processes of a build that are not to be killed. */
export function leftProcesses(task: string): Diagnostic {
  return {
    code: 'left-processes',
    severity: 'warning',
    message: `${task}: not all of its processes could be ended`,
    hint: 'they hang in the kernel, or belong to another user: see ps -ef',
  };
}

/** An attempt was begun on another machine. */
export function ranElsewhere(task: string, host: string): Diagnostic {
  return {
    code: 'ran-elsewhere',
    severity: 'error',
    message: `${task} was begun on the machine ${host}: only there can be seen whether it still runs`,
    hint: `go on there, or wait until nothing runs there, and remove the attempt's folder`,
  };
}
