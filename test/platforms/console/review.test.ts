import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { completed, formOf, LETTER, openReviewer, type Shown } from './reviewer.ts';

const TOKEN = 'a secret of the newsroom';
const inPane = ({ document }: Shown, selector: string) =>
  [...document.querySelectorAll(selector)].map((one) => (one.textContent ?? '').replace(/\s+/g, ' ').trim());

test('where nothing waits, the list says how to import', async () => {
  const { get } = await openReviewer();
  const { status, words } = await get('/review');
  expect(status).toBe(200);
  expect(words).toContain('Nothing waits for review');
  expect(words).toContain('npx briefdesk import letter.pdf');
});

test('the list names what waits, oldest first, with how it was read, why, from where and since when', async () => {
  const { get, wait, test: bot } = await openReviewer();
  bot.setNow('2026-11-20T12:00:00Z');
  const old = await wait(LETTER, { name: 'old letter.txt' });
  bot.setNow('2026-11-22T12:00:00Z');
  const young = await wait(LETTER.replace('container', 'cargo'), { name: 'young letter.txt' });
  const shown = await get('/review');
  expect(inPane(shown, '.waiting h2')).toEqual(['Port Fees', 'Port Fees']);
  expect(inPane(shown, '.waiting .meta')).toEqual([
    `Read: review old letter.txt · imported November 20, 2026 · collection real · ${old}`,
    `Read: review young letter.txt · imported November 22, 2026 · collection real · ${young}`,
  ]);
  expect(inPane(shown, '.waiting .reasons')[0]).toContain('The year of the date is missing.');
});

test('the source stands beside the draft with line numbers, roles, rules and doubts at their lines', async () => {
  const { open, wait } = await openReviewer();
  const { shown } = await open(await wait(LETTER));
  expect(inPane(shown, '.source .mark')).toContain('Title first heading');
  expect(inPane(shown, '.source .mark')).toContain('Response 1 Maria Exemplo name, title and colon');
  expect(inPane(shown, '.source .row').filter((row) => /^\d/.test(row))).toContain(
    '5Question: Norvania plans to charge container ships for each call at its ports. Will importers or consumers carry the cost?',
  );
  const doubt = shown.document.querySelector('.doubt')!;
  expect(doubt.textContent).toContain('The year of the date is missing.');
  expect(doubt.previousElementSibling?.textContent).toBe('3Harbour Letter | March 4');
  expect(shown.typed).toContain('person: rui-prado');
});

test('each response has one colour in source and draft, and the lines of both', async () => {
  const { open, wait } = await openReviewer();
  const { shown } = await open(await wait(LETTER));
  const said = [...shown.document.querySelectorAll('.source .said')];
  expect(said.map((one) => [one.className, one.textContent])).toEqual([
    ['said by by-1', 'Consumers will, within a season.'],
    ['said by by-2', 'Importers will carry most of it, because margins are wide.'],
  ]);
  const line = 1 + shown.typed.split('\n').findIndex((one) => one.includes('- id: prado'));
  expect(inPane(shown, '.who li')[1]).toBe(
    `2 Rui Prado draft, line ${line} · source, line 9 1 of 1 paragraph word for word as read.`,
  );
  expect(shown.document.querySelectorAll('.who li .chip')[1]?.className).toBe('chip by by-2');
});

test('a block with the words of several names all of them', async () => {
  const { open, wait } = await openReviewer();
  const panel =
    '| Participant | Vote | Confidence | Comment |\n|---|---|---|---|\n| Ada Quill | Agree | 7 | In time. |\n| Bo Marsh | Agree | 5 | At once. |';
  const { shown } = await open(
    await wait(`# A Tax\n\nSeptember 1\n\nStatement A: A tax would raise more than it costs.\n\n${panel}\n`, {
      name: 'panel.md',
    }),
  );
  expect(inPane(shown, '.source .role-panel .chip')).toEqual(['1 Ada Quill', '2 Bo Marsh']);
  expect(inPane(shown, '.source .said')).toEqual(['In time.', 'At once.']);
});

test('what is missing or wrong is listed with its line in the draft', async () => {
  const { open, wait } = await openReviewer();
  const { shown } = await open(await wait(LETTER));
  const line = 1 + shown.typed.split('\n').indexOf('  topics: []');
  expect(inPane(shown, '.to-correct li')).toContain(`line ${line}: topics has too few: at least 1topics: []`);
  expect(shown.document.querySelector(`#line-${line}`)?.textContent).toBe('  topics: []');
});

