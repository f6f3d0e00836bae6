import type { Question } from '../content/question.ts';
import type { Log } from '../log.ts';
import { actions, type Block, heading, labelled, line, type Message, note, run, text } from '../message/document.ts';
import type { BriefingStore } from '../store/briefings.ts';
import type { Store } from '../store/store.ts';
import { briefing } from '../summary/briefing.ts';
import { provenance, questionName, sourceAction } from '../summary/provenance.ts';
import { changeSince, shownState } from './changes.ts';
import { momentInWords } from './schedule.ts';
import type { Change, DigestContent, ShownState, Subscription } from './subscription.ts';

/** A question of the archive is not briefed again to one channel within this time. */
const ARCHIVE_PAUSE_MS = 30 * 86_400_000;
/** In the place of the hash of a question that is not in the archive. */
export const GONE = 'gone';
const MAX_NAMED = 10;
const MAX_CHANGED = 5;

export interface DigestContext {
  store: Store;
  briefings: BriefingStore;
  log: Log;
  now: Date;
}

/**
 * What is new or corrected since the last digest that this channel got. The first digest holds the newest match alone and takes
 * stock of the rest. The same archive and ledger give the same digest: a preview is what will be sent.
 */
export async function composeDigest(
  subscription: Subscription,
  slotAt: number,
  { store, briefings }: DigestContext,
): Promise<DigestContent> {
  const knownUpTo = await briefings.newestArrival();
  const changed = await changedQuestions(subscription, store, briefings);
  const arrived =
    subscription.knownUpTo === undefined
      ? await briefings.arrived(subscription, 0, 1)
      : await briefings.arrived(subscription, subscription.knownUpTo);
  const digest = (kind: DigestContent['kind'], shown: string[], named: string[]) =>
    standing({ kind, changed, shown, named, knownUpTo }, { store, briefings });
  if (arrived.length > 0 || changed.length > 0)
    return digest('new', arrived.slice(0, subscription.max), arrived.slice(subscription.max));
  if (subscription.whenEmpty === 'skip') return digest('nothing', [], []);
  const old =
    subscription.whenEmpty === 'archive' ? await briefings.fromArchive(subscription, slotAt - ARCHIVE_PAUSE_MS) : undefined;
  return old === undefined ? digest('note', [], []) : digest('archive', [old], []);
}

async function changedQuestions({ id }: Subscription, store: Store, briefings: BriefingStore): Promise<DigestContent['changed']> {
  const changed: DigestContent['changed'] = [];
  for (const { questionId, state } of await briefings.changedSinceBriefed(id)) {
    const change = changeSince(state, await store.question(questionId));
    if (change) changed.push({ question: questionId, change });
  }
  return changed;
}

/** The digest with how its questions stand now. Taken before the message is made: a change in between is seen later, never missed. */
export async function standing(
  digest: Omit<DigestContent, 'stood'>,
  context: Pick<DigestContext, 'store' | 'briefings'>,
): Promise<DigestContent> {
  const ids = new Set([...digest.changed.map(({ question }) => question), ...digest.shown, ...digest.named]);
  return { ...digest, stood: await Promise.all([...ids].map((id) => standOf(id, context))) };
}

export async function standOf(
  questionId: string,
  { store, briefings }: Pick<DigestContext, 'store' | 'briefings'>,
): Promise<ShownState> {
  const hash = (await briefings.questionHash(questionId)) ?? GONE;
  return { questionId, hash, state: shownState(await store.question(questionId)) };
}

export interface DigestView {
  subscription: Subscription;
  digest: DigestContent;
  /** Moment of the slot, ms. */
  slotAt: number;
  late: boolean;
}

/** A digest as a message, on one screen: corrections first, then what is new, then what else there is by name. */
export async function digestMessage(
  { subscription, digest, slotAt, late }: DigestView,
  context: DigestContext,
): Promise<Message> {
  const when = momentInWords(slotAt, subscription.schedule.timeZone);
  const title = `Briefing · ${when}`;
  const shown = await questionsById(digest.shown, context.store);
  const blocks: Block[] = [
    note(`${title}${late ? ' · late' : ''}`),
    ...(await changedBlocks(digest, context.store)),
    ...newBlocks(digest, shown, context),
    ...(isMissing(digest, shown) ? [WITHDRAWN] : []),
    ...(await namedBlocks(digest, context.store)),
  ];
  if (digest.kind === 'note' || digest.kind === 'nothing') blocks.push(line(nothingNew(subscription)));
  return { title: headline(digest, shown, title), blocks };
}

