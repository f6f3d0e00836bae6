import { NEW_PERSON } from '../../../intake/incoming.ts';
import type { Namesake } from '../../../intake/stacks.ts';
import { respondentHref } from '../archive/address.ts';
import { bdi, type Html, html, shortName } from '../archive/markup.ts';

const FIELD = 'who:';
const CHOSEN = /^[a-z0-9-]{1,200}$/;

/** Asks of each person whose name is on file whether they are the same: equal names alone never decide it. */
export function namesakeFields(namesakes: readonly Namesake[], same: Readonly<Record<string, string>>): Html {
  if (namesakes.length === 0) return html``;
  return html`<div class="namesakes">${namesakes.map(({ name, known }) => {
    const choice = (value: string, words: Html) =>
      html`<label><input type="radio" name="${FIELD}${name}" value="${value}"${same[name] === value ? html` checked` : ''}> ${words}</label>`;
    return html`<fieldset><legend>Is ${bdi(shortName(name))} the person of this name on file?</legend>
${choice(known, html`Yes, <code>${known}</code>`)} ${choice(NEW_PERSON, html`No, somebody else`)}
<a href="${respondentHref(known)}" target="_blank">who is on file (new tab)</a></fieldset>`;
  })}<p class="small">The answer counts when you accept.</p></div>`;
}

/** The answers in a form as it was sent. */
export function sameIn(body: Readonly<Record<string, unknown>>): Record<string, string> {
  const answers = Object.entries(body).flatMap(([field, value]): [string, string][] =>
    field.startsWith(FIELD) && typeof value === 'string' && CHOSEN.test(value) ? [[field.slice(FIELD.length), value]] : [],
  );
  return Object.fromEntries(answers);
}
