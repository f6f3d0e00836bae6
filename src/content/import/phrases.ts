/** What publishers print around questions and responses, in English, Spanish and Portuguese. Each pattern is tied to the start of a block. */

export const QUESTION_LABEL = /^(?:the )?(?:question|pregunta|pergunta)(?: (?:n[º°o.]{0,2} ?)?\d{1,2})?\s*[:.—–](?:\s+|$)/iu;
export const QUESTION_LETTER = /^(?:[QP](?:\d{1,2})?\s?(?:\.:|:)\s*|[QP]\.\s+(?=[^?]{3,2000}\?)|Q\s{1,6}(?=\p{Lu}[\p{L}’]*\s))/u;
/** A label that is the whole block: its text stands in the next block (or, for a lone Q, in the one before). */
export const LONE_QUESTION_LABEL = /^(?:(?:the )?question|pregunta|pergunta|q|la pregunta|a pergunta)\s*[:.]?$/iu;
export const ANSWER_LABEL =
  /^(?:(?:answer|response|reply|respuesta|resposta)\s*(?:\d{1,2})?\s*[:.—–](?:\s+|$)|(?:answer|response|reply|respuesta|resposta) (?:by|from|de|da|do) )/iu;
export const ANSWER_LETTER = /^[AR](?:\d{1,2})?\s?(?:\.:|:)\s*/u;
export const LONE_ANSWER_LABEL =
  /^(?:answers?|responses?|respuestas?|respostas?|a|las respuestas|as respostas|the (?:answers|responses|experts))\s*[:.]?$/iu;
/** Without punctuation, only before a name. */
export const BARE_ANSWER_LETTER = /^A\s+(?=\p{Lu})/u;
/** With a full stop it may be an initial: only where the question has one too. */
export const DOTTED_ANSWER_LETTER = /^[AR]\.\s+/u;

export const STATEMENT_LABEL =
  /^(?:statement|declaraci[oó]n|afirmaci[oó]n|declara[cç][aã]o|afirma[cç][aã]o)(?: [A-Z\d])?\s*[:.]\s*/iu;
export const PROMPT = /^(?:reactions? to|reacciones a|reacci[oó]n a|rea[cç](?:[aã]o|[oõ]es) a)\s/iu;
export const NUMBERED_QUESTION = /^\d{1,2}[.)]\s+(?=[^\n]*\?$)/u;

export const SAID =
  /,?\s+(?:said|says|writes|wrote|replied|replies|responds|responded|answers|answered|argues|dijo|dice|responde|respondi[oó]|escribe|opina|señala|afirma|disse|diz|respondeu|escreve)$/iu;

export const LISTED =
  /(?:read (?:the )?(?:other )?(?:responses|answers|replies|comments) (?:from|by|of)|(?:also|other) (?:responding|responded|respondents?|responses from|commentators?)\s*(?::|were|are|include)?|(?:responses|answers) from|lea (?:tambi[eé]n )?las (?:dem[aá]s )?respuestas de|tambi[eé]n respond(?:en|ieron)\s*:?|otras respuestas\s*:?|leia (?:tamb[eé]m )?as (?:demais |outras )?respostas de|tamb[eé]m respond(?:em|eram)\s*:?|outras respostas\s*:?)\s+/iu;

export const DECLINED =
  /(?:declined (?:to (?:comment|respond|answer|participate|take part|reply)|our invitation)|refused to (?:comment|answer|respond)|no quis(?:o|ieron) (?:participar|responder|comentar|hacer comentarios)|declin(?:[oó]|aron) (?:participar|responder|comentar|hacer comentarios)|se neg(?:[oó]|aron) a (?:responder|comentar|participar)|n[aã]o qui(?:s|seram) (?:participar|responder|comentar)|recus(?:ou|aram)-se a (?:comentar|responder|participar)|preferi(?:u|ram) n[aã]o (?:comentar|responder))/iu;