test('an incomplete draft cannot be accepted; it says why and keeps every word', async () => {
  const { open, wait, files } = await openReviewer();
  const key = await wait(LETTER);
  const form = await open(key);
  const typed = form.shown.typed.replace('# From', '# My note\n# From');
  const answer = await form.press('accept', typed);
  expect(answer.status).toBe(422);
  expect(answer.words).toContain('It cannot be stored yet. What you typed is saved.');
  expect(inPane(answer, '.to-correct li').join()).toContain('date is missing');
  expect(answer.typed).toBe(typed);
  expect(readFileSync(files.path(`real/review/${key}.yaml`), 'utf8')).toBe(typed);
});

test('an accepted draft is stored, answers at once, and is no longer waiting', async () => {
  const { open, wait, get, test: bot } = await openReviewer();
  const key = await wait(LETTER);
  const form = await open(key);
  const answer = await form.press('accept', completed(form.shown.typed));
  expect(answer.status).toBe(200);
  expect(answer.words).toContain(
    'Accepted Stored as a new question. Port Fees In real/2026-03-04-port-fees.yaml , as digest/2026-03-04/port-fees',
  );
  const link = answer.document.querySelector('main a')?.getAttribute('href') ?? '';
  expect((await get(link)).words).toContain('Consumers will, within a season.');
  expect(await bot.say('/quotes by:prado')).toContain('margins are wide');
  expect((await get('/review')).words).toContain('Nothing waits for review');
  expect((await get(`/review/${key}`)).words).toContain('Stored as a new question.');
});

test('a draft of a question on file says what became of it', async () => {
  const { open, wait } = await openReviewer();
  const accept = async (text: string, sourceUrl: string) => {
    const form = await open(await wait(text, { sourceUrl }));
    const same = { 'who:Maria Exemplo': 'maria-exemplo', 'who:Rui Prado': 'rui-prado' };
    return (await form.press('accept', completed(form.shown.typed), {}, same)).words;
  };
  expect(await accept(LETTER, 'https://letter.example/1')).toContain('Stored as a new question.');
  expect(await accept(`${LETTER}\n`, 'https://letter.example/1')).toContain('It was on file already, word for word');
  expect(await accept(`${LETTER}\n\n`, 'https://blog.example/2')).toContain('its further address was added');
  const more = `${LETTER}\nAna Duarte, fellow at Delta Institute: “Neither will.”\n`;
  expect(await accept(more, 'https://letter.example/1')).toContain('what was new was added');
  const changed = LETTER.replace('within a season', 'within a year');
  expect(await accept(changed, 'https://letter.example/1')).toContain('became a dated correction');
});

test('of a name that is on file the page asks who it is, and accepts nothing before the answer', async () => {
  const { open, wait, files } = await openReviewer();
  const first = await open(await wait(LETTER));
  expect(first.shown.document.querySelector('input[type=radio]')).toBe(null);
  await first.press('accept', completed(first.shown.typed));

  const other = LETTER.replace('Port Fees', 'Island Fees').replace('carry the cost', 'pay for islands');
  const form = await open(await wait(other));
  const typed = completed(form.shown.typed);
  const asked = await form.press('accept', typed);
  expect(asked.status).toBe(422);
  expect(asked.words).toContain('Is Maria Exemplo the person of this name on file? Yes, maria-exemplo No, somebody else');
  expect(asked.words).toContain('Nothing is missing but who is who.');
  expect(asked.document.querySelector('a[href="/respondents/rui-prado"]')).not.toBe(null);
  const answers = { 'who:Maria Exemplo': 'maria-exemplo', 'who:Rui Prado': 'new' };
  const half = await form.press('accept', typed, {}, { 'who:Maria Exemplo': 'maria-exemplo' });
  expect(half.document.querySelector('input[checked]')?.getAttribute('value')).toBe('maria-exemplo');
  expect((await form.press('accept', typed, {}, answers)).words).toContain('Stored as a new question.');
  const stored = readFileSync(files.path('real/2026-03-04-island-fees.yaml'), 'utf8');
  expect(stored).toContain('person: maria-exemplo\n');
  expect(stored).toContain('person: rui-prado-2\n');
});

