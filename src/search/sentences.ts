/** A sentence, without the white space around it; offsets are UTF-16 units of the text. */
export interface Sentence {
  start: number;
  end: number;
}

/**
 * The sentences of a text in order; together they hold every character but white space, and none crosses an empty line.
 * Unicode's rules, and these: no end after a title, an initial, or an abbreviation unless a word follows that often begins
 * a sentence; closing quotes and notes stay with the stop before them; what goes on in lower case is no new sentence.
 */
export function sentences(text: string, language: string): Sentence[] {
  const found: Sentence[] = [];
  let start = 0;
  for (const gap of text.matchAll(/\n\s*\n/g)) {
    addParagraph(found, text, { start, end: gap.index, language });
    start = gap.index + gap[0].length;
  }
  addParagraph(found, text, { start, end: text.length, language });
  return found;
}

function addParagraph(found: Sentence[], text: string, span: Sentence & { language: string }): void {
  const paragraph = likeProse(text.slice(span.start, span.end));
  let start = 0;
  let hasWord = false;
  for (const { index, segment } of segments(paragraph, segmenterOf(span.language))) {
    const says = /[\p{L}\p{N}]/u.test(segment);
    const boundary = index + closersAtStart(segment);
    if (hasWord && says && !joins(paragraph, start, boundary)) {
      addTrimmed(found, text, span.start + start, span.start + boundary);
      start = boundary;
    }
    hasWord ||= says;
  }
  addTrimmed(found, text, span.start + start, span.end);
}

