/**
 * Whether dpkg takes the text as a package's name: letters, digits, `+`, `-`, `.`, the first a letter or digit. Upper case
 * passes, as in dpkg. What passes is safe in a file name or shell word.
 * @see Debian Policy 5.6.7
 */
export function isPackageName(text: string): boolean {
  if (text === '' || !isAlphanumeric(text.charCodeAt(0))) return false;
  for (let index = 1; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (!isAlphanumeric(code) && code !== PLUS && code !== HYPHEN && code !== DOT) return false;
  }
  return true;
}

const PLUS = 43;
const HYPHEN = 45;
const DOT = 46;

function isAlphanumeric(code: number): boolean {
  const letter = code | 0x20;
  return (code >= 48 && code <= 57) || (letter >= 97 && letter <= 122);
}