export const NO_REPLY =
  /(?:(?:did not|didn[’']t|had not|has not|have not) (?:respond(?:ed)?|repl(?:y|ied)|answer(?:ed)?|return(?:ed)?)|could not be reached|no respondi(?:[oó]|eron)|no contest(?:[oó]|aron)|no fue posible contactar|n[aã]o responde(?:u|ram)|n[aã]o retorn(?:ou|aram))/iu;
export const WITHDREW =
  /(?:withdrew (?:his|her|their|the) (?:response|answer|comments?)|retir[oó] su respuesta|retirou (?:a )?sua resposta)/iu;
export const RETRACTED =
  /(?:(?:this|the) (?:response|answer) (?:has been|was) (?:retracted|withdrawn|removed)|esta respuesta (?:ha sido|fue) retirada|esta resposta foi retirada|retraction\b)/iu;
export const ANONYMOUS =
  /(?:(?:who )?asked not to be (?:named|identified)|requested anonymity|(?:speaking |who spoke )?on (?:the )?condition of anonymity|who (?:did not want|declined) to be (?:named|identified)|pidi[oó] (?:no ser (?:identificad[oa]|nombrad[oa])|(?:el )?anonimato|mantener el anonimato)|bajo condici[oó]n de anonimato|pediu (?:para )?(?:n[aã]o ser identificad[oa]|anonimato)|sob (?:condi[cç][aã]o de )?anonimato)/iu;

export const EDITORS_NOTE =
  /^[[(*_]{0,2}(?:editors?[’']?s?[’']? note|note from the editors?|editorial note|nota (?:del? (?:la )?(?:editora?|redacci[oó]n)|d[oa] (?:editora?|reda[cç][aã]o)|editorial)|n\. ?(?:del?|d[oa]) (?:la )?[ER]\.|ed\. note)\b/iu;
export const CORRECTION =
  /^[[(*_]{0,2}(?:corrections?|clarification|correcci[oó]n|fe de erratas?|aclaraci[oó]n|corre[cç][aã]o|errata|erramos|esclarecimento)\b/iu;
export const INTEREST =
  /^[[(*_]{0,2}(?:disclosures?|declared interests?|declarations? of interests?|conflicts? of interest|competing interests|declaraci[oó]n de inter[eé]s(?:es)?|conflicto de inter[eé]s(?:es)?|declara[cç][aã]o de interesses?|conflito de interesses?)\b/iu;
export const CAPTION =
  /^(?:(?:file )?photo(?:graph)?s?|image|picture|foto(?:graf[ií]a)?s?|imagen|imagem|credit|cr[eé]ditos?|infographic|gr[aá]fico)\s?(?:[:/|©]|by |de |do |da |por )|\/\/\s?(?:photo|foto|image)/iu;
export const BIO_HEADING =
  /^(?:about (?:the|our) (?:authors?|respondents?|experts?|contributors?|panell?ists?)|the (?:authors|experts|respondents|contributors)|contributors|sobre (?:los|las|el|la|os|as|o) (?:autor\p{L}*|respondi\p{L}+|respond\p{L}+|expert\p{L}+|especialistas?)|acerca de l\p{L}+ autor\p{L}*|qui[eé]nes responden|quem responde)\s*:?$/iu;
export const BOARD_HEADING =
  /^(?:board of advis[eo]rs|editorial (?:board|advis[eo]rs)|advisory (?:board|council)|advis[eo]rs|staff|masthead|our team|consejo (?:editorial|asesor|de redacci[oó]n)|consejeros|equipo|conselho (?:editorial|consultivo)|expediente|equipe)\s*:?$/iu;
export const BYLINE =
  /^(?:by|posted by|published by|written by|edited by|compiled by|interview by|por|publicado por|editado por|entrevista de|escrito por)\s+\p{Lu}|^(?:editor|editora|publisher|reporter|redactora?|rep[oó]rter|photographer|fot[oó]grafo)s?\s*:/iu;
export const TRANSLATED =
  /[[(]?\s*(?:translated (?:from (?:the )?\p{L}+ )?by|translation(?: from (?:the )?\p{L}+)?(?: by|:)|traducci[oó]n(?: de|:)|traducido (?:del \p{L}+ )?por|tradu[cç][aã]o(?: de|:)|traduzido (?:do \p{L}+ )?por)\s+([^.\])\n]{3,80})[.\])]*$/iu;
export const EDITED =
  /(?:(?:(?:has|have) been|was|were|is|are)?\s*(?:edited|condensed|shortened|abridged) for (?:length|space|clarity|brevity)|editad[oa]s? por (?:extensi[oó]n|espacio|razones de espacio)|editad[oa]s? por (?:quest[oõ]es de )?(?:espa[cç]o|tamanho|extens[aã]o))/iu;
export const EMBARGO = /^[[(*]{0,2}(?:embargo(?:ed)?(?: until| till|:)|embargado hasta|embargad[oa] at[eé])\s*(.{4,80})$/iu;
export const READ_MORE =
  /\s*\[?(?:read more|continue reading|leer m[aá]s|seguir leyendo|leia mais|continue lendo|lire la suite)\s*[.…»›>→]*\]?$/iu;
export const CONTINUED_ON =
  /^[[(]?(?:continued on|(?:see )?continues on|contin[uú]a en(?: la)?|continua na)\s+(?:page|p\.|p[aá]g(?:ina|\.))\s*\d+[\])]?\.?$/iu;
export const CONTINUED_FROM =
  /^[[(]?(?:[\p{L} ]{0,40}\s)?(?:continued from|viene de(?: la)?|continua[cç][aã]o da)\s+(?:page|p\.|p[aá]g(?:ina|\.))\s*\d+[\])]?\.?$/iu;

export const PAGE_FURNITURE = /^(?:(?:page|p[aá]gina|p\.)?\s*\d{1,4}(?:\s*(?:of|de|\/)\s*\d{1,4})?|[-–—]\s*\d{1,4}\s*[-–—])$/iu;
export const FURNITURE =
  /^(?:(?:©|\(c\)|copyright\b|all rights reserved|todos los derechos|todos os direitos)|(?:share|tweet|print|email|save|compartir|compartilhar|imprimir|comentarios|comments?)(?: (?:this|on|via|en|no)\b.*)?$|(?:share|comparta|compartir|compartilhe)\b.{0,60}$|(?:subscribe|sign up|suscr[ií]base|suscr[ií]bete|inscreva-se|assine)\b|(?:this (?:site|website)|we|este sitio|este site|usamos|utilizamos)\b.{0,40}\bcookies\b|(?:related|read next|more from|you may also like|most read|tambi[eé]n le puede interesar|relacionad[oa]s?|notas relacionadas|leia tamb[eé]m|mais lidas|lo m[aá]s le[ií]do|recommended)\b.{0,80}$|(?:follow us|s[ií]ganos|siga-nos|download|descargar|baixar|view online|ver en l[ií]nea|unsubscribe|cancelar)\b|(?:tags?|filed under|etiquetas|categor(?:y|ies)|posted in)\s*:|(?:send (?:your )?comments|write to us|contact us|env[ií]e sus comentarios|envie seus)|(?:https?:\/\/|www\.)\S+$|[\w.+-]+@[\w-]+\.[\w.]+$|the .{3,80} is published (?:by|every|daily|weekly)\b|.{3,80} se publica\b.{0,80}$|.{3,80} [eé] publicad[oa] (?:por|pel[oa])\b|ISSN\b|vol(?:ume|\.)? \d)/iu;
