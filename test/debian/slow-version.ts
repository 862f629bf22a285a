/** The slow twin of `compareVersions`: cut into parts, then into runs of digits and others, compared as deb-version(7) says. */
export function compareVersionsSlowly(a: string, b: string): number {
  const [epochA, upstreamA, revisionA] = parts(a);
  const [epochB, upstreamB, revisionB] = parts(b);
  return (
    compareParts(epochA, epochB) || compareParts(upstreamA, upstreamB) || compareParts(revisionA, revisionB)
  );
}

function parts(version: string): readonly [string, string, string] {
  const match = /^(?:([^:]*):)?(.*?)(?:-([^-]*))?$/s.exec(version);
  return [match?.[1] ?? '', match?.[2] ?? '', match?.[3] ?? ''];
}

function compareParts(a: string, b: string): number {
  const runsA = runs(a);
  const runsB = runs(b);
  for (let index = 0; index < Math.max(runsA.length, runsB.length); index++) {
    const [textA, numberA] = runsA[index] ?? ['', 0n];
    const [textB, numberB] = runsB[index] ?? ['', 0n];
    const text = compareTexts(textA, textB);
    if (text !== 0) return text;
    if (numberA !== numberB) return numberA < numberB ? -1 : 1;
  }
  return 0;
}

/** `rc12~3` is ['rc', 12n], ['~', 3n]. */
function runs(text: string): readonly (readonly [string, bigint])[] {
  return [...text.matchAll(/([^0-9]*)([0-9]*)/g)].map((match) => [match[1] ?? '', BigInt(match[2] ?? '')]);
}

function compareTexts(a: string, b: string): number {
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const difference = weight(a[index]) - weight(b[index]);
    if (difference !== 0) return difference;
  }
  return 0;
}

function weight(character: string | undefined): number {
  if (character === '~') return -1;
  if (character === undefined) return 0;
  return /[A-Za-z]/.test(character) ? character.charCodeAt(0) : character.charCodeAt(0) + 256;
}

/** The slow twin of `versionProblem`, which tells no reason. */
export function isVersionSlowly(text: string): boolean {
  const colon = text.indexOf(':');
  const epoch = colon === -1 ? '0' : text.slice(0, colon);
  const rest = text.slice(colon + 1);
  return (
    /^\d+$/.test(epoch) &&
    Number(epoch) <= 0x7fff_ffff &&
    /^\d[-+:.~0-9A-Za-z]*$/.test(rest) &&
    !rest.endsWith('-')
  );
}
