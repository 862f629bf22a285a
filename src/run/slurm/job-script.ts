import { SHIM } from '../shim-script.ts';

/**
 * What sbatch is given for every build: the shim, as a file. Its words are those of the shim. It never changes, and nothing of a
 * plan is in it.
 */
export const JOB_SCRIPT = `#!/bin/sh\n${SHIM}`;

/** Left in an attempt's folder by `GATHER_SCRIPT` when it could not find what the build needs: then nothing was built. */
export const UNMET = 'unmet';

/** In an attempt's folder: what `GATHER_SCRIPT` reads. */
export const NEEDS = 'needs';

/** In an attempt's folder: where it puts the packages. */
export const PACKAGES = 'packages';

/**
 * Gathers the packages that a build needs when it begins, on its node: by then all that it needs is built, though no debplan may
 * have been there to see it. Its words are `WORK FOLDER FILE ARGS…`; it becomes FILE in the end. FOLDER/needs holds the architectures
 * that the build sees, then `SLUG ATTEMPT` a line, who has the last word about a package last. What a task has built lies in the
 * attempt's `out` until debplan has seen it, then in the task's results; it may move while this looks.
 */
export const GATHER_SCRIPT = String.raw`#!/bin/sh
work=$1 folder=$2
shift 2
packages=$folder/packages

is_built() {
  [ -d "$work/results/$1" ] && return
  read -r status rest 2>/dev/null <"$work/attempts/$1.$2/exit" && [ "$status" = 0 ]
}
take() {
  [ -d "$1" ] && [ ! -L "$1" ] || return
  for deb in "$1"/*.deb; do
    [ -f "$deb" ] && [ ! -L "$deb" ] || continue
    name=${'${deb##*/}'}
    package=${'${name%%_*}'}
    arch=${'${name##*_}'}
    arch=${'${arch%.deb}'}
    case $name in *[!A-Za-z0-9.+~_%:-]* | [!A-Za-z0-9]*) continue ;; esac
    case $package in *-dbgsym) continue ;; esac
    case " $archs " in *" $arch "*) ;; *) continue ;; esac
    rm -f -- "$packages/$package"_*_"$arch.deb"
    ln -- "$deb" "$packages/$name" 2>/dev/null || cp -- "$deb" "$packages/$name" 2>/dev/null || return
  done
  [ -d "$1" ]
}
gather() {
  rounds=0
  until is_built "$1" "$2" && { take "$work/attempts/$1.$2/out" || take "$work/results/$1"; }; do
    rounds=$((rounds + 1))
    if [ "$rounds" -gt 20 ]; then
      echo "debplan: $1 is not there" >&2
      : >"$folder/unmet"
      exit 1
    fi
    # other nodes' files may take a while to be seen
    ls "$work/attempts" "$work/results" "$work/attempts/$1.$2" >/dev/null 2>&1
    sleep 1
  done
}

rm -rf -- "$packages"
mkdir -- "$packages" || exit
{
  read -r archs
  while read -r slug attempt; do
    gather "$slug" "$attempt"
  done
} <"$folder/needs"
for deb in "$packages"/*.deb; do
  [ -f "$deb" ] || continue
  # a node that builds in containers may have no dpkg: then its builder makes the index
  command -v dpkg-deb >/dev/null || break
  if fields=$(dpkg-deb --field "$deb"); then
    size=$(stat -c %s -- "$deb")
    hash=$(sha256sum <"$deb")
    printf '%s\nFilename: %s\nSize: %s\nSHA256: %s\n\n' "$fields" "${'${deb##*/}'}" "$size" "${'${hash%% *}'}"
  else
    rm -f -- "$deb"
  fi
done >"$packages/Packages"
exec "$@"
`;
