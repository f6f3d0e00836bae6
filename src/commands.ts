import brief from '../commands/brief.ts';
import briefdesk from '../commands/briefdesk.ts';
import briefings from '../commands/briefings.ts';
import cite from '../commands/cite.ts';
import quotes from '../commands/quotes.ts';
import read from '../commands/read.ts';
import respondent from '../commands/respondent.ts';
import topics from '../commands/topics.ts';
import views from '../commands/views.ts';
import type { AnyCommand } from './command.ts';

/** Every command by its name, in the order in which help shows them. */
export const commands: ReadonlyMap<string, AnyCommand> = new Map(
  [brief, quotes, views, respondent, read, cite, topics, briefings, briefdesk].map((command): [string, AnyCommand] => [
    command.name,
    command,
  ]),
);
