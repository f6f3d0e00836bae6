import type { App } from '@slack/bolt';
import type { KnownBlock } from '@slack/types';
import { formatLine } from '../../line.ts';
import { answerPublicly } from './answers.ts';
import { createAsks } from './asks.ts';
import { type From, type Listening, PLATFORM, workspaceOf } from './slack-bot.ts';

/** Links to the archive pages show the quote or the briefing below them. */
export function listenForLinks(app: App, publicUrl: string, listening: Listening): void {
  app.event('link_shared', async ({ event, client, context, body }) => {
    const workspace = workspaceOf(context);
    const key = `unfurl:${workspace}:${body.event_id}`;
    if (!(await listening.store.isFirst(key, listening.now().getTime()))) return;
    const from: From = {
      caller: { id: event.user, name: event.user },
      place: { platform: PLATFORM, workspace, channel: event.channel },
    };
    const asks = createAsks({ client, from, listening });
    const unfurls: Record<string, { blocks: KnownBlock[] }> = {};
    for (const { url } of event.links) {
      const line = lineOf(url, publicUrl, listening);
      if (line === undefined) continue;
      const { problem, messages } = await answerPublicly(line, from, { ...listening, asks });
      const [card] = messages;
      if (!problem && card) unfurls[url] = { blocks: card.blocks };
    }
    if (Object.keys(unfurls).length === 0) return;
    try {
      await client.chat.unfurl({ channel: event.channel, ts: event.message_ts, unfurls });
    } catch (error) {
      listening.noticed(error);
      listening.log('warn', 'link could not be shown', { error });
    }
  });
}

/** What an address of the archive shows; undefined for any other. */
function lineOf(url: string, publicUrl: string, { commands }: Listening): string | undefined {
  const plain = url.replaceAll('&amp;', '&');
  if (!plain.startsWith(`${publicUrl}/`) || !URL.canParse(plain)) return undefined;
  const { pathname } = new URL(plain);
  const path = decoded(pathname.slice(new URL(`${publicUrl}/`).pathname.length));
  const [, page, ref = ''] = /^(quotes|questions)\/(\S+)$/.exec(path) ?? [];
  if (page === 'quotes') return formatLine('cite', { of: ref, style: 'memo' }, commands);
  return page === undefined ? undefined : formatLine('brief', { about: ref }, commands);
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return '';
  }
}