/** Unicode ends a sentence at every line break and never at “…”; here a single break is a space, and “…” after a word a stop. */
function likeProse(paragraph: string): string {
  const line = /[\n\r\v\f\u0085\u2028\u2029]/.test(paragraph)
    ? paragraph.replace(/[\n\r\v\f\u0085\u2028\u2029]/g, ' ')
    : paragraph;
  return line.includes('…') ? line.replace(/(?<=[\p{L}\p{N}])…(?=["”’»)\]]*\s)/gu, '.') : line;
}

/** Where a sentence surely ends by Unicode's rules, whatever stands around it; what may end one anywhere else (in Greek “;” too). */
const SURE_END = /[a-z0-9][.?!] (?=[A-Z])/g;
const MAY_END = /[\p{Sentence_Terminal}․﹒．;;]/u;

/** The same as segmenting the whole, but Intl.Segmenter, which is slow, sees only the pieces in which it may find an end. */
function* segments(text: string, segmenter: Intl.Segmenter): Generator<{ index: number; segment: string }> {
  let from = 0;
  for (const { index } of [...text.matchAll(SURE_END), { index: text.length - 1 }]) {
    const piece = text.slice(from, index + 3);
    if (!MAY_END.test(text.slice(from, index))) yield { index: from, segment: piece };
    else for (const { index, segment } of windowed(piece, segmenter)) yield { index: from + index, segment };
    from += piece.length;
  }
}

const WINDOW = 2000;

/**
 * Window by window, because each step of Intl.Segmenter copies all its text, which a long text cannot afford. The last two segments
 * of a window are cut again, because what follows may change where they begin.
 */
function* windowed(text: string, segmenter: Intl.Segmenter): Generator<{ index: number; segment: string }> {
  let from = 0;
  let size = WINDOW;
  while (from < text.length) {
    const found = [...segmenter.segment(text.slice(from, from + size))];
    const isLast = from + size >= text.length;
    const sure = isLast ? found : found.slice(0, -2);
    for (const { index, segment } of sure) yield { index: from + index, segment };
    from += sure.reduce((length, { segment }) => length + segment.length, 0);
    size = sure.length > 0 ? WINDOW : size * 2;
  }
}

function addTrimmed(found: Sentence[], text: string, from: number, to: number): void {
  let [start, end] = [from, to];
  while (start < end && /\s/.test(text.charAt(start))) start++;
  while (end > start && /\s/.test(text.charAt(end - 1))) end--;
  if (start < end) found.push({ start, end });
}

/** Length of quotes that can only close, brackets and note marks that belong to the sentence before. */
function closersAtStart(segment: string): number {
  return /^\s?(?:[”’»)\]]+|(?:[¹²³⁰-⁹]|\[?\d{1,3}\])+)(?=\s)/.exec(segment.slice(0, 24))?.[0].length ?? 0;
}

/** Whether no sentence ends at `boundary`. */
function joins(paragraph: string, start: number, boundary: number): boolean {
  const before = paragraph.slice(Math.max(start, boundary - 20), boundary).trimEnd();
  const after = paragraph.slice(boundary, boundary + 40);
  if (/^[\s—–-]*\p{Ll}(?!\p{Lu})/u.test(after)) return true;
  if (boundary - start <= 12 && ENUMERATOR.test(paragraph.slice(start, boundary))) return true;
  const word = STOPPED.exec(before)?.[1];
  if (word === undefined) return false;
  if (ALWAYS.has(word) || /\bp\.\s?e[jx]$/.test(before.slice(0, -1))) return true;
  if (NUMBERED.has(word.toLowerCase()) && /^[\d§ºªIVX]/.test(after)) return true;
  return (isAbbreviation(word) || word.startsWith('.')) && !beginsLikeSentence(after);
}

/** The word before a stop and closing brackets, or the dots of an ellipsis in the middle of a sentence. */
const STOPPED = /((?<![\p{L}\p{N}])(?:\p{L}+\.)*\p{L}+|(?<![\p{L}\p{N}.…?!]|[.?!]["”’)]?\s*\[?)\.{1,3})[.…][)\]]*$/u;
const ENUMERATOR = /^\s*\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,4})[.)]{1,2}\s*$/;

/** An initial, or an initialism with its stops: J, U.S, a.m, EE.UU, Ph.D. */
function isAbbreviation(word: string): boolean {
  return BEFORE_NAMES.has(word) || /^(?:(?!I$)\p{Lu}|(\p{Lu})\1|(?:\p{L}{1,2}\.)+\p{L}{1,2})$/u.test(word);
}

function beginsLikeSentence(after: string): boolean {
  if (/^\s*[¿¡]/.test(after)) return true;
  const [, first = '', stop = ''] = /^[\s"“‘'«([—–-]*(\p{L}[\p{L}’']*)(\.?)/u.exec(after) ?? [];
  const isInitial = first.length === 1 && stop !== '';
  return !isInitial && OPENERS.has(first.replace(/[’'](?:s|re|ve|ll|d|m)$/, ''));
}

const list = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/));

const ALWAYS =
  list(`Mr Mrs Ms Dr Dra Drs Prof Profa Sen Sens Gov Govs Rep Reps Amb Gen Gral Lt Col Cnel Maj Capt Cap Cmdr Adm Brig Sgt
  Hon Rev Msgr Pres Sra Sras Sres Srta Lic Ing Dip Dep Min Exmo Exma Ud Uds Vd Mons vs Vs v i.e e.g I.e E.g p.ej p.ex cf Cf viz`);
const BEFORE_NAMES =
  list(`Sr Jr St Ft Mt Inc Corp Co Cos Ltd Ltda Cía Cia Bros Ave Av Dept Depto Univ Assn Jan Feb Mar Apr Jun Jul Aug Sep
  Sept Oct Nov Dec Calif Fla Ariz Conn Mich Minn Pa Va Md Ga approx aprox al Ph`);
const NUMBERED =
  list(`no nos nr núm núms num art arts artículo pág págs pag p pp fig figs vol vols cap caps sec secs inc par párr ca ch
  ene feb abr jun jul sep sept oct nov dic dez séc`);
/** Words that in capitals mostly begin a sentence rather than go on with a name. */
const OPENERS =
  list(`The This That These Those It Its He His She Her They Their We Our I My You Your There Here In On At By For From With
  Without As If When While Where What Who Why How But And Or So Yet Nor However Moreover Furthermore Meanwhile Although Though Because Since
  After Before During Despite Instead Still Then Thus Therefore Also Indeed Finally Now Not Yes Some Many Most Several Both Each All Any
  Such Even Only Once Perhaps An A Until Unless Given Nothing Nobody Another Today
  El La Los Las Lo Un Una Unos Unas Este Esta Estos Estas Ese Esa Eso Esto Aquel En Con Por Para Sin Sobre Según Desde Hasta Tras Entre
  Pero Y Si Sí Que Qué Como Cómo Cuando Cuándo Donde Mientras Aunque Porque Pues Además También Así Entonces Luego Después Antes Ahora Hoy
  Su Sus Nuestro Se Es Son Fue Era Hay Ha Él Ella Ellos Ellas Yo Nosotros Todo Todos Cada Al Ya Ningún
  O Os As Um Uma Esse Essa Isso Isto Em No Na Nos Nas Com Sem Mas E Não Quando Onde Enquanto Embora Porém Além Também Assim Então Depois
  Agora Hoje Seu Sua Seus Suas Ele Ela Eles Elas Eu Nós Há Foi São Ao`);

const segmenters = new Map<string, Intl.Segmenter>();

/** By first subtag; a language that Intl refuses is cut like English. */
function segmenterOf(tag: string): Intl.Segmenter {
  const language = /^[a-z]{2,3}(?![a-z])/i.exec(tag)?.[0].toLowerCase() ?? 'en';
  const known = segmenters.get(language);
  if (known) return known;
  const segmenter = new Intl.Segmenter(language, { granularity: 'sentence' });
  segmenters.set(language, segmenter);
  return segmenter;
}
