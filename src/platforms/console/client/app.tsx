import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { MessageView } from '../wire.ts';
import { ChannelDialog } from './channel-dialog.tsx';
import { Composer } from './composer.tsx';
import { FeedView } from './feed.tsx';
import { Menu, Pencil } from './icons.tsx';
import { Skeleton } from './platform-view.tsx';
import { Sidebar } from './sidebar.tsx';
import { useWorkspace } from './use-workspace.ts';

const NEAR_END_PX = 120;

/** The workspace: channels, messages, and a line to type. */
export function App() {
  const desk = useWorkspace();
  const { workspace, ready, connected, problem, news } = desk;
  const { channels, current, feeds, waiting, unread, examples, toReview, signedIn, version } = workspace;
  const [drawer, setDrawer] = useState(false);
  const [dialog, setDialog] = useState<'create' | 'rename'>();
  const menu = useRef<HTMLButtonElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const feed = feeds[current];
  const name = channels.find(({ id }) => id === current)?.name ?? '';
  const here = waiting.filter(({ channel }) => channel === current);
  const last = feed?.messages.at(-1);

  useLayoutEffect(() => {
    const box = scroller.current;
    if (box && atEnd.current) box.scrollTop = box.scrollHeight;
  }, [current, last?.id, last?.revision, here.length, feed === undefined]);

  const closeDrawer = () => setDrawer(false);
  useEffect(() => {
    if (!drawer) return;
    document.querySelector<HTMLElement>('#sidebar .close')?.focus();
    const onKey = (event: KeyboardEvent) => event.key === 'Escape' && closeDrawer();
    document.addEventListener('keydown', onKey);
    return () => {
      document.removeEventListener('keydown', onKey);
      menu.current?.focus();
    };
  }, [drawer]);

  /** A long answer is read from its top. */
  const show = (message: MessageView | undefined, focus: boolean) => {
    if (!message) return;
    requestAnimationFrame(() => {
      const shown = document.getElementById(`message-${message.id}`);
      const box = scroller.current;
      if (!shown || !box) return;
      if (shown.offsetHeight > box.clientHeight - 24) box.scrollTop = shown.offsetTop - 12;
      else shown.scrollIntoView({ block: 'nearest' });
      if (focus) shown.querySelector<HTMLElement>('article')?.focus({ preventScroll: true });
    });
  };
  const say = async (line: string) => {
    atEnd.current = true;
    show(await desk.say(line), false);
  };

  return (
    <div class="frame" aria-busy={!ready}>
      <Sidebar
        channels={channels}
        current={current}
        unread={unread}
        open={drawer}
        toReview={toReview}
        signedIn={signedIn}
        version={version}
        onOpen={(channel) => {
          atEnd.current = true;
          desk.open(channel);
          if (drawer) closeDrawer();
        }}
        onCreate={() => setDialog('create')}
        onClose={closeDrawer}
      />
      {drawer ? <div class="shade" aria-hidden="true" onClick={closeDrawer} /> : null}
      <main class="main" inert={drawer}>
        <header class="bar">
          <button
            ref={menu}
            type="button"
            class="icon-button menu"
            aria-label={unread.size > 0 ? 'Channels, some with new messages' : 'Channels'}
            aria-expanded={drawer}
            aria-controls="sidebar"
            onClick={() => setDrawer(true)}
          >
            <Menu />
            {unread.size > 0 ? <span class="dot" /> : null}
          </button>
          <h1>
            <span class="sign">#</span>
            {name}
          </h1>
          {name === '' ? null : (
            <button type="button" class="icon-button" aria-label={`Rename #${name}`} onClick={() => setDialog('rename')}>
              <Pencil />
            </button>
          )}
          {connected ? null : (
            <p class="lost" role="status">
              Connecting again…
            </p>
          )}
        </header>
        <section
          class="scroller"
          ref={scroller}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard
          tabIndex={0}
          aria-label={`Messages in #${name}`}
          onScroll={({ currentTarget: box }) => {
            atEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END_PX;
          }}
        >
          {problem === undefined ? null : (
            <div class="answer failed outage" role="alert">
              <p>{problem}</p>
              <button type="button" class="action" onClick={() => location.reload()}>
                Reload
              </button>
            </div>
          )}
          {ready ? (
            <FeedView
              feed={feed}
              waiting={here}
              examples={examples}
              channel={name}
              onSay={(line) => void say(line)}
              onRetry={(one) => void desk.retry(one).then((answer) => show(answer, false))}
              onDrop={desk.drop}
              onEarlier={() => {
                atEnd.current = false;
                void desk.earlier();
              }}
              onRun={async (message, action) => {
                const answer = await desk.run(message, action);
                show(answer, true);
              }}
              onShare={desk.share}
            />
          ) : problem === undefined ? (
            <Skeleton />
          ) : null}
        </section>
        <Composer
          channel={name}
          history={(feed?.messages ?? []).filter(({ own, line }) => own && line !== '').map(({ line }) => line)}
          onSay={(line) => void say(line)}
        />
      </main>
      <p class="unseen" role="status" aria-live="polite">
        {news}
      </p>
      {dialog === undefined ? null : (
        <ChannelDialog
          title={dialog === 'create' ? 'Create a channel' : `Rename #${name}`}
          name={dialog === 'create' ? '' : name}
          confirm={dialog === 'create' ? 'Create' : 'Rename'}
          onConfirm={async (typed) => {
            if (dialog === 'create') {
              await desk.createChannel(typed);
              setDrawer(false);
            } else await desk.renameChannel(typed);
          }}
          onClose={() => setDialog(undefined)}
        />
      )}
    </div>
  );
}
