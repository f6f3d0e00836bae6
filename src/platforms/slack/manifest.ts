import type { AnyCommand } from '../../command.ts';
import { linkDomain, scopeNames } from './scopes.ts';

export const EVENTS_PATH = '/slack/events';
export const INSTALL_PATH = '/slack/install';
export const REDIRECT_PATH = '/slack/oauth_redirect';

export interface ManifestOptions {
  commands: ReadonlyMap<string, AnyCommand>;
  /** HTTP needs the public address of Slack’s endpoint. */
  transport: 'socket' | 'http';
  /** Many workspaces by OAuth. */
  oauth: boolean;
  publicUrl: string | undefined;
}

// https://docs.slack.dev/reference/app-manifest
const MAX_HINT = 1_000;
const EVENTS = [
  'app_home_opened',
  'app_mention',
  'app_uninstalled',
  'member_joined_channel',
  'message.channels',
  'message.groups',
  'message.im',
  'tokens_revoked',
];

/** The manifest to create the app from at api.slack.com/apps, made from the commands and the settings. */
export function manifest({ commands, transport, oauth, publicUrl }: ManifestOptions): Record<string, unknown> {
  const request = transport === 'http' ? { url: `${publicUrl ?? 'https://your.address.example'}${EVENTS_PATH}` } : {};
  const requestUrl = 'url' in request ? { request_url: request.url } : {};
  const domain = linkDomain(publicUrl);
  const links = domain !== undefined;
  return {
    display_information: {
      name: 'Briefdesk',
      description: 'Expert Q&As on policy: who said what, in their own words, with source and date',
      background_color: '#1f3a5f',
      long_description:
        'Type /brief and a country or a topic, and get on one screen what was asked, what each respondent said in their own words with ' +
        'source and date, and what is missing. Search verbatim quotes with /quotes, compare respondents with /views, lift a quote with its ' +
        'citation with /cite, and have a channel briefed every morning at its own local time with /briefings.',
    },
    features: {
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      bot_user: { display_name: 'Briefdesk', always_online: true },
      slash_commands: [...commands.values()].map((command) => ({
        command: `/${command.name}`,
        ...request,
        description: command.description,
        usage_hint: usage(command),
        // Channels and groups come with their ids.
        should_escape: true,
      })),
      ...(links ? { unfurl_domains: [domain] } : {}),
    },
    oauth_config: {
      ...(oauth && publicUrl !== undefined ? { redirect_urls: [`${publicUrl}${REDIRECT_PATH}`] } : {}),
      scopes: { bot: scopeNames({ links }) },
    },
    settings: {
      event_subscriptions: { ...requestUrl, bot_events: links ? [...EVENTS, 'link_shared'].sort() : EVENTS },
      interactivity: {
        is_enabled: true,
        ...requestUrl,
        ...('url' in request ? { message_menu_options_url: request.url } : {}),
      },
      org_deploy_enabled: oauth,
      socket_mode_enabled: transport === 'socket',
      token_rotation_enabled: false,
    },
  };
}

/** “[words] [by:] [topic:]” */
function usage({ options, words }: AnyCommand): string {
  const keys = Object.keys(options.shape);
  const hint = keys.map((key) => (key === words ? `[${key}]` : `[${key}:]`)).join(' ');
  return (hint === '' ? '[share:yes]' : hint).slice(0, MAX_HINT);
}