test('of two editors the second is refused, keeps what they typed, and may put it in place knowingly', async () => {
  const reviewer = await openReviewer();
  const key = await reviewer.wait(LETTER);
  const [first, second] = [await reviewer.open(key), await reviewer.open(key)];
  const theirs = first.shown.typed.replace('topics: []', 'topics: [Harbours]');
  expect((await first.press('save', theirs)).words).toContain('Saved.');
  const typed = completed(second.shown.typed);
  for (const action of ['save', 'accept', 'reject']) {
    const refused = await second.press(action, typed);
    expect(refused.status).toBe(409);
    expect(refused.words).toContain('Somebody else changed this draft since you opened it.');
    expect(refused.typed).toBe(typed);
    expect(inPane(refused, '.theirs mark')).toContain('topics: [Harbours]');
    expect((await reviewer.open(key)).shown.typed).toBe(theirs);
  }
  const refused = await second.press('save', typed);
  expect((await formOf(refused, key, reviewer).press('save')).words).toContain('Saved.');
  expect((await reviewer.open(key)).shown.typed).toBe(typed);
});

test('of two who save in the same moment one is refused', async () => {
  const { open, wait } = await openReviewer();
  const key = await wait(LETTER);
  const forms = [await open(key), await open(key)];
  const answers = await Promise.all(forms.map((form, at) => form.press('save', `# ${at}\n${form.shown.typed}`)));
  expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 409]);
});

test('accepting twice stores once, and says so to both', async () => {
  const { open, wait, files } = await openReviewer();
  const form = await open(await wait(LETTER));
  const typed = completed(form.shown.typed);
  const answers = await Promise.all([form.press('accept', typed), form.press('accept', typed)]);
  for (const { status, words } of answers) {
    expect(status).toBe(200);
    expect(words).toContain('Stored as a new question.');
  }
  expect(readdirSync(files.path('real')).filter((name) => name.startsWith('2026'))).toEqual(['2026-03-04-port-fees.yaml']);
});

test('words under another name than the source’s are saved, but accepted only after a second look', async () => {
  const reviewer = await openReviewer();
  const { open, wait, files } = reviewer;
  const key = await wait(LETTER);
  const form = await open(key);
  const swapped = completed(form.shown.typed).replace('person: rui-prado', 'person: maria-exemplo');
  const asked = await form.press('accept', swapped);
  expect(asked.status).toBe(409);
  expect(asked.words).toContain('Look at “Who says what” first.');
  expect(inPane(asked, '.who .warn')).toEqual(['Another name: as read, the source gives these words to Rui Prado.']);
  expect(existsSync(files.path('real/2026-03-04-port-fees.yaml'))).toBe(false);
  expect((await formOf(asked, key, reviewer).press('accept')).words).toContain('Stored as a new question.');
});

test('words that the source does not hold, and words left out, are pointed at', async () => {
  const { open, wait } = await openReviewer();
  const form = await open(await wait(LETTER));
  const typed = form.shown.typed
    .replace('Consumers will, within a season.', 'Consumers never will.')
    .replace('- Importers will carry', '- An added paragraph.\n        - Importers will carry');
  const { words } = await form.press('save', typed);
  expect(words).toContain('Maria Exemplo draft, line');
  expect(words).toContain('Not in the source: none of these words were read there word for word.');
  expect(words).toMatch(/1 of 2 paragraphs word for word as read\. Other words: line \d+ is not as read under this name/);
  expect(words).toContain('Left out: the draft has none of these words as read.');
});

test('a text that is no YAML is not saved; the line is named and the text kept', async () => {
  const { open, wait } = await openReviewer();
  const key = await wait(LETTER);
  const form = await open(key);
  const typed = form.shown.typed.replace('title: Port Fees', 'title: "Port Fees');
  const answer = await form.press('save', typed);
  expect(answer.status).toBe(422);
  expect(answer.words).toContain('It was not saved. What you typed is kept in the form');
  expect(inPane(answer, '.to-correct li')[0]).toMatch(/^line \d+: is not valid YAML/);
  expect(answer.typed).toBe(typed);
  expect((await open(key)).shown.typed).toBe(form.shown.typed);
});

