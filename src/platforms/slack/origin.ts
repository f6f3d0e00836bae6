import { z } from 'zod';
import { type From, PLATFORM } from './slack-bot.ts';

/** Where a modal was opened: what it and its buttons ask is asked there. */
export interface Origin {
  /** Address for the answer, where there is one; else the answer takes the modal’s place. */
  back?: string | undefined;
  channel: string;
  channelName?: string | undefined;
}

const origin = z.object({ back: z.string().optional(), channel: z.string(), channelName: z.string().optional() });

/** As a modal carries it. */
export const writeOrigin = ({ back, channel, channelName }: Origin): string => JSON.stringify({ back, channel, channelName });

/** What a modal carries; undefined where that is none of ours. */
export function readOrigin(privateMetadata: string): Origin | undefined {
  try {
    return origin.safeParse(JSON.parse(privateMetadata)).data;
  } catch {
    return undefined;
  }
}

/** Somebody asking from there. */
export const fromOrigin = (
  { channel, channelName }: Origin,
  { caller, workspace }: { caller: From['caller']; workspace: string },
): From => ({ caller, place: { platform: PLATFORM, workspace, channel, channelName } });
