import { ChannelFlags, ChannelType, type REST, RESTJSONErrorCodes, Routes } from 'discord.js';
import { z } from 'zod';
import { OWN_TAG } from '../../briefings/courier.ts';
import type { Listening } from './discord-bot.ts';
import { isRefusedWith } from './errors.ts';
import { find, firstIdSince, type Posted, postInForum, type Sought, soon } from './post.ts';

// https://docs.discord.com/developers/resources/channel#start-thread-in-forum-or-media-channel
const MAX_NAME = 100;

const channel = z.object({
  type: z.number(),
  flags: z.number().optional(),
  guild_id: z.string().optional(),
  available_tags: z.array(z.object({ id: z.string(), name: z.string() })).optional(),
});
type Channel = z.infer<typeof channel>;

/** Whether a message there is a post of its own; Discord is asked where the channel is not known yet. */
export async function isForum(id: string, { client, rest }: Pick<Listening, 'client' | 'rest'>): Promise<boolean> {
  const type = client()?.channels.cache.get(id)?.type ?? (await describe(id, rest)).type;
  return type === ChannelType.GuildForum || type === ChannelType.GuildMedia;
}

const describe = async (id: string, rest: REST): Promise<Channel> =>
  channel.parse(await rest.get(Routes.channel(id), { signal: soon() }));

/** Makes a post with the tag of that name, else “briefings” where there is one, else the first where the forum requires one. */
export async function makePost(
  rest: REST,
  forum: string,
  { message, title, tag }: { message: Posted; title: string; tag?: string | undefined },
): Promise<string> {
  const { flags = 0, available_tags: tags = [] } = await describe(forum, rest);
  const own = tags.find(({ name }) => name === tag) ?? tags.find(({ name }) => OWN_TAG.test(name));
  const required = (flags & ChannelFlags.RequireTag) !== 0 ? tags[0] : undefined;
  const name = title.length > MAX_NAME ? `${title.slice(0, MAX_NAME - 1).trimEnd()}…` : title;
  const asked = { message, name, tags: [own ?? required].flatMap((tag) => tag?.id ?? []) };
  try {
    return await postInForum(rest, forum, asked);
  } catch (error) {
    const [first] = tags;
    // Set to required since it was asked.
    if (!isRefusedWith(error, RESTJSONErrorCodes.TagRequiredToCreateAForumPostInThisChannel) || !first) throw error;
    return postInForum(rest, forum, { ...asked, tags: [first.id] });
  }
}

const active = z.object({
  threads: z.array(z.object({ id: z.string(), parent_id: z.string().nullish(), owner_id: z.string().optional() })),
});

/** The thread of the bot’s own post that shows the same words. */
export async function findPost(
  rest: REST,
  forum: { guild: string; channel: string },
  sought: Sought,
): Promise<string | undefined> {
  const { threads } = active.parse(await rest.get(Routes.guildActiveThreads(forum.guild), { signal: soon() }));
  const since = BigInt(firstIdSince(sought.at));
  const own = threads.filter(
    (one) => one.parent_id === forum.channel && one.owner_id === sought.author && BigInt(one.id) >= since,
  );
  for (const { id } of own) if ((await find(rest, id, sought)).outcome === 'found') return id;
  return undefined;
}
