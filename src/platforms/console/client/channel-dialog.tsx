import { useEffect, useRef, useState } from 'preact/hooks';
import { problemOf } from './requests.ts';

export interface ChannelDialogProps {
  title: string;
  name: string;
  confirm: string;
  onConfirm: (name: string) => Promise<void>;
  onClose: () => void;
}

/** Asks for the name of a channel. */
export function ChannelDialog({ title, name, confirm, onConfirm, onClose }: ChannelDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [typed, setTyped] = useState(name);
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    dialog.current?.showModal();
    dialog.current?.querySelector('input')?.select();
  }, []);
  const submit = async (event: Event) => {
    event.preventDefault();
    try {
      await onConfirm(typed);
      dialog.current?.close();
    } catch (error) {
      setProblem(problemOf(error));
    }
  };
  return (
    <dialog ref={dialog} class="dialog" aria-labelledby="channel-dialog-title" onClose={onClose}>
      <form onSubmit={(event) => void submit(event)}>
        <h2 id="channel-dialog-title">{title}</h2>
        <label for="channel-name">Name</label>
        <input
          id="channel-name"
          value={typed}
          maxLength={60}
          autocomplete="off"
          placeholder="such as latin-america"
          aria-invalid={problem !== undefined}
          aria-describedby={problem === undefined ? undefined : 'channel-problem'}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
        {problem === undefined ? null : (
          <p id="channel-problem" class="problem" role="alert">
            {problem}
          </p>
        )}
        <div class="buttons">
          <button type="button" class="quiet" onClick={() => dialog.current?.close()}>
            Cancel
          </button>
          <button type="submit" class="primary" disabled={typed.trim() === ''}>
            {confirm}
          </button>
        </div>
      </form>
    </dialog>
  );
}
