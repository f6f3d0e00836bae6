import type { Nearest } from '../errors.ts';
import { type ListEntry, line, type Message, note, run, text } from '../message/document.ts';
import type { Name, Store } from '../store/store.ts';
import { counted, SAMPLE_NOTICE } from './provenance.ts';

/** Asks which of several persons is meant; what tells them apart is shown, on the buttons of namesakes too. */
export async function personChoice(names: readonly Name[], store: Store, choose: (name: Name) => Nearest): Promise<Message> {
  const entries: ListEntry[] = [];
  for (const name of names) {
    const person = await store.person(name.ref);
    const namesakes = names.filter(({ label }) => label === name.label).length;
    const apart = [name.label, person?.note, counted(name)].filter((piece) => piece !== undefined).join(' · ');
    const { command, options } = choose(name);
    const label = namesakes > 1 ? (person?.note ?? name.ref) : name.label;
    entries.push({ spans: [text(apart)], action: run(label, command, options) });
  }
  const title = `Which one of ${names.length}?`;
  const notice = names.some(({ sample }) => sample) ? [note(`${SAMPLE_NOTICE}.`)] : [];
  return { title, blocks: [line(title), ...notice, { type: 'list', entries }] };
}