function headline(digest: DigestContent, shown: Question[], title: string): string {
  const [first] = shown;
  if (first) return `${questionName(first)} — ${title}`;
  return digest.changed.length > 0 ? `Corrected — ${title}` : `Nothing new — ${title}`;
}

const nothingNew = ({ whenEmpty }: Subscription): string =>
  whenEmpty === 'archive' ? 'Nothing new, and everything on file was briefed here within the last 30 days.' : 'Nothing new.';

async function questionsById(ids: readonly string[], store: Store): Promise<Question[]> {
  const found = await Promise.all(ids.map((id) => store.question(id)));
  return found.filter((question) => question !== undefined);
}

const CHANGES: Record<Change, string> = {
  corrected: 'Corrected',
  retracted: 'Retracted',
  withdrawn: 'Withdrawn',
  'shown again': 'Shown again',
  'more responses': 'New responses',
};

const WITHDRAWN = labelled(CHANGES.withdrawn, text('a question that was briefed here is no longer shown'));

/** Whether a question cannot be shown any more, and none of the changes says so. */
const isMissing = (digest: DigestContent, shown: readonly Question[]): boolean =>
  digest.shown.some(
    (id) => !shown.some((question) => question.id === id) && !digest.changed.some(({ question }) => question === id),
  );

async function changedBlocks({ changed }: DigestContent, store: Store): Promise<Block[]> {
  const blocks: Block[] = [];
  for (const { question: id, change } of changed.slice(0, MAX_CHANGED)) {
    const question = await store.question(id);
    if (!question) {
      blocks.push(WITHDRAWN);
      continue;
    }
    blocks.push(labelled(CHANGES[change], text(`${questionName(question)} · ${explained(question, change)}`)));
    blocks.push(actions(run('Brief', 'brief', { about: question.code })));
  }
  const rest = changed.length - MAX_CHANGED;
  if (rest > 0) blocks.push(note(`… and ${rest} more that changed since they were briefed here.`));
  return blocks;
}

function explained(question: Question, change: Change): string {
  if (question.status.is === 'retracted') return question.status.notice;
  if (change === 'retracted') return 'a response was retracted';
  if (change === 'withdrawn') return 'a response is no longer shown';
  if (change === 'shown again') return 'it had been withdrawn';
  if (change === 'more responses') return 'more responses are on file';
  const corrections = [...question.corrections, ...question.responses.flatMap((response) => response.corrections)];
  const newest = corrections.sort((a, b) => b.on.localeCompare(a.on))[0];
  return newest?.what ?? 'its text was changed';
}

function newBlocks({ kind }: DigestContent, shown: Question[], context: DigestContext): Block[] {
  const [only, ...others] = shown;
  if (!only) return [];
  const from = kind === 'archive' ? [note('Nothing new; from the archive:')] : [];
  if (others.length === 0) return [...from, ...briefing(only, context)];
  return [
    ...from,
    ...shown.flatMap((question) =>
      question.status.is === 'retracted' ? briefing(question, context) : inShort(question, context.now),
    ),
  ];
}

/** Headline, provenance and bottom line: the briefing is behind the button. */
function inShort(question: Question, now: Date): Block[] {
  const bottom = question.summary?.sentences.map((sentence) => sentence.text).join(' ');
  return [
    heading(questionName(question)),
    note(...provenance(question, now)),
    ...(bottom === undefined ? [] : [labelled('Bottom line', text(bottom), text(' [editor]', 'faint'))]),
    actions(
      run('Brief', 'brief', { about: question.code }),
      run('Views', 'views', { about: question.code }),
      sourceAction(question),
    ),
  ];
}

async function namedBlocks({ named }: DigestContent, store: Store): Promise<Block[]> {
  if (named.length === 0) return [];
  const questions = await questionsById(named.slice(0, MAX_NAMED), store);
  const entries = questions.map((question) => ({
    spans: [text(questionName(question))],
    action: run('Brief', 'brief', { about: question.code }),
  }));
  const rest = named.length - questions.length;
  return [{ type: 'list', label: 'Also new', entries }, ...(rest > 0 ? [note(`… and ${rest} more.`)] : [])];
}
