import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { commands } from '../../../src/commands.ts';
import { type ManifestOptions, manifest } from '../../../src/platforms/slack/manifest.ts';
import { SCOPES } from '../../../src/platforms/slack/scopes.ts';

const made = (changed: Partial<ManifestOptions> = {}) =>
  manifest({ commands, transport: 'socket', oauth: false, publicUrl: undefined, ...changed });
const words = (value: unknown) => JSON.stringify(value);

test('the manifest has every command, Socket Mode, and no address', () => {
  const all = words(made());
  for (const name of commands.keys()) expect(all).toContain(`"command":"/${name}"`);
  expect(all).toContain('"socket_mode_enabled":true');
  expect(all).not.toContain('http');
});

test('over HTTP every address leads to the bot', () => {
  const all = words(made({ transport: 'http', publicUrl: 'https://briefs.example', oauth: true }));
  expect(all.match(/https:\/\/briefs\.example\/slack\/events/g)).toHaveLength(commands.size + 3);
  expect(all).toContain('"redirect_urls":["https://briefs.example/slack/oauth_redirect"]');
  expect(all).toContain('"socket_mode_enabled":false');
});

test('links are asked for only where the archive pages have an address on the internet', () => {
  for (const publicUrl of [undefined, 'http://localhost:3000', 'http://127.0.0.1:3000'])
    expect(words(made({ publicUrl }))).not.toContain('links:');
  const linked = words(made({ publicUrl: 'https://briefs.example' }));
  for (const part of ['links:read', 'links:write', 'link_shared', '"unfurl_domains":["briefs.example"]'])
    expect(linked).toContain(part);
});

test('every scope has its reason', () => {
  const asked = JSON.parse(words(made({ publicUrl: 'https://briefs.example' }))).oauth_config.scopes.bot;
  expect(asked.sort()).toEqual(SCOPES.map(({ scope }) => scope).sort());
  for (const { why } of SCOPES) expect(why.length).toBeGreaterThan(10);
});

test('lengths are within Slack’s limits', () => {
  const { display_information, features } = JSON.parse(words(made()));
  expect(display_information.description.length).toBeLessThanOrEqual(140);
  expect(display_information.long_description.length).toBeGreaterThanOrEqual(175);
  for (const { description, usage_hint } of features.slash_commands) {
    expect(description.length).toBeLessThanOrEqual(2_000);
    expect(usage_hint.length).toBeLessThanOrEqual(1_000);
  }
});

// Slack’s own schema is not part of this repository.
const schema = process.env.SLACK_MANIFEST_SCHEMA ?? join(import.meta.dirname, '../../fixtures/slack-manifest.schema.json');
test.skipIf(!existsSync(schema))(
  'the manifest is valid by Slack’s schema (skipped where SLACK_MANIFEST_SCHEMA names no file)',
  () => {
    const validate = new Ajv({ strict: false, validateFormats: false }).compile(JSON.parse(readFileSync(schema, 'utf8')));
    for (const transport of ['socket', 'http'] as const) {
      for (const publicUrl of [undefined, 'https://briefs.example']) {
        validate(made({ transport, publicUrl, oauth: publicUrl !== undefined }));
        expect(validate.errors ?? []).toEqual([]);
      }
    }
  },
);
