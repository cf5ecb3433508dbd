import type { Language } from '../language.ts';
import { EN_AU, EN_CA, EN_GB, EN_NZ, EN_US } from './english.ts';
import { FR_CA } from './french.ts';
import { DE_DE } from './german.ts';
import type { Words } from './words.ts';

export type { TaxName, TitleKind, Words } from './words.ts';

export const WORDS: Readonly<Record<Language, Words>> = {
  'en-US': EN_US,
  'en-GB': EN_GB,
  'en-AU': EN_AU,
  'en-CA': EN_CA,
  'fr-CA': FR_CA,
  'en-NZ': EN_NZ,
  'de-DE': DE_DE,
};
