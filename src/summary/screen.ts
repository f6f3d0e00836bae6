import { type Block, plain } from '../message/document.ts';

/** One screen of a phone or a chat window below the headline; buttons are not counted. */
export const MAX_LINES = 25;
const COLUMNS = 60;
const INDENT = 4;

/** About how many lines of 60 columns a block takes. */
export function blockLines(block: Block): number {
  switch (block.type) {
    case 'heading':
      return wrapped(block.text.length, COLUMNS);
    case 'text':
      return wrapped((block.label === undefined ? 0 : block.label.length + 2) + plain(block.spans).length, COLUMNS);
    case 'note':
      return wrapped(plain(block.spans).length, COLUMNS);
    case 'quote': {
      const tags = block.tags.reduce((sum, tag) => sum + tag.length + 3, 0);
      return wrapped(plain(block.words).length + 2 + tags, COLUMNS - INDENT);
    }
    case 'list':
      return block.entries.reduce((sum, { spans }) => sum + wrapped(plain(spans).length, COLUMNS - INDENT), 0);
    case 'table':
      return block.rows.length;
    case 'copy':
      return block.text.split('\n').reduce((sum, one) => sum + wrapped(one.length, COLUMNS), 0);
    case 'divider':
      return 1;
    case 'actions':
      return 0;
  }
}

/** Words that do not fit leave a line a little short: about 4 in 100 columns. */
const wrapped = (chars: number, columns: number): number => (chars <= columns ? 1 : Math.ceil((chars * 1.04) / columns));
