import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { DiscordMessage } from '../../../message/discord.ts';
import type { SlackMessage } from '../../../message/slack.ts';
import type { MessageView } from '../wire.ts';
import { payloads, problemOf } from './requests.ts';

export type Platform = 'slack' | 'discord';
interface Shown {
  slack: { View: ComponentType<{ payloads: SlackMessage[]; at: Date }>; payloads: SlackMessage[] };
  discord: { View: ComponentType<{ payloads: DiscordMessage[]; at: Date }>; payloads: DiscordMessage[] };
}

const names = { slack: 'Slack', discord: 'Discord' };

/** The message as a platform shows it, from the payloads it would get; what draws it is loaded when it is first looked at. */
export function PlatformView({ message, platform }: { message: MessageView; platform: Platform }) {
  const [slack, setSlack] = useState<Shown['slack']>();
  const [discord, setDiscord] = useState<Shown['discord']>();
  const [problem, setProblem] = useState<string>();

  useEffect(() => {
    let gone = false;
    setProblem(undefined);
    const load = async () => {
      if (platform === 'slack') {
        const [{ SlackView }, sent] = await Promise.all([
          import('./slack-view.tsx'),
          payloads<SlackMessage>(message.id, platform),
        ]);
        if (!gone) setSlack({ View: SlackView, payloads: sent });
      } else {
        const [{ DiscordView }, sent] = await Promise.all([
          import('./discord-view.tsx'),
          payloads<DiscordMessage>(message.id, platform),
        ]);
        if (!gone) setDiscord({ View: DiscordView, payloads: sent });
      }
    };
    load().catch((error: unknown) => !gone && setProblem(problemOf(error)));
    return () => {
      gone = true;
    };
  }, [message.id, message.revision, platform]);

  const at = new Date(message.created);
  const count = (platform === 'slack' ? slack : discord)?.payloads.length ?? 0;
  if (problem !== undefined) return <p class="problem">{problem}</p>;
  if (count === 0) return <Skeleton />;
  return (
    <section class={`preview ${platform}`} aria-label={`As ${names[platform]} shows it`}>
      {platform === 'slack' && slack ? <slack.View payloads={slack.payloads} at={at} /> : null}
      {platform === 'discord' && discord ? <discord.View payloads={discord.payloads} at={at} /> : null}
      <p class="about">
        {count === 1 ? 'One message' : `${count} messages`} on {names[platform]}. A preview: its buttons do nothing here.
      </p>
    </section>
  );
}

export function Skeleton() {
  return (
    <div class="skeleton" aria-hidden="true">
      <span />
      <span />
      <span />
    </div>
  );
}