test('reject asks first, then throws the draft away and says so', async () => {
  const { open, wait, get, files } = await openReviewer();
  const key = await wait(LETTER);
  const [form, late] = [await open(key), await open(key)];
  const button = form.shown.document.querySelector('button[value=reject]');
  expect(button?.closest('details:not([open])')?.querySelector('summary')?.textContent).toBe('Reject …');
  expect((await form.press('reject')).words).toContain('Rejected: the draft was thrown away.');
  expect(readdirSync(files.path('real/review'))).toEqual([]);
  expect((await get('/review')).words).toContain('Nothing waits for review');
  const answer = await late.press('save', completed(late.shown.typed));
  expect(answer.status).toBe(409);
  expect(answer.words).toContain('What you typed It was not saved.');
  expect(answer.typed).toBe(completed(late.shown.typed));
});

test('a key under which nothing waits is answered 404, and what was typed for it is kept', async () => {
  const { get, open, wait, test: bot } = await openReviewer();
  for (const path of ['/review/nothing', '/review/..%2f..%2fpackage', '/review/a/b/c', '/review/nothing/source']) {
    const { status, words } = await get(path);
    expect([path, status]).toEqual([path, 404]);
    expect(words).toContain('Nothing waits for review under');
  }
  const key = await wait(LETTER);
  const form = await open(key);
  await bot.bot.desk.reject(key);
  const answer = await form.press('save', 'my words');
  expect(answer.status).toBe(404);
  expect(answer.typed).toBe('my words');
});

test('source, names and draft are literal', async () => {
  const evil = `<script>alert(1)</script>&amp;</textarea><b>\u202e`;
  const { open, wait, get } = await openReviewer();
  const key = await wait(
    LETTER.replace('Port Fees', evil).replace('Maria Exemplo', `Maria </span>${evil} Exemplo`).replace('within', evil),
    { name: evil },
  );
  const form = await open(key);
  const saved = await form.press('save', `# ${evil}\n\n${form.shown.typed}`);
  for (const { html, document } of [await get('/review'), form.shown, saved]) {
    expect(html).not.toMatch(/<script|<b>|<\/span><script/);
    expect(document.querySelectorAll('script, b')).toHaveLength(0);
    expect(html.match(/<\/textarea>/g)?.length ?? 0).toBeLessThanOrEqual(1);
  }
  expect(saved.typed).toBe(`# ${evil}\n\n${form.shown.typed}`);
  expect(form.shown.document.querySelector('.source .unseen')?.getAttribute('data-code')).toBe('U+202E');
});

test('without signing in the review is closed, also where the archive is public', async () => {
  const { get, post, open, wait, url } = await openReviewer({ token: TOKEN, archivePublic: true });
  const key = await wait(LETTER);
  for (const path of ['/review', `/review/${key}`, `/review/${key}/source`, '/review/']) {
    const { status, headers } = await get(path);
    expect([path, status]).toEqual([path, 302]);
    expect(headers.get('location')).toBe(`/login?next=${encodeURIComponent(path)}`);
  }
  expect((await get('/archive')).status).toBe(200);
  const form = formOf({ ...(await get('/archive')), seen: '' }, key, { post });
  expect((await form.press('reject')).status).toBe(401);

  const entered = await fetch(`${url}/login`, {
    method: 'POST',
    body: new URLSearchParams({ token: TOKEN }),
    headers: { origin: url },
    redirect: 'manual',
  });
  const cookie = entered.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  expect((await get(`/review/${key}`, { cookie })).words).toContain('Port Fees');
  expect((await open(key)).shown.status).toBe(302);
});

test('without a token nobody elsewhere gets in', async () => {
  const { get, wait } = await openReviewer();
  const key = await wait(LETTER);
  expect((await get(`/review/${key}`, { 'x-forwarded-for': '203.0.113.7' })).status).toBe(403);
});

