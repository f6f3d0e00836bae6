import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Invocation } from '../../command.ts';
import { type ActionEncoder, decodeAction, encodeAction } from '../../message/actions.ts';
import type { SlackStore } from '../../store/slack.ts';

type Run = Pick<Invocation, 'command' | 'options'>;

// https://docs.slack.dev/reference/block-kit/block-elements/button-element
const MAX_VALUE = 2_000;
const STORED = 'stored:';
const run = z.tuple([z.string(), z.record(z.string(), z.string())]);

/** Values for the buttons of one message; what has no room in a value must be stored before the message is sent. */
export interface Values {
  encode: ActionEncoder;
  store(workspace: string, store: Pick<SlackStore, 'putAction'>): Promise<void>;
}

export function createValues(): Values {
  const long = new Map<string, string>();
  return {
    encode({ command, options }) {
      const short = encodeAction({ command, options });
      if (short !== undefined) return short;
      // Slack writes & < > as entities in what it sends back.
      const json = JSON.stringify([command, options]).replace(/[&<>]/g, (one) => `\\u00${one.charCodeAt(0).toString(16)}`);
      if (json.length <= MAX_VALUE) return json;
      const id = createHash('sha256').update(json).digest('base64url').slice(0, 22);
      long.set(id, json);
      return `${STORED}${id}`;
    },
    async store(workspace, store) {
      for (const [id, json] of long) await store.putAction(workspace, id, json);
    },
  };
}

/** What a button of this workspace does; undefined where the value is none of ours. */
export async function readValue(value: string, workspace: string, store: Pick<SlackStore, 'action'>): Promise<Run | undefined> {
  if (value.startsWith('[')) return readJson(value);
  if (!value.startsWith(STORED)) return decodeAction(value);
  const json = await store.action(workspace, value.slice(STORED.length));
  return json === undefined ? undefined : readJson(json);
}

function readJson(json: string): Run | undefined {
  try {
    const { data } = run.safeParse(JSON.parse(json));
    return data && { command: data[0], options: data[1] };
  } catch {
    return undefined;
  }
}
