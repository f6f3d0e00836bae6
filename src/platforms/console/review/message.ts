import { type Html, html } from '../archive/markup.ts';
import type { Sent } from './decide.ts';

/** What a page says about what was just done. */
export interface Message {
  is: 'done' | 'wrong';
  title: string;
  words: string;
  /** The draft as somebody else left it. */
  theirs?: string;
}

export const messageView = (message: Message | undefined): Html =>
  message === undefined
    ? html``
    : html`<div class="notice${message.is === 'wrong' ? ' notice-error' : ''}" role="${message.is === 'wrong' ? 'alert' : 'status'}"><p><strong>${message.title}</strong> ${message.words}</p></div>`;

export const SAVED: Message = { is: 'done', title: 'Saved.', words: 'The draft waits as you left it.' };

export const LOOK_FIRST: Message = {
  is: 'wrong',
  title: 'Look at “Who says what” first.',
  words:
    'What you typed is saved, but not stored as a question: it does not give each word to whom the source gives it. If that is right, accept again.',
};

export const changedMeanwhile = (theirs: string): Message => ({
  is: 'wrong',
  title: 'Somebody else changed this draft since you opened it.',
  words:
    'Nothing was saved; what you typed is kept in the form. Below it is the draft as it stands now: take over what you need, then save or accept again, which puts yours in its place.',
  theirs,
});

export const notDone = ({ action }: Sent, saved: boolean): Message => ({
  is: 'wrong',
  title: action === 'accept' ? 'It cannot be stored yet.' : 'It was not saved.',
  words: saved
    ? 'What you typed is saved. What is left to do is listed beside the source.'
    : 'What you typed is kept in the form, not yet in the file. What is left to do is listed beside the source.',
});
