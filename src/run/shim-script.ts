/** The shim's exit status where it has not built: the attempt is another's, or its folder is gone. */
export const NOT_MINE = 75;

/**
 * What every attempt's command runs under, here and on the nodes of a cluster: a POSIX shell script that never changes, whose
 * positional parameters are `[--ram DIR] FOLDER FILE ARGS…`. It
 *
 * 1. claims the attempt for itself alone, by a link that can be made once: who comes second leaves without building, with
 *    status 75, and so does who finds no FOLDER;
 * 2. with `--ram DIR` makes a folder of its own in DIR, a node's RAM disk, tells it as DEBPLAN_WORK, and removes it at the end.
 *    Folders there of shims that were killed are removed at the start: their names tell who made them;
 * 3. runs FILE in the foreground, with FOLDER/log as its output. A signal to the shim alone stops nothing: what the command makes
 *    of it is written down;
 * 4. writes `STATUS ENDED_MS` to FOLDER/exit, at once and for good, and ends with STATUS.
 */
export const SHIM = `
ram=
if [ "$1" = --ram ]; then ram=$2; shift 2; fi
folder=$1
shift
trap : HUP INT TERM

ticks_of() (
  read -r stat 2>/dev/null <"/proc/$1/stat" || exit 1
  set -f
  set -- \${stat##*) }
  shift 19
  printf %s "$1"
)
remove() {
  rm -rf -- "$1" 2>/dev/null || unshare --map-root-user --map-auto -- rm -rf -- "$1" 2>/dev/null
}

own=$(mktemp "$folder/claim.XXXXXXXX") || exit ${String(NOT_MINE)}
ticks=$(ticks_of $$)
read -r boot </proc/sys/kernel/random/boot_id
read -r host </proc/sys/kernel/hostname
printf '%s %s %s %s shim\\n' "$$" "$ticks" "$boot" "$host" >"$own" || exit ${String(NOT_MINE)}
sync "$own" 2>/dev/null
ln -T "$own" "$folder/claim" 2>/dev/null || [ "$own" -ef "$folder/claim" ] || { rm -f -- "$own"; exit ${String(NOT_MINE)}; }
rm -f -- "$own"
sync "$folder" 2>/dev/null

status=
if [ -n "$ram" ]; then
  for old in "$ram"/debplan.*.*.??????; do
    [ -O "$old" ] || continue
    made=\${old#"$ram"/debplan.}
    pid=\${made%%.*}
    rest=\${made#*.}
    [ "$(ticks_of "$pid")" = "\${rest%%.*}" ] || remove "$old"
  done
  DEBPLAN_WORK=
  trap '[ -z "$DEBPLAN_WORK" ] || remove "$DEBPLAN_WORK"' EXIT
  export DEBPLAN_WORK
  DEBPLAN_WORK=$(mktemp -d "$ram/debplan.$$.$ticks.XXXXXX" 2>"$folder/log") && chmod 755 "$DEBPLAN_WORK" || status=74
fi
if [ -z "$status" ]; then
  "$@" </dev/null >"$folder/log" 2>&1
  status=$?
fi

for made in "$folder"/out/*; do sync "$made" 2>/dev/null; done
if printf '%s %s\\n' "$status" "$(date +%s%3N)" >"$folder/exit.new"; then
  sync "$folder/exit.new" 2>/dev/null
  mv -fT -- "$folder/exit.new" "$folder/exit" && sync "$folder" 2>/dev/null
fi
exit "$status"
`;
