import type { Considered } from '../../intake/desk.ts';
import type { Taken } from '../../intake/incoming.ts';
import { literal } from '../../message/literal.ts';

/** What became of one question of a document, in one sentence. */
export function takenInWords(taken: Taken): string {
  switch (taken.outcome) {
    case 'stored':
      return `Stored: ${taken.file}`;
    case 'known':
      return `On file already: ${taken.file}`;
    case 'reposted':
      return `On file already; its further address was added: ${taken.file}`;
    case 'extended':
      return `On file already; what was new was added: ${taken.file}`;
    case 'corrected':
      return `On file already; the changed text became a dated correction: ${taken.file}`;
    case 'review':
      return `Waits for review: ${taken.file} — ${literal(taken.reasons.join('; '))} (briefdesk review show ${taken.key})`;
    case 'refused':
      return `Refused: ${literal(taken.reasons.join('; '))}`;
  }
}

/** Who was recognised without being asked about; empty where nobody was. */
export function recognisedInWords({ recognised }: Pick<Considered, 'recognised'>): string {
  const persons = Object.entries(recognised).map(([name, id]) => `${literal(name)} (${id})`);
  return persons.length === 0 ? '' : `Recognised, as you decided before: ${persons.join(', ')}\n`;
}
