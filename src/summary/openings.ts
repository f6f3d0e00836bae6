/** Openings by which a sentence leans on the one before it, by language. */
export const DANGLING: ReadonlyMap<string, RegExp> = new Map([
  [
    'en',
    opening(
      'this|that|these|those|it|they|he|she|such|both|however|but|and|or|so|yet|nor|also|moreover|furthermore|additionally|nevertheless',
      'nonetheless|therefore|thus|hence|instead|still|meanwhile|similarly|likewise|conversely|consequently|otherwise|then|in addition',
      'in contrast|by contrast|on the other hand|as a result|for example|for instance|as such|for this reason|for that reason|to that end|to this end',
    ),
  ],
  [
    'es',
    opening(
      'esto|eso|ello|este|esta|estos|estas|ese|esa|esos|esas|él|ella|ellos|ellas|sin embargo|no obstante|pero|y|e|o|además|asimismo|también',
      'por lo tanto|por tanto|por eso|por ello|por esto|así|aun así|en cambio|en consecuencia|por el contrario|por otro lado|por otra parte|por ejemplo',
      'mientras tanto|entonces|de hecho|ambos|ambas',
    ),
  ],
  [
    'pt',
    opening(
      'isso|isto|este|esta|estes|estas|esse|essa|esses|essas|ele|ela|eles|elas|no entanto|entretanto|contudo|todavia|porém|mas|e|ou|além disso',
      'também|portanto|por isso|assim|mesmo assim|ainda assim|ao contrário|por outro lado|por exemplo|em contrapartida|enquanto isso|então|de fato',
      'ambos|ambas|tampouco',
    ),
  ],
]);

/** Folded words that ask or only help the verb: they say nothing about what a part of a question is about. */
export const QUESTION_WORDS: ReadonlySet<string> = new Set(
  [
    'what why how who whom whose which when where whether is are was were be been being do does did doing done have has had having',
    'will would can could may might must shall should ought need needs more most much many less any some',
    'que cual cuales como quien quienes cuando donde cuanto cuanta cuantos cuantas porque es son fue sera seria ser estar esta estan ha han haber',
    'puede pueden podria podrian debe deben deberia deberian hace hacer haria hacen mas menos mucho muchos tiene tienen',
    'qual quais quem quando onde quanto quantos por sao foi pode podem poderia poderiam deve devem deveria deveriam faz fazer faria fazem mais tem',
  ].flatMap((words) => words.split(' ')),
);

function opening(...alternatives: string[]): RegExp {
  return new RegExp(`^[^\\p{L}]*(?:${alternatives.join('|')})(?![\\p{L}\\p{M}\\p{N}])`, 'iu');
}
