/** Whom a receipt speaks to: a language as it is spoken and written in one country (BCP 47). */
export const LANGUAGES = ['en-US', 'en-GB', 'en-AU', 'en-CA', 'fr-CA', 'en-NZ', 'de-DE'] as const;

export type Language = (typeof LANGUAGES)[number];
