import type { ChannelView } from '../wire.ts';
import { Close, Hash, Plus } from './icons.tsx';

export interface SidebarProps {
  channels: ChannelView[];
  current: string;
  unread: ReadonlySet<string>;
  open: boolean;
  /** How many drafts wait for review. */
  toReview: number;
  signedIn: boolean;
  version: string;
  onOpen: (channel: string) => void;
  onCreate: () => void;
  onClose: () => void;
}

const PAGES: [string, string][] = [
  ['/archive', 'Questions'],
  ['/quotes', 'Quotes'],
  ['/respondents', 'Respondents'],
  ['/topics', 'Topics'],
  ['/about', 'About and sources'],
];

/** Channels, and the way to the archive's pages; on a phone a drawer. */
export function Sidebar({
  channels,
  current,
  unread,
  open,
  toReview,
  signedIn,
  version,
  onOpen,
  onCreate,
  onClose,
}: SidebarProps) {
  return (
    <aside class={open ? 'sidebar open' : 'sidebar'} id="sidebar" aria-label="Workspace">
      <div class="top">
        <p class="brand">Briefdesk</p>
        <button type="button" class="icon-button close" aria-label="Close channels" onClick={onClose}>
          <Close />
        </button>
      </div>
      <nav aria-label="Channels">
        <div class="section">
          <h2>Channels</h2>
          <button type="button" class="icon-button" aria-label="Create a channel" onClick={onCreate}>
            <Plus />
          </button>
        </div>
        <ul>
          {channels.map(({ id, name }) => (
            <li key={id}>
              <a
                href={`#${encodeURIComponent(name)}`}
                aria-current={id === current ? 'page' : undefined}
                class={unread.has(id) ? 'unread' : ''}
                onClick={(event) => {
                  event.preventDefault();
                  onOpen(id);
                }}
              >
                <Hash />
                <span class="name">{name}</span>
                {unread.has(id) ? <span class="dot"> new</span> : null}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <nav aria-label="Archive">
        <div class="section">
          <h2>Archive</h2>
        </div>
        <ul>
          {PAGES.map(([href, name]) => (
            <li key={href}>
              <a href={href}>
                <span class="name">{name}</span>
              </a>
            </li>
          ))}
          <li>
            <a href="/review">
              <span class="name">Review</span>
              {toReview > 0 ? <span class="dot"> {toReview} waiting</span> : null}
            </a>
          </li>
        </ul>
      </nav>
      <div class="foot">
        {signedIn ? (
          <form method="post" action="/logout">
            <button type="submit" class="quiet">
              Sign out
            </button>
          </form>
        ) : null}
        <span>Version {version}</span>
      </div>
    </aside>
  );
}
