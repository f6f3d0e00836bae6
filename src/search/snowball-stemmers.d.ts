declare module 'snowball-stemmers' {
  interface Stemmer {
    /** The stem of one lower-case word. */
    stem(word: string): string;
  }

  /** Throws on a language that it does not know. */
  export function newStemmer(language: string): Stemmer;
}
