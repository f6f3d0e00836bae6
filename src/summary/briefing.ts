import { countryName } from '../content/countries.ts';
import { dateInWords } from '../content/date.ts';
import type { Question, Response } from '../content/question.ts';
import type { Log } from '../log.ts';
import { actions, type Block, heading, labelled, line, note, run, text } from '../message/document.ts';
import { sentences } from '../search/sentences.ts';
import { agreementInBrief } from './agreement-lines.ts';
import { attribution, hasWords, inLanguageOf, onFile, originals, respondentName } from './attribution.ts';
import { lineForPart, mainSentence } from './extract.ts';
import { gaps } from './gaps.ts';
import { provenance, questionName, responseNotes, sourceAction } from './provenance.ts';
import { quoteBlock } from './quote-block.ts';
import { mayQuote, quoteOf } from './quotes.ts';
import { blockLines, MAX_LINES } from './screen.ts';

/** Longer questions without parts are shown by their end. */
const LONG_QUESTION = 240;

export interface BriefingContext {
  now: Date;
  log: Log;
}

/** A line of a respondent for the briefing; `block` is what shows it. */
interface Line {
  part: number | undefined;
  block: Block;
}

/** Ways to save space, tried in turn until every respondent has a line. */
interface Layout {
  countries: boolean;
  /** Role and affiliation beside the name. */
  roles: boolean;
  /** The shortest line of each respondent instead of the most telling. */
  shortest: boolean;
}

const LAYOUTS: readonly Layout[] = [
  { countries: true, roles: true, shortest: false },
  { countries: false, roles: true, shortest: false },
  { countries: false, roles: false, shortest: false },
  { countries: false, roles: false, shortest: true },
];

/** The briefing of one question on one screen: what was asked, each respondent in their own words, and what is missing. */
export function briefing(question: Question, { now, log }: BriefingContext): Block[] {
  if (question.status.is === 'retracted') {
    return [
      heading(questionName(question)),
      note(...provenance(question, now)),
      line(`Retracted on ${dateInWords(question.status.on)}: ${question.status.notice}`),
    ];
  }
  const held = question.rights === 'link' ? [] : originals(question).filter(hasWords);
  const candidates = held.map((response) => ({ response, lines: linesOf(question, response, log) }));
  const after = [...(question.rights === 'link' ? linkOnly(question) : agreementInBrief(question)), ...gaps(question)];
  let blocks: Block[] = [];
  for (const layout of LAYOUTS) {
    const before = [...head(question, now, layout), ...bottomLine(question), ...asked(question)];
    const room = MAX_LINES - [...before.slice(1), ...after].reduce((sum, block) => sum + blockLines(block), 0);
    const fitted = respondents(candidates, room, layout);
    blocks = [...before, ...fitted.blocks, ...after];
    if (fitted.all) break;
  }
  return [...blocks, actionsOf(question)];
}

function head(question: Question, now: Date, { countries }: Layout): Block[] {
  const names = countries ? question.countries.map(countryName).sort((a, b) => a.localeCompare(b, 'en')) : [];
  return [
    heading(questionName(question)),
    note(...provenance(question, now)),
    ...(names.length === 0 ? [] : [note(names.join(', '))]),
    ...question.corrections.map(({ on, what }) => note(`Corrected on ${dateInWords(on)}: ${what}`)),
  ];
}

function bottomLine(question: Question): Block[] {
  const count = text(onFile(question), 'faint');
  if (!question.summary) return [note(count)];
  const sentences = question.summary.sentences.map((sentence) => sentence.text).join(' ');
  return [labelled('Bottom line', sentences, ' ', text('[editor]', 'faint'), ' · ', count)];
}

/** The parts, verbatim; of a long question without parts its last sentences, visibly cut. */
function asked({ parts, kind, rights, language }: Question): Block[] {
  if (rights === 'link') return [];
  const label = kind === 'statement' ? 'Statement' : 'Asked';
  const [whole = ''] = parts;
  if (parts.length === 1) return [labelled(label, text(lastSentences(whole, language)))];
  return [{ type: 'list', label, entries: parts.map((part, index) => ({ marker: String(index + 1), spans: [text(part)] })) }];
}

function lastSentences(whole: string, language: string): string {
  if (whole.length <= LONG_QUESTION) return whole;
  const starts = sentences(whole, language).map(({ start }) => start);
  const from = starts.find((start) => whole.length - start <= LONG_QUESTION) ?? starts.at(-1) ?? 0;
  return from === 0 ? whole : `[…] ${whole.slice(from)}`;
}

function linkOnly(question: Question): Block[] {
  const names = originals(question).filter(hasWords).map(respondentName);
  return [note(`The rights on file allow a link only.${names.length === 0 ? '' : ` Respondents: ${names.join(' · ')}`}`)];
}

interface Candidate {
  response: Response;
  lines: Line[];
}