test('only pages of the console may decide', async () => {
  const { open, wait } = await openReviewer();
  const key = await wait(LETTER);
  const form = await open(key);
  for (const headers of [
    { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
    { origin: 'null', 'sec-fetch-site': 'cross-site' },
  ]) {
    for (const action of ['save', 'accept', 'reject']) {
      expect((await form.press(action, `# theirs\n${form.shown.typed}`, headers)).status).toBe(403);
    }
  }
  expect((await open(key)).shown.typed).toBe(form.shown.typed);
});

test('the review is kept out of search engines, caches and the public pages', async () => {
  const { get, wait } = await openReviewer();
  const key = await wait(LETTER);
  for (const path of ['/review', `/review/${key}`, '/review/nothing']) {
    const { headers, html } = await get(path);
    expect(headers.get('x-robots-tag')).toBe('noindex, nofollow');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(html).toContain('<meta name="robots" content="noindex, nofollow">');
    expect(html).not.toMatch(/<script| style=| on\w+=/);
  }
  for (const path of ['/archive', '/quotes', '/respondents', '/topics', '/about', '/api', '/nothing']) {
    expect((await get(path)).html).not.toContain('/review');
  }
});

test('a request is at most 2 MB, and one that is no form is refused', async () => {
  const { open, wait, post } = await openReviewer();
  const key = await wait(LETTER);
  const form = await open(key);
  expect((await form.press('save', `${form.shown.typed}# ${'é'.repeat(900_000)}\n`)).words).toContain('Saved.');
  for (const [body, type] of [
    ['{}', 'application/json'],
    ['nonsense', 'multipart/form-data; boundary=x'],
    ['action=burn&draft:x=x', 'application/x-www-form-urlencoded'],
    ['', 'text/plain'],
  ] as const) {
    expect([type, (await post(`/review/${key}`, body, { 'content-type': type })).status]).toEqual([type, 400]);
  }
  const large = await form.press('save', `${form.shown.typed}# ${'x'.repeat(2 * 1024 * 1024)}\n`);
  expect(large.status).toBe(413);
  expect(large.words).toContain('That is more than 2 MB. Go back with your browser: what you typed is still in the form.');
});

test('a draft too large for the form is edited in its file, and can still be accepted', async () => {
  const { open, wait, post, test: bot } = await openReviewer();
  const key = await wait(LETTER);
  const { shown } = await open(key);
  await bot.bot.desk.rewrite(key, `${completed(shown.typed)}# ${'x'.repeat(2_000_000)}\n`);
  const large = await open(key);
  expect(large.shown.words).toContain('This draft is too large to edit here');
  expect(large.shown.document.querySelector('textarea')).toBe(null);
  const body = new URLSearchParams({ action: 'accept', [`seen:${large.shown.seen}`]: '' });
  expect((await post(`/review/${key}`, body)).words).toContain('Stored as a new question.');
});

test('line feeds as browsers send them change nothing', async () => {
  const { open, wait, files } = await openReviewer();
  const key = await wait(LETTER);
  const before = readFileSync(files.path(`real/review/${key}.yaml`));
  expect((await (await open(key)).press('save')).words).toContain('Saved.');
  expect(readFileSync(files.path(`real/review/${key}.yaml`)).equals(before)).toBe(true);
});

test('a draft that begins with an empty line keeps it', async () => {
  const { open, wait } = await openReviewer();
  const key = await wait(LETTER);
  const form = await open(key);
  const typed = `\n\n${form.shown.typed}`;
  await form.press('save', typed);
  expect((await open(key)).shown.typed).toBe(typed);
});

test('a long source is shown in parts, all of it', async () => {
  const { get, open, wait } = await openReviewer();
  const lines = Array.from(
    { length: 5000 },
    (_, at) =>
      `Line ${at} of a letter that goes on about the ports of Norvania, the fees that they take, and who is to pay them.`,
  );
  const key = await wait(`${LETTER}\n${lines.join('\n\n')}\n`);
  const { shown } = await open(key);
  expect(shown.words).toContain('Part 1 of 2 of a long source');
  const second = await get(`/review/${key}/source?part=2`);
  const numbers = [shown, second].flatMap((one) => [...one.html.matchAll(/Line (\d+) of a letter/g)].map(([, at]) => Number(at)));
  expect(new Set(numbers).size).toBe(5000);
  expect((await get(`/review/${key}/source?part=3`)).status).toBe(404);
});

test('the chat says how much waits', async () => {
  const { url, get, wait, post } = await openReviewer();
  await wait(LETTER);
  const begun = await fetch(`${url}/chat/session`, { method: 'POST', headers: { origin: url } });
  const cookie = begun.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  expect(JSON.parse((await get('/chat/state', { cookie })).html).toReview).toBe(1);
  expect((await post('/chat/channels', '{"name":"x"}', { cookie, 'content-type': 'application/json' })).status).toBe(201);
});
