import { setImmediate } from 'node:timers/promises';
import type { BriefingStore } from '../store/briefings.ts';
import { nextSlots, scheduleProblem } from './schedule.ts';
import type { Subscription } from './subscription.ts';

/**
 * For platforms, when the bot is back in a channel, or in a workspace where no channel is named: what was paused because it did
 * not take messages goes on from its next slot. Returns what goes on.
 */
export async function resumeAt(
  { platform, workspace, channel }: { platform: string; workspace: string; channel?: string },
  { briefings, now }: { briefings: BriefingStore; now: Date },
): Promise<Subscription[]> {
  const resumed: Subscription[] = [];
  for (const one of await briefings.owned({ platform, workspace })) {
    const { status, destination, schedule } = one;
    const isMeant =
      status.is === 'paused' && status.by === 'destination' && (channel ?? destination.channel) === destination.channel;
    if (!isMeant || scheduleProblem(schedule, now) !== undefined) continue;
    await setImmediate();
    const active: Subscription = { ...one, status: { is: 'active' }, next: nextSlots(schedule, now, 1)[0] };
    if (await briefings.update(active)) resumed.push(active);
  }
  return resumed;
}
