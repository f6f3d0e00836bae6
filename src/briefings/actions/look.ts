import { type Context, message } from '../../command.ts';
import { type Block, heading, labelled, line, note, text } from '../../message/document.ts';
import { composeDigest, digestMessage } from '../digest.ts';
import { momentInWords } from '../schedule.ts';
import type { Delivery, Subscription } from '../subscription.ts';
import { buttons, described, idNote, nextInWords } from './described.ts';
import { type BriefingAction, destinationOf, subscriptionMeant } from './request.ts';

const SLOTS_EXPLAINED = 5;

export const list: BriefingAction = async (request, context) => {
  const all = await context.briefings.at(await destinationOf(request, context));
  const title = all.length === 0 ? 'This channel has no briefings yet' : `Briefings of ${all[0]?.channelName}`;
  const blocks: Block[] = [heading(title)];
  for (const one of all) blocks.push(...(await described(one, context)), idNote(one), buttons(one));
  if (all.length === 0)
    blocks.push(
      line(
        'To be briefed on weekdays: /briefings add weekdays at 8am. With topic:, by: or tz: it says about what, by whom and in which time zone.',
      ),
    );
  return message({ title, blocks });
};

/** What the next slot would send, as things are. */
export const preview: BriefingAction = async (request, context) => {
  const meant = await subscriptionMeant(request, context);
  const slotAt = meant.next?.at ?? context.now.getTime();
  const digest = await composeDigest(meant, slotAt, context);
  const when = momentInWords(slotAt, meant.schedule.timeZone);
  if (digest.kind === 'nothing') {
    const title = `Nothing would be sent on ${when}: nothing is new`;
    return message({ title, blocks: [line(title)] });
  }
  const sent = await digestMessage({ subscription: meant, digest, slotAt, late: false }, context);
  return message({ title: `Preview: ${sent.title}`, blocks: [note('Preview: as things are, this is sent.'), ...sent.blocks] });
};

/** The last and the next slots, from the ledger. */
export const why: BriefingAction = async (request, context) => {
  const meant = await subscriptionMeant(request, context);
  const past = await context.briefings.ledger(meant.id, SLOTS_EXPLAINED);
  const title = `Why: briefing ${meant.id} of ${meant.channelName}`;
  const entries = past.map((delivery) => ({
    spans: [text(`${slotInWords(delivery, meant)} · ${explained(delivery)}`), ...linkTo(delivery, meant, context)],
  }));
  const blocks: Block[] = [
    heading(title),
    entries.length === 0 ? note('No slot has come yet.') : { type: 'list', label: 'Last', entries },
    ahead(meant, context),
    buttons(meant),
  ];
  return message({ title, blocks });
};

function ahead({ schedule, status }: Subscription, { now }: Context): Block {
  if (status.is === 'paused') return labelled('Next', text(`none: paused because ${status.because}`));
  return labelled('Next', text(nextInWords(schedule, now)));
}

const slotInWords = ({ slot, dueAt }: Delivery, { schedule }: Subscription): string =>
  `${momentInWords(dueAt, schedule.timeZone)}${slot.startsWith('now-') ? ' (asked for)' : ''}`;

function explained({ state, late, reason, digest, attempts, corrects }: Delivery): string {
  const after = attempts > 1 ? ` after ${attempts} tries` : '';
  if (corrects !== undefined && (state === 'due' || state === 'claimed' || state === 'sending'))
    return `an earlier message is to be corrected${reason === undefined ? '' : `: ${reason}`}`;
  switch (state) {
    case 'sent':
      if (corrects !== undefined) return `an earlier message was corrected${after}`;
      return `sent${late ? ' late' : ''}${after}: ${digest ? held(digest) : 'a digest'}`;
    case 'due':
      return reason === undefined ? 'waiting to be sent' : `waiting: ${reason}`;
    case 'claimed':
      return 'being made';
    case 'sending':
      return `on its way${reason === undefined ? '' : `: ${reason}`}`;
    case 'nothing':
      return 'nothing new, and nothing is sent then';
    case 'skipped':
      return `skipped: ${reason ?? 'missed'}`;
    case 'unclear':
      return `unclear: ${reason ?? 'it is not known whether it arrived'}`;
    case 'refused':
      return `not taken: ${reason ?? 'the channel refused it'}`;
    case 'failed':
      return reason ?? 'given up';
  }
}

function held({ kind, shown, named, changed }: NonNullable<Delivery['digest']>): string {
  if (kind === 'archive') return 'nothing new, one from the archive';
  if (kind === 'note') return 'nothing new';
  const pieces = [`${shown.length + named.length} new`, ...(changed.length === 0 ? [] : [`${changed.length} changed`])];
  return pieces.join(', ');
}

function linkTo({ externalId }: Delivery, { destination }: Subscription, { asks }: Context) {
  const href = externalId === undefined ? undefined : asks.linkTo(destination, externalId);
  return href === undefined ? [] : [text(' · '), { type: 'link' as const, text: 'see it', href }];
}
