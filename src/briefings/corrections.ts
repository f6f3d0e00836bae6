import { shortCode } from '../content/code.ts';
import type { StalePost } from '../store/briefings.ts';
import { changeSince } from './changes.ts';
import { type DigestContext, digestMessage, standOf } from './digest.ts';
import type { Delivery, DigestContent, ShownState, Subscription } from './subscription.ts';

const POSTS_A_TURN = 50;

/**
 * Plans an edit of every message whose questions were corrected, retracted or taken back since it was sent. An edit is a delivery
 * like any other: one process makes it, and it is tried again until it is done.
 */
export async function planCorrections(context: DigestContext): Promise<void> {
  const byMessage = new Map<string, StalePost[]>();
  for (const post of await context.briefings.stalePosts(POSTS_A_TURN)) {
    const key = `${post.subscription}\n${post.slot}`;
    byMessage.set(key, [...(byMessage.get(key) ?? []), post]);
  }
  for (const posts of byMessage.values()) await planCorrection(posts, context);
}

async function planCorrection(posts: readonly StalePost[], context: DigestContext): Promise<void> {
  const [post] = posts;
  if (!post) return;
  const stand = await Promise.all(posts.map(({ questionId }) => standOf(questionId, context)));
  const changes = await changesSince(posts, context);
  const at = context.now.getTime();
  // The moment too: what was put right and back may be put right again.
  const code = shortCode([at, ...stand.map(({ questionId, hash }) => `${questionId} ${hash}`)].join('\n'), 8);
  const edit = { slot: `${post.slot} corrected ${code}`, at };
  await context.briefings.planCorrection(posts, stand, changes.length > 0 ? edit : undefined);
}

/** The message of a slot as it should read now: what changed since it was sent comes first. */
export async function correctedMessage({ digest, dueAt, late }: Delivery, subscription: Subscription, context: DigestContext) {
  if (!digest) return undefined;
  const since = await changesSince(digest.stood, context);
  const changed = [...since, ...digest.changed.filter(({ question }) => !since.some((one) => one.question === question))];
  return digestMessage({ subscription, digest: { ...digest, changed }, slotAt: dueAt, late }, context);
}

/** New responses are no change of what was said: the next digest tells of them. */
async function changesSince(stood: readonly ShownState[], { store }: DigestContext): Promise<DigestContent['changed']> {
  const changed: DigestContent['changed'] = [];
  for (const { questionId, state } of stood) {
    const change = changeSince(state, await store.question(questionId));
    if (change !== undefined && change !== 'more responses') changed.push({ question: questionId, change });
  }
  return changed;
}
