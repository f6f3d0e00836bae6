import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import type { SlackOAuth } from '../../src/config.ts';
import { type InSlack, openInSlack } from './slack.ts';

async function freePort(): Promise<number> {
  const probe = createServer().listen(0);
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

export const OLD_KEY = Buffer.alloc(32, 1);
export const NEW_KEY = Buffer.alloc(32, 2);

/** The bot for many workspaces, installed in none yet. */
export async function openMany(transport: 'socket' | 'http', database = ':memory:', encryptionKeys = [OLD_KEY]) {
  const port = await freePort();
  const workspaces: SlackOAuth = {
    type: 'many',
    clientId: '1.2',
    clientSecret: 'client-secret',
    stateSecret: 'a-state-secret-of-tests',
    authorizeUrl: 'http://127.0.0.1:9/oauth/v2/authorize',
    encryptionKeys,
    publicUrl: `http://127.0.0.1:${port}`,
  };
  const bot = await openInSlack({ transport, settings: { workspaces, port }, bot: { database } });
  return { ...bot, url: workspaces.publicUrl };
}

/** What a browser does, for a team, or for the whole organisation of that name: the install page, Slack’s consent, back with a code. */
export async function install(
  { slack, url }: InSlack & { url: string },
  team: string,
  changed: { state?: string; cookie?: string; enterprise?: string } = {},
) {
  slack.state.codes.set(`code-${team}`, { team, token: `xoxb-${team}`, enterprise: changed.enterprise });
  const page = await fetch(`${url}/slack/install`);
  const html = await page.text();
  const authorize = new URL(/href="([^"]+)"/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? '');
  const cookie = changed.cookie ?? page.headers.get('set-cookie')?.split(';')[0] ?? '';
  const back = new URL(authorize.searchParams.get('redirect_uri') ?? '');
  back.search = new URLSearchParams({
    code: `code-${team}`,
    state: changed.state ?? authorize.searchParams.get('state') ?? '',
  }).toString();
  const done = await fetch(back, { headers: { cookie }, redirect: 'manual' });
  return { authorize, status: done.status };
}
