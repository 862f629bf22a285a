/** Letters of a sans-serif font, as parts of the font's size: what is said of none of them is 0.6. */
const WIDTHS: readonly { readonly letters: RegExp; readonly em: number }[] = [
  { letters: /[ijl.,:;'|!()[\]]/, em: 0.32 },
  { letters: /[frt /-]/, em: 0.4 },
  { letters: /[mwMW@%]/, em: 0.95 },
  { letters: /[A-Z+…]/, em: 0.74 },
  // East Asian letters and pictures
  {
    letters:
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]|\p{Extended_Pictographic}/u,
    em: 1.1,
  },
];

/** About as wide as a text is in most sans-serif fonts, rather too wide, in pixels. */
export function textWidth(text: string, fontSize: number): number {
  let em = 0;
  for (const letter of text) em += WIDTHS.find(({ letters }) => letters.test(letter))?.em ?? 0.6;
  return em * fontSize;
}

/** No less of a name is worth showing. */
const LEAST_LETTERS = 5;

/** As much of a text as fits into a width, `…` at its end where it is cut; empty where hardly anything would be left. */
export function fitText(text: string, width: number, fontSize: number): string {
  if (textWidth(text, fontSize) <= width) return text;
  const letters = Array.from(text);
  for (let length = letters.length - 1; length >= LEAST_LETTERS; length--) {
    const cut = `${letters.slice(0, length).join('')}…`;
    if (textWidth(cut, fontSize) <= width) return cut;
  }
  return '';
}
