const LANGUAGES = ['en', 'es', 'pt'];
const displayNames = LANGUAGES.map((language) => new Intl.DisplayNames([language], { type: 'region', fallback: 'none' }));

/** English name of an ISO 3166-1 alpha-2 country (CLDR); the code itself where there is none. */
export function countryName(code: string): string {
  return displayNames[0]?.of(code) ?? code;
}

/** Names by which a country may be asked for: English, Spanish and Portuguese (CLDR), and its code. */
export function countryNames(code: string): string[] {
  return [...new Set([...displayNames.map((names) => names.of(code) ?? code), code])];
}
