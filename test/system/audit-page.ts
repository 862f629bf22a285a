import type { Page } from 'playwright-core';

/**
 * What a person who can't see, or can't see well, would stumble over in a page as it is shown now: controls without names, ids
 * that occur twice, headings that skip a level, tables without header cells, text whose contrast to what lies behind it is below
 * what WCAG 2.2 asks at level AA (4.5, of large text 3).
 * @returns one text a fault; each kind of text colour is named once
 */
export async function auditPage(page: Page): Promise<readonly string[]> {
  const faults: unknown = await page.evaluate(AUDIT);
  if (!Array.isArray(faults)) throw new Error('BUG: the audit gave no list');
  return faults.map(String);
}

/** Runs in the page; a text, because these tests know no DOM types. */
const AUDIT = String.raw`(() => {
  const faults = [];
  const isShown = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const shown = [...document.body.querySelectorAll('*')].filter(isShown);
  const say = (element) => element.tagName.toLowerCase() + (element.id ? '#' + element.id : '') + '.' + element.className;

  for (const element of shown.filter((one) => one.matches('button, a[href], input, select, summary, [role=listbox], [tabindex="0"]'))) {
    const labelled = (element.getAttribute('aria-labelledby') ?? '').split(' ')
      .map((id) => document.getElementById(id)?.textContent ?? '').join('');
    const name = (element.getAttribute('aria-label') ?? '') + labelled + element.textContent
      + [...(element.labels ?? [])].map((label) => label.textContent).join('');
    if (name.trim() === '') faults.push('no name: ' + say(element));
  }
  const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
  for (const id of new Set(ids.filter((id, place) => ids.indexOf(id) !== place))) faults.push('id twice: ' + id);
  let level = 0;
  for (const heading of shown.filter((one) => /^H[1-6]$/.test(one.tagName))) {
    const own = Number(heading.tagName[1]);
    if (own > level + 1) faults.push('heading skips a level: ' + heading.textContent);
    level = own;
  }
  for (const table of shown.filter((one) => one.tagName === 'TABLE'))
    if (table.querySelector('th') === null) faults.push('table without header: ' + say(table));
  for (const canvas of shown.filter((one) => one.tagName === 'CANVAS'))
    if (canvas.getAttribute('aria-hidden') !== 'true' && !canvas.getAttribute('aria-label')) faults.push('unnamed canvas');
  for (const name of ['main', 'header', 'nav']) if (document.querySelector(name) === null) faults.push('no ' + name);
  if (document.documentElement.lang !== 'en') faults.push('no language');

  const paint = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgba = (color) => {
    paint.clearRect(0, 0, 1, 1);
    paint.fillStyle = color;
    paint.fillRect(0, 0, 1, 1);
    return [...paint.getImageData(0, 0, 1, 1).data];
  };
  const over = ([r, g, b, a], [r2, g2, b2]) => [r, g, b].map((value, place) => (value * a + [r2, g2, b2][place] * (255 - a)) / 255);
  const backgroundOf = (element) => {
    const layers = [];
    for (let one = element; one !== null; one = one.parentElement) layers.push(rgba(getComputedStyle(one).backgroundColor));
    return layers.reverse().reduce((below, layer) => over(layer, below), [255, 255, 255]);
  };
  const luminance = (color) => {
    const [r, g, b] = color.map((value) => (value /= 255) <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const poor = new Map();
  for (const element of shown) {
    const texts = [...element.childNodes].filter((node) => node.nodeType === 3 && node.textContent.trim() !== '');
    if (texts.length === 0 || element.closest('[aria-hidden=true], .hidden-text, .skip') !== null) continue;
    const style = getComputedStyle(element);
    const background = backgroundOf(element);
    const text = over(rgba(style.color), background);
    const [light, dark] = [luminance(text), luminance(background)].sort((a, b) => b - a);
    const contrast = (light + 0.05) / (dark + 0.05);
    const size = parseFloat(style.fontSize);
    const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (contrast < (isLarge ? 3 : 4.5)) poor.set(style.color + ' on ' + background.map(Math.round), contrast.toFixed(2) + ': ' + say(element) + ' ' + texts[0].textContent.trim().slice(0, 30));
  }
  for (const [colors, fault] of poor) faults.push('contrast ' + fault + ' (' + colors + ')');
  return faults;
})()`;
