import type { ComponentChildren, JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { Action, Block, ListEntry, Message, Span } from '../../../message/document.ts';
import { quoteHref } from '../archive/address.ts';
import { Copy, Done, Outward } from './icons.tsx';
import { shown } from './shown.ts';

type RunAction = Extract<Action, { type: 'run' }>;

export interface DocumentProps {
  message: Message;
  onRun: (action: RunAction) => void;
  /** While an action of this message is on its way. */
  busy: boolean;
}

/** A message document as the console shows it. */
export function Document({ message, ...rest }: DocumentProps) {
  const blocks: Block[] = message.blocks.length > 0 ? message.blocks : [{ type: 'heading', text: message.title }];
  return (
    <div class="document">
      {blocks.map((block, index) => (
        <BlockView key={index} block={block} {...rest} />
      ))}
    </div>
  );
}

type Pressing = Omit<DocumentProps, 'message'>;

/** No `default`: a new kind of block does not compile until it has a case here. */
function BlockView({ block, ...pressing }: { block: Block } & Pressing) {
  switch (block.type) {
    case 'heading':
      return (
        <h2 class="heading" dir="auto">
          {shown(block.text)}
        </h2>
      );
    case 'text':
      return (
        <Labelled label={block.label} kind="line">
          <p dir="auto">
            <Spans of={block.spans} />
          </p>
        </Labelled>
      );
    case 'list':
      return (
        <Labelled label={block.label} kind="list">
          <EntryList entries={block.entries} {...pressing} />
        </Labelled>
      );
    case 'quote':
      return <Quote {...block} />;
    case 'table':
      return <Table {...block} />;
    case 'note':
      return (
        <p class="note" dir="auto">
          <Spans of={block.spans} />
        </p>
      );
    case 'copy':
      return <CopyBlock text={block.text} />;
    case 'divider':
      return <hr />;
    case 'actions':
      return block.actions.length === 0 ? null : (
        <div class="actions">
          {block.actions.map((action) => (
            <ActionView key={action.label} action={action} {...pressing} />
          ))}
        </div>
      );
  }
}

function Labelled({ label, kind, children }: { label: string | undefined; kind: string; children: ComponentChildren }) {
  if (label === undefined) return <div class={kind}>{children}</div>;
  return (
    <div class={`${kind} labelled`}>
      <span class="label">{shown(label)}</span>
      {children}
    </div>
  );
}

function Spans({ of }: { of: readonly Span[] }) {
  return (
    <>
      {of.map((span, index) => (
        <SpanView key={index} span={span} />
      ))}
    </>
  );
}

function SpanView({ span }: { span: Span }): JSX.Element {
  if (span.type === 'link') return <Link href={span.href}>{shown(span.text)}</Link>;
  if (span.style === undefined) return <bdi>{shown(span.text)}</bdi>;
  switch (span.style) {
    case 'strong':
      return <strong dir="auto">{shown(span.text)}</strong>;
    case 'emphasis':
      return <em dir="auto">{shown(span.text)}</em>;
    case 'faint':
      return (
        <span class="faint" dir="auto">
          {shown(span.text)}
        </span>
      );
    case 'hit':
      return <mark dir="auto">{shown(span.text)}</mark>;
  }
}

/** A link to the web or to a page of the console; any other address stays words. */
function Link({ href, children }: { href: string; children: ComponentChildren }) {
  const address = URL.canParse(href, location.href) ? new URL(href, location.href) : undefined;
  if (!address || !/^https?:$/.test(address.protocol)) return <bdi>{children}</bdi>;
  return address.origin === location.origin ? (
    <a href={address.href} dir="auto">
      {children}
    </a>
  ) : (
    <a href={address.href} target="_blank" rel="noreferrer noopener" dir="auto">
      {children}
    </a>
  );
}

function Quote({ marker, words, code, tags }: Extract<Block, { type: 'quote' }>) {
  return (
    <figure class="quote">
      {marker === undefined ? null : <span class="marker">{shown(marker)}</span>}
      <blockquote dir="auto">
        “<Spans of={words} />”
      </blockquote>
      {tags.length === 0 && code === '' ? null : (
        <figcaption>
          {tags.map((tag) => (
            <span class="tag" key={tag}>
              {shown(tag)}
            </span>
          ))}
          {code === '' ? null : (
            <a class="code" href={quoteHref(code)}>
              {code}
            </a>
          )}
        </figcaption>
      )}
    </figure>
  );
}

function EntryList({ entries, ...pressing }: { entries: readonly ListEntry[] } & Pressing) {
  return (
    <ul class={entries.some(({ marker }) => marker !== undefined) ? 'entries marked' : 'entries'}>
      {entries.map(({ marker, spans, action }, index) => (
        <li key={index}>
          {marker === undefined ? null : <span class="marker">{shown(marker)}</span>}
          <span class="words" dir="auto">
            <Spans of={spans} />
          </span>
          {action ? <ActionView action={action} {...pressing} /> : null}
        </li>
      ))}
    </ul>
  );
}

/** On a narrow screen each row is a record with the names of the columns in it; the roles keep it a table for a screen reader. */
function Table({ columns, rows }: Extract<Block, { type: 'table' }>) {
  return (
    <table class="table">
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column} scope="col">
              {shown(column)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          <tr key={index}>
            {row.map((cell, place) => (
              <td key={place} dir="auto">
                <span class="column" aria-hidden="true">
                  {shown(columns[place] ?? '')}
                </span>
                <Spans of={cell} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function CopyBlock({ text }: { text: string }) {
  const [copied, setCopied] = useState(false);
  const place = useRef<HTMLPreElement>(null);
  const copy = async () => {
    // Only secure origins may write to the clipboard: elsewhere the text is selected, to be copied by hand.
    if (navigator.clipboard === undefined) {
      if (place.current) getSelection()?.selectAllChildren(place.current);
      return;
    }
    await navigator.clipboard.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), 2000);
  };
  return (
    <div class="copy">
      <pre dir="auto" ref={place}>
        {shown(text)}
      </pre>
      <button type="button" class="quiet" onClick={() => void copy()}>
        {copied ? <Done /> : <Copy />}
        <span aria-live="polite">{copied ? 'Copied' : 'Copy'}</span>
      </button>
    </div>
  );
}

function ActionView({ action, onRun, busy }: { action: Action } & Pressing) {
  if (action.type === 'run') {
    return (
      <button type="button" class="action" aria-disabled={busy} onClick={() => busy || onRun(action)}>
        {shown(action.label)}
      </button>
    );
  }
  if (!URL.canParse(action.href, location.href) || !/^https?:$/.test(new URL(action.href, location.href).protocol)) return null;
  const elsewhere = new URL(action.href, location.href).origin !== location.origin;
  return (
    <a class="action" href={action.href} {...(elsewhere ? { target: '_blank', rel: 'noreferrer noopener' } : {})}>
      {shown(action.label)}
      {elsewhere ? <Outward /> : null}
    </a>
  );
}
