import type { Prediction } from '../../accuracy/accuracy-document.ts';

/** How an estimator's predictions look: the form tells them apart without colour, too. */
export interface MarkStyle {
  /** SVG path about a point at the origin. */
  readonly path: string;
  readonly light: string;
  readonly dark: string;
  /** For the legend. */
  readonly words: string;
}

/**
 * One a row; the colours can be told apart by people who see fewer of them.
 * @see Okabe & Ito, Color Universal Design (2008)
 */
export const MARKS: Readonly<Record<Prediction['estimator'], MarkStyle>> = {
  override: {
    path: 'M0-5L4.5 0 0 5-4.5 0z',
    light: '#a3447e',
    dark: '#e39bc4',
    words: 'by --estimates',
  },
  declared: { path: 'M0-4.5 4.5 3.5H-4.5z', light: '#00795a', dark: '#3fd0a5', words: 'by Build-Size' },
  history: {
    path: 'M-4 0a4 4 0 1 0 8 0 4 4 0 1 0-8 0z',
    light: '#0072b2',
    dark: '#5cb8f0',
    words: 'by history',
  },
  prior: {
    path: 'M-3.5-3.5h7v7h-7z',
    light: '#c25100',
    dark: '#ff9d57',
    words: 'by features of the source',
  },
  default: {
    path: 'M-4-4 4 4M-4 4 4-4',
    light: '#666666',
    dark: '#a8a8a8',
    words: 'nothing known',
  },
};