/** One line for each respondent before second lines for any; who does not fit is named. */
function respondents(candidates: Candidate[], room: number, layout: Layout): { blocks: Block[]; all: boolean } {
  const shown = candidates.map(({ response, lines }) => ({
    title: title(response, layout),
    response,
    lines,
    kept: firstLine(lines, layout),
  }));
  const costs = shown.map(({ title: own, kept }) =>
    [own, ...kept.map(({ block }) => block)].reduce((sum, block) => sum + blockLines(block), 0),
  );
  const all = costs.reduce((sum, cost) => sum + cost, 0) <= room;
  let left = all ? room : room - 2;
  const fits = costs.map((cost) => {
    left -= cost;
    return left >= 0;
  });
  const fitting = Math.max(1, fits.indexOf(false) < 0 ? shown.length : fits.indexOf(false));
  const kept = shown.slice(0, fitting);
  if (all) addSecondLines(kept, left);
  const named = shown.slice(fitting).map(({ response }) => respondentName(response));
  const others =
    named.length === 0
      ? []
      : [labelled('Also on file', text(`${fitting} of ${shown.length} shown; the others: ${named.join(' · ')}`))];
  return { blocks: [...kept.flatMap((one) => [one.title, ...inOrder(one.kept)]), ...others], all: named.length === 0 };
}

function firstLine(lines: Line[], { shortest }: Layout): Line[] {
  if (!shortest) return lines.slice(0, 1);
  const quotes = lines.filter(({ block }) => block.type === 'quote');
  const costs = quotes.map(({ block }) => blockLines(block));
  const best = quotes[costs.indexOf(Math.min(...costs))];
  return best ? [best] : lines.slice(0, 1);
}

function addSecondLines(kept: { lines: Line[]; kept: Line[] }[], room: number): void {
  let left = room;
  const rounds = Math.max(0, ...kept.map(({ lines }) => lines.length));
  for (let round = 0; round < rounds; round += 1) {
    for (const one of kept) {
      const next = one.lines.find((candidate) => !one.kept.includes(candidate));
      const cost = next ? blockLines(next.block) : 0;
      if (!next || cost > left) continue;
      one.kept.push(next);
      left -= cost;
    }
  }
}

function title(response: Response, { roles }: Layout): Block {
  const notes = roles ? responseNotes(response) : response.corrections.map(({ on }) => `corrected on ${dateInWords(on)}`);
  const who = roles || response.respondents.length === 0 ? attribution(response) : respondentName(response);
  return {
    type: 'text',
    spans: [text(who, 'strong'), ...(notes.length === 0 ? [] : [text(` · ${notes.join(' · ')}`, 'faint')])],
  };
}

const inOrder = (lines: Line[]): Block[] => [...lines].sort((a, b) => (a.part ?? 0) - (b.part ?? 0)).map(({ block }) => block);

/** What a respondent says, most telling first: lines of parts by an editor, lines of parts by rule, the main sentence; then what is not there. */
function linesOf(question: Question, original: Response, log: Log): Line[] {
  const response = inLanguageOf(question, original);
  if (!mayQuote(question, response)) return [];
  const many = question.parts.length > 1;
  const found: Line[] = [];
  const missing: Line[] = [];
  for (const [index] of question.parts.entries()) {
    const part = index + 1;
    const marker = many ? String(part) : undefined;
    const chosen = lineForPart(question, response, part);
    if (chosen === undefined || chosen === 'not-addressed') {
      const why = chosen === undefined ? 'no matching line found' : 'does not address this [recorded by the editor]';
      if (many) missing.push({ part, block: { type: 'list', entries: [{ marker: String(part), spans: [text(why, 'faint')] }] } });
      continue;
    }
    const tags = [chosen.by === 'editor' ? 'mapped by the editor' : 'extracted', ...translationTag(response)];
    const block = quoteBlock(quoteOf(question, response, chosen.span), { log, marker, tags });
    if (chosen.by === 'editor') found.unshift({ part, block });
    else found.push({ part, block });
  }
  const main = found.length === 0 ? mainSentence(response) : undefined;
  if (main)
    found.push({
      part: undefined,
      block: quoteBlock(quoteOf(question, response, main), { log, tags: ['extracted', ...translationTag(response)] }),
    });
  return [...found, ...missing];
}

const translationTag = (response: Response): string[] =>
  response.translationOf === undefined ? [] : responseNotes(response).slice(0, 1);

function actionsOf(question: Question): Block {
  const { code } = question;
  const isQuotable = question.responses.some((response) => mayQuote(question, response));
  if (!isQuotable) return actions(sourceAction(question), run('Cite', 'cite', { of: code }));
  return actions(
    sourceAction(question),
    question.rights === 'whole' ? run('Whole responses', 'read', { question: code }) : undefined,
    run('Quotes', 'quotes', { question: code }),
    run('Views', 'views', { about: code }),
    run('Cite', 'cite', { of: code }),
  );
}
