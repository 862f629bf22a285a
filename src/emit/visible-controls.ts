/** A text with its control characters shown as the pictures that Unicode has for them: `␛`. @param kept those that stay */
export function showControls(text: string, kept = ''): string {
  return text.replaceAll(/[\u0000-\u001f\u007f]/g, (found) => {
    if (kept.includes(found)) return found;
    return found === '\u007f' ? '\u2421' : String.fromCharCode(0x2400 + found.charCodeAt(0));
  });
}
