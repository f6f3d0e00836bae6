import { randomUUID } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import type { ConsoleMessage } from '../../store/console.ts';
import { version } from '../../version.ts';
import { type Answering, type Asked, answerAction, answerLine, asksOf, viewOf } from './answers.ts';
import { completions } from './completions.ts';
import { completeDates } from './dates.ts';
import type { Windows } from './events.ts';
import { discordPreview, slackPreview } from './previews.ts';
import { createRates } from './rates.ts';
import type { Caller } from './routes.ts';
import type { ChannelView, MessagesView, StateView } from './wire.ts';

const A_SCREEN = 40;
const MAX_LINE = 4000;
const MAX_NAME = 40;
const WRITES = { burst: 20, perSecond: 2 };
const READS = { burst: 120, perSecond: 30 };

const uuid = z.uuid();
/** As the browser tells it; whether it is one that exists is checked where it is used. */
const timeZone = z.string().max(60).optional();
/** A message of the chat, or of a briefing. */
const messageId = z.string().regex(/^[\w-]{5,40}$/);
const lineBody = z.object({
  id: uuid,
  timeZone,
  line: z.string().trim().min(1).max(MAX_LINE, `is longer than ${MAX_LINE} characters`),
});
const actionBody = z.object({
  id: uuid,
  from: messageId,
  timeZone,
  command: z.string().max(40),
  options: z.record(z.string().max(40), z.string().max(MAX_LINE)),
});
const nameBody = z.object({
  name: z
    .string()
    .transform((typed) => typed.normalize('NFC').trim().replace(/^#+/, '').trim().replace(/\s+/g, '-').toLowerCase())
    .pipe(z.string().min(1, 'A channel needs a name.').max(MAX_NAME, `A name has at most ${MAX_NAME} characters.`))
    .pipe(z.string().regex(/^[\p{L}\p{N}][\p{L}\p{M}\p{N}_.-]*$/u, 'A name has letters, digits and - only.')),
});

export interface ChatOptions {
  answering: Answering;
  windows: Windows;
  signedIn: boolean;
}

/** The chat's own requests, for callers whose session was checked before. */
export function chatRoutes({ answering, windows, signedIn }: ChatOptions): Hono<Caller> {
  const { bot, commands, store, now, changed } = answering;
  const writes = createRates(WRITES, now);
  const reads = createRates(READS, now);
  /** Answers under way, by the id of their message: a request that is repeated waits for the first. */
  const underWay = new Map<string, Promise<ConsoleMessage>>();
  const chat = new Hono<Caller>();

  chat.use(async (c, next) => {
    const rates = c.req.method === 'GET' ? reads : writes;
    if (!rates.take(c.var.caller)) return c.json({ problem: 'Too much at once. Wait a few seconds and try again.' }, 429);
    c.header('Cache-Control', 'no-store');
    return next();
  });

  chat.get('/state', async (c) => {
    const revision = await store.revision();
    const state: StateView = {
      channels: (await store.channels()).map(channelView),
      commands: [...commands.values()].map(({ name, description }) => ({ name, description })),
      examples: await bot.examples(),
      // The chat goes on where the content folder cannot be read.
      toReview: await bot.desk.waitingCount().catch(() => 0),
      signedIn,
      revision,
      version,
    };
    return c.json(state);
  });

  chat.get('/events', (c) => {
    const seen = Number(c.req.header('last-event-id') ?? c.req.query('after') ?? 0);
    return windows.open(c, c.var.caller, Number.isSafeInteger(seen) && seen >= 0 ? seen : 0);
  });

  chat.get('/complete', async (c) =>
    c.json(
      await completions((c.req.query('line') ?? '').slice(0, MAX_LINE), commands, (command, option, typed) =>
        option === 'since' || option === 'until'
          ? completeDates(typed, bot.store)
          : bot.complete(command, option, typed, undefined, asksOf({ timeZone: undefined }, answering)),
      ),
    ),
  );

  chat.post('/channels', async (c) => {
    const { name } = await body(c, nameBody);
    const made = await store.createChannel({ id: randomUUID(), name, at: now() });
    if (!made) return c.json({ problem: `There is already a channel #${name}.` }, 409);
    changed();
    return c.json(channelView(made), 201);
  });

  chat.patch('/channels/:channel', async (c) => {
    const { name } = await body(c, nameBody);
    const renamed = await store.renameChannel(c.req.param('channel'), name);
    switch (renamed) {
      case 'renamed':
        changed();
        return c.body(null, 204);
      case 'name taken':
        return c.json({ problem: `There is already a channel #${name}.` }, 409);
      case 'not found':
        return notFound(c, 'channel');
    }
  });

  chat.get('/channels/:channel/messages', async (c) => {
    const before = Number(c.req.query('before') ?? Number.NaN);
    const found = await store.messages({
      channel: c.req.param('channel'),
      caller: c.var.caller,
      before: Number.isSafeInteger(before) ? before : undefined,
      limit: A_SCREEN + 1,
    });
    const shown: MessagesView = {
      messages: found.slice(-A_SCREEN).flatMap((message) => viewOf(message, c.var.caller) ?? []),
      earlier: found.length > A_SCREEN,
    };
    return c.json(shown);
  });

  chat.post('/channels/:channel/lines', async (c) => {
    const { id, line, timeZone: zone } = await body(c, lineBody);
    return once(c, { id, timeZone: zone }, (asked) => answerLine(line, asked, answering));
  });

  chat.post('/channels/:channel/actions', async (c) => {
    const { id, timeZone: zone, ...action } = await body(c, actionBody);
    return once(c, { id, timeZone: zone }, (asked) => answerAction(action, asked, answering));
  });

  chat.post('/messages/:message/share', (c) => setVisibility(c, 'public'));
  chat.delete('/messages/:message/share', (c) => setVisibility(c, 'withdrawn'));

  chat.get('/messages/:message/slack', async (c) => {
    const shown = await visibleMessage(c);
    return shown ? c.json(slackPreview(shown.message)) : notFound(c, 'message');
  });
  chat.get('/messages/:message/discord', async (c) => {
    const shown = await visibleMessage(c);
    return shown ? c.json(discordPreview(shown.message)) : notFound(c, 'message');
  });

  return chat;

  async function once(
    c: Context<Caller>,
    sent: Pick<Asked, 'id' | 'timeZone'>,
    answer: (asked: Asked) => Promise<ConsoleMessage>,
  ): Promise<Response> {
    const { id } = sent;
    const channel = (await store.channels()).find((one) => one.id === c.req.param('channel'));
    if (!channel) return notFound(c, 'channel');
    const asked = { ...sent, channel: channel.id, channelName: channel.name, caller: c.var.caller };
    const before = await store.message(id);
    const answering = before ? Promise.resolve(before) : (underWay.get(id) ?? answer(asked));
    if (!before) underWay.set(id, answering);
    try {
      const view = viewOf(await answering, c.var.caller);
      return view ? c.json(view, 201) : notFound(c, 'message');
    } finally {
      underWay.delete(id);
    }
  }

  async function setVisibility(c: Context<Caller>, visibility: 'public' | 'withdrawn'): Promise<Response> {
    const found = await store.message(c.req.param('message') ?? '');
    if (!found || !viewOf(found, c.var.caller)) return notFound(c, 'message');
    if (found.owner !== c.var.caller) return c.json({ problem: 'Only who shared a message can take it back.' }, 403);
    if (found.outcome !== 'message') return c.json({ problem: 'Only answers can be shared.' }, 409);
    const now = await store.setVisibility(found.id, visibility);
    changed();
    return c.json(now ? viewOf(now, c.var.caller) : null);
  }

  async function visibleMessage(c: Context<Caller>) {
    const found = await store.message(c.req.param('message') ?? '');
    return found && viewOf(found, c.var.caller);
  }
}

/** What a request that is not as it should be is answered with. */
export class BadRequest extends Error {}

async function body<T>(c: Context, schema: z.ZodType<T>): Promise<T> {
  if (!/^application\/json\b/i.test(c.req.header('content-type') ?? '')) throw new BadRequest('The request must be JSON.');
  const sent: unknown = await c.req.json().catch((error: unknown) => {
    if (error instanceof SyntaxError) throw new BadRequest('The request is not JSON.');
    throw error;
  });
  const parsed = schema.safeParse(sent);
  if (parsed.success) return parsed.data;
  throw new BadRequest(parsed.error.issues[0]?.message ?? 'The request is not right.');
}

const notFound = (c: Context, what: 'channel' | 'message'): Response => c.json({ problem: `That ${what} is not here.` }, 404);
const channelView = ({ id, name, revision }: ChannelView): ChannelView => ({ id, name, revision });
