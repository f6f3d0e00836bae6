import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { CandidateView, CompletionsView } from '../wire.ts';
import { Send } from './icons.tsx';
import { complete } from './requests.ts';

const PAUSE_MS = 60;

export interface ComposerProps {
  channel: string;
  /** Lines typed before, oldest first. */
  history: readonly string[];
  onSay: (line: string) => void;
}

/** One line to type, with a list of what may come next: https://www.w3.org/WAI/ARIA/apg/patterns/combobox/ */
export function Composer({ channel, history, onSay }: ComposerProps) {
  const [line, setLine] = useState('');
  const [offered, setOffered] = useState<CompletionsView>({ replaced: '', candidates: [] });
  const [active, setActive] = useState(-1);
  const [recalled, setRecalled] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  const { candidates } = offered;
  const open = candidates.length > 0;

  useEffect(() => {
    if (!/^\s*\//.test(line)) return close();
    const aborting = new AbortController();
    const timer = setTimeout(() => {
      complete(line, aborting.signal).then(
        (found) => {
          setOffered(found);
          // A name that is not whole yet is finished by Enter; a value is only ever chosen.
          setActive(/^\s*\/\S*$/.test(line) && !found.candidates.some(({ label }) => label === line.trim()) ? 0 : -1);
        },
        // The list is a help: without it the line can still be sent, and sending says what is wrong.
        () => close(),
      );
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      aborting.abort();
    };
  }, [line]);

  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [active]);

  const close = () => {
    setOffered({ replaced: '', candidates: [] });
    setActive(-1);
  };
  const choose = (candidate: CandidateView) => {
    const kept = line.slice(0, line.length - offered.replaced.length);
    const ends = candidate.value.endsWith(':') || candidate.value.endsWith(' ');
    setLine(`${kept}${candidate.value}${ends ? '' : ' '}`);
    close();
    input.current?.focus();
  };
  const say = () => {
    if (line.trim() === '') return;
    onSay(line.trim());
    setLine('');
    setRecalled(0);
    close();
    input.current?.focus();
  };
  const recall = (by: number) => {
    const place = Math.min(history.length, Math.max(0, recalled + by));
    setRecalled(place);
    setLine(place === 0 ? '' : (history[history.length - place] ?? ''));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    const chosen = candidates[active];
    const count = candidates.length;
    switch (event.key) {
      case 'ArrowDown':
      case 'ArrowUp': {
        const by = event.key === 'ArrowDown' ? 1 : -1;
        if (open) setActive(active < 0 && by < 0 ? count - 1 : (active + by + count) % count);
        else if (line === '' || recalled > 0) recall(-by);
        else return;
        break;
      }
      case 'Tab': {
        const first = chosen ?? candidates[0];
        if (event.shiftKey || !first) return;
        choose(first);
        break;
      }
      case 'Enter':
        if (chosen) choose(chosen);
        else say();
        break;
      case 'Escape':
        if (!open) return;
        close();
        break;
      default:
        return;
    }
    event.preventDefault();
  };

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        say();
      }}
    >
      {open ? (
        <div class="offers">
          <div id={`${id}-list`} class="candidates" role="listbox" aria-label="What may come next" ref={list}>
            {candidates.map((candidate, index) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the keys are those of the combobox, which keeps the focus
              <div
                key={candidate.value}
                id={`${id}-${index}`}
                role="option"
                aria-selected={index === active}
                onPointerDown={(event) => event.preventDefault()}
                onClick={() => choose(candidate)}
              >
                <span class="value">{candidate.label}</span>
                {candidate.about === '' ? null : <span class="about">{candidate.about}</span>}
              </div>
            ))}
          </div>
          <p class="keys" aria-hidden="true">
            <span>
              <kbd>↑</kbd> <kbd>↓</kbd> choose
            </span>
            <span>
              <kbd>Tab</kbd> complete
            </span>
            <span>
              <kbd>Enter</kbd> {active >= 0 ? 'take it' : 'send'}
            </span>
            <span>
              <kbd>Esc</kbd> close
            </span>
          </p>
        </div>
      ) : null}
      <div class="field">
        <input
          ref={input}
          type="text"
          role="combobox"
          aria-label={`Command for #${channel}`}
          aria-expanded={open}
          aria-autocomplete="list"
          aria-controls={open ? `${id}-list` : undefined}
          aria-activedescendant={active >= 0 ? `${id}-${active}` : undefined}
          placeholder="Type / to ask the archive"
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          enterkeyhint="send"
          maxLength={4000}
          value={line}
          onInput={(event) => {
            setLine(event.currentTarget.value);
            setRecalled(0);
          }}
          onKeyDown={onKeyDown}
          onBlur={close}
        />
        <button type="submit" class="send" aria-label="Send" disabled={line.trim() === ''}>
          <Send />
        </button>
      </div>
      <p class="unseen" role="status">
        {open ? `${candidates.length} to choose from` : ''}
      </p>
    </form>
  );
}
