import { expect, test } from 'vitest';
import { aQuestionFile, persons } from '../../support/bot.ts';
import { aCollection, aContentFolder } from '../../support/folder.ts';
import { openInSlack } from '../../support/slack.ts';

const words = (value: unknown) => JSON.stringify(value);
const files = { 'real/collection.yaml': aCollection(), 'real/respondents.yaml': persons, 'real/tariffs.yaml': aQuestionFile() };

async function inFolder() {
  const folder = aContentFolder(files);
  const slack = await openInSlack({ bot: { data: folder.folder, database: folder.database } });
  const reused = () => slack.logged.filter(({ event, fields }) => event === 'invocation' && fields?.reused === true).length;
  return { ...slack, folder, reused };
}

test('what was asked before is answered the same, at once, as long as nothing changed', async () => {
  const { slack, reused } = await inFolder();
  const first = await slack.slash('/brief chile');
  const second = await slack.slash('/brief chile', { user_id: 'U2' });
  expect(second.body).toEqual(first.body);
  expect(reused()).toBe(1);
});

test('after a change of the content the answer is made anew', async () => {
  const { slack, folder, bot, reused } = await inFolder();
  await slack.slash('/brief chile');
  folder.put({ 'real/tariffs.yaml': aQuestionFile({ headline: 'Will they hold after all?' }) });
  await bot.load();
  expect(words((await slack.slash('/brief chile')).body)).toContain('Will they hold after all?');
  expect(reused()).toBe(0);
});

test('what hangs on the channel, and what is shared, is never answered from before', async () => {
  const { slack, reused } = await inFolder();
  for (const line of ['/briefings list', '/brief chile share:yes', '/briefdesk']) {
    await slack.slash(line);
    await slack.slash(line);
  }
  expect(reused()).toBe(0);
});
